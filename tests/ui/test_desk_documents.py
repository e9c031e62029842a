"""Documents at the desk: opened, printed, copied to the delegate's stick; what is owed is told on the card."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from station.app import Station
from station.documents.changes import add_document, edit_document
from station.documents.submissions import add_submission
from station.errors import EnvironmentFault
from station.model.document import Document, Entitlement
from station.model.submission import Submission, SubmissionKind
from station.model.verdict import Source
from tests.builders import INSTANCE, HandClock, payload
from tests.ui.test_cases import choose, open_cases
from tests.ui.test_desk import Clerk
from ui.bridge.paper import printable
from ui.dialogs.bundle.copying import CopyDialog, Place, _place
from ui.dialogs.bundle.viewer import BundleViewer
from ui.dialogs.cases.menu import CasesMenu
from ui.dialogs.choose import Choose
from ui.dialogs.outstanding import OutstandingDialog
from ui.dialogs.submissions.receive import ReceiveDialog

FIRST = f"{INSTANCE}-1"


def pdf(path: Path, size: tuple[float, float] = (595, 842), pages: int = 2) -> Path:
    canvas = Canvas(str(path), pagesize=size)
    for page in range(pages):
        canvas.drawString(40, 100, f"page {page}")
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def clerk(qtbot: QtBot, station: Station, tmp_path: Path) -> Iterator[Clerk]:
    add_document(
        station.files, Document("QC", 0, "Quy chế"), [Entitlement("")], pdf(tmp_path / "quy che.pdf")
    )
    add_document(station.files, Document("DL", 0, "Dữ liệu"), [Entitlement("")], other(tmp_path))
    station.desk.reload()
    clerk = Clerk(qtbot, station)
    yield clerk
    clerk.close()


def other(tmp_path: Path) -> Path:
    (tmp_path / "du lieu.docx").write_bytes(b"PK\x03\x04 words")
    return tmp_path / "du lieu.docx"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "KINGSTON").mkdir()
    return tmp_path / "KINGSTON"


def meanwhile(kind: type[QDialog], act: object) -> list[str]:
    """Do something in the next modal dialog, which must be of this kind."""
    seen: list[str] = []
    timer = QTimer(QApplication.instance())

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isActiveWindow():
            return
        timer.stop()
        seen.append(type(dialog).__name__)
        try:
            if isinstance(dialog, kind):
                act(dialog)  # type: ignore[operator]
        finally:
            dialog.reject()

    timer.timeout.connect(look)
    timer.start(10)
    return seen


def test_f12_opens_the_documents_and_a_pdf_is_drawn_in_our_own_viewer(clerk: Clerk, qtbot: QtBot) -> None:
    clerk.scan(payload(1))
    pages: list[tuple[int, int]] = []

    def look(viewer: BundleViewer) -> None:
        assert viewer.document().code == "QC"  # type: ignore[union-attr]
        qtbot.waitUntil(lambda: viewer.preview.page() == (1, 2))
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
        pages.append(viewer.preview.page())

    seen = meanwhile(BundleViewer, look)
    clerk.press(Qt.Key.Key_F12)
    assert (seen, pages) == (["BundleViewer"], [(2, 2)])


def test_a_file_of_another_kind_is_never_opened(clerk: Clerk, qtbot: QtBot) -> None:
    clerk.scan(payload(1))

    def look(viewer: BundleViewer) -> None:
        qtbot.waitUntil(lambda: "PDF" in viewer.preview.said())
        said.append(viewer.preview.page())

    said: list[tuple[int, int]] = []
    meanwhile(BundleViewer, look)
    clerk.screen.result.bundle.open_requested.emit("DL")
    assert said == [(0, 0)]


def test_nothing_is_opened_or_copied_where_no_bundle_is_shown(clerk: Clerk) -> None:
    clerk.scan(b"<b>OK</b>")
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F11)
    assert QApplication.activeModalWidget() is None


def test_f11_copies_to_the_stick_and_the_card_says_so_while_paper_stays_due(
    clerk: Clerk, qtbot: QtBot, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.scan(payload(1))
    monkeypatch.setattr(Choose, "folder", lambda *_arguments: stick)
    texts: list[str] = []

    def act(dialog: CopyDialog) -> None:
        dialog._folder.click()
        dialog.begin()
        qtbot.waitUntil(lambda: bool(dialog.outcome()))
        texts.extend((dialog.outcome(), dialog.text()))

    seen = meanwhile(CopyDialog, act)
    clerk.press(Qt.Key.Key_F11)
    clerk.settle()
    assert seen == ["CopyDialog"]
    assert texts[0] == "Đã chép vào USB và kiểm tra lại"
    assert "Đã chép 2 tệp" in texts[1]
    items = {item.document.code: item for item in clerk.screen.result.bundle.items()}
    assert items["QC"].is_copied
    assert items["QC"].state == "due"
    assert not items["TUI"].is_copied
    assert len(list(stick.rglob("*.pdf"))) == 1


def test_a_stick_that_is_plugged_in_appears_and_one_exchanged_meanwhile_is_refused(
    clerk: Clerk, qtbot: QtBot, stick: Path
) -> None:
    found: list[Place] = []
    person = clerk.station.desk.card(FIRST).delegate
    dialog = CopyDialog(clerk.station, person, clerk.screen, lambda: list(found))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.place() is None
    place = _place(stick)
    assert place is not None
    found.append(replace(place, number=place.number + 1))
    qtbot.waitUntil(lambda: dialog.place() is not None)
    dialog.begin()
    qtbot.waitUntil(lambda: bool(dialog.outcome()))
    assert "đã bị rút" in dialog.text()
    assert list(stick.iterdir()) == []
    assert clerk.station.desk.card(FIRST).bundle[3].copied_version == ""
    dialog.reject()


def test_a4_is_printed_as_it_is_and_slides_and_pictures_are_fitted_to_a4(
    qapp: QApplication, tmp_path: Path
) -> None:
    a4 = pdf(tmp_path / "a4.pdf")
    assert hashlib.sha256(printable(a4)).digest() == hashlib.sha256(a4.read_bytes()).digest()
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    picture.save(str(tmp_path / "anh.png"))
    for path, pages in ((pdf(tmp_path / "slides.pdf", (960, 540), 3), 3), (tmp_path / "anh.png", 1)):
        (tmp_path / "out.pdf").write_bytes(printable(path))
        document = QPdfDocument()
        document.load(str(tmp_path / "out.pdf"))
        size = document.pagePointSize(0)
        assert (document.pageCount(), round(size.width()), round(size.height())) == (pages, 595, 842)
        drawn = document.render(0, size.toSize())
        document.close()
        assert drawn.pixelColor(2, 2).alpha() == 0 or drawn.pixelColor(2, 2) == QColor("white")
    assert drawn.pixelColor(297, 421).red() > 250


@pytest.mark.parametrize("data", [b"PK\x03\x04 words", b"%PDF-1.4 broken", b""])
def test_what_is_no_pdf_or_picture_is_not_printed(qapp: QApplication, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    with pytest.raises(EnvironmentFault):
        printable(path)


def test_what_is_owed_is_told_on_the_card_and_received_through_the_other_cases(
    clerk: Clerk, qtbot: QtBot, tmp_path: Path
) -> None:
    wish = Submission("", 0, "Bài trình bày", SubmissionKind.SLIDES)
    clerk.station.files.write(lambda c: add_submission(c, wish, [Entitlement("", delegate=FIRST)]))
    clerk.scan(payload(1))
    assert clerk.screen.result.notes.notes() == ["Còn nợ (F10): Bài trình bày"]

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, ReceiveDialog)
        (tmp_path / "bài.pptx").write_bytes(b"PK\x03\x04 slides")
        dialog.take(tmp_path / "bài.pptx")
        qtbot.waitUntil(lambda: not dialog.is_working())
        assert "sp01-db00001.pptx" in dialog.said()
        dialog.reject()

    open_cases(clerk, (CasesMenu, choose("Nhận sản phẩm nộp")), (ReceiveDialog, take))
    assert clerk.screen.result.notes.notes() == []
    assert (clerk.station.folder / "submissions" / "sp01-db00001.pptx").is_file()
    clerk.scan(payload(2))
    assert clerk.screen.result.notes.notes() == []


def test_a_program_is_refused_with_a_sentence_and_paper_is_recorded(
    clerk: Clerk, qtbot: QtBot, tmp_path: Path
) -> None:
    clerk.station.files.write(lambda c: add_submission(c, Submission("", 0, "Phim"), [Entitlement("")]))
    dialog = ReceiveDialog(clerk.station, clerk.station.desk.card(FIRST).delegate, clerk.screen)
    qtbot.addWidget(dialog)
    dialog.show()
    (tmp_path / "phim.mp4").write_bytes(b"MZ\x90")
    dialog.take(tmp_path / "phim.mp4")
    qtbot.waitUntil(lambda: not dialog.is_working())
    assert "phim.mp4" in dialog.said()
    assert dialog.lines()[0].received is None
    dialog._paper.click()
    assert dialog.lines()[0].received is not None


def test_copies_that_run_out_soon_are_told_at_the_desk(clerk: Clerk, clock: HandClock) -> None:
    station = clerk.station
    document = next(i.document for i in station.desk.card(FIRST).bundle if i.document.code == "TUI")
    edit_document(station.files, "TUI", replace(document, stock=6))
    station.desk.reload()
    for number in range(1, 5):
        station.desk.hand_out(f"{INSTANCE}-{number}", ["TUI"])
        clock.forward(minutes=2)
    clerk.scan(payload(5))
    assert clerk.screen.result.notes.notes() == ["TUI: còn 2, hết lúc 07:42"]


def test_who_has_not_everything_is_listed_by_document_and_saved(
    clerk: Clerk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.station.desk.redeem(payload(1), Source.CAMERA)
    clerk.station.desk.hand_out(FIRST, ["TL01"])
    dialog = OutstandingDialog(clerk.station, clerk.screen)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.shown()) == 4)
    dialog.choose_document("QC")
    assert [row[2] for row in dialog.model.rows()] == ["DB00001"]
    monkeypatch.setattr(Choose, "new_workbook", lambda *_arguments: tmp_path / "no.xlsx")
    dialog._on_save_wanted()
    qtbot.waitUntil(lambda: (tmp_path / "no.xlsx").is_file() and "no.xlsx" in dialog.said())
    dialog.reject()
