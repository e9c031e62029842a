"""Checks the rows of a roster and turns them into values; collects every problem, stops at none."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from station.codes.contact import national_digits
from station.codes.recognise import LONGEST_EXTERNAL_BYTES
from station.errors import Problem
from station.i18n import _
from station.model.unit import LONGEST_NAME, Kind
from station.roster.cells import Fault, Row, Sheet
from station.roster.heading_names import EXTRA
from station.roster.headings import Headings
from station.roster.units import suggestions
from station.text import clean, fold

LONGEST = {
    "name": 200, "position": 200, "unit": LONGEST_NAME[Kind.UNIT], "category": LONGEST_NAME[Kind.CATEGORY],
    "phone": 50, "email": 254, "seat": 50,
    "note": 1_000, "code": 32, "external_payload": LONGEST_EXTERNAL_BYTES // 4, "citizen_id": 20,
}  # fmt: skip
LONGEST_HEADING = 100
_ASCII_WHITE_SPACE = " \t\r\n\v\f"
_MOBILE_WITHOUT_ZERO = re.compile(
    r"[35789][0-9]{8}"
)  # Vietnamese mobile numbers: 03, 05, 07, 08, 09 and 8 more digits
_SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_NUMBER_LIKE_FIELDS = ("code", "phone", "external_payload", "citizen_id")
_ROWS_NAMED = 10


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One delegate as the file gives them.

    Attributes:
        row: 1-based row of the sheet.
        code: '' where the file gives none.
        position … citizen_id: '' for an empty cell, None where the file has no such column.
        extra: heading and text of every column that is kept under its own heading.
    """

    row: int
    name: str
    code: str = ""
    position: str | None = None
    unit: str | None = None
    category: str | None = None
    phone: str | None = None
    email: str | None = None
    seat: str | None = None
    note: str | None = None
    external_payload: str | None = None
    citizen_id: str | None = None
    extra: tuple[tuple[str, str], ...] = ()

    def given(self) -> dict[str, str]:
        """The fields of a delegate that the file speaks of; an empty code and the extra ones are not among them."""
        values = {name: getattr(self, name) for name in _GIVEN}
        return {
            name: value
            for name, value in values.items()
            if value is not None and (name, value) != ("code", "")
        }


_GIVEN = tuple(field.name for field in fields(RosterRow) if field.name not in ("row", EXTRA))


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """What the check made of the rows: those to be taken, those with problems, and what was found."""

    rows: tuple[RosterRow, ...]
    rejected: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def code_key(code: str) -> str:
    """What codes share that people would take for the same: full-width or narrow, upper or lower case."""
    return unicodedata.normalize("NFKC", code).casefold()


def phone_digits(phone: str) -> str:
    """The digits of a telephone number, written nationally: ``+84 90…`` and ``090…`` are the same."""
    return national_digits(unicodedata.normalize("NFKC", phone))


def check_rows(
    sheet: Sheet, headings: Headings, rows: list[Row], units: Mapping[int, str] | None = None
) -> CheckedRows:
    """Check the rows that stand for delegates. The names of problems are listed in station.roster.plan.

    Args:
        units: of delegates whose row does not say it, by row number.
    """
    seen = _Seen({}, {}, {})
    good: list[RosterRow] = []
    rejected: list[RosterRow] = []
    problems: list[Problem] = []
    for row in rows:
        value = _roster_row(row, sheet, headings)
        if units and "unit" not in headings.columns:
            value = replace(value, unit=units.get(row.number, ""))
        found = [
            *_untrusted_cells(row, sheet, headings),
            *_wrong_values(value, row, sheet, headings),
            *_repetitions(value, seen, headings),
        ]
        (rejected if found else good).append(value)
        problems += found
    notices = [*_repaired_phones(good, rows, headings), *_possible_duplicates(good), *_spellings(good)]
    return CheckedRows(tuple(good), tuple(rejected), tuple(problems), tuple(notices))


