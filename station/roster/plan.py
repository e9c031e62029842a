"""Reads a roster file from its path to checked rows: the one door for the commands and the screens.

Problems of the whole file, raised as BadInput with one problem:

    FILE_MISSING  FILE_LOCKED  FILE_UNREADABLE  FILE_TOO_LARGE  EMPTY_FILE
    UNKNOWN_FILE_TYPE   a PDF, picture, web page without a table, or a name that is not .xlsx, .xls, .ods, .csv, .tsv
    PASSWORD_PROTECTED  NOT_A_WORKBOOK (another kind of archive)  DAMAGED_FILE
    SUSPICIOUS_FILE     unpacks to, or takes, far more than a roster can
    NOT_TEXT  NUL_CHARACTER  UNCLOSED_QUOTE     text tables; with the row
    TOO_MANY_ROWS  TOO_MANY_CELLS
    NO_NAME_COLUMN      with the headings that were found
    UNKNOWN_FIELD  UNKNOWN_COLUMN               an override that means nothing
    NO_ROWS             a heading and nobody below it, or an empty sheet

Problems of single rows, collected in ``RosterFile.problems``; the row is in ``rejected``:

    NO_NAME  TOO_LONG  BAD_CODE
    DUPLICATE_CODE  SIMILAR_CODE (differs only in case or width)  DUPLICATE_PAYLOAD    of a row further up
    CELL_ERROR (#N/A)  NOT_CALCULATED (a formula without a value)  ROUNDED_NUMBER (more than 15 digits)
    PAYLOAD_TAKEN       another delegate on the roster has it; comes with the comparison, like
    AMBIGUOUS_MATCH     comes with the comparison, in ``RosterDiff.problems``

Notices, which hinder nothing, in ``RosterFile.notices``:

    REPEATED_HEADING  SECTION_ROW  FOOTER_ROW  ROW_WITHOUT_DELEGATE     left out
    SECTION_UNIT        a section was taken for the unit of the delegates below it
    COLUMNS_CUT  HEADING_ROW_ASSUMED
    PHONE_REPAIRED      the leading 0 of mobile numbers that Excel took
    BLANKS_TIDIED  LETTERS_COMPOSED (NFD)  INVISIBLE_REMOVED (direction marks, zero-width)
    DATES_WRITTEN (as ISO 8601)  DATES_RESTORED (numbers of days in a kept column of dates)
    IDENTITY_NUMBERS    a column that looks like numbers of identity cards and is taken for something else
    WEB_PAGE_READ       an HTML table under the name of a workbook
    POSSIBLE_DUPLICATE
    UNIT_SPELT          units that look like one; comes with the comparison
    ENCODING_ASSUMED    a text that is not Unicode
    READ_AS             a unit or category that was renamed or merged; comes with the comparison
    FONT_CONVERTED      written for .VnTime (TCVN3) or VNI-Times, shown in Unicode; with examples
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from station.errors import Problem
from station.i18n import _
from station.roster.body import body_of
from station.roster.cells import Progress, Sheet, part_of, refusal_of_file, unheard
from station.roster.headings import Headings, find_headings, no_name_column
from station.roster.old_fonts import readable_sheet
from station.roster.sheets import read_content, sheets_of
from station.roster.validate import RosterRow, check_rows


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster file, read and checked.

    Attributes:
        rows: rows that can be applied, in the order of the file.
        rejected: rows with problems, as far as they could be read.
        problems, notices: see above; in the order of the file.
        sheet: name of the sheet that was taken (of the file, for a text table).
        heading_row: 1-based.
        columns: field → heading of its column.
        ignored: headings of columns that mean no field.
        sha256: of the file, lower-case hexadecimal.
    """

    rows: tuple[RosterRow, ...]
    rejected: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    sheet: str
    heading_row: int
    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    sha256: str


def read_roster(
    path: Path,
    overrides: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    progress: Progress = unheard,
) -> RosterFile:
    """Read and check a roster file.

    Args:
        overrides: field → heading or letter of the column to take for it; see ``headings.parse_overrides``.
        keep: headings or letters of columns to keep under their own headings.

    Raises BadInput when the file as a whole cannot be taken (the table above lists why); Cancelled by ``progress``.
    """
    content = read_content(path)
    with closing(sheets_of(content, path, progress)) as sheets:
        sheet, headings = _sheet_with_names(sheets, path, overrides or {}, keep)
    progress(1, 1)
    return checked_file(sheet, headings, hashlib.sha256(content).hexdigest(), progress)


def checked_file(sheet: Sheet, headings: Headings, sha256: str, progress: Progress = unheard) -> RosterFile:
    """The checked rows of a sheet under its headings. Raises BadInput NO_ROWS, Cancelled."""
    body = body_of(sheet, headings, part_of(progress, 0, 2))
    if not body.rows:
        message = _("There are no delegates below the headings in row {row}.").format(row=headings.row)
        raise refusal_of_file("NO_ROWS", message, headings.row)
    checked = check_rows(sheet, headings, body.rows, body.units, part_of(progress, 1, 2))
    notices = [*sheet.notices, *_assumed(headings), *body.notices, *checked.notices]
    return RosterFile(
        checked.rows,
        checked.rejected,
        checked.problems,
        tuple(sorted(notices, key=lambda notice: notice.row or 0)),
        sheet.name,
        headings.row,
        {field: headings.title_of(field) for field in headings.columns},
        headings.ignored,
        sha256,
    )


def _sheet_with_names(
    sheets: Iterator[Sheet], path: Path, overrides: Mapping[str, str], keep: Sequence[str]
) -> tuple[Sheet, Headings]:
    """The first sheet with known headings and a column of names; else the first where the overrides suffice."""
    filled = []
    for sheet in map(readable_sheet, sheets):
        headings = find_headings(sheet, overrides, keep=keep)
        if headings is not None:
            return sheet, headings
        if sheet.rows:
            filled.append(sheet)
    for sheet in filled if overrides else []:
        headings = find_headings(sheet, overrides, keep=keep, assume=True)
        if headings is not None:
            return sheet, headings
    if not filled:
        raise refusal_of_file("NO_ROWS", _("The file “{file}” holds no rows.").format(file=path.name))
    raise no_name_column(filled[0])


def _assumed(headings: Headings) -> list[Problem]:
    if not headings.assumed:
        return []
    message = _("No heading was recognised; row {row} was taken for the heading row.").format(
        row=headings.row
    )
    return [Problem(headings.row, None, "HEADING_ROW_ASSUMED", message)]
