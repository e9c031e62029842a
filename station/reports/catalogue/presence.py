"""Who came to which session: a sheet for each session with everybody who is expected there."""

from collections.abc import Iterator

from station.i18n import N_, _
from station.reports.facts import Facts, Stay, title_of_session
from station.reports.people import SOURCES, person_columns
from station.reports.report import Column, Format, Report
from station.reports.standing import remark_of, state_of


def rows_of(facts: Facts) -> list[Stay]:
    """Everybody who is expected in a session or came to it, by session and name."""
    return [stay for _title, stays in sheets_of(facts) for stay in stays]


def sheets_of(facts: Facts) -> Iterator[tuple[str, list[Stay]]]:
    """Title and rows of each session."""
    for session in facts.sessions:
        yield title_of_session(session), [s for s in facts.stays(session) if s.expected or s.first_in]


REPORT = Report(
    "presence",
    40,
    N_("Presence by session"),
    N_(
        "Everybody expected in a session or in it: present or absent, first in, last out, hours; a sheet for each."
    ),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        Column("session", N_("Session"), lambda stay: stay.session.id, 10),
        *person_columns(lambda stay: stay.delegate),
        Column("state", N_("Attendance"), state_of, 12),
        Column("first_in", N_("First in"), lambda stay: stay.first_in, 19),
        Column("last_out", N_("Last out"), lambda stay: stay.last_out, 19),
        Column("hours", N_("Hours"), lambda stay: stay.hours, 9),
        Column("remark", N_("Remark"), remark_of, 34),
        Column("station", N_("Station"), lambda stay: stay.station, 14),
        Column("source", N_("Recorded by"), lambda stay: _(SOURCES[stay.source]) if stay.source else "", 13),
    ),
    rows_of,
    sheets=sheets_of,
)
