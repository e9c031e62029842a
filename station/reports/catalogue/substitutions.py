"""Who came for whom, with the reason."""

from dataclasses import dataclass
from datetime import datetime

from station.i18n import N_
from station.model.delegate import Delegate
from station.reports.facts import Facts
from station.reports.people import person_columns
from station.reports.report import Column, Format, Report
from station.store.reports import Substituted


@dataclass(frozen=True, slots=True)
class Line:
    """One substitution: the delegate who does not come, and who comes."""

    absent: Delegate | None
    comes: Delegate | None
    at: datetime | None
    told: Substituted


def _rows(facts: Facts) -> list[Line]:
    people = facts.by_id
    return [
        Line(people.get(each.delegate), people.get(each.substitute), facts.local(each.at), each)
        for each in facts.substitutions
    ]


REPORT = Report(
    "substitutions",
    70,
    N_("Substitutions"),
    N_("Who came in whose place, with the reason and the letter."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        *person_columns(lambda line: line.absent),
        Column("comes", N_("Who comes"), lambda line: line.comes.name if line.comes else "", 28),
        Column("comes", N_("Their code"), lambda line: line.comes.code if line.comes else "", 12),
        Column("comes", N_("Their position"), lambda line: line.comes.position if line.comes else "", 24),
        Column("reason", N_("Reason"), lambda line: line.told.reason, 34),
        Column("letter", N_("Letter"), lambda line: line.told.letter, 24),
        Column("at", N_("Recorded at"), lambda line: line.at, 19),
        Column("station", N_("Station"), lambda line: line.told.station, 14),
    ),
    _rows,
)
