"""Which document went to whom, and what those who came have not received yet."""

from dataclasses import dataclass
from datetime import datetime

from station.i18n import N_, _, pick
from station.model.delegate import Delegate
from station.model.document import BADGE, Document
from station.reports.facts import Facts
from station.reports.people import person_columns
from station.reports.report import Column, Format, Report
from station.store import documents


@dataclass(frozen=True, slots=True)
class Line:
    """A document and a delegate who has it or (``at`` is None) should receive it."""

    delegate: Delegate
    document: Document
    at: datetime | None = None
    station: str = ""
    version: str = ""
    received_by: str = ""


def _rows(facts: Facts) -> list[Line]:
    known, people = facts.documents, facts.by_id
    lines = [
        Line(
            people[item.delegate],
            known[item.document],
            facts.local(item.at),
            item.station,
            item.version,
            item.received_by,
        )
        for item in documents.handed_out(facts.connection)
        if item.delegate in people and item.document in known
    ]
    lines += [Line(due.delegate, due.document) for due in facts.outstanding]
    place = {delegate: number for number, delegate in enumerate(facts.by_id)}
    return sorted(lines, key=lambda line: (place[line.delegate.id], line.document.number, line.at is None))


REPORT = Report(
    "hand-outs",
    110,
    N_("Hand-outs"),
    N_("Which document went to whom, when and where, and what is still due to those who came."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX, Format.CSV}),
    (
        *person_columns(lambda line: line.delegate),
        Column(
            "document", N_("Document"), lambda line: "" if line.document == BADGE else line.document.code, 12
        ),
        Column(
            "title", N_("Document title"), lambda line: pick(line.document.title, line.document.title_en), 34
        ),
        Column("state", N_("State"), lambda line: _("handed out") if line.at else _("due"), 12),
        Column("received_by", N_("Received by"), lambda line: line.received_by, 24),
        Column("at", N_("Handed out at"), lambda line: line.at, 19),
        Column("station", N_("Station"), lambda line: line.station, 14),
    ),
    _rows,
)
