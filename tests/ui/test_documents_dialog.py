"""The documents dialog on a real event: adding, renewing, recipients, who gets what, printing order."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from station.app import Station
from station.documents import changes
from station.documents.files import path_of
from station.i18n import set_language
from station.model.document import BundleState, Document, Entitlement
from station.store import documents as store
from tests.builders import INSTANCE
from ui.dialogs.choose import Choose
from ui.dialogs.documents.candidates import FORBIDDEN, GRANTED, Kind
from ui.dialogs.documents.dialog import LIST, MATRIX, ORDER, DocumentsDialog
from ui.dialogs.documents.form import DocumentForm, VersionForm
from ui.dialogs.documents.holders import HoldersDialog
from ui.dialogs.documents.list_model import ENTITLED, FILE, LEFT, PAGES, TITLE, VERSION
from ui.dialogs.message import MessageDialog

ANH = f"{INSTANCE}-1"
SAMPLES = Path("assets/sample_event/documents").resolve()
PROGRAMME, TOPIC = SAMPLES / "TL00-chuong-trinh.pdf", SAMPLES / "TL01-doi-moi-tuyen-truyen.pdf"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("vi")


@pytest.fixture
def dialog(qtbot: QtBot, station: Station) -> Iterator[DocumentsDialog]:
    dialog = DocumentsDialog(station)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(1320, 720)
    read(qtbot, dialog)
    yield dialog
    dialog.close()


def read(qtbot: QtBot, dialog: DocumentsDialog, holds: Callable[[], bool] = lambda: True) -> None:
    qtbot.waitUntil(lambda: not dialog.is_working() and dialog.contents() is not None and holds())


def stored(station: Station, code: str) -> Document:
    with station.files.reading() as connection:
        found = store.document_of(connection, code)
    assert found is not None
    return found


def rows(dialog: DocumentsDialog, column: int) -> list[str]:
    model = dialog.list.model
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def choose(dialog: DocumentsDialog, code: str) -> None:
    contents = dialog.contents()
    assert contents is not None
    dialog.list.table.selectRow([d.code for d in contents.documents].index(code))


def added(qtbot: QtBot, dialog: DocumentsDialog, *paths: Path) -> None:
    before = dialog.list.model.rowCount()
    with qtbot.waitSignal(dialog.changed):
        dialog.add(paths)
    read(qtbot, dialog, lambda: dialog.list.model.rowCount() > before)


def in_dialog(act: Callable[[object], None]) -> None:
    """Do something in the dialog that opens next."""
    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))


def test_files_are_added_with_their_pages_and_shown(
    qtbot: QtBot, station: Station, dialog: DocumentsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Choose, "documents", classmethod(lambda *_arguments: [PROGRAMME, TOPIC]))
    with qtbot.waitSignal(dialog.changed):
        QTest.keyClick(dialog, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    read(qtbot, dialog, lambda: dialog.list.model.rowCount() == 5)
    assert rows(dialog, PAGES)[3:] == ["2", "2"]
    assert rows(dialog, ENTITLED) == ["5", "4", "5", "5", "5"]
    assert rows(dialog, FILE)[3:] == ["PDF", "PDF"]
    assert stored(station, "TL03").title == "TL00-chuong-trinh"
    chosen = dialog.list.chosen()
    assert chosen is not None
    assert chosen.code == "TL04"
    qtbot.waitUntil(lambda: dialog.list.preview.page() == (1, 2))
    dialog.list.preview._on.click()
    assert dialog.list.preview.page() == (2, 2)
    assert {item.document.code for item in station.desk.card(ANH).bundle} >= {"TL03", "TL04"}  # at once


def test_what_is_refused_is_said_and_the_rest_is_added(
    qtbot: QtBot, dialog: DocumentsDialog, tmp_path: Path
) -> None:
    (tmp_path / "setup.exe").write_bytes(b"MZ")
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "bảng.xlsm").write_bytes(b"PK\x03\x04")
    (tmp_path / "bản_sao.pdf").write_bytes(TOPIC.read_bytes())
    added(qtbot, dialog, TOPIC, tmp_path / "setup.exe", tmp_path / "empty.pdf", tmp_path / "bảng.xlsm")
    assert "setup.exe is a program" in dialog.trouble()
    assert "is empty" in dialog.trouble()
    assert "holds macros" in dialog.notice()
    assert dialog.list.model.rowCount() == 5
    added(qtbot, dialog, tmp_path / "bản_sao.pdf")
    assert "TL05 has the same content as TL03" in dialog.notice()
    assert rows(dialog, TITLE)[5] == "bản sao"
    assert dialog.trouble() == ""


def test_dropped_files_are_added(qtbot: QtBot, dialog: DocumentsDialog) -> None:
    dialog.tabs.choose(ORDER)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(TOPIC)), QUrl("https://example.org/x.pdf")])
    none, left, copy = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(50, 50), copy, data, left, none))
    with qtbot.waitSignal(dialog.changed):
        QApplication.sendEvent(dialog, QDropEvent(QPointF(50, 50), copy, data, left, none))
    read(qtbot, dialog, lambda: dialog.list.model.rowCount() == 4)
    assert dialog.page() == LIST


def test_stopping_leaves_nothing_of_the_file(
    qtbot: QtBot, station: Station, dialog: DocumentsDialog, tmp_path: Path
) -> None:
    big = tmp_path / "phim.mp4"
    with big.open("wb") as file:
        file.truncate(1_500_000_000)
    dialog.add([big])
    assert dialog.is_working()
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert list((station.folder / "documents").iterdir()) == []


def test_pictures_are_shown_and_nothing_else_is_opened(
    qtbot: QtBot, dialog: DocumentsDialog, tmp_path: Path
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    assert picture.save(str(tmp_path / "sơ đồ.png"))
    (tmp_path / "trang.html").write_text("<img src=file:///etc/passwd>")
    (tmp_path / "hỏng.pdf").write_bytes(b"%PDF-1.7 not really")
    (tmp_path / "giả.pdf").write_bytes(b"<html>")
    added(qtbot, dialog, tmp_path / "sơ đồ.png")
    qtbot.waitUntil(lambda: dialog.list.preview.page() == (1, 1))
    for name, said in (("trang.html", "No preview"), ("hỏng.pdf", "damaged"), ("giả.pdf", "No preview")):
        added(qtbot, dialog, tmp_path / name)
        qtbot.waitUntil(lambda said=said: said in dialog.list.preview.said())
        assert dialog.list.preview.page() == (0, 0)
    choose(dialog, "TL01")
    qtbot.waitUntil(lambda: dialog.list.preview.page() == (0, 0))


def test_a_document_is_edited_by_keyboard_with_its_recipients_counted(
    qtbot: QtBot, station: Station, dialog: DocumentsDialog
) -> None:
    told: list[str] = []

    def edit(form: object) -> None:
        assert isinstance(form, DocumentForm)
        form.title.setText("Một & <b>hai</b>")
        form.stock.setText("7")
        form.reserve.setText("10%")
        recipients = form.recipients
        told.append(recipients.count_text())
        recipients.choose_everybody(False)
        told.append(recipients.count_text())
        recipients.search("hoc vien")
        assert recipients.model.names()[0] == "Học viên"
        recipients._filter.setFocus()
        QTest.keyClick(recipients._filter, Qt.Key.Key_Down)
        QTest.keyClick(recipients._table, Qt.Key.Key_Space)
        told.append(recipients.count_text())
        recipients.search("db00002")
        recipients._table.selectRow(0)
        QTest.keyClick(recipients._table, Qt.Key.Key_Minus)
        told.append(recipients.count_text())
        QTest.keyClick(form, Qt.Key.Key_Return)

    choose(dialog, "TL01")
    dialog.list.table.setFocus()
    in_dialog(edit)
    QTest.keyClick(dialog.list.table, Qt.Key.Key_Return)
    read(qtbot, dialog, lambda: rows(dialog, TITLE)[0] == "Một & <b>hai</b>")
    assert told == ["5 of 5 delegates", "0 of 5 delegates", "4 of 5 delegates", "3 of 5 delegates"]
    assert (rows(dialog, ENTITLED)[0], rows(dialog, LEFT)[0]) == ("3", "7")
    document = stored(station, "TL01")
    assert (document.stock, str(document.reserve)) == (7, "10%")
    assert "TL01" not in {item.document.code for item in station.desk.card(f"{INSTANCE}-2").bundle}


def test_marks_are_kept_apart_and_filtered(qtbot: QtBot, station: Station, dialog: DocumentsDialog) -> None:
    rules = [
        Entitlement("", category="Học viên"),
        Entitlement("", session="CHUNG"),
        Entitlement("", category="Học viên", unit="LĐLĐ tỉnh Hà Nam"),
        Entitlement("", delegate=ANH, forbids=True),
    ]
    changes.edit_document(station.files, "TL02", stored(station, "TL02"), rules)
    before = dialog.contents()
    dialog.reload()
    read(qtbot, dialog, lambda: dialog.contents() is not before)
    contents = dialog.contents()
    assert contents is not None
    form = DocumentForm(contents, stored(station, "TL02"), lambda *_kept: None, dialog)
    page = form.recipients
    model = page.model
    assert set(page.rules()) == set(rules)
    assert all("Ánh" in name or "Học viên" in name or "CHUNG" in name for name in model.names()[:4])
    page._kind.setCurrentIndex(1)  # the marked ones
    assert len(model.names()) == 4
    page._kind.setCurrentIndex(2 + list(Kind).index(Kind.UNIT))
    assert model.names() == ["LĐLĐ tỉnh Hà Nam"]
    model.toggle(0, GRANTED)
    assert Entitlement("", unit="LĐLĐ tỉnh Hà Nam") in page.rules()
    model.toggle(0, FORBIDDEN)  # one mark a line
    assert Entitlement("", unit="LĐLĐ tỉnh Hà Nam") not in page.rules()
    assert Entitlement("", unit="LĐLĐ tỉnh Hà Nam", forbids=True) in page.rules()
    assert page.entitled() == 0
    model.toggle(5, GRANTED)  # there is no such line
    form.deleteLater()


def test_a_printed_only_item_is_added_and_bad_figures_are_said(
    qtbot: QtBot, station: Station, dialog: DocumentsDialog
) -> None:
    troubles: list[str] = []

    def fill(form: object) -> None:
        assert isinstance(form, DocumentForm)
        QTest.keyClick(form, Qt.Key.Key_Return)
        troubles.append(form.trouble())
        form.title.setText("Mũ")
        form.stock.setText("nhiều")
        QTest.keyClick(form, Qt.Key.Key_Return)
        troubles.append(form.trouble())
        form.stock.setText("40")
        form.code.setText("TUI")
        QTest.keyClick(form, Qt.Key.Key_Return)
        troubles.append(form.trouble())
        form.code.setText("MU")
        QTest.keyClick(form, Qt.Key.Key_Return)

    in_dialog(fill)
    dialog.list.item.click()
    read(qtbot, dialog, lambda: rows(dialog, FILE)[-1] == "print only")
    assert ["needs a title" in troubles[0], "“nhiều”" in troubles[1], "TUI is the code" in troubles[2]] == [
        True
    ] * 3
    assert stored(station, "MU").stock == 40


def test_a_new_version_shows_who_has_the_old_one(
    qtbot: QtBot, station: Station, dialog: DocumentsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(qtbot, dialog, PROGRAMME)
    station.desk.hand_out(ANH)
    monkeypatch.setattr(Choose, "document", classmethod(lambda *_arguments: TOPIC))

    def take(form: object) -> None:
        assert isinstance(form, VersionForm)
        assert (form.version.text(), form.pages.text()) == ("2", "2")
        form.stock.setText("x")
        QTest.keyClick(form, Qt.Key.Key_Return)
        form.stock.setText("0")
        QTest.keyClick(form, Qt.Key.Key_Return)

    in_dialog(take)
    dialog.list.version.click()
    read(qtbot, dialog, lambda: rows(dialog, VERSION)[3] == "2")
    assert dialog.list.changed_text() == "1 delegate has an older version."
    seen: list[list[str]] = []

    def look(holders: object) -> None:
        assert isinstance(holders, HoldersDialog)
        seen.append([str(holders.model.index(0, column).data()) for column in range(4)])
        holders.reject()

    in_dialog(look)
    dialog.list.holders.click()
    assert seen == [["Nguyễn Thị Ánh", "DB00001", "1", "LĐLĐ tỉnh Hà Nam"]]
    assert "Earlier versions: 1" in dialog.list.preview.about()
    item = next(i for i in station.desk.card(ANH).bundle if i.document.code == "TL03")
    assert (item.is_outdated, item.held_version, item.is_out_of_stock) == (True, "1", True)
    with monkeypatch.context() as asked:
        asked.setattr(MessageDialog, "confirm", lambda *_arguments, **_buttons: True)
        dialog.list.remove.click()
    assert stored(station, "TL03").withdrawn  # it was handed out: withdrawn instead
    read(qtbot, dialog, lambda: "(withdrawn)" in rows(dialog, TITLE)[3])
    dialog.list.remove.click()
    assert not stored(station, "TL03").withdrawn


def test_a_changed_file_is_found_and_put_back_or_taken(
    qtbot: QtBot, station: Station, dialog: DocumentsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(qtbot, dialog, PROGRAMME)
    inside = path_of(station.folder, stored(station, "TL03"))
    assert inside is not None
    inside.write_bytes(TOPIC.read_bytes())
    dialog.reload()
    qtbot.waitUntil(lambda: "no longer the one that was added" in dialog.list.changed_text())
    assert rows(dialog, FILE)[3] == "changed"
    monkeypatch.setattr(Choose, "document", classmethod(lambda *_arguments: TOPIC))
    dialog.list.put_back.click()
    qtbot.waitUntil(lambda: "is not the file that was added" in dialog.trouble())
    monkeypatch.setattr(Choose, "document", classmethod(lambda *_arguments: PROGRAMME))
    dialog.list.put_back.click()
    qtbot.waitUntil(lambda: rows(dialog, FILE)[3] == "PDF")
    inside.write_bytes(TOPIC.read_bytes())
    dialog.reload()
    qtbot.waitUntil(lambda: dialog.list.take.isVisible())

    def take(form: object) -> None:
        assert isinstance(form, VersionForm)
        QTest.keyClick(form, Qt.Key.Key_Return)

    in_dialog(take)
    dialog.list.take.click()
    qtbot.waitUntil(lambda: rows(dialog, VERSION)[3] == "2" and dialog.list.changed_text() == "")


def test_documents_move_and_are_removed_by_keyboard(
    qtbot: QtBot, station: Station, dialog: DocumentsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(dialog, "TUI")
    QTest.keyClick(dialog, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    read(qtbot, dialog, lambda: rows(dialog, TITLE) == ["Chuyên đề 1", "Túi", "Chuyên đề 2"])
    chosen = dialog.list.chosen()
    assert chosen is not None
    assert chosen.code == "TUI"
    answers = iter([False, True])
    monkeypatch.setattr(MessageDialog, "confirm", lambda *_arguments, **_buttons: next(answers))
    for count in (3, 2):
        dialog.list.table.setFocus()
        QTest.keyClick(dialog.list.table, Qt.Key.Key_Delete)
        read(qtbot, dialog, lambda count=count: dialog.list.model.rowCount() == count)
    assert {item.document.code for item in station.desk.card(ANH).bundle} == {"TL01", "TL02"}


def test_the_matrix_is_filtered_grouped_and_saved(
    qtbot: QtBot, dialog: DocumentsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert dialog.page() == MATRIX
    model = dialog.matrix.model
    assert model.cells(0) == ["Together", "", "", "", "14", "5", "4", "5"]
    assert model.cells(1)[0] == "Nguyễn Thị Ánh"
    assert model.cells(1)[4:] == ["3", "✓", "✓", "✓"]
    dialog.matrix.category.setCurrentIndex(1)
    assert model.cells(0)[4:] == ["2", "1", "", "1"] or model.cells(0)[4:] == ["2", "1", "0", "1"]
    assert model.rowCount() == 2
    target = tmp_path / "ai.xlsx"
    monkeypatch.setattr(Choose, "new_workbook", classmethod(lambda *_arguments: target))
    dialog.matrix.category.setCurrentIndex(0)
    dialog.matrix.grouping.setCurrentIndex(1)
    assert [model.cells(row) for row in range(3)] == [
        ["Together", "5", "14", "5", "4", "5"],
        ["Báo chí", "1", "2", "1", "", "1"],
        ["Học viên", "4", "12", "4", "4", "4"],
    ]
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Saved" in dialog.notice())
    book = CalamineWorkbook.from_path(target)
    assert book.sheet_names == [
        "Who gets what",
        "By category",
        "By unit",
        "By category and unit",
        "Documents",
    ]
    cells = book.get_sheet_by_index(0).to_python()
    assert cells[-1][1:] == ["", "Together", "", "", 5, 4, 5, 14]
    assert sum(row.count("✓") for row in cells) == 14


def test_the_printing_order_is_saved_for_excel_and_the_print_shop(
    qtbot: QtBot, station: Station, dialog: DocumentsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(qtbot, dialog, PROGRAMME)
    QTest.keyClick(dialog, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert dialog.page() == ORDER
    model = dialog.order.model
    assert [model.index(3, column).data() for column in (1, 5, 6, 7, 8, 9, 10)] == [
        "TL03", "2", "5", "0", "5", "10", "5",
    ]  # fmt: skip
    book, paper = tmp_path / "in.xlsx", tmp_path / "in.pdf"
    monkeypatch.setattr(Choose, "new_workbook", classmethod(lambda *_arguments: book))
    monkeypatch.setattr(Choose, "new_pdf", classmethod(lambda *_arguments: paper))
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "in.xlsx" in dialog.notice() and not dialog.is_working())
    QTest.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "in.pdf" in dialog.notice() and not dialog.is_working())
    rows_of_book = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    assert rows_of_book[-1][6:9] == [19, 0, 19]
    text = pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_bounded()
    assert "Printing order" in text
    assert "Chuyên đề 1" in text


def test_a_disk_that_refuses_is_said_and_the_dialog_goes_on(
    qtbot: QtBot, dialog: DocumentsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Choose, "new_pdf", classmethod(lambda *_arguments: tmp_path / "no" / "where.pdf"))
    dialog.tabs.choose(ORDER)
    dialog.order.pdf_wanted.emit()
    qtbot.waitUntil(lambda: "does not exist" in dialog.trouble())
    assert not dialog.is_working()


def test_handing_out_stays_as_it_was(station: Station) -> None:
    states = [item.state for item in station.desk.hand_out(ANH)]
    assert states == [BundleState.HANDED_OUT] * 3


def test_faces_change_with_the_arrows(dialog: DocumentsDialog) -> None:
    tab = dialog.tabs._tabs[0]
    tab.setFocus()
    QTest.keyClick(tab, Qt.Key.Key_Right)
    assert dialog.page() == MATRIX
