"""Pages of PDFs and pictures as images, for a worker; files of any other kind are never opened."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter
from PySide6.QtPdf import QPdfDocument

from station.i18n import _

_LARGEST_PIXELS = 40_000_000
_PICTURES = {b"\x89PNG\r\n\x1a\n": b"png", b"\xff\xd8\xff": b"jpeg"}
_PDF = b"%PDF-"
_HEAD = 1024  # the mark of a PDF may stand anywhere in its first kilobyte


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a file.

    Attributes:
        image: None where it cannot be shown; then ``trouble`` says why. pages: of the whole file, 0 if unknown.
    """

    image: QImage | None
    pages: int = 0
    trouble: str = ""


def page_count(path: Path) -> int:
    """The pages of a PDF, 0 for anything else and for what cannot be read."""
    if not _is_pdf(path):
        return 0
    document = QPdfDocument()
    try:
        document.load(str(path))
        return max(0, int(document.pageCount()))
    finally:
        document.close()


def sheet_of(path: Path, page: int, room: QSize) -> Sheet:
    """A page (from 0) of a PDF, or a picture, no larger than a room in device pixels."""
    if _is_pdf(path):
        return _pdf_sheet(path, page, room)
    kind = next((name for magic, name in _PICTURES.items() if _head(path).startswith(magic)), None)
    if kind is None:
        return Sheet(None, trouble=_("No preview: only PDFs and pictures are shown here."))
    return _picture_sheet(path, kind, room)


def _pdf_sheet(path: Path, page: int, room: QSize) -> Sheet:
    document = QPdfDocument()
    try:
        error = document.load(str(path))
        if error is QPdfDocument.Error.IncorrectPassword:
            return Sheet(None, trouble=_("This PDF is protected by a password."))
        if error is not QPdfDocument.Error.None_ or not document.pageCount():
            return Sheet(None, trouble=_("This PDF is damaged, or it is none."))
        page = min(page, document.pageCount() - 1)
        size = document.pagePointSize(page).toSize().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        drawn = document.render(page, size.expandedTo(QSize(1, 1)))
        return Sheet(_on_white(drawn), document.pageCount())
    finally:
        document.close()


def _picture_sheet(path: Path, kind: bytes, room: QSize) -> Sheet:
    reader = QImageReader(str(path), kind)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _LARGEST_PIXELS:
        return Sheet(None, trouble=_("This picture is damaged or too large to be shown."))
    turned = bool(reader.transformation().value & 4)  # lies on its side
    wanted = size.transposed() if turned else size
    wanted = wanted.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    reader.setScaledSize(wanted.transposed() if turned else wanted)
    image = reader.read()
    if image.isNull():
        return Sheet(None, trouble=_("This picture is damaged or too large to be shown."))
    return Sheet(_on_white(image), 1)


def _on_white(image: QImage) -> QImage:
    """As on paper: pages and pictures may be transparent."""
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("#ffffff"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() == ".pdf" and _PDF in _head(path)


def _head(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(_HEAD)
    except (OSError, ValueError):
        return b""
