"""A line for each delegate: which sessions they came to, first in, last out, hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from station.i18n import N_, _
from station.model.delegate import Delegate
from station.reports.facts import Facts, Stay
from station.reports.people import person_columns
from station.reports.report import Column, Format, Report
from station.reports.tables import Cell


@dataclass(frozen=True, slots=True)
class Line:
    """One delegate; stays: of the sessions they came to, in the order of the programme."""

    delegate: Delegate
    stays: tuple[Stay, ...]

    @property
    def first_in(self) -> datetime | None:
        """When they came to any session first."""
        return min((stay.first_in for stay in self.stays if stay.first_in), default=None)

    @property
    def last_out(self) -> datetime | None:
        """When they left any session last."""
        return max((stay.last_out for stay in self.stays if stay.last_out), default=None)

    @property
    def hours(self) -> float | None:
        """Inside all sessions together, where it is known of any."""
        known = [stay.hours for stay in self.stays if stay.hours is not None]
        return round(sum(known), 2) if known else None


def _rows(facts: Facts) -> list[Line]:
    by_session = [facts.stays(session) for session in facts.sessions]
    return [
        Line(delegate, tuple(stays[place] for stays in by_session if stays[place].first_in))
        for place, delegate in enumerate(facts.delegates)
    ]


def _of_session(session: str, value: Callable[[Stay], Cell]) -> Callable[[Line], Cell]:
    return lambda line: next((value(stay) for stay in line.stays if stay.session.id == session), None)


def _session_columns(facts: Facts) -> tuple[Column[Line], ...]:
    columns = []
    for session in facts.sessions:
        heading = _("{session} last out").format(session=session.id)
        columns.append(
            Column("in_sessions", session.id, _of_session(session.id, lambda stay: stay.first_in), 19)
        )
        if session.exits:
            columns.append(
                Column("in_sessions", heading, _of_session(session.id, lambda stay: stay.last_out), 19)
            )
    return tuple(columns)


REPORT = Report(
    "delegates",
    30,
    N_("Delegates"),
    N_("A line for each delegate: the sessions they came to, first in, last out, hours."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        *person_columns(lambda line: line.delegate),
        Column("sessions", N_("Sessions attended"), lambda line: len(line.stays), 10),
        Column("first_in", N_("First in"), lambda line: line.first_in, 19),
        Column("last_out", N_("Last out"), lambda line: line.last_out, 19),
        Column("hours", N_("Hours"), lambda line: line.hours, 9),
        Column("in_sessions", N_("First in of each session"), None, 19),
    ),
    _rows,
    _session_columns,
)
