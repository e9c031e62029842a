"""How each unit stands in each session."""

from station.i18n import N_
from station.reports.facts import Facts, Standing, title_of_session
from station.reports.missing import unit_name
from station.reports.report import Column, Curve, Format, Report


def _rows(facts: Facts) -> list[Standing]:
    return [line for session in facts.sessions for line in facts.standings(session)]


REPORT = Report(
    "units",
    20,
    N_("By unit"),
    N_("A line for each unit and session: expected, came, present, missing."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        Column("session", N_("Session"), lambda line: line.session.id, 10),
        Column("title", N_("Session title"), lambda line: title_of_session(line.session), 30, False),
        Column("unit", N_("Unit"), lambda line: unit_name(line.unit), 44),
        Column("expected", N_("Expected delegates"), lambda line: line.expected),
        Column("came", N_("Came"), lambda line: line.came),
        Column("present", N_("Present"), lambda line: line.present),
        Column("missing", N_("Not here"), lambda line: line.missing),
    ),
    _rows,
    curve=Curve(N_("Present by unit"), "unit", ("present", "missing"), bars=True),
)
