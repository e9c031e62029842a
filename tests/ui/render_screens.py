"""Renders every state of every screen to PNG, for looking at.

python tests/ui/render_screens.py OUT [--states a,b] [--languages vi,en] [--themes light,dark] [--sizes 1366x768,…]
                                  [--zoom 125]

A size such as 1366x768@1.5 is a screen of so many pixels at a scaling of 150 %. The pictures show the sample event.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("STATION_SETTINGS_DIR", tempfile.mkdtemp(prefix="station-settings-"))

import xlsxwriter  # noqa: E402
from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from station.app import Station, open_station  # noqa: E402
from station.capture.bursts import Burst, Ending, Stroke  # noqa: E402
from station.capture.devices import CameraDevice  # noqa: E402
from station.capture.feed import CameraState, CameraStatus  # noqa: E402
from station.capture.hints import Hint  # noqa: E402
from station.capture.opencv import cv2  # noqa: E402
from station.capture.preview import preview_image  # noqa: E402
from station.capture.scanner_test import Sample  # noqa: E402
from station.errors import EnvironmentFault  # noqa: E402
from station.i18n import _  # noqa: E402
from station.model.mode import Mode  # noqa: E402
from station.model.role import Act, Role  # noqa: E402
from station.model.verdict import Outcome, Reason, Source, Verdict  # noqa: E402
from station.roster.lines import LineKind  # noqa: E402
from station.sample_event import VIDEO, create_sample_event, first_morning  # noqa: E402
from station.settings import Settings  # noqa: E402
from station.store import roster as roster_store  # noqa: E402
from tests.ui import (  # noqa: E402
    render_deskdocs,
    render_help,
    render_pack,
    render_programme,
    render_reports,
    render_sending,
    render_stick,
)
from tests.ui.render_badges import badge_states  # noqa: E402
from tests.ui.render_delegations import DelegationStates  # noqa: E402
from tests.ui.render_documents import document_states  # noqa: E402
from tests.ui.render_invitations import invitation_states  # noqa: E402
from tests.ui.render_layouts import layout_states  # noqa: E402
from tests.ui.render_merge import MergeStates  # noqa: E402
from tests.ui.render_modes import mode_states  # noqa: E402
from tests.ui.render_paper import PaperStates  # noqa: E402
from tests.ui.render_photos import PhotoStates  # noqa: E402
from tests.ui.render_preflight import preflight_states  # noqa: E402
from tests.ui.render_roles import RoleStates  # noqa: E402
from tests.ui.render_roster import roster_work_states  # noqa: E402
from tests.ui.render_setup import SetupStates  # noqa: E402
from ui.app import OpenEvent, make_application  # noqa: E402
from ui.devices.camera import hint_sentence, trouble  # noqa: E402
from ui.dialogs.camera import CameraDialog  # noqa: E402
from ui.dialogs.cases.menu import CasesMenu  # noqa: E402
from ui.dialogs.cases.move import MoveDialog  # noqa: E402
from ui.dialogs.cases.person import PersonDialog  # noqa: E402
from ui.dialogs.cases.reason import ReasonDialog  # noqa: E402
from ui.dialogs.event import EventDialog  # noqa: E402
from ui.dialogs.export import ExportDialog  # noqa: E402
from ui.dialogs.message import MessageDialog  # noqa: E402
from ui.dialogs.pin import PinDialog  # noqa: E402
from ui.dialogs.roster.dialog import RosterDialog  # noqa: E402
from ui.dialogs.scanner import ScannerDialog  # noqa: E402
from ui.dialogs.settings import SettingsDialog  # noqa: E402
from ui.screens.desk.cases import WHY_CANCELLED  # noqa: E402
from ui.screens.desk.wording import TONES  # noqa: E402
from ui.screens.prepare.steps import lines  # noqa: E402
from ui.screens.welcome.window import WelcomeWindow  # noqa: E402
from ui.shell import rail  # noqa: E402
from ui.style.tokens import Tone  # noqa: E402
from ui.widgets.preview import Outline  # noqa: E402
from ui.wording import session_label  # noqa: E402

PORTS = [("COM3", "Honeywell Voyager 1450g"), ("COM5", "")]
SIZES = "1366x768,1920x1080,1366x768@1.5"
Shown = QWidget | None


class Studio:
    """An open sample event with a few scans, and one method a state."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        clock = first_morning()
        create_sample_event(folder / "event", clock)
        self.settings = Settings(theme="light")
        self.application = application
        self.event = OpenEvent(
            application, open_station(folder / "event", clock=clock), Settings(sound=False, theme="light")
        )
        self.desk = self.event.station.desk
        self.payloads = [payload.encode() for payload in self.event.station.payloads().values()]
        for number in (20, 31, 42, 31, 53):
            self.verdict = self.desk.redeem(self.payloads[number], Source.CAMERA)
            self.desk.hand_out(self.verdict.delegate.id)  # type: ignore[union-attr]
        self.desk.redeem(b"https://example.org/<b>x", Source.CAMERA)
        self.verdict = self.desk.redeem(self.payloads[7], Source.CAMERA)
        self.desk.hand_out(self.verdict.delegate.id, ["TL02", "TL03"])  # type: ignore[union-attr]
        self.verdict = replace(self.verdict, bundle=self.desk.card(self.verdict.delegate.id).bundle)  # type: ignore[union-attr]
        self.picture = _picture()
        self.extra: list[QWidget] = []
        self.setup = SetupStates(self.event, self._dialog)
        self.roles = RoleStates(self.event, self._dialog)

    def reset(self) -> None:
        """The window as after a start."""
        for widget in self.extra:
            widget.close()
            while getattr(widget, "is_working", lambda: False)():
                _wait(20)
            widget.deleteLater()
        self.extra.clear()
        self.roles.free()
        self.event.intake.overlay().hide()
        self.event.desk.close_alarm()
        self.event.desk.close_search()
        self.event.desk.show_idle()
        self.event.desk.show_mode(Mode.ADMISSION, session_label(self.event.controller.session()), exits=False)
        self.event.station.lane.mode = Mode.ADMISSION
        self.event.desk.session_strip.hide()
        self.event.desk.idle.set_camera(True)
        self.event.window.show_screen(rail.DESK)
        self.look(Tone.IDLE, outlined=False)

    def look(self, tone: Tone, *, outlined: bool = True) -> None:
        """A picture in the preview."""
        preview = self.event.desk.preview
        corners = ((0.43, 0.31), (0.57, 0.33), (0.565, 0.58), (0.425, 0.56))
        outlines = [Outline(corners, tone)] if outlined else []
        preview.show_picture(preview_image(self.picture, *preview.picture_size()), outlines)

    def show(self, outcome: Outcome, reason: Reason | None, **changes: object) -> None:
        """A verdict."""
        verdict: Verdict = replace(self.verdict, outcome=outcome, reason=reason, **changes)  # type: ignore[arg-type]
        self.event.controller.show_verdict(verdict)
        self.look(TONES[outcome])

    def states(self) -> dict[str, Callable[[], Shown]]:
        """Every state by name; each prepares the window, or returns another widget to photograph."""
        states: dict[str, Callable[[], Shown]] = {
            "idle": lambda: None,
            "admitted": lambda: self.show(Outcome.ADMITTED, None),
            "already-in": lambda: self.show(Outcome.ATTENTION, Reason.ALREADY_IN),
            "not-on-roster": lambda: self.show(
                Outcome.ATTENTION, Reason.NOT_ON_ROSTER, delegate=None, bundle=()
            ),
            "two-at-once": self._two_at_once,
            "enquiry": lambda: self.event.controller.open_card(self._absent()),
            "enquiry-present": lambda: self.event.controller.open_card(self.verdict.delegate.id),  # type: ignore[union-attr]
            "search": self._search,
            "search-number": lambda: self._search("1369 6742 0221 0270 0001"),
            "mistyped": lambda: self.show(
                Outcome.REFUSED, Reason.MISREAD, delegate=None, bundle=(), admission=None, source=Source.TYPED
            ),
            "not-recorded": self._alarm,
            "not-recorded-strip": self._strip,
            "camera-lost": self._camera_lost,
            "delegates": self._delegates,
            "export-failed": self._export_failed,
            **render_stick.states(self, _wait),
            **render_sending.states(self, _wait),
            **badge_states(self),
            **layout_states(self),
            "settings": lambda: self._dialog(SettingsDialog(self.settings, self.event.window, PORTS)),
            "camera": self._camera_choice,
            "scanner-test": lambda: self._dialog(ScannerDialog(self.event.window)),
            "scanner-tested": self._scanner_tested,
            "hint": self._hint,
            "ambiguous": self._ambiguous,
            "drop": self._drop,
            **render_help.states(self, _wait),
            "roster-file": self._roster_file,
            "extra": self._extra,
            "roster-columns": self._roster_columns,
            "roster-changes": self._roster_changes,
            "roster-matched": self._roster_matched,
            "roster-changed": self._roster_changed,
            **roster_work_states(self._roster_file, self._roster_columns, self.event.station.folder.parent),
            "event-new": lambda: self._dialog(EventDialog(None, Path("/home/ban1/Documents"))),
            "event-data": self._event_data,
            "event-sessions": self._event_sessions,
            "question": self._question,
            "cases": self._cases,
            "walk-in": self._walk_in,
            "substitute": self._substitute,
            "reason": self._reason,
            "move": self._move,
            "pin": self._pin,
            "welcome": self._welcome,
            "prepare": self._prepare,
            **preflight_states(self.event, self._dialog),
            **invitation_states(self.event.station, self.event.window, self._dialog),
            **self.setup.states(),
            **render_programme.states(self.event, self.show, self._dialog),
            **document_states(self),
            **mode_states(self.event, self.payloads, self.show, self._dialog),
            **render_pack.states(self, _wait),
            **render_deskdocs.states(self, _wait),
            **render_reports.states(self),
        }
        states |= MergeStates(self, _wait).states()
        states |= PhotoStates(self).states() | self.roles.states() | DelegationStates(self).states()
        states |= PaperStates(self).states()
        for reason in Reason:
            if reason not in (Reason.ALREADY_IN, Reason.NOT_ON_ROSTER):
                states[f"refused-{reason.lower().replace('_', '-')}"] = lambda reason=reason: self._refuse(
                    reason
                )
        return states

    def _refuse(self, reason: Reason) -> None:
        known = reason not in (
            Reason.MISREAD,
            Reason.FORGED,
            Reason.UNKNOWN,
            Reason.WRONG_EVENT,
            Reason.AMBIGUOUS,
        )
        changes = {} if known else {"delegate": None, "bundle": ()}
        self.show(Outcome.REFUSED, reason, admission=None, **changes)

    def _two_at_once(self) -> None:
        self.show(Outcome.ADMITTED, None)
        other = self.desk.card(self._absent())
        self.show(Outcome.ADMITTED, None, delegate=other.delegate, bundle=other.bundle, entry="20221027-999")

    def _absent(self) -> str:
        return self.desk.search("DB00100")[0].delegate.id

    def _search(self, text: str = "nguyen thi") -> None:
        self.event.desk.open_search()
        self.event.desk.search._field.setText(text)

    def _alarm(self) -> None:
        path = self.event.station.folder / "event.sqlite3"
        text = _(
            "The disk is full: nothing was recorded. Free some space on the disk of {path}, then try again."
        )
        self.event.controller.show_failure(EnvironmentFault(text.format(path=path)))

    def _strip(self) -> None:
        self._alarm()
        self.show(Outcome.ADMITTED, None)

    def _camera_lost(self) -> None:
        sentence = _(
            "{camera} is not there. Plug it in, or close the program that uses it: it is found by itself."
        )
        status = CameraStatus(CameraState.LOST, sentence.format(camera="HD Pro Webcam C920"))
        self.event.desk.preview.show_trouble(*trouble(status))
        self.event.desk.idle.set_camera(False)

    def _camera_choice(self) -> QWidget:
        devices = [CameraDevice(0, "Integrated Camera"), CameraDevice(2, "HD Pro Webcam C920")]
        settings = replace(self.settings, camera=devices[1].address)
        dialog = CameraDialog(settings, self.event.window, lambda: devices)
        dialog.camera.stop()
        dialog.preview.show_picture(preview_image(self.picture, *dialog.preview.picture_size()), ())
        return self._dialog(dialog)

    def _scanner_tested(self) -> QWidget:
        dialog = ScannerDialog(self.event.window)
        slow = [Stroke(c, c, number * 0.05) for number, c in enumerate(Sample.DIGITS.value)]
        dialog.take_burst(Burst(tuple(slow), Ending.NOTHING))
        dialog.take_bytes(Sample.LETTERS.value.translate(str.maketrans("yzYZ", "zyZY")).encode())
        dialog.take_bytes(Sample.NAMES.value.encode("ascii", "replace"))
        dialog.take_bytes(Sample.LONG.value.encode())
        return self._dialog(dialog)

    def _hint(self) -> None:
        preview = self.event.desk.preview
        dark = (self.picture // 6).astype(self.picture.dtype)
        preview.show_picture(preview_image(dark, *preview.picture_size()), (), hint_sentence(Hint.DARK))

    def _drop(self) -> None:
        self.event.intake.overlay().cover()

    def _ambiguous(self) -> None:
        candidates = tuple(self.desk.search(name)[0].delegate for name in ("Nguyễn", "Trần"))
        self.show(
            Outcome.REFUSED, Reason.AMBIGUOUS, delegate=None, bundle=(), admission=None, candidates=candidates
        )

    def _prepare(self) -> None:
        self.event.window.show_screen(rail.PREPARE)
        self.event.prepare.show_lines(lines(self.event.station))

    def _delegates(self) -> None:
        self.event.window.show_screen(rail.DELEGATES)
        self.event.delegates.show_lines(self.desk.roster())

    def _event_data(self) -> EventDialog:
        folder = self.event.station.folder.parent / "other"
        if not folder.exists():
            create_sample_event(folder, first_morning())
        dialog = EventDialog(folder, folder.parent)
        self._dialog(dialog)
        return dialog

    def _event_sessions(self) -> EventDialog:
        dialog = self._event_data()
        dialog._next.click()
        return dialog

    def _extra(self) -> None:
        self.show(Outcome.ADMITTED, None)
        person = replace(self.verdict.delegate, extra=(("Ăn chay", "có"), ("Phòng", "302, nhà B")))  # type: ignore[type-var]
        self.show(Outcome.ADMITTED, None, delegate=person, entry="20221027-998")

    def _roster_file(self) -> RosterDialog:
        dialog = RosterDialog(self.event.station, {}, self.event.window)
        self._dialog(dialog)
        return dialog

    def _roster_columns(self) -> RosterDialog:
        dialog = self._roster_file()
        dialog.read(
            messy_roster(self.event.station, self.event.station.folder.parent / "Danh sách lần 2.xlsx")
        )
        _settle(dialog)
        return dialog

    def _roster_changes(self) -> RosterDialog:
        dialog = self._roster_columns()
        dialog._next.click()
        _settle(dialog)
        return dialog

    def _roster_matched(self) -> RosterDialog:
        """Those recognised by name, one of them made another person."""
        dialog = self._roster_changes()
        dialog.changes.keep_only(LineKind.MATCHED)
        row = dialog.changes.model.line(0).row
        assert row is not None
        dialog._on_other_person(row)
        _settle(dialog)
        return dialog

    def _roster_changed(self) -> RosterDialog:
        """Not taken in for real: the other states want the roster as it is."""
        dialog = self._roster_changes()
        dialog._on_taken(None)
        return dialog

    def _dialog(self, dialog: QWidget) -> QWidget:
        self.extra.append(dialog)
        dialog.show()
        return dialog

    def _export_failed(self) -> QWidget:
        dialog = ExportDialog(self.event.station, self.event.window)
        dialog.set_folder(Path("/proc/nowhere"))
        self._dialog(dialog)
        dialog.begin()
        while dialog.is_working():
            _wait(30)
        return dialog

    def _question(self) -> QWidget:
        name = self.verdict.delegate.name  # type: ignore[union-attr]
        return self._dialog(
            MessageDialog(
                self.event.window,
                _("Cancel the admission of {name}?").format(name=name),
                _("The record is kept and marked as cancelled; the delegate can be admitted again."),
                _("Cancel admission"),
                _("Keep it"),
            )
        )

    def _cases(self) -> QWidget:
        self._refuse(Reason.CLOSED)
        flow, subject = self.event.controller._cases, self.event.controller._subject
        menu = CasesMenu(
            flow._offered(subject), subject.delegate.name if subject and subject.delegate else ""
        )
        return self._dialog(menu)

    def _walk_in(self) -> QWidget:
        """With a namesake on the roster."""
        units, categories = self.event.controller._cases._names()
        dialog = PersonDialog(
            _("Somebody who is not on the roster"),
            _("Only the name is needed. They get a code and a badge, and the organiser approves later."),
            _("Register and admit"),
            known={"name": self.verdict.delegate.name},  # type: ignore[union-attr]
            units=units,
            categories=categories,
            namesakes=self.event.station.cases.namesakes,
            parent=self.event.window,
        )
        self._dialog(dialog)
        dialog._on_name_settled()
        return dialog

    def _substitute(self) -> QWidget:
        units, categories = self.event.controller._cases._names()
        delegate = self.verdict.delegate
        assert delegate is not None
        dialog = PersonDialog(
            _("Who comes instead of {name}?").format(name=delegate.name),
            _("The code of {name} dies. Unit, documents and seat go over to who comes.").format(
                name=delegate.name
            ),
            _("Comes instead"),
            known={"unit": delegate.unit, "category": delegate.category},
            units=units,
            categories=categories,
            reasons=[],
            letter=True,
            parent=self.event.window,
        )
        return self._dialog(dialog)

    def _reason(self) -> QWidget:
        text = _("It is not this desk's last record of a moment ago, so the reason is kept with it.")
        usual = [_(reason) for reason in WHY_CANCELLED]
        return self._dialog(ReasonDialog(_("Why is it cancelled?"), text, _("Continue"), usual))

    def _move(self) -> QWidget:
        return self._dialog(MoveDialog(self.event.station, self.event.controller.session().id))

    def _pin(self) -> QWidget:
        access = self.event.station.access
        access.set_secret(Role.SUPERVISOR, "2580")
        dialog = PinDialog(access, Act.SUBSTITUTE)
        dialog._line.setText("0000")
        dialog._on_tried()
        access.remove_secret(Role.SUPERVISOR)
        return self._dialog(dialog)

    def _welcome(self) -> QWidget:
        window = WelcomeWindow([str(self.event.station.folder), "/media/usb/dai-hoi-xiii"])
        window.resize(900, 560)
        return self._dialog(window)


def _picture() -> object:
    """A frame of the sample video, or a plain one while there is no video."""
    video = cv2.VideoCapture(str(VIDEO), cv2.CAP_FFMPEG)
    video.set(cv2.CAP_PROP_POS_MSEC, 4000)
    done, image = video.read()
    if done:
        return image
    import numpy

    return numpy.full((720, 1280, 3), (120, 104, 92), numpy.uint8)


def messy_roster(station: Station, path: Path) -> Path:
    """The event's roster as an office might send it the second time, with titles, changes, slips and a sum."""
    with station.files.reading() as connection:
        people = roster_store.delegates(connection)
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Bìa").write("A1", "TÀI LIỆU")
        sheet = book.add_worksheet("Đại biểu")
        sheet.merge_range("A1:H1", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", book.add_format({"bold": True}))
        sheet.merge_range("A2:H2", "DANH SÁCH ĐẠI BIỂU DỰ TẬP HUẤN (lần 2)", book.add_format({"bold": True}))
        sheet.write_row("A4", ("STT", "Mã", "Họ và tên", "Chức vụ", "Đơn vị", "Số máy", "CCCD", "Ăn chay"))
        for number, person in enumerate(people[4:], 5):
            code = "" if number % 27 == 0 else person.code
            position = "Chủ tịch" if number % 9 == 0 else person.position
            phone = "1.2E+08" if number == 30 else person.phone
            name = "" if number == 61 else person.name
            food = "có" if number % 7 == 0 else ""
            row = (number - 4, code, name, position, person.unit, phone, "", food)
            sheet.write_row(number - 1, 0, row)
        sheet.write_row(
            len(people) + 1, 0, ("", "", "Nguyễn Thị Ánh Nguyệt", "Phó Chủ tịch", "LĐLĐ tỉnh Quảng Ngãi")
        )
        sheet.write(len(people) + 3, 0, "Danh sách gồm 149 đại biểu")
    return path


def _settle(dialog: RosterDialog) -> None:
    while dialog.is_working():
        _wait(20)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--states", default="")
    parser.add_argument("--languages", default="vi,en")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--zoom", type=int, default=100, help="the size of everything, percent")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Render; a size with another scaling needs a process of its own."""
    wish = _parse(arguments)
    sizes = wish.sizes.split(",")
    if len(sizes) > 1:
        for size in sizes:
            again = [sys.executable, __file__, str(wish.out), "--sizes", size]
            again += ["--states", wish.states, "--languages", wish.languages, "--themes", wish.themes]
            again += ["--zoom", str(wish.zoom)]
            subprocess.run(again, check=True)
        return 0
    pixels, _at, scale = sizes[0].partition("@")
    os.environ["QT_SCALE_FACTOR"] = scale or "1"
    width, height = (round(int(side) / float(scale or 1)) for side in pixels.split("x"))
    application = make_application(Settings(zoom=wish.zoom))
    with tempfile.TemporaryDirectory() as folder:
        studio = Studio(application, Path(folder))
        studio.event.window.resize(width, height)
        studio.event.window.show()
        for language in wish.languages.split(","):
            for theme in wish.themes.split(","):
                _render(studio, wish, language, theme, sizes[0])
        studio.setup.close()
        studio.event.close()
    return 0


def _render(studio: Studio, wish: argparse.Namespace, language: str, theme: str, size: str) -> None:
    folder = wish.out / f"{size}-{language}-{theme}"
    folder.mkdir(parents=True, exist_ok=True)
    studio.event.choose_language(language)
    studio.event.choose_theme(theme)
    for name, prepare in studio.states().items():
        if not wish.states or name in wish.states.split(","):
            studio.reset()
            widget = prepare() or studio.event.window
            _wait(60)
            widget.grab().save(str(folder / f"{name}.png"))


if __name__ == "__main__":
    sys.exit(main())
