"""A table with rules on a sheet: headings that come again on every page, bands over groups, rows that never part."""

from collections.abc import Sequence
from dataclasses import dataclass

from station.badges.colours import INK
from station.badges.fonts import Font, printable, width_em
from station.badges.typesetting import POINTS_PER_MM, Fitted, fit
from station.reports.paper import Align, Sheet

_BAND, _HEADING, _RULE = "#eef2f5", "#dfe6ec", "#8a97a3"
_RULE_MM = 0.15
_PAD_MM = 1.2
_MOST_LINES = 6
_EVEN, _SMALLEST = 0.95, 0.72  # of the size


@dataclass(frozen=True, slots=True)
class RuledColumn:
    """One column; weight: its share of what the fixed columns leave, or, with ``fixed_mm``, nothing."""

    heading: str
    weight: float = 1.0
    align: Align = Align.LEFT
    fixed_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A row laid out: its cells, how high it is, its font."""

    cells: tuple[Fitted, ...]
    height_mm: float
    font: Font


class RuledTable:
    """A table in the making on a sheet.

    Args:
        least_mm: how high a row is at least; room for a signature.
    """

    def __init__(
        self, sheet: Sheet, columns: Sequence[RuledColumn], size_pt: float, least_mm: float = 0.0
    ) -> None:
        self._sheet, self._columns = sheet, tuple(columns)
        self._size_pt, self._least_mm = size_pt, least_mm
        free_mm = sheet.width_mm - sum(column.fixed_mm for column in columns)
        weights = sum(column.weight for column in columns if not column.fixed_mm) or 1.0
        self._widths = tuple(c.fixed_mm or free_mm * c.weight / weights for c in columns)
        self._headings = self._laid_out([column.heading for column in columns], Font.SEMI_BOLD, 0.9)
        self._band = ""

    def begin(self) -> None:
        """Draw the headings, here and on every further page."""
        self._sheet.make_room(self._headings.height_mm * 3)
        self._draw_headings()
        self._sheet.heading = self._draw_again

    def end(self) -> None:
        """Let further pages begin without headings."""
        self._sheet.heading = lambda: None

    def laid_out(self, texts: Sequence[str], font: Font = Font.REGULAR) -> LaidOut:
        """A row, before it is drawn: so that its height is known."""
        return self._laid_out(texts, font)

    def band(self, text: str, again: str, following_mm: float) -> None:
        """A line over a group that stays with what follows; ``again`` heads the group on further pages."""
        height_mm = self._band_of(text).height_mm + 2 * _PAD_MM
        self._band = ""
        self._sheet.make_room(height_mm + following_mm)
        self._draw_band(text)
        self._band = again

    def keep_together(self, height_mm: float) -> None:
        """Begin another page unless so much is free on this one."""
        self._sheet.make_room(height_mm)

    def row(self, line: LaidOut, *, shaded: bool = False) -> None:
        """Draw a row, on the next page where this one is full."""
        self._sheet.make_room(line.height_mm)
        self._draw(line, _BAND if shaded else "")

    def _draw_again(self) -> None:
        self._draw_headings()
        if self._band:
            self._draw_band(self._band)

    def _draw_headings(self) -> None:
        self._draw(self._headings, _HEADING, Align.CENTRE)

    def _draw_band(self, text: str) -> None:
        sheet, fitted = self._sheet, self._band_of(text)
        height_mm = fitted.height_mm + 2 * _PAD_MM
        sheet.rectangle(sheet.left_mm, sheet.y_mm, sheet.width_mm, height_mm, _BAND)
        sheet.write(sheet.left_mm + 2, sheet.y_mm + _PAD_MM, 0, fitted, Font.SEMI_BOLD)
        self._draw_rules((sheet.width_mm,), height_mm)
        sheet.y_mm += height_mm

    def _band_of(self, text: str) -> Fitted:
        return fit(text, Font.SEMI_BOLD, self._size_pt, self._size_pt * 0.85, self._sheet.width_mm - 4, 3)

    def _laid_out(self, texts: Sequence[str], font: Font, scale: float = 1.0) -> LaidOut:
        size_pt = self._size_pt * scale
        cells = tuple(
            _fitted(text, font, size_pt, width - 2 * _PAD_MM)
            for text, width in zip(texts, self._widths, strict=True)
        )
        least_mm = max(self._least_mm if font is Font.REGULAR else 0.0, size_pt * 0.46 + 2 * _PAD_MM)
        return LaidOut(cells, max(least_mm, max(c.height_mm for c in cells) + 2 * _PAD_MM), font)

    def _draw(self, line: LaidOut, colour: str, align: Align | None = None) -> None:
        sheet, x_mm = self._sheet, self._sheet.left_mm
        if colour:
            sheet.rectangle(sheet.left_mm, sheet.y_mm, sheet.width_mm, line.height_mm, colour)
        for column, cell, width in zip(self._columns, line.cells, self._widths, strict=True):
            y_mm = sheet.y_mm + (line.height_mm - cell.height_mm) / 2
            sheet.write(
                x_mm + _PAD_MM, y_mm, width - 2 * _PAD_MM, cell, line.font, INK, align or column.align
            )
            x_mm += width
        self._draw_rules(self._widths, line.height_mm)
        sheet.y_mm += line.height_mm

    def _draw_rules(self, widths: Sequence[float], height_mm: float) -> None:
        sheet, top_mm = self._sheet, self._sheet.y_mm
        for y_mm in (top_mm, top_mm + height_mm):
            sheet.rectangle(sheet.left_mm, y_mm - _RULE_MM / 2, sheet.width_mm, _RULE_MM, _RULE)
        x_mm = sheet.left_mm
        for width in (0.0, *widths):
            x_mm += width
            sheet.rectangle(x_mm - _RULE_MM / 2, top_mm, _RULE_MM, height_mm, _RULE)


def _fitted(text: str, font: Font, size_pt: float, width_mm: float) -> Fitted:
    """Rather more lines than smaller letters, so that a column looks even; smaller ones where that is not enough."""
    line = printable(text)
    if width_em(line, font) * size_pt / POINTS_PER_MM <= width_mm:  # most cells: no need to try
        return Fitted(size_pt, (line,) if line else ())
    even = fit(text, font, size_pt, size_pt * _EVEN, width_mm, _MOST_LINES)
    longest_em = max((width_em(word, font) for word in line.split()), default=0.0)
    if longest_em * size_pt * _EVEN / POINTS_PER_MM > width_mm or (
        even.lines[-1:] and even.lines[-1].endswith("…")
    ):
        return fit(text, font, size_pt, size_pt * _SMALLEST, width_mm, _MOST_LINES)
    return even
