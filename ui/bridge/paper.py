"""A document made ready for paper, for a worker: pages that are no A4 are fitted to it, pictures too."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTransform
from PySide6.QtPdf import QPdfDocument

from station.documents.files import read_fault
from station.errors import EnvironmentFault
from station.i18n import _
from ui.bridge.sheets import Sheet, page_count, sheet_of

_DPI = 200
_A4_PIXELS = QSize(1654, 2339)  # at 200 dpi
_A4_POINTS, _SLACK_POINTS = QSizeF(595, 842), 6.0
_MARGIN = 0.03  # of the page's width: printers leave an edge white
_MOST_PAGES = 300


def printable(path: Path) -> bytes:
    """A PDF in A4 of a PDF or a picture. Raises EnvironmentFault for anything else and for what cannot be drawn."""
    pages = page_count(path)
    if pages > _MOST_PAGES:
        text = _("{name} has {pages} pages; print at most {most} from the desk.")
        raise EnvironmentFault(text.format(name=path.name, pages=pages, most=_MOST_PAGES))
    if pages and _is_all_a4(path):
        try:
            return path.read_bytes()
        except OSError as error:
            raise read_fault(error, path) from error
    return _fitted(path, max(1, pages))


def _is_all_a4(path: Path) -> bool:
    document = QPdfDocument()
    try:
        document.load(str(path))
        sizes = [document.pagePointSize(page) for page in range(document.pageCount())]
    finally:
        document.close()
    return all(
        abs(size.width() - _A4_POINTS.width()) < _SLACK_POINTS
        and abs(size.height() - _A4_POINTS.height()) < _SLACK_POINTS
        for size in sizes
    )


def _fitted(path: Path, pages: int) -> bytes:
    """Every page as a picture on its own A4 sheet, turned where it lies on its side."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    painter = QPainter()
    try:
        for page in range(pages):
            image = _upright(_drawn(path, page))
            if not (writer.newPage() if page else painter.begin(writer)):
                raise EnvironmentFault(_("{name} cannot be printed from here.").format(name=path.name))
            painter.drawImage(_place_of(image), image)
    finally:
        painter.end()
    buffer.close()
    return bytes(data.data())


def _drawn(path: Path, page: int) -> QImage:
    side = max(_A4_PIXELS.width(), _A4_PIXELS.height())
    sheet: Sheet = sheet_of(path, page, QSize(side, side))
    if sheet.image is None:
        raise EnvironmentFault(sheet.trouble)
    return sheet.image


def _upright(image: QImage) -> QImage:
    if image.width() <= image.height():
        return image
    return image.transformed(QTransform().rotate(90), Qt.TransformationMode.SmoothTransformation)


def _place_of(image: QImage) -> QRectF:
    edge = _A4_PIXELS.width() * _MARGIN
    room = QRectF(0, 0, _A4_PIXELS.width(), _A4_PIXELS.height()).adjusted(edge, edge, -edge, -edge)
    size = QSizeF(image.size()).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRectF(
        room.center().x() - size.width() / 2,
        room.center().y() - size.height() / 2,
        size.width(),
        size.height(),
    )
