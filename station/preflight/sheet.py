"""The record of the checks as one page of A4, to be signed and put with the papers of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from station.badges.colours import INK, LINE, MUTED
from station.badges.fonts import CAPITAL_HEIGHT, Font
from station.badges.pdf import PdfPages, Target
from station.badges.texts import event_dates
from station.badges.typesetting import LEADING, POINTS_PER_MM, Fitted, fit
from station.i18n import _, pick
from station.model.event import Event
from station.preflight.check import Check, Level, worst
from station.preflight.titles import title_of, verdict_on, word_of

_PAGE_MM = (210.0, 297.0)
_LEFT_MM, _RIGHT_MM = 20.0, 192.0
_TABLE_MM, _TABLE_END_MM = 82.0, 246.0
_WORD_MM, _TITLE_MM, _TEXT_MM = 22.0, 47.0, 86.0  # left edges of the columns
_COLOURS = {Level.OK: "#0a7340", Level.WARN: "#8a5300", Level.FAIL: "#b80f2a"}
_ORDER = (Level.FAIL, Level.WARN, Level.OK)
_SIZES_PT = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_PADDING_MM = 1.6


@dataclass(frozen=True, slots=True)
class _Line:
    check: Check
    message: Fitted
    advice: Fitted

    @property
    def height_mm(self) -> float:
        return self.message.height_mm + self.advice.height_mm + 2 * _PADDING_MM


def render_sheet(target: Target, event: Event, station: str, checks: Sequence[Check], at: datetime) -> None:
    """Write the sheet in the language in force. Raises EnvironmentFault when the file cannot be written."""
    title = _("Record of the checks before the doors open")
    pages = PdfPages(*_PAGE_MM, title, event.organiser)
    local = at.astimezone(ZoneInfo(event.zone))
    _draw_head(pages, event, title)
    _draw_station(pages, station, f"{local:%d/%m/%Y %H:%M}", checks)
    _draw_table(pages, checks)
    _draw_signature(pages, f"{local:%d/%m/%Y}")
    pages.next_page()
    pages.save(target)


def _draw_head(pages: PdfPages, event: Event, title: str) -> None:
    width_mm = _RIGHT_MM - _LEFT_MM
    organiser = fit(event.organiser.upper(), Font.SEMI_BOLD, 9.5, 7, width_mm, 1)
    _write(pages, _LEFT_MM, 16, organiser, Font.SEMI_BOLD, MUTED)
    name = ", ".join(filter(None, (pick(event.name, event.name_en), event_dates(event), event.venue)))
    _write(pages, _LEFT_MM, 21.5, fit(title.upper(), Font.BOLD, 19, 12, width_mm, 1), Font.BOLD, INK)
    _write(pages, _LEFT_MM, 33, fit(name, Font.REGULAR, 11, 8, width_mm, 2), Font.REGULAR, INK)


def _draw_station(pages: PdfPages, station: str, at: str, checks: Sequence[Check]) -> None:
    colour = _COLOURS[worst(checks)]
    pages.rectangle(_LEFT_MM, 48, _RIGHT_MM - _LEFT_MM, 22, "#f1f4f8", 2)
    pages.rectangle(_LEFT_MM, 48, 2.2, 22, colour)
    _write(pages, 27, 51.5, fit(verdict_on(checks), Font.BOLD, 16, 10, 160, 1), Font.BOLD, colour)
    said = _("Station: {station} · checked at {at}").format(station=station, at=at)
    _write(pages, 27, 60.5, fit(said, Font.MEDIUM, 11, 8, 160, 1), Font.MEDIUM, INK)


def _draw_table(pages: PdfPages, checks: Sequence[Check]) -> None:
    ordered = [check for level in _ORDER for check in checks if check.level is level]
    y_mm = _TABLE_MM
    for column_mm, caption in ((_WORD_MM, _("Result")), (_TITLE_MM, _("Subject")), (_TEXT_MM, _("Finding"))):
        _write(pages, column_mm, y_mm - 6.5, fit(caption, Font.SEMI_BOLD, 9, 8, 60, 1), Font.SEMI_BOLD, MUTED)
    for number, line in enumerate(_fitted(ordered)):
        if number % 2 == 0:
            pages.rectangle(_LEFT_MM, y_mm, _RIGHT_MM - _LEFT_MM, line.height_mm, "#f7f9fb")
        pages.rectangle(_LEFT_MM, y_mm, _RIGHT_MM - _LEFT_MM, 0.2, LINE)
        _draw_line(pages, y_mm + _PADDING_MM, line)
        y_mm += line.height_mm
    pages.rectangle(_LEFT_MM, y_mm, _RIGHT_MM - _LEFT_MM, 0.2, LINE)


def _fitted(checks: Sequence[Check]) -> list[_Line]:
    """The lines in the largest type in which all fit the page; in the smallest, long sentences are cut."""
    width_mm = _RIGHT_MM - _TEXT_MM - 2
    most, lines = 6, []
    for size_pt in (*_SIZES_PT, _SIZES_PT[-1], _SIZES_PT[-1]):
        lines = [
            _Line(check, *(fit(text, Font.REGULAR, size_pt, size_pt, width_mm, most) for text in texts))
            for check in checks
            for texts in [(check.message, check.advice)]
        ]
        if sum(line.height_mm for line in lines) <= _TABLE_END_MM - _TABLE_MM:
            break
        most = most if size_pt > _SIZES_PT[-1] else most - 2
    return lines


def _draw_line(pages: PdfPages, y_mm: float, line: _Line) -> None:
    size_pt, colour = line.message.size_pt, _COLOURS[line.check.level]
    mark_mm = size_pt * CAPITAL_HEIGHT / POINTS_PER_MM
    top_mm = y_mm + (size_pt * LEADING / POINTS_PER_MM - mark_mm) / 2
    pages.rectangle(_WORD_MM, top_mm, mark_mm, mark_mm, colour, mark_mm / 2)
    word = fit(word_of(line.check.level), Font.SEMI_BOLD, size_pt, 6, _TITLE_MM - _WORD_MM - mark_mm - 3, 1)
    _write(pages, _WORD_MM + mark_mm + 1.5, y_mm, word, Font.SEMI_BOLD, colour)
    title = fit(title_of(line.check.name), Font.MEDIUM, size_pt, 6, _TEXT_MM - _TITLE_MM - 2, 1)
    _write(pages, _TITLE_MM, y_mm, title, Font.MEDIUM, INK)
    _write(pages, _TEXT_MM, y_mm, line.message, Font.REGULAR, INK)
    _write(pages, _TEXT_MM, y_mm + line.message.height_mm, line.advice, Font.REGULAR, MUTED)


def _draw_signature(pages: PdfPages, day: str) -> None:
    left_mm, width_mm = 122.0, _RIGHT_MM - 122.0
    for y_mm, text, font, colour in (
        (250, _("Day {day}").format(day=day), Font.REGULAR, INK),
        (255, _("Checked by"), Font.SEMI_BOLD, INK),
        (260, _("(signature and full name)"), Font.REGULAR, MUTED),
    ):
        _write(pages, left_mm, y_mm, fit(text, font, 10, 8, width_mm, 1), font, colour)
    pages.rectangle(left_mm, 284, width_mm, 0.3, INK)


def _write(pages: PdfPages, x_mm: float, y_mm: float, fitted: Fitted, font: Font, colour: str) -> None:
    """Lines of text below ``y_mm``, capitals in the middle of their lines."""
    line_mm = fitted.size_pt * LEADING / POINTS_PER_MM
    baseline_mm = y_mm + line_mm * (0.5 + CAPITAL_HEIGHT / LEADING / 2)
    for number, line in enumerate(fitted.lines):
        pages.text(x_mm, baseline_mm + number * line_mm, line, font, fitted.size_pt, colour)
