"""What those who came have not received yet: a line for each document, by document and name."""

from station.documents.outstanding import Outstanding
from station.i18n import N_, pick
from station.reports.facts import Facts
from station.reports.people import person_columns
from station.reports.report import Column, Format, Report


def _rows(facts: Facts) -> list[Outstanding]:
    return facts.outstanding


REPORT = Report(
    "outstanding",
    120,
    N_("Documents still due"),
    N_("What those who came have not received yet, by document."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        Column("document", N_("Document"), lambda line: line.document.code, 12),
        Column(
            "title", N_("Document title"), lambda line: pick(line.document.title, line.document.title_en), 34
        ),
        Column("version", N_("Version"), lambda line: line.document.version, 9),
        Column("version", N_("Has version"), lambda line: line.held_version, 9),
        *person_columns(lambda line: line.delegate),
    ),
    _rows,
)
