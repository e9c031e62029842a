"""The printing order as a PDF that a print shop reads: one line a title, sums at the end."""

from collections.abc import Sequence

from station.badges.fonts import Font, printable, width_em
from station.badges.pdf import PdfPages, Target
from station.badges.texts import event_dates
from station.badges.typesetting import LEADING, POINTS_PER_MM, Fitted, fit
from station.documents.matrix import OrderLine
from station.i18n import _
from station.model.event import Event
from station.reports.documents import ORDER_COLUMNS, order_cells, order_sums
from station.reports.tables import Cell

_PAGE_MM = (297.0, 210.0)
_MARGIN_MM = 15.0
_BOTTOM_MM = 195.0
_INK, _MUTED, _LINE, _BAND = "#16202b", "#56626e", "#c9d2db", "#e9eef3"
_WIDTHS_MM = (11.0, 20.0, 80.0, 20.0, 22.0, 18.0, 20.0, 19.0, 17.0, 20.0, 20.0)
_TEXT_COLUMNS = (1, 2, 3, 4)
_TITLE = 2
_SIZE_PT, _PAD_MM = 10.0, 2.2


def write_order(target: Target, event: Event, lines: Sequence[OrderLine]) -> int:
    """Write the printing order; returns the number of pages. Raises EnvironmentFault."""
    sheet = _Sheet(event)
    for number, line in enumerate(lines, 1):
        sheet.row((number, *order_cells(line)))
    sheet.row((None, *order_sums(lines)), Font.SEMI_BOLD)
    sheet.note()
    return sheet.save(target)


class _Sheet:
    """Pages of one table; each begins with the heading row."""

    def __init__(self, event: Event) -> None:
        self._event = event
        self._pages = PdfPages(*_PAGE_MM, f"{_('Printing order')} – {event.name}", event.organiser)
        self._count = 0
        self._y_mm = _MARGIN_MM
        self._begin()

    def row(self, cells: Sequence[Cell], weight: Font = Font.REGULAR) -> None:
        """One line of the table, as high as its title wants, on a new page where this one is full."""
        title = fit(str(cells[_TITLE] or ""), weight, _SIZE_PT, _SIZE_PT - 1, _inner(_TITLE), 4)
        height = max(title.height_mm, _SIZE_PT * LEADING / POINTS_PER_MM) + 2 * _PAD_MM
        if self._y_mm + height > _BOTTOM_MM:
            self._pages.next_page()
            self._begin()
        if weight is not Font.REGULAR:
            self._pages.rectangle(_MARGIN_MM, self._y_mm, sum(_WIDTHS_MM), height, _BAND)
        for column, cell in enumerate(cells):
            self._cell(column, title if column == _TITLE else cell, weight)
        self._y_mm += height
        self._pages.rectangle(_MARGIN_MM, self._y_mm - 0.1, sum(_WIDTHS_MM), 0.2, _LINE)

    def note(self) -> None:
        """How the figures are meant."""
        said = _("Copies = entitled + reserve. Sheets = pages × copies; both sides: two pages a sheet.")
        self._write(_MARGIN_MM, self._y_mm + 8, said, Font.REGULAR, 9, _MUTED)

    def save(self, target: Target) -> int:
        """Finish; returns the number of pages."""
        self._pages.save(target)
        return self._count

    def _begin(self) -> None:
        self._count += 1
        self._y_mm = _MARGIN_MM
        if self._count == 1:
            self._head()
        number = _("Page {number}").format(number=self._count)
        right = _MARGIN_MM + sum(_WIDTHS_MM) - _wide(number, Font.REGULAR, 9)
        self._write(right, _PAGE_MM[1] - 8, number, Font.REGULAR, 9, _MUTED)
        self._headings()

    def _head(self) -> None:
        if self._event.organiser:
            self._write(_MARGIN_MM, self._y_mm + 3, self._event.organiser, Font.MEDIUM, 10, _MUTED)
            self._y_mm += 6
        self._write(_MARGIN_MM, self._y_mm + 6, _("Printing order"), Font.BOLD, 19, _INK)
        self._y_mm += 11
        event = fit(self._event.name, Font.MEDIUM, 12, 10, sum(_WIDTHS_MM), 2)
        for line in event.lines:
            self._write(_MARGIN_MM, self._y_mm + 3, line, Font.MEDIUM, event.size_pt, _INK)
            self._y_mm += event.size_pt * LEADING / POINTS_PER_MM
        about = " · ".join(filter(None, (event_dates(self._event), self._event.venue)))
        self._write(_MARGIN_MM, self._y_mm + 3, about, Font.REGULAR, 10, _MUTED)
        self._y_mm += 9

    def _headings(self) -> None:
        headings = [
            fit(_(heading), Font.SEMI_BOLD, 8.5, 8, _inner(column), 2)
            for column, heading in enumerate(ORDER_COLUMNS)
        ]
        height = max(heading.height_mm for heading in headings) + 2 * _PAD_MM
        self._pages.rectangle(_MARGIN_MM, self._y_mm, sum(_WIDTHS_MM), height, _BAND)
        for column, heading in enumerate(headings):
            self._cell(column, heading, Font.SEMI_BOLD)
        self._y_mm += height

    def _cell(self, column: int, cell: Cell | Fitted, weight: Font) -> None:
        """A text at the left, a figure at the right of its column; a title on as many lines as it has."""
        if not isinstance(cell, Fitted):
            said = f"{cell:,}".replace(",", ".") if isinstance(cell, int) else str(cell or "")
            cell = fit(said, weight, _SIZE_PT, 7, _inner(column), 1)
        baseline = self._y_mm + _PAD_MM + cell.size_pt / POINTS_PER_MM
        left = _MARGIN_MM + sum(_WIDTHS_MM[:column]) + 1.5
        for number, line in enumerate(cell.lines):
            spare = 0.0 if column in _TEXT_COLUMNS else _inner(column) - _wide(line, weight, cell.size_pt)
            step = number * cell.size_pt * LEADING / POINTS_PER_MM
            self._pages.text(left + spare, baseline + step, line, weight, cell.size_pt, _INK)

    def _write(self, x_mm: float, y_mm: float, text: str, weight: Font, size_pt: float, colour: str) -> None:
        self._pages.text(x_mm, y_mm, printable(text), weight, size_pt, colour)


def _inner(column: int) -> float:
    return _WIDTHS_MM[column] - 3


def _wide(text: str, weight: Font, size_pt: float) -> float:
    return width_em(text, weight) * size_pt / POINTS_PER_MM
