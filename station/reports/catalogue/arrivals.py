"""When delegates came to each session: how many in each span of minutes, and how many in all by then."""

from station.i18n import N_
from station.reports.arrivals import Span, arrivals
from station.reports.facts import Facts, title_of_session
from station.reports.report import Column, Curve, Format, Report


def _rows(facts: Facts) -> list[Span]:
    return [span for session in facts.sessions for span in arrivals(session, facts.stays(session))]


REPORT = Report(
    "arrivals",
    140,
    N_("Arrivals"),
    N_("How many came in each span of minutes, session by session, with a chart."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        Column("session", N_("Session"), lambda span: span.session.id, 10),
        Column("title", N_("Session title"), lambda span: title_of_session(span.session), 30, False),
        Column("from", N_("From"), lambda span: span.begins, 19),
        Column("minutes", N_("Minutes"), lambda span: span.minutes, 10),
        Column("came", N_("Came"), lambda span: span.came, 10),
        Column("total", N_("Came by then"), lambda span: span.total, 14),
    ),
    _rows,
    curve=Curve(N_("Arrival curve"), "from", ("came", "total")),
)
