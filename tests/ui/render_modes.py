"""States of the desk in its modes, of the strip above the verdict, and of the look-alikes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from station.checkin.finding import Finder
from station.i18n import _, ngettext
from station.model.mode import Mode
from station.model.verdict import Outcome, Source
from ui.app import OpenEvent
from ui.dialogs.cases.read_back import ReadBackDialog
from ui.wording import session_label


def mode_states(
    opened: OpenEvent,
    payloads: list[bytes],
    show: Callable[..., None],
    dialog: Callable[[QWidget], QWidget],
) -> dict[str, Callable[[], Any]]:
    """The states by name."""
    station = opened.station

    def choose(mode: Mode) -> None:
        station.lane.mode = mode
        opened.desk.show_mode(mode, session_label(opened.controller.session()), exits=False)

    def look_up(mode: Mode, raw: bytes) -> None:
        choose(mode)
        finder = Finder(station.files, station.clock, station.key, station.desk)
        opened.controller.show_answer(finder.look_up(raw, Source.CAMERA, mode))

    def strip(*, warns: bool) -> None:
        show(Outcome.ADMITTED, None)
        if warns:
            text = _("Recording into {chosen} – by the clock it is {proposed}")
            said, button = text.format(chosen="CD2", proposed="CD3"), _("Follow the clock")
        else:
            text = ngettext(
                "Now {after}. In the last minutes {count} admission went to {before}.",
                "Now {after}. In the last minutes {count} admissions went to {before}.",
                12,
            )
            said, button = text.format(after="CD3", before="CD2", count=12), _("Move them")
        opened.desk.session_strip.tell(said, button, warns=warns)

    def read_back(count: int) -> QWidget:
        people = [match.delegate for match in station.desk.search("nguyen")[:count]]
        people[1] = replace(people[1], name=people[0].name, position="Phó Trưởng ban Tuyên giáo – Nữ công")
        photo = QImage(168, 224, QImage.Format.Format_RGB32)
        photo.fill(QColor("#8fa3bf"))
        photos = {people[0].id: photo}
        return dialog(ReadBackDialog(people, photos, _("Admit by hand"), opened.window))

    def search_alike() -> None:
        matches = [
            replace(match, alike=number < 2) for number, match in enumerate(station.desk.search("nguyen"))
        ]
        photo = QImage(72, 96, QImage.Format.Format_RGB32)
        photo.fill(QColor("#8fa3bf"))
        opened.desk.open_search()
        opened.desk.search._field.blockSignals(True)
        opened.desk.search._field.setText("nguyen")
        opened.desk.search._field.blockSignals(False)
        opened.desk.search.show_matches(matches)
        opened.desk.search.show_photos({matches[0].delegate.id: photo})

    return {
        "mode-documents": lambda: choose(Mode.DOCUMENTS),
        "mode-enquiry": lambda: choose(Mode.ENQUIRY),
        "documents-due": lambda: look_up(Mode.DOCUMENTS, payloads[7]),
        "documents-done": lambda: look_up(Mode.DOCUMENTS, payloads[20]),
        "documents-absent": lambda: look_up(Mode.DOCUMENTS, payloads[90]),
        "documents-nothing": lambda: look_up(Mode.DOCUMENTS, b"https://example.org"),
        "enquiry-card": lambda: look_up(Mode.ENQUIRY, payloads[7]),
        "enquiry-unknown": lambda: look_up(Mode.ENQUIRY, b"https://example.org"),
        "strip-clock": lambda: strip(warns=True),
        "strip-move": lambda: strip(warns=False),
        "read-back": lambda: read_back(2),
        "read-back-5": lambda: read_back(5),
        "search-alike": search_alike,
    }
