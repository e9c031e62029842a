"""The delegations as somebody looks at them: in the real window, by keyboard, with what the journal says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from station.app import open_station
from station.checkin.cases import Person
from station.checkin.delegations import Receiver
from station.model.delegate import Delegate
from station.model.quorum import TWO_THIRDS, QuorumRule, Share
from station.settings import Settings
from tests.builders import DELEGATES, INSTANCE, HandClock, make_event, payload
from ui.app import OpenEvent
from ui.dialogs.choose import Choose
from ui.dialogs.delegations.missing import MissingDialog
from ui.dialogs.delegations.quorum import QuorumDialog
from ui.dialogs.delegations.receipt import ReceiptDialog
from ui.dialogs.delegations.receive import ReceiveDialog
from ui.dialogs.message import MessageDialog
from ui.screens.delegations.model import Order

HA_NAM, HUE = "LĐLĐ tỉnh Hà Nam", "LĐLĐ thành phố Huế"
PEOPLE = (
    *DELEGATES,
    Delegate("", "DB00006", "Bùi Thị Sáu", unit=HUE, category="Học viên", phone="0912345678"),
)
CTRL = Qt.KeyboardModifier.ControlModifier


class Hall:
    """The window with the delegations in front, and what somebody does there."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
        self.qtbot = qtbot
        station = open_station(make_event(folder, delegates=PEOPLE), clock=HandClock())
        self.event = OpenEvent(qapp, station, Settings(sound=False, theme="light"))
        self.station = station
        self.screen = self.event.delegations.screen
        self.event.window.resize(1366, 768)
        self.event.window.show()
        self.event.window.activateWindow()
        qtbot.waitUntil(self.event.window.isActiveWindow)

    def open(self) -> None:
        self.press(Qt.Key.Key_4, CTRL)
        self.qtbot.waitUntil(lambda: len(self.screen.units.names()) > 0)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.event.window, key, held)

    def open_unit(self, unit: str) -> None:
        self.screen.units._field.setText(unit)
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.screen.people.isVisible() and self.screen.people.unit == unit)

    def states(self) -> dict[str, str]:
        model = self.screen.people.model
        return {line.delegate.name: model.state_text(line) for line in model.lines()}

    def in_dialog(
        self, kind: type[QDialog], begin: Callable[[], None], act: Callable[[QDialog], None]
    ) -> None:
        """Begin something that opens a dialog, and do something in it; it must be closed afterwards."""
        seen: list[QDialog] = []
        failed: list[BaseException] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if seen or not isinstance(dialog, kind) or not dialog.isActiveWindow():
                return
            seen.append(dialog)
            try:
                act(dialog)
            except BaseException as error:
                failed.append(error)
                dialog.reject()

        timer = QTimer()
        timer.setInterval(10)
        timer.timeout.connect(look)
        timer.start()
        begin()
        self.qtbot.waitUntil(lambda: bool(seen) and not seen[0].isVisible())
        timer.stop()
        if failed:
            raise failed[0]


