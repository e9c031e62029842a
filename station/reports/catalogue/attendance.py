"""Who came, a line for each delegate and session; who came to none has one line that says so."""

from dataclasses import dataclass

from station.i18n import N_, _, pick
from station.model.delegate import Delegate
from station.reports.facts import Facts, Stay
from station.reports.people import SOURCES, person_columns
from station.reports.report import Column, Format, Report
from station.reports.standing import state_of


@dataclass(frozen=True, slots=True)
class Line:
    """A delegate and how they stood in a session to which they came; None for who came to none."""

    delegate: Delegate
    stay: Stay | None


def _rows(facts: Facts) -> list[Line]:
    came = [[stay for stay in facts.stays(session) if stay.first_in] for session in facts.sessions]
    seen = {stay.delegate.id for stays in came for stay in stays}
    absent = [Line(delegate, None) for delegate in facts.delegates if delegate.id not in seen]
    return [Line(stay.delegate, stay) for stays in came for stay in stays] + absent


def _title(stay: Stay) -> str:
    return pick(stay.session.title, stay.session.title_en)


def _source(stay: Stay) -> str:
    return _(SOURCES[stay.source]) if stay.source else ""


REPORT = Report(
    "attendance",
    50,
    N_("Attendance"),
    N_(
        "A line for each delegate and session they came to, and for whoever came to none; for other programs."
    ),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX, Format.CSV}),
    (
        *person_columns(lambda line: line.delegate),
        Column("session", N_("Session"), lambda line: line.stay.session.id if line.stay else "", 10),
        Column("title", N_("Session title"), lambda line: _title(line.stay) if line.stay else "", 34),
        Column("state", N_("Attendance"), lambda line: state_of(line.stay), 12),
        Column("first_in", N_("First in"), lambda line: line.stay.first_in if line.stay else None, 19),
        Column("last_out", N_("Last out"), lambda line: line.stay.last_out if line.stay else None, 19),
        Column("hours", N_("Hours"), lambda line: line.stay.hours if line.stay else None, 9),
        Column("station", N_("Station"), lambda line: line.stay.station if line.stay else "", 14),
        Column("source", N_("Recorded by"), lambda line: _source(line.stay) if line.stay else "", 13),
    ),
    _rows,
)
