"""Who gets which document and what is to be printed, as plain tables."""

from collections.abc import Sequence

from station.documents.matrix import (
    Group,
    Matrix,
    OrderLine,
    by_category,
    by_category_and_unit,
    by_unit,
)
from station.i18n import N_, _, pick
from station.model.document import Document
from station.model.event import Event
from station.reports.tables import Cell, Table

MARK = "✓"
LANGUAGES = {"vi": N_("Vietnamese"), "en": N_("English"), "": ""}


def language_name(document: Document) -> str:
    """The language of a document in words, '' for another or none."""
    return _(LANGUAGES[document.language]) if document.language else ""


def matrix_tables(event: Event, matrix: Matrix, places: Sequence[int] | None = None) -> list[Table]:
    """The delegates at some places (None: all) with a mark for each document they receive, then their totals."""
    shown = range(len(matrix.delegates)) if places is None else places
    above = tuple(line for line in (event.organiser, pick(event.name, event.name_en)) if line)
    codes = tuple(document.code for document in matrix.documents)
    rows: list[tuple[Cell, ...]] = []
    for number, place in enumerate(shown, 1):
        person = matrix.delegates[place]
        marks = (MARK if mark else None for mark in matrix.marks(place))
        about = (person.code, person.name, person.unit, person.category)
        rows.append((number, *about, *marks, matrix.total_of(place)))
    totals = matrix.totals(shown)
    rows.append((None, "", _("Together"), "", "", *totals, sum(totals)))
    heading = (_("No."), _("Code"), _("Full name"), _("Unit"), _("Category"), *codes, _("Documents"))
    who = Table(_("Who gets what"), heading, tuple(rows), above)
    groups = [
        _group_table(_("By category"), (_("Category"),), matrix.groups(by_category, shown), codes, above),
        _group_table(_("By unit"), (_("Unit"),), matrix.groups(by_unit, shown), codes, above),
        _group_table(
            _("By category and unit"),
            (_("Category"), _("Unit")),
            matrix.groups(by_category_and_unit, shown),
            codes,
            above,
        ),
    ]
    return [who, *groups, _documents_table(matrix, totals, above)]


def order_table(event: Event, lines: Sequence[OrderLine]) -> Table:
    """The printing order: a row for each title, and the sums."""
    above = tuple(line for line in (event.organiser, pick(event.name, event.name_en)) if line)
    columns = tuple(_(heading) for heading in ORDER_COLUMNS)
    rows = [(number, *order_cells(line)) for number, line in enumerate(lines, 1)]
    return Table(_("Printing order"), columns, (*rows, (None, *order_sums(lines))), above)


ORDER_COLUMNS = (
    N_("No."), N_("Short code"), N_("Title"), N_("Version"), N_("Language"), N_("Pages"), N_("Entitled"), N_("Reserve"),
    N_("Copies"), N_("1-sided sheets"), N_("2-sided sheets"),
)  # fmt: skip


def order_cells(line: OrderLine) -> tuple[Cell, ...]:
    """What the printing order says of a title, behind its number."""
    document = line.document
    sheets = (line.pages, line.sheets, line.sheets_two_sided) if line.pages else (None, None, None)
    return (
        document.code,
        document.title,
        document.version,
        language_name(document),
        sheets[0],
        line.entitled,
        line.reserve,
        line.copies,
        sheets[1],
        sheets[2],
    )


def order_sums(lines: Sequence[OrderLine]) -> tuple[Cell, ...]:
    """The last line of the printing order, behind the empty number."""
    return (
        "",
        _("Together"),
        "",
        "",
        None,
        sum(line.entitled for line in lines),
        sum(line.reserve for line in lines),
        sum(line.copies for line in lines),
        sum(line.sheets for line in lines),
        sum(line.sheets_two_sided for line in lines),
    )


def _group_table(
    title: str, names: tuple[str, ...], groups: Sequence[Group], codes: Sequence[str], above: tuple[str, ...]
) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (*group.names, group.delegates, *group.counts, sum(group.counts)) for group in groups
    ]
    return Table(title, (*names, _("Delegates"), *codes, _("Documents")), tuple(rows), above)


def _documents_table(matrix: Matrix, totals: Sequence[int], above: tuple[str, ...]) -> Table:
    columns = (_("Short code"), _("Title"), _("Version"), _("Language"), _("Pages"), _("Entitled"))
    rows: list[tuple[Cell, ...]] = [
        (d.code, pick(d.title, d.title_en), d.version, language_name(d), d.pages or None, total)
        for d, total in zip(matrix.documents, totals, strict=True)
    ]
    return Table(_("Documents"), columns, tuple(rows), above)