def _roster_row(row: Row, sheet: Sheet, headings: Headings) -> RosterRow:
    values = {field: _value(row, sheet, headings, field) for field in headings.columns if field != EXTRA}
    if _MOBILE_WITHOUT_ZERO.fullmatch(values.get("phone", "")):
        values["phone"] = "0" + values["phone"]
    if values.get("citizen_id"):
        values["citizen_id"] = _citizen_number(values["citizen_id"])
    return RosterRow(row.number, **values, extra=_extra(row, sheet, headings))


def _extra(row: Row, sheet: Sheet, headings: Headings) -> tuple[tuple[str, str], ...]:
    """What is kept as it is; a cell that cannot be trusted counts as empty."""
    return tuple(
        (
            headings.titles[column][:LONGEST_HEADING],
            "" if (row.number, column) in sheet.faults else clean(row.cell(column))[: LONGEST["note"]],
        )
        for column in headings.columns.get(EXTRA, ())
        if column in headings.titles
    )


def _citizen_number(text: str) -> str:
    """The number of an identity card without blanks and dots; a leading 0 that Excel took is given back."""
    number = re.sub(r"[\s.\-]", "", text)
    return f"{int(number):012d}" if len(number) == 11 and number.isascii() and number.isdigit() else number


def _value(row: Row, sheet: Sheet, headings: Headings, field: str) -> str:
    columns = headings.columns[field]
    if len(columns) == 1 and not sheet.faults:
        text = row.cell(columns[0])
    else:
        text = " ".join(row.cell(column) for column in columns if (row.number, column) not in sheet.faults)
    return text.strip(_ASCII_WHITE_SPACE) if field == "external_payload" else clean(text)


def _problem(row: int, column: str, problem: str, message: str, **values: object) -> Problem:
    return Problem(row, column, problem, message.format(row=row, column=column, **values))


def _untrusted_cells(row: Row, sheet: Sheet, headings: Headings) -> Iterator[Problem]:
    for field, columns in headings.columns.items():
        for column in columns if field != EXTRA else ():
            fault = sheet.faults.get((row.number, column)) if sheet.faults else None
            if fault is None and field in _NUMBER_LIKE_FIELDS:
                shown = row.cell(column).strip()
                fault = Fault("ROUNDED_NUMBER", shown) if _SCIENTIFIC.fullmatch(shown) else None
            if fault:
                message = _fault_message(fault.problem)
                yield _problem(row.number, headings.titles[column], fault.problem, message, shown=fault.shown)


def _fault_message(problem: str) -> str:
    messages = {
        "CELL_ERROR": _(
            "Row {row}: “{column}” shows the error {shown}. Correct the formula or type the value."
        ),
        "NOT_CALCULATED": _(
            "Row {row}: “{column}” holds a formula without a value. Open the file in Excel and save it again."
        ),
        "ROUNDED_NUMBER": _(
            "Row {row}: “{column}” is a number that Excel has rounded ({shown}). "
            "Format the column as text and enter it again."
        ),
    }
    return messages[problem]


