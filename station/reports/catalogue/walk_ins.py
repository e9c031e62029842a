"""Who was registered at a desk, and what the organiser said of it."""

from dataclasses import dataclass
from datetime import datetime

from station.i18n import N_
from station.model.delegate import Delegate
from station.reports.facts import Facts
from station.reports.people import person_columns
from station.reports.report import Column, Format, Report
from station.reports.standing import approval_words
from station.store.cases import Approval


@dataclass(frozen=True, slots=True)
class Line:
    """One walk-in; stands_for: the name of in whose place they came."""

    delegate: Delegate
    at: datetime | None
    station: str
    approval: Approval
    stands_for: str


def _rows(facts: Facts) -> list[Line]:
    places = {each.substitute: facts.name_of(each.delegate) for each in facts.substitutions}
    return [
        Line(
            facts.by_id[each.delegate],
            facts.local(each.at),
            each.station,
            each.approval,
            places.get(each.delegate, ""),
        )
        for each in facts.walk_ins
    ]


REPORT = Report(
    "walk-ins",
    60,
    N_("Walk-ins"),
    N_("Who was registered at a desk, when, where, and whether the organiser approved."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        *person_columns(lambda line: line.delegate, hidden=("seat", "note")),
        Column("at", N_("Registered at"), lambda line: line.at, 19),
        Column("station", N_("Station"), lambda line: line.station, 14),
        Column("approval", N_("Approval"), lambda line: approval_words(line.approval), 26),
        Column("stands_for", N_("In place of"), lambda line: line.stands_for, 28),
    ),
    _rows,
)
