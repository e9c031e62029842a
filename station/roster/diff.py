"""What a roster file changes: who is added, changed, unchanged, vanished. Decides only, stores nothing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from station.errors import Problem
from station.i18n import _
from station.model.delegate import Delegate, DelegateStatus
from station.roster.aliases import Aliases, spelling_notices
from station.roster.cells import ROWS_A_REPORT, Progress, part_of, unheard
from station.roster.heading_names import EXTRA
from station.roster.matching import match_rows
from station.roster.validate import RosterRow, code_key
from station.text import fold

# In the order in which a Delegate has them, after identity, code and name.
_TEXT_FIELDS = (
    "position", "unit", "category", "phone", "email", "seat", "note", "external_payload", "citizen_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A delegate whose data the file changes, or who is back after having vanished.

    Attributes:
        row: 1-based row of the sheet that says so.
        by_name: the delegate was recognised by name, unit or telephone, not by the code.
    """

    row: int
    before: Delegate
    after: Delegate
    by_name: bool = False

    @property
    def fields(self) -> Mapping[str, tuple[str, str]]:
        """Old and new value of every field that differs, ``status`` among them, and of every extra heading."""
        names = (name for name in Delegate.__dataclass_fields__ if name not in ("id", EXTRA))
        pairs = {name: (str(getattr(self.before, name)), str(getattr(self.after, name))) for name in names}
        before, after = dict(self.before.extra), dict(self.after.extra)
        pairs |= {
            heading: (before.get(heading, ""), after.get(heading, "")) for heading in {**before, **after}
        }
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True, slots=True)
class RosterDiff:
    """The difference between a roster file and the roster.

    Attributes:
        added: new delegates in the order of the file; ``id`` is '' and, where the file gives none, ``code`` too.
        vanished: active delegates whom the file no longer names, in Vietnamese order of names.
        problems: rows that fit several delegates; they are in none of the other lists.
        notices: spellings that were read as another name, or that look like one.
    """

    added: tuple[Delegate, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Delegate, ...]
    vanished: tuple[Delegate, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...] = ()


def compare(
    rows: Sequence[RosterRow],
    existing: Sequence[Delegate],
    rejected: Sequence[RosterRow] = (),
    progress: Progress = unheard,
    *,
    apart: Collection[int] = (),
    staying: Collection[str] = (),
    aliases: Aliases | None = None,
) -> RosterDiff:
    """Compare the rows of a file with the delegates who are there.

    A column that the file does not have changes nothing; an empty cell clears its field, but never a code.

    Args:
        rejected: rows left out because of their problems; the delegates they speak of do not count as vanished.
        apart: numbers of rows of which a person said that they bring somebody new, whatever their name.
        staying: identities of those whom no file ever named: they came by themselves and do not vanish.
        aliases: spellings of units and categories that are read as another name.
    """
    aliases = aliases or Aliases()
    read_as = aliases.notices(rows)
    rows = [aliases.read(row) for row in rows]
    notices = (*read_as, *spelling_notices(rows, existing, aliases.told_apart))
    matches = match_rows(rows, existing, part_of(progress, 0, 2), apart)
    taken = _payloads_taken(rows, existing, matches.delegates)
    refused = {problem.row for problem in taken}
    is_same = _comparison(rows)
    added, changed, unchanged = [], [], []
    for count, row in enumerate(rows):
        if count % ROWS_A_REPORT == 0:
            part_of(progress, 1, 2)(count, len(rows))
        if row.row in refused:
            continue
        before = matches.delegates.get(row.row)
        if before is not None:
            after = before if is_same(row, before) else _updated(before, row)
            if after == before:
                unchanged.append(before)
            else:
                changed.append(Change(row.row, before, after, row.row in matches.by_name))
        elif row.row not in matches.ambiguous:
            added.append(_new(row))
    progress(1, 1)
    named = {delegate.id for delegate in matches.delegates.values()}
    named |= {delegate.id for fitting in matches.ambiguous.values() for delegate in fitting}
    vanished = _vanished([d for d in existing if d.id not in staying], named, rejected)
    problems = [
        _ambiguous(row, len(matches.ambiguous[row.row])) for row in rows if row.row in matches.ambiguous
    ]
    problems = sorted([*problems, *taken], key=lambda problem: problem.row or 0)
    lists = (tuple(added), tuple(changed), tuple(unchanged), tuple(vanished))
    return RosterDiff(*lists, tuple(problems), notices)


