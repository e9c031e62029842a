"""Who was admitted despite a refusal, with the note why."""

from dataclasses import dataclass
from datetime import datetime

from station.i18n import N_
from station.model.delegate import Delegate
from station.reports.catalogue.refusals import reason_words
from station.reports.facts import Facts
from station.reports.people import person_columns
from station.reports.report import Column, Format, Report
from station.store import reports
from station.store.reports import Excepted


@dataclass(frozen=True, slots=True)
class Line:
    """One admission by way of exception."""

    at: datetime | None
    delegate: Delegate | None
    told: Excepted


def _rows(facts: Facts) -> list[Line]:
    return [
        Line(facts.local(each.at), facts.by_id.get(each.delegate), each)
        for each in reports.exceptions(facts.connection)
    ]


REPORT = Report(
    "exceptions",
    100,
    N_("Exceptions"),
    N_("Who was admitted despite a refusal, with the note why."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        Column("at", N_("At"), lambda line: line.at, 19),
        Column("session", N_("Session"), lambda line: line.told.session, 10),
        *person_columns(lambda line: line.delegate),
        Column("refusal", N_("Refused because"), lambda line: reason_words(line.told.reason), 22),
        Column("reason", N_("Reason of the exception"), lambda line: line.told.note, 36),
        Column("station", N_("Station"), lambda line: line.told.station, 14),
    ),
    _rows,
)
