"""Finds the heading row of a sheet and says which column holds which field."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from station.errors import BadInput
from station.i18n import _
from station.roster.cells import MOST_COLUMNS, Row, Sheet, column_letter, column_of, refusal_of_file
from station.roster.heading_names import EXTRA, FAMILY_NAME, FIELDS, GIVEN_NAME, ORDINAL, field_of, plain
from station.text import clean

ROWS_LOOKED_AT = 30
_MOST_HEADINGS_NAMED = 20


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading row and what its columns mean.

    Attributes:
        row: its 1-based number.
        columns: field of a delegate → 0-based columns; the texts of several columns are joined, as for a split name.
        ordinal: 0-based column of the running number, None if there is none.
        titles: heading (or letter, where there is none) of every 0-based column that holds anything.
        ignored: titles of columns that mean no field.
        assumed: no heading was recognised; the row follows from the letters of the overrides alone.
    """

    row: int
    columns: Mapping[str, tuple[int, ...]]
    ordinal: int | None
    titles: Mapping[int, str]
    ignored: tuple[str, ...]
    assumed: bool = False

    def title_of(self, field: str) -> str:
        """The heading of a field, both where the field is split."""
        return " + ".join(self.titles[column] for column in self.columns[field] if column in self.titles)


def parse_overrides(texts: Iterable[str]) -> dict[str, str]:
    """Field → column, from texts such as ``phone=Liên hệ`` or ``name=C``.

    Raises BadInput: UNKNOWN_FIELD, also for a text without ``=``.
    """
    overrides = {}
    for text in texts:
        field, equals, column = text.partition("=")
        field = field.strip().lower()
        if not equals or not column.strip() or field not in FIELDS:
            message = _("“{text}” maps no column. Write FIELD=COLUMN, where FIELD is one of: {fields}.")
            raise refusal_of_file("UNKNOWN_FIELD", message.format(text=text, fields=", ".join(FIELDS)))
        overrides[field] = column.strip()
    return overrides


def find_headings(
    sheet: Sheet, overrides: Mapping[str, str], *, keep: Sequence[str] = (), assume: bool = False
) -> Headings | None:
    """The headings of a sheet; None if it has none or lacks a column of names.

    Args:
        overrides: field → heading (compared without accents and punctuation) or letter of its column.
        keep: headings or letters of columns that are kept under their own headings.
        assume: where no heading is known, take the first row that has text in every column of the overrides.

    Raises BadInput UNKNOWN_COLUMN when an override names a column that is not there.
    """
    wished = {plain(column): field for field, column in overrides.items() if plain(column)}
    row = heading_row(sheet, wished)
    if row is None and assume:
        row = next((row for row in sheet.rows[:ROWS_LOOKED_AT] if _has_text_in_all(row, overrides)), None)
    if row is None:
        return None
    titles = _titles(row)
    columns: dict[str, tuple[int, ...]] = {
        field: (_column_wished(titles, wish, row.number),) for field, wish in overrides.items()
    }
    if keep:
        columns[EXTRA] = tuple(_column_wished(titles, wish, row.number) for wish in keep)
    assumed = not _is_heading(row, wished)
    headings = headings_at(sheet, row, columns)
    return replace(headings, assumed=assumed) if "name" in headings.columns else None


def heading_row(sheet: Sheet, known: Mapping[str, str]) -> Row | None:
    """The row that is the heading of a sheet; None where no row is one.

    Args:
        known: further headings (as :func:`plain` writes them) → field, '' for a heading that means none.
    """
    rows = sheet.rows[:ROWS_LOOKED_AT]
    row = max(rows, key=lambda row: len(_meanings(row, known)), default=None)
    return row if row is not None and _is_heading(row, known) else None