def _wrong_values(value: RosterRow, row: Row, sheet: Sheet, headings: Headings) -> Iterator[Problem]:
    title = headings.title_of
    has_fault = any((row.number, column) in sheet.faults for column in headings.columns["name"])
    if not has_fault and not any(character.isalpha() for character in value.name):
        yield _problem(row.number, title("name"), "NO_NAME", _("Row {row}: the name is missing."))
    for field, text in value.given().items():
        if len(text) > LONGEST[field]:
            message = _("Row {row}: “{column}” has {length} characters; at most {most} are possible.")
            yield _problem(
                row.number, title(field), "TOO_LONG", message, length=len(text), most=LONGEST[field]
            )
    if value.code and not row.cell(headings.columns["code"][0]).strip().isprintable():
        message = _("Row {row}: the code “{code}” holds characters that cannot be printed. Type it again.")
        yield _problem(row.number, title("code"), "BAD_CODE", message, code=value.code)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What must not come twice: codes by their key with row and spelling; payloads and card numbers with their row."""

    codes: dict[str, tuple[int, str]]
    payloads: dict[str, int]
    citizens: dict[str, int]


def _repetitions(value: RosterRow, seen: _Seen, headings: Headings) -> Iterator[Problem]:
    if value.code:
        first, code = seen.codes.setdefault(code_key(value.code), (value.row, value.code))
        same = code == value.code
        if first != value.row:
            yield _problem(
                value.row,
                headings.title_of("code"),
                "DUPLICATE_CODE" if same else "SIMILAR_CODE",
                _("Row {row}: the code “{code}” stands already in row {first}.")
                if same
                else _(
                    "Row {row}: the code “{code}” differs from “{other}” in row {first} only in letter case or width."
                ),
                code=value.code,
                other=code,
                first=first,
            )
    if value.external_payload:
        first = seen.payloads.setdefault(value.external_payload, value.row)
        if first != value.row:
            message = _("Row {row}: the content of “{column}” stands already in row {first}.")
            title = headings.title_of("external_payload")
            yield _problem(value.row, title, "DUPLICATE_PAYLOAD", message, first=first)
    if value.citizen_id:
        first = seen.citizens.setdefault(value.citizen_id, value.row)
        if first != value.row:
            message = _("Row {row}: the content of “{column}” stands already in row {first}.")
            title = headings.title_of("citizen_id")
            yield _problem(value.row, title, "DUPLICATE_CITIZEN", message, first=first)


def _repaired_phones(good: list[RosterRow], rows: list[Row], headings: Headings) -> Iterator[Problem]:
    if "phone" not in headings.columns:
        return
    (column,) = headings.columns["phone"]
    written = {row.number: clean(row.cell(column)) for row in rows}
    repaired = [value.row for value in good if value.phone != written[value.row]]
    if repaired:
        message = _("The leading 0 was given back to {count} telephone numbers (rows {rows}).")
        text = message.format(count=len(repaired), rows=row_list(repaired))
        yield Problem(repaired[0], headings.title_of("phone"), "PHONE_REPAIRED", text)


def _possible_duplicates(good: list[RosterRow]) -> Iterator[Problem]:
    """Rows with the name and unit, or the telephone number, of a row further up; both are shown side by side."""
    by_name: dict[tuple[str, str], RosterRow] = {}
    by_phone: dict[str, RosterRow] = {}
    for value in good:
        phone = phone_digits(value.phone or "")
        same_name = by_name.setdefault((fold(value.name), fold(value.unit or "")), value)
        same_phone = by_phone.setdefault(phone, value) if phone else value
        if same_name is not value:
            message = _("Row {row} looks like the same person as row {first}: {this} | {other}.")
        elif same_phone is not value:
            message = _("Row {row} has the telephone number of row {first}: {this} | {other}.")
        else:
            continue
        other = same_name if same_name is not value else same_phone
        text = message.format(row=value.row, first=other.row, this=_in_short(value), other=_in_short(other))
        yield Problem(value.row, None, "POSSIBLE_DUPLICATE", text)


def _in_short(value: RosterRow) -> str:
    return ", ".join(filter(None, (value.code, value.name, value.position, value.unit, value.phone)))


def _spellings(good: list[RosterRow]) -> Iterator[Problem]:
    """Units that differ only in letter case, accents, blanks, punctuation or abbreviations."""
    rows: dict[str, int] = {}
    for value in reversed(good):
        rows[value.unit or ""] = value.row
    for suggestion in suggestions(Counter(value.unit for value in good if value.unit)):
        (usual, count), *others = suggestion.spellings
        message = _(
            "One unit is spelt in several ways: “{usual}” ({count} times), also {others}. "
            "They become one under Prepare, Categories and units."
        )
        said = ", ".join(f"“{other}”" for other, _count in others)
        text = message.format(usual=usual, count=count, others=said)
        yield Problem(min(rows[unit] for unit, _count in suggestion.spellings), None, "UNIT_SPELT", text)


def row_list(rows: list[int]) -> str:
    """Row numbers for a sentence: the first few, then an ellipsis."""
    return ", ".join(map(str, rows[:_ROWS_NAMED])) + (" …" if len(rows) > _ROWS_NAMED else "")
