"""Checks the rows of a roster and turns them into values; collects every problem, stops at none."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter

from station.codes.contact import national_digits
from station.codes.recognise import LONGEST_EXTERNAL_BYTES
from station.errors import Problem
from station.i18n import _
from station.model.unit import LONGEST_NAME, Kind
from station.roster.cells import ROWS_A_REPORT, Fault, Progress, Row, Sheet, unheard
from station.roster.dates import SerialDates, written_dates
from station.roster.heading_names import EXTRA
from station.roster.headings import Headings
from station.roster.identity_numbers import identity_columns
from station.roster.tidy import Repairs, row_list, tidy
from station.text import fold, folded

LONGEST = {
    "name": 200, "position": 200, "unit": LONGEST_NAME[Kind.UNIT], "category": LONGEST_NAME[Kind.CATEGORY],
    "phone": 50, "email": 254, "seat": 50,
    "note": 1_000, "code": 32, "external_payload": LONGEST_EXTERNAL_BYTES // 4, "citizen_id": 20,
}  # fmt: skip
_LENGTH_THAT_FITS = min(most for field, most in LONGEST.items() if field not in ("code", "citizen_id"))
LONGEST_HEADING = 100
_ASCII_WHITE_SPACE = " \t\r\n\v\f"
_MOBILE_WITHOUT_ZERO = re.compile(
    r"[35789][0-9]{8}"
)  # Vietnamese mobile numbers: 03, 05, 07, 08, 09 and 8 more digits
_SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
_NUMBER_LIKE_FIELDS = ("code", "phone", "external_payload", "citizen_id")
_MOBILE_DIGITS_WITHOUT_ZERO = 9


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
            name: value for name, value in values.items() if value is not None and (value or name != "code")
        }


_texts_of = attrgetter(*LONGEST)
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
    return (code if code.isascii() else unicodedata.normalize("NFKC", code)).casefold()


def phone_digits(phone: str) -> str:
    """The digits of a telephone number, written nationally: ``+84 90…`` and ``090…`` are the same."""
    if phone.isascii():
        if phone.isdecimal() and not phone.startswith(("84", "0084")):
            return phone
        return national_digits(phone)
    return national_digits(unicodedata.normalize("NFKC", phone))


def check_rows(
    sheet: Sheet,
    headings: Headings,
    rows: list[Row],
    units: Mapping[int, str] | None = None,
    progress: Progress = unheard,
) -> CheckedRows:
    """Check the rows that stand for delegates. The names of problems are listed in station.roster.plan.

    Args:
        units: of delegates whose row does not say it, by row number.
    """
    check = _Check(sheet, headings)
    good: list[RosterRow] = []
    rejected: list[RosterRow] = []
    problems: list[Problem] = []
    for count, row in enumerate(rows):
        if count % ROWS_A_REPORT == 0:
            progress(count, len(rows))
        value, found = check.row(row)
        if units and "unit" not in headings.columns:
            value = replace(value, unit=units.get(row.number, ""))
        (rejected if found else good).append(value)
        problems += found
    progress(len(rows), len(rows))
    notices = [
        *check.repairs.notices(),
        *written_dates(sheet, headings, rows),
        *check.dates.notices(),
        *identity_columns(headings, rows),
        *_repaired_phones(good, check.repaired_phones, headings),
        *_possible_duplicates(good),
    ]
    return CheckedRows(tuple(good), tuple(rejected), tuple(problems), tuple(notices))


class _Check:
    """Turns one row after the other into values.

    Attributes:
        repairs: what was tidied. repaired_phones: rows whose telephone number got its 0 back.
        dates: those that had lost their format.
    """

    def __init__(self, sheet: Sheet, headings: Headings) -> None:
        self.repairs = Repairs()
        self.repaired_phones: set[int] = set()
        self.dates = SerialDates(headings)
        self._sheet, self._headings = sheet, headings
        self._seen = _Seen({}, {}, {})
        self._rows_with_faults = {row for row, _column in sheet.faults}
        self._single = {
            field: columns[0]
            for field, columns in headings.columns.items()
            if field != EXTRA and len(columns) == 1
        }
        self._several = {
            field: columns
            for field, columns in headings.columns.items()
            if field not in (*self._single, EXTRA)
        }
        self._code = headings.columns["code"][0] if "code" in headings.columns else None
        self._numbers = [
            column for field in _NUMBER_LIKE_FIELDS for column in headings.columns.get(field, ())
        ]
        self._tidied = [
            (column, field) for field, columns in headings.columns.items() for column in columns
        ]  # an external payload is only trimmed
        self._width = 1 + max((column for column, _field in self._tidied), default=0)

    def row(self, row: Row) -> tuple[RosterRow, list[Problem]]:
        """The values of a row, and what is wrong with it."""
        cells = tidy(row.cells)
        if cells is not row.cells:
            self._note_repairs(row, cells)
        cells += ("",) * (self._width - len(cells))
        has_fault = row.number in self._rows_with_faults
        trusted = cells
        if has_fault:
            faults = self._sheet.faults
            trusted = tuple(
                "" if (row.number, column) in faults else text for column, text in enumerate(cells)
            )
        value = self._value(row, trusted)
        found: list[Problem] = []
        if has_fault or any("+" in cells[column] for column in self._numbers):
            found += _untrusted_cells(row, cells, self._sheet, self._headings)
        if self._may_be_wrong(value, row, cells):
            found += _wrong_values(value, row, self._sheet, self._headings)
        if value.code or value.external_payload or value.citizen_id:
            found += _repetitions(value, self._seen, self._headings)
        return value, found

    def _may_be_wrong(self, value: RosterRow, row: Row, cells: tuple[str, ...]) -> bool:
        """A quick look that lets most rows pass, and none that is wrong."""
        return (
            max(map(len, cells)) > _LENGTH_THAT_FITS
            or len(value.code) > LONGEST["code"]
            or len(value.citizen_id or "") > LONGEST["citizen_id"]
            or not value.name[:1].isalpha()
            or (self._code is not None and not row.cell(self._code).isprintable())
        )

    def _value(self, row: Row, cells: tuple[str, ...]) -> RosterRow:
        values = {field: cells[column] for field, column in self._single.items()}
        for field, columns in self._several.items():
            values[field] = " ".join(filter(None, (cells[column] for column in columns)))
        if values.get("external_payload"):
            values["external_payload"] = " ".join(
                row.cell(column) for column in self._headings.columns["external_payload"]
            ).strip(_ASCII_WHITE_SPACE)
        phone = values.get("phone", "")
        if len(phone) == _MOBILE_DIGITS_WITHOUT_ZERO and _MOBILE_WITHOUT_ZERO.fullmatch(phone):
            values["phone"] = "0" + phone
            self.repaired_phones.add(row.number)
        if values.get("citizen_id"):
            values["citizen_id"] = _citizen_number(values["citizen_id"])
        extra = self._extra(row.number, cells) if EXTRA in self._headings.columns else ()
        return RosterRow(row.number, **values, extra=extra)

    def _extra(self, row: int, cells: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """What is kept as it is, but for dates that lost their format; a cell that cannot be trusted is empty."""
        titles = self._headings.titles
        return tuple(
            (titles[column][:LONGEST_HEADING], self.dates.read(row, column, cells[column][: LONGEST["note"]]))
            for column in self._headings.columns[EXTRA]
            if column in titles
        )

    def _note_repairs(self, row: Row, cells: tuple[str, ...]) -> None:
        for column, field in self._tidied:
            if field != "external_payload" and column < len(cells):
                self.repairs.note(row.number, row.cells[column], cells[column])


def _citizen_number(text: str) -> str:
    """The number of an identity card without blanks and dots; a leading 0 that Excel took is given back."""
    number = re.sub(r"[\s.\-]", "", text)
    return f"{int(number):012d}" if len(number) == 11 and number.isascii() and number.isdigit() else number


def _problem(row: int, column: str, problem: str, message: str, **values: object) -> Problem:
    return Problem(row, column, problem, message.format(row=row, column=column, **values))


def _untrusted_cells(row: Row, cells: tuple[str, ...], sheet: Sheet, headings: Headings) -> Iterator[Problem]:
    for field, columns in headings.columns.items():
        for column in columns if field != EXTRA else ():
            fault = sheet.faults.get((row.number, column)) if sheet.faults else None
            if fault is None and field in _NUMBER_LIKE_FIELDS and "+" in (shown := cells[column]):
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
    if not (value.name[:1].isalpha() or any(map(str.isalpha, value.name))) and not any(
        (row.number, column) in sheet.faults for column in headings.columns["name"]
    ):
        yield _problem(row.number, title("name"), "NO_NAME", _("Row {row}: the name is missing."))
    for field, text, most in zip(LONGEST, _texts_of(value), LONGEST.values(), strict=True):
        if text and len(text) > most:
            message = _("Row {row}: “{column}” has {length} characters; at most {most} are possible.")
            yield _problem(row.number, title(field), "TOO_LONG", message, length=len(text), most=most)
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


def _repaired_phones(good: list[RosterRow], repaired: set[int], headings: Headings) -> Iterator[Problem]:
    rows = [value.row for value in good if value.row in repaired] if repaired else []
    if rows:
        message = _("The leading 0 was given back to {count} telephone numbers (rows {rows}).")
        text = message.format(count=len(rows), rows=row_list(rows))
        yield Problem(rows[0], headings.title_of("phone"), "PHONE_REPAIRED", text)


def _possible_duplicates(good: list[RosterRow]) -> Iterator[Problem]:
    """Rows with the name and unit, or the telephone number, of a row further up; both are shown side by side."""
    by_name: dict[tuple[str, str], RosterRow] = {}
    by_phone: dict[str, RosterRow] = {}
    for value in good:
        phone = phone_digits(value.phone or "")
        same_name = by_name.setdefault((folded(value.name), fold(value.unit or "")), value)
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
