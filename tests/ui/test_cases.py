"""The other cases at the desk, with the keys a clerk presses, in the real window."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station.app import Station
from station.model.role import Act, Role
from station.model.verdict import Reason, Source
from tests.builders import INSTANCE, HandClock, payload
from tests.ui.clerk import Clerk, Script, choose, fill
from ui.dialogs.cases.menu import CasesMenu
from ui.dialogs.cases.person import PersonDialog
from ui.dialogs.cases.reason import ReasonDialog
from ui.dialogs.message import MessageDialog
from ui.dialogs.pin import PinDialog
from ui.style.tokens import Tone

PIN = "2580"


@pytest.fixture
def clerk(qtbot: QtBot, station: Station) -> Iterator[Clerk]:
    clerk = Clerk(qtbot, station)
    yield clerk
    clerk.close()


def open_cases(clerk: Clerk, *steps: tuple[type[QDialog], Callable[[QDialog], None]]) -> list[str]:
    clerk.screen.activateWindow()
    clerk.qtbot.waitUntil(clerk.screen.isActiveWindow)
    script = Script(*steps)
    QTest.keyClick(QApplication.focusWidget() or clerk.screen, Qt.Key.Key_F10)
    script.stop()
    clerk.settle()
    assert script.steps == [], script.seen
    return script.seen


def test_somebody_who_is_not_on_the_roster_is_registered_and_admitted(clerk: Clerk) -> None:
    seen = open_cases(
        clerk,
        (CasesMenu, choose("Người chưa có trong danh sách")),
        (PersonDialog, fill(name="Vũ Thị Mai", unit="LĐLĐ tỉnh Hà Nam")),
    )
    assert len(seen) == 2
    assert clerk.tone() is Tone.ADMITTED
    assert clerk.screen.result.panel.notice().word == "MỜI VÀO"
    assert clerk.station.desk.counts().present == 1
    assert [match.present for match in clerk.station.desk.search("vũ thị mai")] == [True]


def test_a_namesake_is_shown_and_the_card_opened_instead(clerk: Clerk, qtbot: QtBot) -> None:
    shown: list[list[str]] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog)
        dialog._edits["name"].setText("nguyen thi anh")
        dialog._on_name_settled()
        shown.append(dialog.names_shown())
        dialog._list.choose_current() if dialog._list.selected() else dialog._list.chosen.emit(
            f"{INSTANCE}-1"
        )

    open_cases(clerk, (CasesMenu, choose("Người chưa có trong danh sách")), (PersonDialog, act))
    assert shown == [["Nguyễn Thị Ánh"]]
    assert clerk.tone() is Tone.ENQUIRY
    assert clerk.station.desk.counts().present == 0


def test_who_comes_instead_is_shown_and_the_old_code_is_refused(clerk: Clerk) -> None:
    clerk.controller.open_card(f"{INSTANCE}-1")
    clerk.settle()
    open_cases(
        clerk,
        (CasesMenu, choose("Có người đi thay")),
        (PersonDialog, fill("Bận công tác khác", name="Lý Quốc Bảo")),
    )
    assert clerk.tone() is Tone.ENQUIRY
    assert clerk.station.desk.redeem(payload(1), Source.CAMERA).reason is Reason.SUBSTITUTED


def test_a_reason_is_needed_to_come_instead(clerk: Clerk) -> None:
    clerk.controller.open_card(f"{INSTANCE}-1")
    clerk.settle()

    def act(dialog: QDialog) -> None:
        fill(name="Lý Quốc Bảo")(dialog)
        assert dialog.isVisible()  # Enter did nothing
        dialog.reject()

    open_cases(clerk, (CasesMenu, choose("Có người đi thay")), (PersonDialog, act))
    assert clerk.station.desk.redeem(payload(1), Source.CAMERA).reason is None


def test_a_corrected_name_is_on_the_card_at_once_and_its_badge_waits(clerk: Clerk) -> None:
    clerk.controller.open_card(f"{INSTANCE}-2")
    clerk.settle()
    open_cases(clerk, (CasesMenu, choose("Sửa tên hoặc chức vụ")), (PersonDialog, fill(name="Trần Văn Đực")))
    assert clerk.station.desk.card(f"{INSTANCE}-2").delegate.name == "Trần Văn Đực"
    assert clerk.station.desk.counts().badges_waiting == 1


def test_the_supervisors_pin_is_asked_for_and_a_wrong_one_changes_nothing(clerk: Clerk) -> None:
    clerk.station.access.set_secret(Role.SUPERVISOR, PIN)
    clerk.station.access.lock()
    clerk.controller.open_card(f"{INSTANCE}-1")
    clerk.settle()
    told: list[str] = []

    def wrong(dialog: QDialog) -> None:
        assert isinstance(dialog, PinDialog)
        dialog._line.setText("0000")
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        told.append(dialog.trouble())
        dialog.reject()

    def right(dialog: QDialog) -> None:
        assert isinstance(dialog, PinDialog)
        dialog._line.setText(PIN)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    open_cases(clerk, (CasesMenu, choose("Có người đi thay")), (PinDialog, wrong))
    assert "không đúng" in told[0]
    assert not clerk.station.access.may(Act.SUBSTITUTE)
    open_cases(
        clerk,
        (CasesMenu, choose("Có người đi thay")),
        (PinDialog, right),
        (PersonDialog, fill("Ốm", name="Lý Quốc Bảo")),
    )
    assert clerk.station.desk.redeem(payload(1), Source.CAMERA).reason is Reason.SUBSTITUTED


def test_an_older_record_is_cancelled_only_with_a_reason(
    clerk: Clerk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: object, heading: str, *_texts: object) -> str:
        asked.append(heading)
        return "" if len(asked) == 1 else "nhầm người"

    monkeypatch.setattr(ReasonDialog, "ask", answer)
    monkeypatch.setattr(MessageDialog, "confirm", lambda *_arguments, **_buttons: True)
    clerk.scan(payload(1))
    clock.forward(minutes=3)
    clerk.press(Qt.Key.Key_F8)
    assert clerk.station.desk.counts().present == 1
    clerk.press(Qt.Key.Key_F8)
    assert (len(asked), clerk.station.desk.counts().present) == (2, 0)
    clerk.scan(payload(2))
    clerk.press(Qt.Key.Key_F8)  # the own last record: freely
    assert (len(asked), clerk.station.desk.counts().present) == (2, 0)
