"""What a roster file changes: who is added, changed, unchanged, vanished. Decides only, stores nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from station.errors import Problem
from station.i18n import _
from station.model.delegate import Delegate, DelegateStatus
from station.roster.aliases import Aliases
from station.roster.heading_names import EXTRA
from station.roster.matching import match_rows
from station.roster.validate import RosterRow, code_key
from station.text import fold


@dataclass(frozen=True, slots=True)
class Change:
    """A delegate whose data the file changes, or who is back after having vanished.

    Attributes:
        row: 1-based row of the sheet that says so.
        by_name: the delegate was recognised by name, unit and telephone, not by the code.
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
        vanished: active delegates whom the file no longer names.
        problems: rows that fit several delegates; they are in none of the other lists.
        notices: spellings that were read as another name.
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
    apart: Collection[int] = (),
    *,
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
    notices = tuple(aliases.notices(rows))
    rows = [aliases.read(row) for row in rows]
    matches = match_rows(rows, existing, apart)
    taken = _payloads_taken(rows, existing, matches.delegates)
    refused = {problem.row for problem in taken}
    added, changed, unchanged = [], [], []
    for row in rows:
        if row.row in refused:
            continue
        before = matches.delegates.get(row.row)
        if before is not None:
            after = _updated(before, row)
            if after == before:
                unchanged.append(before)
            else:
                changed.append(Change(row.row, before, after, row.row in matches.by_name))
        elif row.row not in matches.ambiguous:
            added.append(_with_values(Delegate(id="", code="", name=row.name), row))
    named = {delegate.id for delegate in matches.delegates.values()}
    named |= {delegate.id for fitting in matches.ambiguous.values() for delegate in fitting}
    vanished = _vanished([d for d in existing if d.id not in staying], named, rejected)
    problems = [
        _ambiguous(row, len(matches.ambiguous[row.row])) for row in rows if row.row in matches.ambiguous
    ]
    problems = sorted([*problems, *taken], key=lambda problem: problem.row or 0)
    lists = (tuple(added), tuple(changed), tuple(unchanged), tuple(vanished))
    return RosterDiff(*lists, tuple(problems), notices)


def _payloads_taken(
    rows: Sequence[RosterRow], existing: Sequence[Delegate], matched: Mapping[int, Delegate]
) -> list[Problem]:
    """Rows that give a delegate the external payload which somebody else on the roster keeps."""
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
    values: dict[str, Any] = {**row.given()}
    if row.extra:
        merged = dict(delegate.extra) | dict(row.extra)
        values[EXTRA] = tuple((heading, text) for heading, text in merged.items() if text)
    return replace(delegate, **values)


def _vanished(existing: Sequence[Delegate], named: set[str], rejected: Sequence[RosterRow]) -> list[Delegate]:
    codes = {code_key(row.code) for row in rejected if row.code}
    names = {fold(row.name) for row in rejected}
    return [
        delegate
        for delegate in existing
        if delegate.status is DelegateStatus.ACTIVE
        and delegate.id not in named
        and code_key(delegate.code) not in codes
        and fold(delegate.name) not in names
    ]


def _ambiguous(row: RosterRow, count: int) -> Problem:
    message = _(
        "Row {row}: “{name}” fits {count} delegates who are there already. "
        "Give the code or the telephone number in this row."
    )
    text = message.format(row=row.row, name=row.name, count=count)
    return Problem(row.row, None, "AMBIGUOUS_MATCH", text)
