"""Printers of this machine: which there are, and pages of a PDF put on paper in their own size, or not at all."""

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station.badges import queue
from station.badges.printers import Fate, PrinterAway, Sheet, away
from station.badges.profiles import Profile
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


class InstalledPrinters:
    """The printers of this machine for the badge spool; see station.badges.printers.Installed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # two jobs at a time could not be told apart in the printer's queue

    def names(self) -> Sequence[str]:
        """The installed printers, the usual one first."""
        return printer_names()

    def send(self, printer: str, sheet: Sheet, profile: Profile) -> str:
        """Print through the driver; the new job in the printer's queue is the ticket, where it can be asked."""
        asks = queue.can_ask()
        with self._lock:
            before = queue.tickets(printer) if asks else set()
            self._print(printer, sheet, profile)
            fresh = queue.tickets(printer) - before if asks else set()
        return max(fresh, key=lambda ticket: int(ticket.rpartition("-")[2]), default="")

    def fate(self, printer: str, ticket: str) -> tuple[Fate, str]:
        """What the printer's queue says of a job."""
        return queue.fate_of(printer, ticket)

    def _print(self, printer: str, sheet: Sheet, profile: Profile) -> None:
        information = QPrinterInfo.printerInfo(printer)
        if information.isNull():
            raise away(printer)
        driver = QPrinter(information, QPrinter.PrinterMode.HighResolution)
        driver.setDocName(sheet.title)
        driver.setDuplex(
            QPrinter.DuplexMode.DuplexAuto if profile.double_sided else QPrinter.DuplexMode.DuplexNone
        )
        paint_pdf(sheet.pdf, driver, rotation=profile.rotation, scale=profile.scale_percent / 100)


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


def paint_pdf(
    pdf: bytes,
    printer: QPrinter,
    progress: Progress = lambda _done, _total: None,
    *,
    rotation: int = 0,
    scale: float = 1.0,
) -> int:
    """Draw every page of a PDF on a printer, each in its own size; returns how many.

    ``rotation`` clockwise, in steps of 90 degrees; ``scale``: about the middle of the page.
    Raises PrinterAway for pages that were not taken, EnvironmentFault for a size the printer does not know.
    """
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
            points = document.pagePointSize(number)
            _set_page(printer, points.transposed() if rotation % 180 else points)
            if not (printer.newPage() if number else painter.begin(printer)):
                raise _not_taken(printer)
            image = _image(document, number, printer.resolution(), rotation)
            painter.drawImage(_scaled(image, scale), image)
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


def _scaled(image: QImage, scale: float) -> QRectF:
    """Where an image stands that is larger or smaller about its middle."""
    width, height = image.width() * scale, image.height() * scale
    return QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)


def _image(document: QPdfDocument, number: int, dpi: int, rotation: int) -> QImage:
    pixels = document.pagePointSize(number) * (dpi / _POINTS_PER_INCH)
    drawn = document.render(number, pixels.toSize())
    page = QImage(drawn.size(), QImage.Format.Format_RGB32)
    page.fill(0xFFFFFFFF)
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return page.transformed(QTransform().rotate(rotation)) if rotation else page


def _not_taken(printer: QPrinter) -> PrinterAway:
    text = _("{printer} did not take the pages. Look whether it is on, has paper and waits for nothing.")
    return PrinterAway(text.format(printer=printer.printerName() or printer.outputFileName()))