def _comparison(rows: Sequence[RosterRow]) -> Callable[[RosterRow, Delegate], bool]:
    """What tells quickly of most rows that they change nothing; False may still mean so."""
    present = [name for name in _TEXT_FIELDS if rows and getattr(rows[0], name) is not None]
    texts = attrgetter("name", "name", *present)  # twice, so that it is a tuple in any case

    def is_same(row: RosterRow, delegate: Delegate) -> bool:
        return (
            row.code in ("", delegate.code)
            and texts(row) == texts(delegate)
            and not row.extra
            and delegate.status is not DelegateStatus.VANISHED
        )

    return is_same


def _payloads_taken(
    rows: Sequence[RosterRow], existing: Sequence[Delegate], matched: Mapping[int, Delegate]
) -> list[Problem]:
    """Rows that give a delegate the external payload which somebody else on the roster keeps."""
    if not any(row.external_payload for row in rows):
        return []
    given = {matched[row.row].id: row.external_payload for row in rows if row.row in matched}
    owners = {
        delegate.external_payload: delegate
        for delegate in existing
        if delegate.external_payload and given.get(delegate.id) in (None, delegate.external_payload)
    }
    problems = []
    for row in rows:
        owner = owners.get(row.external_payload or "")
        if owner is not None and owner.id != getattr(matched.get(row.row), "id", None):
            message = _(
                "Row {row}: the external payload is that of {name} ({code}), who is on the roster already."
            )
            text = message.format(row=row.row, name=owner.name, code=owner.code)
            problems.append(Problem(row.row, None, "PAYLOAD_TAKEN", text))
    return problems


def _updated(delegate: Delegate, row: RosterRow) -> Delegate:
    updated = _with_values(delegate, row)
    return (
        replace(updated, status=DelegateStatus.ACTIVE)
        if delegate.status is DelegateStatus.VANISHED
        else updated
    )


def _with_values(delegate: Delegate, row: RosterRow) -> Delegate:
    values: dict[str, Any] = {
        name: value for name, value in row.given().items() if value != getattr(delegate, name)
    }
    if row.extra:
        merged = dict(delegate.extra) | dict(row.extra)
        values[EXTRA] = tuple((heading, text) for heading, text in merged.items() if text)
    return replace(delegate, **values) if values else delegate


def _new(row: RosterRow) -> Delegate:
    texts = [getattr(row, name) or "" for name in _TEXT_FIELDS]
    values: list[Any] = ["", row.code, row.name, *texts, tuple(pair for pair in row.extra if pair[1])]
    return Delegate(*values)


def _vanished(existing: Sequence[Delegate], named: set[str], rejected: Sequence[RosterRow]) -> list[Delegate]:
    codes = {code_key(row.code) for row in rejected if row.code}
    names = {fold(row.name) for row in rejected}
    vanished = [
        delegate
        for delegate in existing
        if delegate.status is DelegateStatus.ACTIVE
        and delegate.id not in named
        and code_key(delegate.code) not in codes
        and fold(delegate.name) not in names
    ]
    return sorted(vanished, key=lambda delegate: delegate.sort_key)


def _ambiguous(row: RosterRow, count: int) -> Problem:
    message = _(
        "Row {row}: “{name}” fits {count} delegates who are there already. "
        "Give the code or the telephone number in this row."
    )
    text = message.format(row=row.row, name=row.name, count=count)
    return Problem(row.row, None, "AMBIGUOUS_MATCH", text)