def headings_at(
    sheet: Sheet,
    row: Row,
    wished: Mapping[str, tuple[int, ...]],
    left_out: Collection[int] = (),
    known: Mapping[str, str] | None = None,
) -> Headings:
    """What the columns under a row mean; there may be no column of names among them.

    Args:
        wished: field → its 0-based columns. The other columns mean what their headings say.
        left_out: 0-based columns that mean no field, whatever their headings say.
        known: as in :func:`heading_row`.
    """
    titles = _titles(row)
    columns = dict(wished)
    wanted = {column for several in wished.values() for column in several}
    found: dict[str, int] = {}
    for column in titles:
        meaning = (known or {}).get(plain(row.cell(column)), field_of(row.cell(column)))
        if meaning and column not in wanted and (column not in left_out or meaning == ORDINAL):
            found.setdefault(meaning, column)
    kept = [column for column in titles if (known or {}).get(plain(row.cell(column))) == EXTRA]
    if EXTRA not in columns and kept:
        columns[EXTRA] = tuple(column for column in kept if column not in {*wanted, *left_out})
    halves = [column for column in titles if (known or {}).get(plain(row.cell(column))) == "name"]
    if "name" not in columns and halves:
        columns["name"] = tuple(column for column in halves if column not in {*wanted, *left_out})
    for field in FIELDS:
        if field in found and field not in columns:
            span = _with_span(sheet, row, found[field]) if field == "name" else (found[field],)
            columns[field] = tuple(column for column in span if column not in {*wanted, *left_out})
    if "name" not in columns and GIVEN_NAME in found:
        columns["name"] = tuple(found[half] for half in (FAMILY_NAME, GIVEN_NAME) if half in found)
    used = {column for several in columns.values() for column in several} | {found.get(ORDINAL)}
    all_titles = {
        column: titles.get(column) or column_letter(column) for column in _filled(sheet, row) | set(titles)
    }
    ignored = tuple(all_titles[column] for column in sorted(all_titles) if column not in used)
    return Headings(row.number, columns, found.get(ORDINAL), all_titles, ignored)


def headings_seen(sheet: Sheet) -> tuple[int, list[str]]:
    """Number and texts of the row that most looks like a heading row, to be named when names are not found."""
    rows = sheet.rows[:ROWS_LOOKED_AT]
    row = max(rows, key=lambda row: (len(_meanings(row, {})), sum(map(bool, row.cells))))
    return row.number, list(_titles(row).values())


def no_name_column(sheet: Sheet) -> BadInput:
    """The error that names the headings that were found instead of one for names."""
    row, titles = headings_seen(sheet)
    message = _(
        "There is no column of names: none of the headings in row {row} means “Họ và tên” ({headings}). "
        "Correct the heading, or say which column it is."
    )
    return refusal_of_file("NO_NAME_COLUMN", message.format(row=row, headings=_list(titles)), row)


def _meanings(row: Row, wished: Mapping[str, str]) -> set[str]:
    """The different fields that the texts of a row mean."""
    meanings = {wished.get(plain(text), field_of(text)) for text in row.cells if text}
    return {meaning for meaning in meanings if meaning}


def _is_heading(row: Row, wished: Mapping[str, str]) -> bool:
    """One known word among others may be data (“Đại biểu” as a category); two are a heading row."""
    return len(_meanings(row, wished)) >= min(2, len(_titles(row)))


def _titles(row: Row) -> dict[int, str]:
    return {column: title for column, text in enumerate(row.cells) if (title := clean(text))}


def _letter(text: str) -> int | None:
    try:
        column = column_of(text)
    except ValueError:
        return None
    return column if column < MOST_COLUMNS else None


def _has_text_in_all(row: Row, overrides: Mapping[str, str]) -> bool:
    titles = _titles(row)
    return all(_column_of_wish(titles, wish) in titles for wish in overrides.values())


def _column_of_wish(titles: Mapping[int, str], wish: str) -> int | None:
    """The column of an override: a heading as it is written, else without accents, else a letter."""
    named = [column for column, title in titles.items() if title == clean(wish)]
    named += [column for column, title in titles.items() if plain(title) == plain(wish) != ""]
    return named[0] if named else _letter(wish)


def _column_wished(titles: Mapping[int, str], wish: str, row: int) -> int:
    column = _column_of_wish(titles, wish)
    if column is None:
        message = _("There is no column “{column}”. The headings in row {row} are: {headings}.")
        text = message.format(column=wish, row=row, headings=_list(titles.values()))
        raise refusal_of_file("UNKNOWN_COLUMN", text, row)
    return column


def _with_span(sheet: Sheet, row: Row, column: int) -> tuple[int, ...]:
    """The columns under one heading: often it is merged over the family name's and the given name's column."""
    span = sheet.spans.get((row.number, column), 1)
    return tuple(range(column, min(column + span, MOST_COLUMNS)))


def _filled(sheet: Sheet, heading: Row) -> set[int]:
    """The columns that hold anything below the heading."""
    below = (row for row in sheet.rows if row.number > heading.number)
    return {column for row in below for column, text in enumerate(row.cells) if text}


def _list(titles: Iterable[str]) -> str:
    return ", ".join(f"“{title[:40]}”" for title in list(titles)[:_MOST_HEADINGS_NAMED])
