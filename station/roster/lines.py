"""What a roster file changes, line by line, for a person to look at before anything changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from station.errors import Problem
from station.i18n import N_, _
from station.model.delegate import Delegate
from station.roster.diff import Change, RosterDiff
from station.roster.plan import RosterFile
from station.roster.units import spelling_key
from station.roster.validate import RosterRow, phone_digits
from station.text import folded

_CAPTIONS = {
    "name": N_("Full name"),
    "position": N_("Position"),
    "unit": N_("Unit"),
    "category": N_("Category"),
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "seat": N_("Seat"),
    "note": N_("Note"),
    "code": N_("Code"),
    "external_payload": N_("Code printed by others"),
    "citizen_id": N_("Number of the identity card"),
    "status": N_("On the roster"),
    "extra": N_("Keep under its own name"),
}


class LineKind(StrEnum):
    """What becomes of a line, in the order in which a person should look at them."""

    PROBLEM = "problem"
    MATCHED = "matched"  # recognised by name: the same person?
    CHANGED = "changed"
    VANISHED = "vanished"
    ADDED = "added"
    NOTICE = "notice"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line.

    Attributes:
        row: 1-based row of the sheet, None where it is not about one.
        detail: what is wrong or what changes; '' where there is nothing to say.
    """

    kind: LineKind
    row: int | None
    code: str
    name: str
    unit: str
    detail: str = ""


def field_caption(field: str) -> str:
    """How a field of a delegate is called on screens."""
    return _(_CAPTIONS[field])


def change_lines(
    roster: RosterFile, difference: RosterDiff, apart: Mapping[int, Delegate] | None = None
) -> list[ChangeLine]:
    """Every line, problems first, each kind in the order of the file; the vanished in the order of names.

    Args:
        apart: rows of which a person said that they bring somebody new, with whom they were taken for.
    """
    rows = {row.row: row for row in (*roster.rows, *roster.rejected)}

    def about(kind: LineKind, problem: Problem) -> ChangeLine:
        row = rows.get(problem.row or 0)
        person = (row.code, row.name, row.unit or "") if row is not None else ("", "", "")
        return ChangeLine(kind, problem.row, *person, problem.message)

    problems = sorted([*roster.problems, *difference.problems], key=lambda problem: problem.row or 0)
    return [
        *(about(LineKind.PROBLEM, problem) for problem in problems),
        *_matched(rows, difference, apart or {}),
        *(_changed(change) for change in difference.changed if not change.by_name),
        *(_plain(LineKind.VANISHED, delegate) for delegate in difference.vanished),
        *(_plain(LineKind.ADDED, delegate) for delegate in difference.added),
        *(about(LineKind.NOTICE, notice) for notice in (*difference.notices, *roster.notices)),
        *(_plain(LineKind.UNCHANGED, delegate) for delegate in difference.unchanged),
    ]


def _matched(
    rows: Mapping[int, RosterRow], difference: RosterDiff, apart: Mapping[int, Delegate]
) -> list[ChangeLine]:
    """Who was recognised by name, and who was said to be somebody else; first those of whom something differs."""
    named = [change for change in difference.changed if change.by_name]
    lines = [replace(_changed(change), kind=LineKind.MATCHED) for change in named]
    meant = {change.row: change.before for change in named} | dict(apart)
    doubtful = {number for number, delegate in meant.items() if not _fits_wholly(rows[number], delegate)}
    for number, other in apart.items():
        row = rows[number]
        text = _("Somebody new, not {code} ({name}, {unit}).")
        said = text.format(code=other.code, name=other.name, unit=other.unit or "–")
        lines.append(ChangeLine(LineKind.MATCHED, number, "", row.name, row.unit or "", said))
    return sorted(lines, key=lambda line: (line.row not in doubtful, line.row or 0))


def _fits_wholly(row: RosterRow, delegate: Delegate) -> bool:
    """Whether name, unit and telephone number are the same in any spelling, and the number is known."""
    phone = phone_digits(row.phone or "")
    return (
        folded(row.name) == folded(delegate.name)
        and spelling_key(row.unit or "") == spelling_key(delegate.unit)
        and bool(phone)
        and phone == phone_digits(delegate.phone)
    )


def _changed(change: Change) -> ChangeLine:
    after = change.after
    return ChangeLine(
        LineKind.CHANGED, change.row, after.code, after.name, after.unit, "; ".join(_differences(change))
    )


def _differences(change: Change) -> Iterator[str]:
    for field, (before, after) in change.fields.items():
        if field == "status":
            yield _("is back on the roster")
        elif field == "citizen_id":
            yield field_caption(field)  # only compared, never shown
        else:
            caption = field_caption(field) if field in _CAPTIONS else field
            yield f"{caption}: {before or '–'} → {after or '–'}"


def _plain(kind: LineKind, delegate: Delegate) -> ChangeLine:
    return ChangeLine(kind, None, delegate.code, delegate.name, delegate.unit)
