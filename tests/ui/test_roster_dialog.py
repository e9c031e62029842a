"""Taking in a roster through the window: nothing changes before the last step, and what is chosen there does."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station
from station.model.delegate import DelegateStatus
from station.model.verdict import Source
from station.roster.lines import LineKind
from station.roster.plan import read_roster
from station.store import roster as roster_store
from tests.builders import payload
from ui.dialogs.choose import Choose
from ui.dialogs.message import MessageDialog
from ui.dialogs.roster.dialog import CHANGES, COLUMNS, DONE, SOURCE, RosterDialog
from ui.style.theme import apply_language


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


@pytest.fixture
def dialog(qtbot: QtBot, station: Station) -> RosterDialog:
    shown = RosterDialog(station, {})
    qtbot.addWidget(shown)
    shown.show()
    return shown


def roster(station: Station) -> dict[str, tuple[str, str, DelegateStatus]]:
    with station.files.reading() as connection:
        return {d.name: (d.code, d.phone, d.status) for d in roster_store.delegates(connection)}


def sheet_of(path: Path, rows: list[tuple[object, ...]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Đại biểu")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def second_version(station: Station, path: Path) -> Path:
    """The first two delegates again, one with another telephone; one new; one without a name."""
    with station.files.reading() as connection:
        first, second, *_others = roster_store.delegates(connection)
    return sheet_of(
        path,
        [
            ("DANH SÁCH ĐẠI BIỂU",),
            ("STT", "Mã", "Họ và tên", "Số máy"),
            (1, first.code, first.name, "0987654321"),
            (2, second.code, second.name, second.phone),
            (3, "", "Nguyễn Thị Ánh Nguyệt", "0912000099"),
            (4, "DB00777", "", "0912000098"),
        ],
    )


def settled(qtbot: QtBot, dialog: RosterDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20000)


def choose_field(dialog: RosterDialog, place: int, field: str) -> None:
    choice = dialog.columns.choice_of(place)
    choice.setCurrentIndex(choice.findData(field))
    choice.activated.emit(choice.currentIndex())


def test_three_steps_and_attendance_stays(
    qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path
) -> None:
    station.desk.redeem(payload(5), Source.CAMERA)
    before = roster(station)
    learnt: list[dict[str, str]] = []
    dialog.learnt.connect(learnt.append)
    dialog.read(second_version(station, tmp_path / "lần 2.xlsx"))
    settled(qtbot, dialog)
    assert dialog.page() == COLUMNS
    assert dialog.columns.fields() == {0: "", 1: "code", 2: "name", 3: ""}
    choose_field(dialog, 3, "phone")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settled(qtbot, dialog)
    assert dialog.page() == CHANGES
    figures = dialog.changes.figures()
    assert figures[LineKind.PROBLEM] == figures[LineKind.CHANGED] == figures[LineKind.UNCHANGED] == 1
    assert (figures[LineKind.ADDED], figures[LineKind.VANISHED]) == (1, 3)
    assert roster(station) == before  # nothing yet
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settled(qtbot, dialog)
    assert dialog.page() == DONE
    after = roster(station)
    assert len(after) == 6
    assert after["Nguyễn Thị Ánh Nguyệt"][1:] == ("0912000099", DelegateStatus.ACTIVE)
    changed = [name for name in before if after[name][1] == "0987654321"]
    assert len(changed) == 1
    assert sum(status is DelegateStatus.VANISHED for _c, _p, status in after.values()) == 3
    assert station.desk.counts().present == 1
    assert learnt[0]["so may"] == "phone"
    assert "1 delegate is new." in dialog.outcome()


def test_a_figure_filters_and_a_line_says_all_of_itself(
    qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path
) -> None:
    dialog.read(second_version(station, tmp_path / "lần 2.xlsx"))
    settled(qtbot, dialog)
    choose_field(dialog, 3, "phone")
    dialog._next.click()
    settled(qtbot, dialog)
    dialog.changes.keep_only(LineKind.CHANGED)
    model = dialog.changes.model
    assert model.rowCount() == 1
    line = model.line(0)
    assert line.row == 3
    assert "→ 0987654321" in line.detail
    dialog.changes._table.selectRow(0)
    assert dialog.changes.whole_text() == line.detail
    dialog.changes.keep_only(None)
    assert model.rowCount() == 7


def test_a_copy_with_the_problems_can_be_mended_and_read_again(
    qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.xlsx"
    monkeypatch.setattr(Choose, "new_workbook", classmethod(lambda *_arguments: copy))
    dialog.read(second_version(station, tmp_path / "lần 2.xlsx"))
    settled(qtbot, dialog)
    dialog._next.click()
    settled(qtbot, dialog)
    dialog._copy.click()
    settled(qtbot, dialog)
    again = read_roster(copy, {"note": "Problem"})
    assert [row.name for row in again.rows][-1] == "Nguyễn Thị Ánh Nguyệt"
    assert [row.note for row in again.rejected] == ["Row 6: the name is missing."]
    assert dialog.page() == CHANGES


def test_without_names_there_is_no_next_step(qtbot: QtBot, dialog: RosterDialog, tmp_path: Path) -> None:
    dialog.read(sheet_of(tmp_path / "x.xlsx", [("Ai", "Gì"), ("Nguyễn An", "Hà Nội")]))
    settled(qtbot, dialog)
    assert not dialog._next.isEnabled()
    assert "Say which column holds the full names" in dialog.columns.notices()
    choose_field(dialog, 0, "name")
    assert dialog._next.isEnabled()
    choose_field(dialog, 1, "unit")
    choose_field(dialog, 0, "unit")  # moves there, and no name is left
    assert dialog.columns.fields() == {0: "unit", 1: ""}
    assert not dialog._next.isEnabled()


def test_a_table_is_pasted_and_a_sentence_is_not(qtbot: QtBot, dialog: RosterDialog) -> None:
    QGuiApplication.clipboard().setText("xin chào")
    dialog.source._on_paste_wanted()
    assert "no table on the clipboard" in dialog.trouble()
    QGuiApplication.clipboard().setText("Họ tên\tĐơn vị\nNguyễn Thị Ánh Nguyệt\tLĐLĐ Hà Nội\n")
    dialog.source._on_paste_wanted()
    settled(qtbot, dialog)
    assert dialog.page() == COLUMNS
    assert dialog.columns.fields() == {0: "name", 1: "unit"}
    assert dialog.trouble() == ""


def test_what_is_no_roster_says_why_and_changes_nothing(
    qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path
) -> None:
    before = roster(station)
    (tmp_path / "ảnh.xlsx").write_bytes(b"\x89PNG....")
    dialog.read(tmp_path / "ảnh.xlsx")
    settled(qtbot, dialog)
    assert dialog.page() == SOURCE
    assert "holds PNG, not a table" in dialog.trouble()
    assert roster(station) == before


def test_a_dropped_file_is_read(qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(second_version(station, tmp_path / "a.xlsx")))])
    none = Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(50, 50), copy, data, left, none))
    QApplication.sendEvent(dialog, QDropEvent(QPointF(50, 50), copy, data, left, none))
    settled(qtbot, dialog)
    assert dialog.page() == COLUMNS


def test_the_identity_numbers_are_warned_about(qtbot: QtBot, dialog: RosterDialog, tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Họ tên", "CCCD"), ("Nguyễn An", "001088012345")]
    dialog.read(sheet_of(tmp_path / "x.xlsx", rows))
    settled(qtbot, dialog)
    assert "personal data under protection" in dialog.columns.notices()
    choose_field(dialog, 1, "")
    assert dialog.columns.notices() == ""


def test_what_was_taken_in_is_taken_back_with_one_button(
    qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: object, question: str, _text: str, **_buttons: str) -> bool:
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr(MessageDialog, "confirm", answer)
    before = roster(station)
    dialog.read(second_version(station, tmp_path / "lần 2.xlsx"))
    settled(qtbot, dialog)
    choose_field(dialog, 3, "extra")
    for _step in range(2):
        dialog._next.click()
        settled(qtbot, dialog)
    assert len(roster(station)) == 6
    dialog.reject()
    later = RosterDialog(station, {})
    qtbot.addWidget(later)
    later.show()
    assert "“lần 2.xlsx”" in later.source.latest()
    later.source.undo.click()
    assert asked == ["Take back “lần 2.xlsx”?"]
    assert len(roster(station)) == 6  # the first answer was no
    later.source.undo.click()
    settled(qtbot, later)
    assert later.page() == DONE
    assert "The roster is as it was before." in later.outcome()
    assert roster(station) == before


def large_sheet(path: Path) -> Path:
    rows: list[tuple[object, ...]] = [("Họ và tên", "Đơn vị")]
    return sheet_of(path, [*rows, *((f"Nguyễn Thị Ánh {n}", "LĐLĐ tỉnh Hà Nam") for n in range(12_000))])


def test_cancel_stops_the_reading_at_once_and_the_next_one_closes(
    qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path
) -> None:
    before = roster(station)
    dialog.read(large_sheet(tmp_path / "lớn.xlsx"))
    qtbot.waitUntil(lambda: dialog.progress()[0] > 0, timeout=20000)
    assert dialog.progress()[1] > 0  # the bar knows of how much
    dialog._close.click()
    assert not dialog._close.isEnabled()
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=1000)
    assert dialog.page() == SOURCE
    assert dialog.note() == "Stopped. Nothing was changed."
    assert dialog.trouble() == ""
    assert psutil.Process().children() == []
    assert roster(station) == before
    dialog._close.click()
    assert not dialog.isVisible()


def test_cancel_while_storing_leaves_the_roster_as_it_was_and_it_can_be_done_again(
    qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path
) -> None:
    before = roster(station)
    dialog.read(large_sheet(tmp_path / "lớn.xlsx"))
    settled(qtbot, dialog)
    dialog._next.click()
    qtbot.waitUntil(lambda: dialog.progress()[0] > 0, timeout=20000)
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=1000)
    assert dialog.page() == COLUMNS
    dialog._next.click()
    settled(qtbot, dialog)
    assert dialog.page() == CHANGES
    dialog._next.click()
    qtbot.waitUntil(lambda: dialog.progress()[0] > 0, timeout=20000)
    dialog.reject()
    settled(qtbot, dialog)
    assert (dialog.page(), dialog.note()) == (CHANGES, "Stopped. Nothing was changed.")
    assert roster(station) == before
    dialog._next.click()
    settled(qtbot, dialog)
    assert dialog.page() == DONE
    assert len(roster(station)) == len(before) + 12_000


def test_the_cross_of_the_window_stops_the_work_and_closes(
    qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path
) -> None:
    dialog.read(large_sheet(tmp_path / "lớn.xlsx"))
    qtbot.waitUntil(lambda: dialog.progress()[0] > 0, timeout=20000)
    dialog.close()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=1500)
    assert not dialog.is_working()


def without_codes(station: Station, path: Path) -> Path:
    """Everybody without a code; the first with another position, the second without the telephone."""
    with station.files.reading() as connection:
        people = roster_store.delegates(connection)
    rows: list[tuple[object, ...]] = [("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại", "Thành phần")]
    for number, person in enumerate(people, 1):
        position, phone = ("Chủ tịch" if number == 1 else ""), ("" if number == 2 else person.phone)
        rows.append((number, person.name, position, person.unit, phone, person.category))
    return sheet_of(path, rows)


def test_who_is_recognised_by_name_is_confirmed_before_anything_changes(
    qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: object, question: str, _text: str, **_buttons: str) -> bool:
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr(MessageDialog, "confirm", answer)
    before = roster(station)
    dialog.read(without_codes(station, tmp_path / "lần 3.xlsx"))
    settled(qtbot, dialog)
    dialog._next.click()
    settled(qtbot, dialog)
    figures = dialog.changes.figures()
    assert (figures[LineKind.MATCHED], figures[LineKind.UNCHANGED], figures[LineKind.ADDED]) == (2, 3, 0)
    dialog._next.click()
    assert asked == ["2 delegates were recognised by name"]
    assert dialog.page() == CHANGES
    assert dialog.changes.model.rowCount() == 2  # those to be looked at
    assert roster(station) == before
    dialog._next.click()
    settled(qtbot, dialog)
    assert dialog.page() == DONE
    assert {name: code for name, (code, *_rest) in roster(station).items()} == {
        name: code for name, (code, *_rest) in before.items()
    }


def test_a_namesake_is_made_another_person_and_back(
    qtbot: QtBot, station: Station, dialog: RosterDialog, tmp_path: Path
) -> None:
    dialog.read(without_codes(station, tmp_path / "lần 3.xlsx"))
    settled(qtbot, dialog)
    dialog._next.click()
    settled(qtbot, dialog)
    dialog.changes.keep_only(LineKind.MATCHED)
    dialog.changes._table.selectRow(0)
    row = dialog.changes.model.line(0).row
    for new, vanished in ((1, 1), (0, 0)):
        QTest.keyClick(dialog, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        settled(qtbot, dialog)
        figures = dialog.changes.figures()
        assert (figures[LineKind.ADDED], figures[LineKind.VANISHED]) == (new, vanished)
        assert figures[LineKind.MATCHED] == 2
        assert dialog.changes.model.line(0).row == row


def test_after_a_file_that_cannot_be_read_enter_chooses_another_one(
    qtbot: QtBot, dialog: RosterDialog, tmp_path: Path
) -> None:
    dialog.read(tmp_path / "không có.xlsx")
    settled(qtbot, dialog)
    assert "không có.xlsx" in dialog.trouble()
    assert dialog.focusWidget() is dialog.source.focusProxy()
