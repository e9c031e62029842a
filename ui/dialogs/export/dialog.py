"""The export's dialog: one button, any drive; says done only for what was read back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from station import settings as settings_store
from station.app import Station
from station.exchange.export import ExportResult
from station.exchange.keeping import key_of
from station.i18n import _
from station.media.course import Course
from station.media.drives import Drive
from station.media.release import let_go
from ui.bridge.operation import Progress
from ui.dialogs.export.contents import ExportContents
from ui.dialogs.export.wording import course_text, done_text, figures_text
from ui.dialogs.work import WorkDialog
from ui.widgets.place_list import Place, PlaceList, found_places
from ui.widgets.plain_label import PlainLabel

_FIGURES_MS = 250


class ExportDialog(WorkDialog):
    """Writes the reports and the sealed journal into a new folder of a stick, and lets go of the stick.

    Attributes:
        contents: what it will hold, and the password of its workbooks.

    Args:
        find: finds the sticks; called on a worker. release: lets go of one; whether it can be taken out.
    """

    for_everybody = True

    def __init__(
        self,
        station: Station,
        parent: QWidget | None = None,
        *,
        find: Callable[[], list[Place]] = found_places,
        release: Callable[[Drive], bool] = let_go,
    ) -> None:
        super().__init__(
            parent,
            _("Export"),
            _(
                "Attendance, hand-outs and the sealed journal go into a new folder and are read back. What is on the "
                "stick already stays as it is."
            ),
            _("Export"),
        )
        self._station = station
        self._release = release
        self._course = Course()
        self._at: Place | None = None
        self.places = PlaceList(station.folder / "exports", _("Where should the export go?"), self, find)
        self.places.changed.connect(self._on_place_changed)
        self.places.list.chosen.connect(lambda _key: self._start.click())
        self.contents = ExportContents(station)
        self.contents.changed.connect(self._on_place_changed)
        self._figures = PlainLabel(size_px=13, role="muted")
        self._figures.hide()
        self.content.insertWidget(1, self.places)
        self.content.insertWidget(2, self.contents)
        self.content.insertWidget(self.content.count() - 1, self._figures)
        self._explanation = self.text()
        self._clock = QTimer(self)
        self._clock.setInterval(_FIGURES_MS)
        self._clock.timeout.connect(self._show_course)
        self._on_place_changed()
        self.places.list.setFocus()

    def set_folder(self, path: Path) -> None:
        """Choose a folder besides the sticks."""
        self.places.set_folder(path)

    def begin(self) -> None:
        """Export to the chosen place; after one that is done, choose another stick."""
        if self._at is not None and self.outcome() and not self.places.isVisibleTo(self):
            self._show_places()
            return
        place = self.places.place()
        if place is None or not place.is_writable or not self.contents.is_ready():
            return
        self._at, self._course, password = place, Course(), self.contents.password()
        self._show_parts(choosing=False)
        self._clock.start()
        self.run(
            "export",
            lambda progress: self._export(place, password, progress),
            self._told,
            self._course_text(),
        )
        self._figures.show()
        self.fit_content()

    def done(self, result: int) -> None:
        self._clock.stop()
        self.places.close_down()
        super().done(result)

    def _export(self, place: Place, password: str, progress: Progress) -> tuple[ExportResult, bool, bool]:
        """On the worker: export, then let go of the stick unless the second copy lives on it."""
        number = place.number or None
        result = self._station.export(
            place.path,
            progress,
            password=password,
            course=self._course,
            drive=place.drive,
            number=number,
        )
        settings = settings_store.load()
        stays = place.drive is not None and settings.second_copy_drive == key_of(place.drive)
        released = place.drive is not None and not stays and self._release(place.drive)
        return result, released, stays

    def _told(self, ended: tuple[ExportResult, bool, bool]) -> tuple[str, str]:
        assert self._at is not None
        result, released, stays = ended
        return done_text(result, self._at, released=released, stays=stays)

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        """After a failure the same place, or another one, can be tried; after success another stick."""
        super()._end(icon, role, headline, text)
        self._clock.stop()
        self._figures.hide()
        done = icon == "circle-check"
        self._start.setVisible(True)
        self._start.set_primary(not done)
        self._start.set_caption(_("Another stick") if done else _("Try again"))
        self._start.set_icon("usb" if done else "rotate-ccw")
        self._start.setEnabled(True)
        if not done:
            self._show_parts(choosing=True)
            self._on_place_changed()
            self._start.setFocus()
        self.fit_content()

    def _show_places(self) -> None:
        """As in the beginning, for another stick."""
        self._headline.hide()
        self._mark.hide()
        self._text.setText(self._explanation)
        self._start.set_caption(_("Export"))
        self._start.set_icon("")
        self._start.set_primary(True)
        self._show_parts(choosing=True)
        self._on_place_changed()
        self.places.list.setFocus()
        self.fit_content()

    def _show_parts(self, *, choosing: bool) -> None:
        self.places.setVisible(choosing)
        self.contents.setVisible(choosing)
        self.places.pause(paused=not choosing)

    def _on_place_changed(self) -> None:
        if not self.is_working():
            place = self.places.place()
            self._start.setEnabled(place is not None and place.is_writable and self.contents.is_ready())

    def _course_text(self) -> str:
        assert self._at is not None
        return course_text(self._course, self._at)

    def _show_course(self) -> None:
        if self.is_working() and not self._is_stopping:
            self._text.setText(self._course_text())
            self._figures.setText(figures_text(self._course))