@pytest.fixture
def hall(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(qtbot, qapp, tmp_path / "event")
    yield hall
    hall.event.close()


def test_units_are_sorted_filtered_and_folded_away(hall: Hall) -> None:
    hall.station.desk.admit_by_hand(f"{INSTANCE}-6")
    hall.open()
    units = hall.screen.units
    assert units.names() == [HA_NAM, HUE]
    assert units._summary.full_text() == "2 đơn vị, 1 đoàn đã đủ · có mặt 1, còn thiếu 5"
    units._order.setCurrentIndex(units._order.findData(Order.NAME))
    assert units.names() == [HUE, HA_NAM]
    units._order.setCurrentIndex(units._order.findData(Order.SHARE))
    assert units.names() == [HA_NAM, HUE]
    units._only.setChecked(True)
    assert units.names() == [HA_NAM]
    units._only.setChecked(False)
    units._field.setText("hue")
    assert units.names() == [HUE]


def test_what_happens_at_the_desk_shows_by_itself_and_the_chosen_unit_stays(hall: Hall) -> None:
    hall.open()
    units = hall.screen.units
    hall.press(Qt.Key.Key_Down)
    hall.press(Qt.Key.Key_Down)
    assert units._table.currentIndex().data() == HUE
    hall.station.desk.admit_by_hand(f"{INSTANCE}-1")
    hall.event.controller.refresh()
    hall.qtbot.waitUntil(lambda: sum(line.present for line in units.model.lines()) == 1)
    assert units._table.currentIndex().siblingAtColumn(0).data() == HUE


def test_while_nobody_looks_nothing_is_read(hall: Hall) -> None:
    hall.open()
    hall.press(Qt.Key.Key_1, CTRL)
    hall.event.controller.redeem(payload(1))
    done: list[bool] = []
    hall.qtbot.waitUntil(lambda: hall.event.desk.counts.counts().present == 1)
    hall.event.when_idle(lambda: done.append(True))
    hall.qtbot.waitUntil(lambda: bool(done))
    assert sum(line.present for line in hall.screen.units.model.lines()) == 0
    hall.press(Qt.Key.Key_4, CTRL)
    hall.qtbot.waitUntil(lambda: sum(line.present for line in hall.screen.units.model.lines()) == 1)


def test_enter_opens_the_people_with_states_and_numbers_and_escape_goes_back(hall: Hall) -> None:
    hall.station.desk.admit_by_hand(f"{INSTANCE}-2")
    hall.station.cases.substitute(f"{INSTANCE}-3", Person("Lý Thị Thay"), "bận")
    hall.station.cases.walk_in(Person("Vũ Thị Mai", unit=HA_NAM))
    hall.open()
    hall.open_unit(HA_NAM)
    people = hall.screen.people
    assert (people.heading(), people.summary()) == (HA_NAM, "Có mặt 2/6 · còn thiếu 4")
    assert hall.states() == {
        "Nguyễn Thị Ánh": "Chưa có mặt",
        "Đỗ Ngọc Dũng": "Chưa có mặt",
        "Phạm Thu Hà": "Chưa có mặt",
        "Lý Thị Thay": "Chưa có mặt · thay cho Lê Hoàng Ân",
        "Trần Văn Đức": "Có mặt từ 07:30",
        "Vũ Thị Mai": "Có mặt từ 07:30 · đăng ký tại bàn",
        "Lê Hoàng Ân": "Lý Thị Thay đi thay",
    }
    assert list(hall.states())[-1] == "Lê Hoàng Ân"
    hall.press(Qt.Key.Key_Escape)
    assert hall.screen.units.isVisible()
    hall.open_unit(HUE)
    assert hall.screen.people.model.index(0, 4).data() == "0912 345 678"


def test_enter_on_a_person_opens_the_card_at_the_desk(hall: Hall) -> None:
    hall.open()
    hall.open_unit(HUE)
    hall.press(Qt.Key.Key_Return)
    hall.qtbot.waitUntil(lambda: hall.event.desk.isVisible() and hall.event.desk.result.card.isVisible())
    subject = hall.event.controller._subject
    assert subject is not None
    assert subject.delegate is not None
    assert subject.delegate.name == "Bùi Thị Sáu"


def test_the_head_receives_for_the_others_with_the_keyboard_alone(hall: Hall) -> None:
    hall.station.desk.admit_by_hand(f"{INSTANCE}-2")
    hall.event.controller.open_card(f"{INSTANCE}-1")
    hall.qtbot.waitUntil(lambda: hall.event.desk.result.card.isVisible())
    hall.open()
    hall.open_unit(HA_NAM)

    def record(dialog: QDialog) -> None:
        assert isinstance(dialog, ReceiveDialog)
        assert dialog.receiver.currentText().startswith("Trần Văn Đức")  # who is here comes first
        assert dialog.summary() == "14 tài liệu · 5 đại biểu"
        QTest.keyClick(dialog.receiver, Qt.Key.Key_Return)

    def receipt(dialog: QDialog) -> None:
        assert isinstance(dialog, ReceiptDialog)
        assert dialog.summary() == "Trần Văn Đức đã nhận 14 tài liệu cho 5 đại biểu."
        dialog.reject()

    def begin() -> None:
        hall.in_dialog(ReceiveDialog, lambda: hall.press(Qt.Key.Key_F2), record)

    hall.in_dialog(ReceiptDialog, begin, receipt)
    hall.qtbot.waitUntil(
        lambda: {item.received_by for item in hall.event.desk.result.bundle.items()} == {"Trần Văn Đức"}
    )
    hall.press(Qt.Key.Key_1, CTRL)
    row = hall.event.desk.result.bundle._rows[0]
    assert "Trần Văn Đức đã nhận thay" in row.accessibleName()


def test_somebody_whose_name_is_typed_receives_some_things_for_some(hall: Hall) -> None:
    hall.station.desk.wish_badge(f"{INSTANCE}-1")
    delegations = hall.station.delegations
    dialog = ReceiveDialog(hall.station, HA_NAM, delegations.due(HA_NAM), delegations.documents())
    hall.qtbot.addWidget(dialog)
    dialog.show()
    dialog.receiver.setCurrentIndex(dialog.receiver.count() - 1)
    assert not dialog.record.isEnabled()
    dialog.name.setText("Anh Bình lái xe")
    dialog.model.tick_only([])
    assert not dialog.record.isEnabled()
    dialog._table.setFocus()
    dialog._table.selectRow(0)
    QTest.keyClick(dialog._table, Qt.Key.Key_Space)
    for code, box in dialog.boxes.items():
        box.setChecked(code in ("TUI", "@badge"))
    assert dialog.summary() == "1 tài liệu · 1 thẻ · 1 đại biểu"
    with hall.qtbot.waitSignal(dialog.recorded) as recorded:
        dialog.record.click()
    receipt = recorded.args[0]  # type: ignore[index]
    assert (receipt.receiver, receipt.totals()) == ("Anh Bình lái xe", {"TUI": 1, "@badge": 1})
    assert hall.station.delegations.receipts(HA_NAM) == (receipt,)


def test_what_was_handed_out_meanwhile_is_said_and_nothing_recorded(hall: Hall) -> None:
    delegations = hall.station.delegations
    dialog = ReceiveDialog(hall.station, HUE, delegations.due(HUE), delegations.documents())
    hall.qtbot.addWidget(dialog)
    dialog.show()
    hall.station.desk.hand_out(f"{INSTANCE}-6")
    dialog.record.click()
    hall.qtbot.waitUntil(lambda: bool(dialog.trouble()))
    assert dialog.trouble() == "Không còn gì phải phát: chưa ghi nhận gì."
    assert dialog.isVisible()


def test_where_nothing_is_due_that_is_said(hall: Hall) -> None:
    hall.station.desk.hand_out(f"{INSTANCE}-6")
    hall.open()
    hall.open_unit(HUE)
    hall.in_dialog(MessageDialog, lambda: hall.press(Qt.Key.Key_F2), lambda dialog: dialog.reject())


def choosing(monkeypatch: pytest.MonkeyPatch, way: str, to: Path) -> None:
    def chosen(_class: type, _parent: QWidget | None, _title: str, _start: Path) -> Path:
        return to

    monkeypatch.setattr(Choose, way, classmethod(chosen))


def test_who_is_missing_is_copied_and_saved(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.station.desk.admit_by_hand(f"{INSTANCE}-1")
    hall.open()
    hall.screen.units._field.setText("hue")
    choosing(monkeypatch, "new_workbook", tmp_path / "missing.xlsx")
    choosing(monkeypatch, "new_pdf", tmp_path / "missing.pdf")

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, MissingDialog)
        QTest.keyClick(dialog, Qt.Key.Key_C, CTRL)
        assert dialog.outcome() == "Đã chép: dán vào tin nhắn để gửi đi."
        for key, name in ((Qt.Key.Key_S, "missing.xlsx"), (Qt.Key.Key_D, "missing.pdf")):
            QTest.keyClick(dialog, key, CTRL)
            hall.qtbot.waitUntil(lambda: not dialog.is_working())
            assert dialog.outcome() == f"Đã lưu vào {tmp_path / name}."
        choosing(monkeypatch, "new_pdf", tmp_path / "nowhere" / "missing.pdf")
        QTest.keyClick(dialog, Qt.Key.Key_D, CTRL)
        hall.qtbot.waitUntil(lambda: not dialog.is_working())
        assert "nowhere" in dialog.outcome()
        dialog.reject()

    hall.in_dialog(MissingDialog, lambda: hall.press(Qt.Key.Key_F4), act)
    assert QGuiApplication.clipboard().text() == f"{HUE} – còn thiếu 1\n1. Bùi Thị Sáu – 0912 345 678"
    assert (tmp_path / "missing.xlsx").read_bytes()[:2] == b"PK"
    page = pypdfium2.PdfDocument(tmp_path / "missing.pdf")[0].get_textpage().get_text_range()
    assert "0912 345 678" in page
    assert "Nguyễn Thị Ánh" not in page


def test_receipts_are_made_again_and_one_is_chosen(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.station.delegations.hand_out(Receiver(f"{INSTANCE}-1"), [f"{INSTANCE}-2"])
    clock = hall.station.clock
    assert isinstance(clock, HandClock)
    clock.forward(minutes=3)
    hall.station.delegations.hand_out(Receiver(name="Anh Bình"), [f"{INSTANCE}-3"])
    hall.open()
    hall.open_unit(HA_NAM)
    choosing(monkeypatch, "new_pdf", tmp_path / "receipt.pdf")

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ReceiptDialog)
        assert dialog.summary() == "Anh Bình đã nhận 3 tài liệu cho 1 đại biểu."
        dialog._which.setCurrentIndex(2)
        assert dialog.summary() == "Nguyễn Thị Ánh, Anh Bình đã nhận 6 tài liệu cho 2 đại biểu."
        dialog._heading_box.setChecked(False)
        dialog.file.click()
        hall.qtbot.waitUntil(lambda: not dialog.is_working())
        dialog.reject()

    hall.in_dialog(ReceiptDialog, hall.screen.people._receipts.click, act)
    document = pypdfium2.PdfDocument(tmp_path / "receipt.pdf")
    assert len(document) == 2
    assert "CỘNG HÒA" not in document[0].get_textpage().get_text_range()


def test_the_quorum_is_set_and_stands_on_both_screens(hall: Hall) -> None:
    hall.open()
    assert not hall.screen.quorum.isVisible()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QuorumDialog)
        dialog.share.setCurrentIndex(4)
        dialog.other.setText("half")
        QTest.keyClick(dialog.other, Qt.Key.Key_Return)
        assert "half" in dialog.trouble()
        dialog.other.setText("50%")
        dialog.everybody.setChecked(False)
        dialog.boxes["Học viên"].setChecked(True)
        QTest.keyClick(dialog.other, Qt.Key.Key_Return)

    hall.in_dialog(QuorumDialog, hall.screen.units._rule.click, act)
    hall.qtbot.waitUntil(hall.screen.quorum.isVisible)
    assert hall.screen.quorum.text() == (
        "Chưa đủ số đại biểu: còn thiếu 3 · Có mặt 0 / 5 học viên (0 %) – cần 1/2 (3)"
    )
    quorum = hall.station.delegations.quorum()
    assert quorum is not None
    assert quorum.rule == QuorumRule(Share(1, 2), ("Học viên",))
    hall.press(Qt.Key.Key_1, CTRL)
    for serial in (1, 2, 3):
        hall.event.controller.redeem(payload(serial))
    hall.qtbot.waitUntil(lambda: hall.event.desk.quorum.text() == "Đủ số đại biểu · 3 / 5, cần 3")
    assert hall.event.desk.quorum.isVisible()


def test_the_quorum_stands_at_the_desk_from_the_start_and_speaks_english(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with_rule = open_station(make_event(tmp_path / "e"), clock=HandClock())
    with_rule.delegations.set_quorum(QuorumRule(TWO_THIRDS))
    with_rule.close()
    event = OpenEvent(
        qapp, open_station(tmp_path / "e", clock=HandClock()), Settings(sound=False, theme="light")
    )
    event.window.show()
    qtbot.waitUntil(lambda: event.desk.quorum.text() == "Chưa đủ · 0 / 5, cần 4")
    event.choose_language("en")
    assert event.desk.quorum.text() == "No quorum · 0 / 5, 4 needed"
    event.choose_language("vi")
    event.close()


def test_the_models_are_sound(hall: Hall) -> None:
    hall.open()
    hall.open_unit(HA_NAM)
    for model in (hall.screen.units.model, hall.screen.people.model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    hall.station.desk.admit_by_hand(f"{INSTANCE}-1")
    hall.event.controller.refresh()
    hall.qtbot.waitUntil(lambda: hall.states()["Nguyễn Thị Ánh"] == "Có mặt từ 07:30")
