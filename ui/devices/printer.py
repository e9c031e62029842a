"""Printers of this machine: which there are, and pages of a PDF put on paper in their own size, or not at all."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QPointF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station.errors import EnvironmentFault
from station.i18n import _

Progress = Callable[[int, int], None]
_DPI = 300  # enough for the modules of a code; 600 would take four times the memory
_POINTS_PER_INCH, _MM_PER_POINT = 72, 25.4 / 72


def printer_names() -> list[str]:
    """The installed printers, the usual one first."""
    names = QPrinterInfo.availablePrinterNames()
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != usual, name.casefold()))


def print_pdf(pdf: bytes, name: str, title: str, progress: Progress = lambda _done, _total: None) -> int:
    """Print every page of a PDF on a printer; returns how many.

    Raises EnvironmentFault: the printer is gone, refuses the size of a page, or did not take the pages; and what
    ``progress(done, total)`` raises, between pages.
    """
    information = QPrinterInfo.printerInfo(name)
    if information.isNull():
        raise EnvironmentFault(
            _("The printer {printer} is not there. Turn it on and connect it, or choose another.").format(
                printer=name
            )
        )
    printer = QPrinter(information, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    return paint_pdf(pdf, printer, progress)


def paint_pdf(pdf: bytes, printer: QPrinter, progress: Progress = lambda _done, _total: None) -> int:
    """Draw every page of a PDF on a printer, each in its own size; returns how many. Raises EnvironmentFault."""
    data = QBuffer()
    data.setData(QByteArray(pdf))
    data.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(data)
    printer.setResolution(_DPI)
    printer.setFullPage(True)
    painter = QPainter()
    try:
        for number in range(document.pageCount()):
            _set_page(printer, document.pagePointSize(number))
            if not (printer.newPage() if number else painter.begin(printer)):
                raise _not_taken(printer)
            painter.drawImage(QPointF(0, 0), _image(document, number, printer.resolution()))
            progress(number + 1, document.pageCount())
    except BaseException:
        if painter.isActive():
            printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    if printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise _not_taken(printer)
    return document.pageCount()


def _set_page(printer: QPrinter, points: QSizeF) -> None:
    """Ask for the page's own size. A driver that refuses it would print on A4 without a word, so look again."""
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    taken = printer.setPageLayout(layout)
    if not taken or not printer.pageLayout().pageSize().isEquivalentTo(size):
        width_mm, height_mm = (round(side * _MM_PER_POINT) for side in points.toTuple())
        text = _(
            "{printer} does not take paper of {width} × {height} mm, so nothing was printed. "
            "Add this size in the printer's settings, or choose another paper."
        )
        raise EnvironmentFault(text.format(printer=printer.printerName(), width=width_mm, height=height_mm))


def _image(document: QPdfDocument, number: int, dpi: int) -> QImage:
    pixels = document.pagePointSize(number) * (dpi / _POINTS_PER_INCH)
    drawn = document.render(number, pixels.toSize())
    page = QImage(drawn.size(), QImage.Format.Format_RGB32)
    page.fill(0xFFFFFFFF)
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return page


def _not_taken(printer: QPrinter) -> EnvironmentFault:
    text = _("{printer} did not take the pages. Look whether it is on, has paper and waits for nothing.")
    return EnvironmentFault(text.format(printer=printer.printerName() or printer.outputFileName()))
