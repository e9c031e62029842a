"""The arrival curve on paper: a page for each session, how many came in each span of minutes and by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from station.badges.colours import INK, LINE, MUTED
from station.badges.fonts import Font
from station.badges.pdf import Target
from station.badges.texts import event_dates
from station.badges.typesetting import fit
from station.i18n import N_, _, ngettext
from station.model.event import Session, title_of
from station.reports.arrivals import Span, arrivals
from station.reports.facts import Facts, title_of_session
from station.reports.paper import Align, Paper, Sheet
from station.reports.report import Format, Page, Report

_LANDSCAPE = Paper("A4", 297.0, 210.0, 16.0)
_BARS, _CURVE = "#d9a25f", "#2f6b4f"
_AXIS_MM = 16.0  # room for figures beside the chart
_BELOW_MM = 24.0  # room for times and what the colours mean below it
_NARROWEST_LABEL_MM = 13.0
_STEPS = (1, 2, 3, 4, 5, 6, 8)
_GRID_LINES = 5
_CURVE_MM = 0.7


@dataclass(frozen=True, slots=True)
class _Chart:
    """Where the chart lies on the sheet, and what a millimetre means."""

    sheet: Sheet
    spans: Sequence[Span]
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float
    step_came: int
    step_total: int

    @property
    def bar_mm(self) -> float:
        """The width of one span."""
        return self.width_mm / len(self.spans)

    @property
    def bottom_mm(self) -> float:
        """Where nought is."""
        return self.top_mm + self.height_mm

    def came_mm(self, count: int) -> float:
        """How high a bar is."""
        return self.height_mm * count / (self.step_came * _GRID_LINES)

    def total_mm(self, count: int) -> float:
        """How high the curve is."""
        return self.height_mm * count / (self.step_total * _GRID_LINES)


def _draw(target: Target, page: Page) -> int:
    facts = page.facts
    sheet = Sheet(_LANDSCAPE, _("Arrival curve"), facts.event.organiser)
    total = 0
    for number, session in enumerate(facts.sessions):
        if number:
            sheet.next_page()
        spans = arrivals(session, facts.stays(session))
        _draw_head(sheet, facts, session, spans)
        if spans:
            _draw_chart(sheet, spans)
        total += len(spans)
        page.progress(number + 1, len(facts.sessions))
    if not facts.sessions:
        sheet.line(_("This event has no sessions."), Font.REGULAR, 12)
    sheet.save(target)
    return total


def _draw_head(sheet: Sheet, facts: Facts, session: Session, spans: Sequence[Span]) -> None:
    event = facts.event
    sheet.line(_("Arrival curve"), Font.BOLD, 18, after_mm=0.5)
    sheet.line(title_of_session(session), Font.SEMI_BOLD, 12.5, after_mm=0.5)
    sheet.line(f"{title_of(event)}, {event_dates(event)}", Font.REGULAR, 10, colour=MUTED, after_mm=2)
    if not spans:
        sheet.line(_("Nobody came to this session."), Font.MEDIUM, 12, after_mm=2)
        return
    peak = max(spans, key=lambda span: span.came)
    came = ngettext("{count} delegate came", "{count} delegates came", spans[-1].total)
    until = peak.begins + timedelta(minutes=peak.minutes)
    busiest = _("busiest: {first}–{last}, {count}").format(
        first=f"{peak.begins:%H:%M}", last=f"{until:%H:%M}", count=peak.came
    )
    said = f"{came.format(count=spans[-1].total)}; {busiest}"
    sheet.line(said, Font.MEDIUM, 11, after_mm=4)


def _draw_chart(sheet: Sheet, spans: Sequence[Span]) -> None:
    top_mm = sheet.y_mm + 4
    chart = _Chart(
        sheet,
        spans,
        sheet.left_mm + _AXIS_MM,
        top_mm,
        sheet.width_mm - 2 * _AXIS_MM,
        sheet.paper.height_mm - sheet.paper.margin_mm - _BELOW_MM - top_mm,
        _step(max(span.came for span in spans)),
        _step(spans[-1].total),
    )
    _draw_grid(chart)
    _draw_bars(chart)
    _draw_curve(chart)
    _draw_times(chart)
    _draw_legend(chart)


def _step(largest: int) -> int:
    """A round number between two lines of the grid."""
    least = -(-largest // _GRID_LINES) or 1
    power: int = 10 ** (len(str(least)) - 1)
    return next((step * power for step in _STEPS if step * power >= least), 10 * power)


def _draw_grid(chart: _Chart) -> None:
    for number in range(_GRID_LINES + 1):
        y_mm = chart.bottom_mm - chart.height_mm * number / _GRID_LINES
        colour = MUTED if number == 0 else LINE
        chart.sheet.rectangle(chart.left_mm, y_mm - 0.1, chart.width_mm, 0.2, colour)
        for text, x_mm, align in (
            (f"{number * chart.step_came}", chart.left_mm - _AXIS_MM, Align.RIGHT),
            (f"{number * chart.step_total}", chart.left_mm + chart.width_mm + 2, Align.LEFT),
        ):
            colour = _CURVE if align is Align.LEFT else MUTED
            _write(chart.sheet, x_mm, y_mm - 2, _AXIS_MM - 2, text, colour, align)


def _draw_bars(chart: _Chart) -> None:
    gap_mm = min(0.6, chart.bar_mm * 0.12)
    for place, span in enumerate(chart.spans):
        if span.came:
            height_mm = chart.came_mm(span.came)
            x_mm = chart.left_mm + place * chart.bar_mm + gap_mm
            chart.sheet.rectangle(
                x_mm, chart.bottom_mm - height_mm, chart.bar_mm - 2 * gap_mm, height_mm, _BARS
            )


def _draw_curve(chart: _Chart) -> None:
    """A step for each span: it says how many had come by its end."""
    before_mm = chart.bottom_mm
    for place, span in enumerate(chart.spans):
        y_mm = chart.bottom_mm - chart.total_mm(span.total)
        x_mm = chart.left_mm + place * chart.bar_mm
        chart.sheet.rectangle(x_mm, y_mm - _CURVE_MM / 2, _CURVE_MM, before_mm - y_mm + _CURVE_MM, _CURVE)
        chart.sheet.rectangle(x_mm, y_mm - _CURVE_MM / 2, chart.bar_mm + _CURVE_MM, _CURVE_MM, _CURVE)
        before_mm = y_mm


def _draw_times(chart: _Chart) -> None:
    every = max(1, -(-int(_NARROWEST_LABEL_MM * 100) // max(1, int(chart.bar_mm * 100))))
    day = None
    for place in range(0, len(chart.spans), every):
        span, x_mm = chart.spans[place], chart.left_mm + place * chart.bar_mm
        chart.sheet.rectangle(x_mm - 0.1, chart.bottom_mm, 0.2, 1.4, MUTED)
        y_mm = chart.bottom_mm + 2
        _write(chart.sheet, x_mm - 10, y_mm, 20, f"{span.begins:%H:%M}", INK, Align.CENTRE)
        if span.begins.date() != day:
            day = span.begins.date()
            _write(chart.sheet, x_mm - 10, y_mm + 4, 20, f"{span.begins:%d/%m}", MUTED, Align.CENTRE)


def _draw_legend(chart: _Chart) -> None:
    minutes = chart.spans[0].minutes
    bars = ngettext(
        "came within {count} minute (left scale)", "came within {count} minutes (left scale)", minutes
    )
    y_mm = chart.bottom_mm + 14
    half_mm = chart.width_mm / 2
    for x_mm, colour, text in (
        (chart.left_mm, _BARS, bars.format(count=minutes)),
        (chart.left_mm + half_mm, _CURVE, _("came by then (right scale)")),
    ):
        chart.sheet.rectangle(x_mm, y_mm, 5, 3, colour)
        _write(chart.sheet, x_mm + 7, y_mm - 0.7, half_mm - 8, text, INK, Align.LEFT)


def _write(
    sheet: Sheet, x_mm: float, y_mm: float, width_mm: float, text: str, colour: str, align: Align
) -> None:
    sheet.write(x_mm, y_mm, width_mm, fit(text, Font.REGULAR, 9, 7, width_mm, 1), Font.REGULAR, colour, align)


REPORT: Report[Span] = Report(
    "arrival-curve",
    170,
    N_("Arrival curve"),
    N_("A page for each session: how many came in each span of minutes, and by then."),
    (Format.PDF,),
    frozenset({Format.PDF}),
    draw=_draw,
)
