"""A roster file opened for a person, who may choose its sheet, its heading row and what its columns mean."""

import hashlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from station.errors import Problem
from station.i18n import _
from station.roster.cells import Progress, Row, Sheet, column_letter, refusal_of_file, unheard
from station.roster.heading_names import EXTRA, FIELDS, plain
from station.roster.headings import ROWS_LOOKED_AT, Headings, heading_row, headings_at, headings_seen
from station.roster.old_fonts import readable_sheet
from station.roster.plan import RosterFile, checked_file
from station.roster.sheets import read_content, sheets_of
from station.text import clean

_EXAMPLES = 3
_ROWS_FOR_EXAMPLES = 200


@dataclass(frozen=True, slots=True)
class TableChoice:
    """What a person chose.

    Attributes:
        sheet: 0-based place among the sheets that hold anything; None for the first that looks like a roster.
        heading_row: 1-based row of the sheet, 0 for the one that looks like it.
        fields: 0-based column → field, '' for a column that is left out; None for what the headings say.
    """

    sheet: int | None = None
    heading_row: int = 0
    fields: Mapping[int, str] | None = None


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of the table: its 0-based place, its letter, its heading ('' for none), its field ('' for none)."""

    place: int
    letter: str
    title: str
    field: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """How the file looks under a choice.

    Attributes:
        sheets: the names of all that hold anything. sheet: 0-based place of the one that is looked at.
        heading_row: 1-based. first_rows: number and text of the rows that may be chosen for it.
        notices: what was found out about the sheet while reading it: encoding, old fonts, columns cut.
    """

    sheets: tuple[str, ...]
    sheet: int
    heading_row: int
    first_rows: tuple[tuple[int, str], ...]
    columns: tuple[TableColumn, ...]
    notices: tuple[Problem, ...] = field(default=())

    def has_names(self) -> bool:
        """Whether a column of names is known, without which there is no roster."""
        return any(column.field == "name" for column in self.columns)


class RosterTable:
    """A file whose sheets have been read.

    Attributes:
        name: of the file. sha256: of its bytes, lower-case hexadecimal.

    Raises BadInput as station.roster.plan lists it.
    """

    def __init__(self, content: bytes, path: Path, progress: Progress = unheard) -> None:
        self.name = path.name
        self.sha256 = hashlib.sha256(content).hexdigest()
        with closing(sheets_of(content, path, progress)) as sheets:
            self._sheets = tuple(sheet for sheet in map(readable_sheet, sheets) if sheet.rows)
        if not self._sheets:
            raise refusal_of_file("NO_ROWS", _("The file “{file}” holds no rows.").format(file=path.name))

    @classmethod
    def read(cls, path: Path, progress: Progress = unheard) -> "RosterTable":
        """Open a file. Raises Cancelled by ``progress``."""
        return cls(read_content(path), path, progress)

    @classmethod
    def pasted(cls, text: str) -> "RosterTable":
        """Take what a spreadsheet program put on the clipboard: rows with tabs between the cells."""
        return cls(text.encode(), Path(_("clipboard") + ".tsv"))

    def view(self, choice: TableChoice, known: Mapping[str, str]) -> TableView:
        """The table under a choice.

        Args:
            known: headings a person mapped before, folded → field, '' for one that was left out.
        """
        known = {heading: name for heading, name in known.items() if name in ("", EXTRA, *FIELDS)}
        place = self._place(known) if choice.sheet is None else choice.sheet
        sheet = self._sheets[place]
        headings = _headings(sheet, choice, known)
        field_of = {column: name for name, several in headings.columns.items() for column in several}
        row = _row(sheet, headings.row)
        columns = tuple(
            TableColumn(
                column,
                column_letter(column),
                clean(row.cell(column)),
                field_of.get(column, ""),
                _examples(sheet, headings.row, column),
            )
            for column in sorted(headings.titles)
        )
        names = tuple(sheet.name for sheet in self._sheets)
        return TableView(names, place, headings.row, _first_rows(sheet), columns, sheet.notices)

    def check(self, view: TableView, progress: Progress = unheard) -> RosterFile:
        """Check the rows below the headings of a view with a column of names. Raises BadInput NO_ROWS, Cancelled."""
        sheet = self._sheets[view.sheet]
        fields = {column.place: column.field for column in view.columns}
        headings = _headings(sheet, TableChoice(view.sheet, view.heading_row, fields), {})
        return checked_file(sheet, headings, self.sha256, progress)

    def learnt(self, view: TableView) -> dict[str, str | None]:
        """What is worth knowing of a view for the next file: heading, folded → field, '' for one left out.

        None for a heading that means what it says: it is to be forgotten if it was known otherwise.
        """
        found = self.view(TableChoice(view.sheet, view.heading_row), {})
        plainly = {column.place: column.field for column in found.columns}
        return {
            plain(column.title): None if column.field == plainly.get(column.place, "") else column.field
            for column in view.columns
            if plain(column.title)
        }

    def corrected(self, view: TableView, roster: RosterFile) -> tuple[list[str], list[tuple[int, list[str]]]]:
        """The headings, and below them every row with its number: in Unicode, telephone numbers repaired."""
        phones = {row.row: row.phone for row in (*roster.rows, *roster.rejected) if row.phone}
        places = [column.place for column in view.columns]
        phone = next((column.place for column in view.columns if column.field == "phone"), None)
        rows = []
        for row in self._sheets[view.sheet].rows:
            if row.number > view.heading_row:
                cells = [
                    phones[row.number] if place == phone and row.number in phones else clean(row.cell(place))
                    for place in places
                ]
                rows.append((row.number, cells))
        return [column.title or column.letter for column in view.columns], rows

    def _place(self, known: Mapping[str, str]) -> int:
        """The first sheet with headings and names, else the first with headings, else the first."""
        with_headings = [
            place for place, sheet in enumerate(self._sheets) if heading_row(sheet, known) is not None
        ]
        for place in with_headings:
            if "name" in _headings(self._sheets[place], TableChoice(place), known).columns:
                return place
        return with_headings[0] if with_headings else 0


def _headings(sheet: Sheet, choice: TableChoice, known: Mapping[str, str]) -> Headings:
    if choice.heading_row:
        row = _row(sheet, choice.heading_row)
    else:
        row = heading_row(sheet, known) or _row(sheet, headings_seen(sheet)[0])
    if choice.fields is None:
        return headings_at(sheet, row, {}, known=known)
    wished: dict[str, tuple[int, ...]] = {}
    for column, name in sorted(choice.fields.items()):
        if name:
            wished[name] = (*wished.get(name, ()), column)
    left_out = [column for column, name in choice.fields.items() if not name]
    return headings_at(sheet, row, wished, left_out)


def _row(sheet: Sheet, number: int) -> Row:
    """The row of this number, without cells where the sheet has none there."""
    return next((row for row in sheet.rows if row.number == number), Row(number, ()))


def _first_rows(sheet: Sheet) -> tuple[tuple[int, str], ...]:
    rows = sheet.rows[:ROWS_LOOKED_AT]
    return tuple((row.number, " · ".join(filter(None, map(clean, row.cells)))) for row in rows)


def _examples(sheet: Sheet, heading: int, column: int) -> tuple[str, ...]:
    """The first different texts of a column."""
    texts: dict[str, None] = {}
    for row in islice((row for row in sheet.rows if row.number > heading), _ROWS_FOR_EXAMPLES):
        text = clean(row.cell(column))
        if text:
            texts.setdefault(text)
        if len(texts) == _EXAMPLES:
            break
    return tuple(texts)
