"""Applies a roster file to the event in one transaction: delegates, payloads and the journal entry of it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from station.errors import Refusal
from station.i18n import _
from station.model.delegate import Delegate, DelegateStatus
from station.model.entry import EntryKind
from station.model.unit import Kind
from station.roster.aliases import aliases_of
from station.roster.cells import Progress, unheard
from station.roster.diff import RosterDiff
from station.store import journal, roster, units
from station.store.connection import WriteConnection

_from_name_on = attrgetter(*list(Delegate.__dataclass_fields__)[2:])  # quicker than dataclasses.replace
_CODE = re.compile(r"^(\D{0,16})(\d{1,12})$")  # what can be counted on from within 32 characters
FIRST_CODE = "DB00000"


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of a roster that was taken back.

    Attributes:
        removed: delegates it had added. kept: of these, those who stay because something was recorded of them.
        restored: delegates who are as they were before.
    """

    file_name: str
    removed: int
    kept: int
    restored: int


def apply_diff(
    connection: WriteConnection,
    instance: str,
    difference: RosterDiff,
    file_name: str,
    sha256: str,
    at: datetime,
    progress: Progress = unheard,
) -> None:
    """Store what a roster file changes; every added delegate is issued a payload, in the order of the file.

    ``progress`` may stop it by raising: the transaction is then to be rolled back.
    """
    step = _Steps(2 * len(difference.added) + len(difference.changed) + len(difference.vanished), progress)
    names_before = _names(connection)
    with roster.room_for_many(connection):
        known = roster.codes(connection)
        added = with_identities(difference.added, instance, roster.last_number(connection), known)
        roster.insert_delegates(connection, added, step)
        roster.issue_payloads(connection, instance, [delegate.id for delegate in added], at, step)
        roster.update_delegates(connection, [change.after for change in difference.changed], step)
        roster.mark_present(connection, [delegate.id for delegate in difference.unchanged])
        roster.mark_vanished(connection, [delegate.id for delegate in difference.vanished], step)
        step(0)
    counts = {
        "added": len(added),
        "changed": len(difference.changed),
        "unchanged": len(difference.unchanged),
        "vanished": len(difference.vanished),
        "sha256": sha256,
    }
    note = journal.Note(
        EntryKind.ROSTER_APPLIED,
        at,
        body=counts,
        particulars={"file_name": file_name.encode("utf-8", "replace").decode()},
    )
    journal.append(connection, instance, note)
    new_names = {kind: sorted(names - names_before[kind]) for kind, names in _names(connection).items()}
    roster.add_import(connection, instance, file_name, _before(difference, added, new_names), at)


def _names(connection: WriteConnection) -> dict[Kind, set[str]]:
    """The units and the categories there are."""
    return {kind: set(units.colours(connection, kind)) for kind in Kind}


class _Steps:
    """Adds up how many delegates have been stored and reports it."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def __call__(self, more: int) -> None:
        self._progress(self._done, self._total)
        self._done += more


def undo_latest(connection: WriteConnection, instance: str, at: datetime) -> Undone:
    """Take back what the latest roster file changed, as one step. Raises Refusal when there is none.

    Whoever it added and of whom something was recorded since stays, as one who is no longer on the roster.
    Units and categories that were renamed or merged since keep their new names; those that came with the file go
    unless something was decided about them or somebody belongs to them.
    """
    latest = roster.latest_import(connection)
    if latest is None:
        raise Refusal(_("There is no roster to take back."))
    before = json.loads(latest.before)
    stays = roster.recorded(connection, before["added"])
    removed = [identifier for identifier in before["added"] if identifier not in stays]
    aliases = aliases_of(connection)
    restored = [aliases.read(_delegate(values)) for values in before["changed"]]
    roster.remove_delegates(connection, removed)
    roster.update_delegates(connection, restored)
    roster.mark_present(connection, before["vanished"])
    roster.mark_vanished(connection, [*stays, *before["returned"]])
    for kind in Kind:
        units.remove_unused(connection, kind, before.get("names", {}).get(kind, ()))
    roster.mark_undone(connection, latest.number, at)
    counts = {"removed": len(removed), "kept": len(stays), "restored": len(restored)}
    journal.append(connection, instance, journal.Note(EntryKind.ROSTER_UNDONE, at, body=counts))
    return Undone(latest.file_name, len(removed), len(stays), len(restored) + len(before["vanished"]))


def _before(
    difference: RosterDiff, added: Sequence[Delegate], new_names: Mapping[Kind, Sequence[str]]
) -> str:
    """What undoing needs: who came, who vanished, who returned, the data of the changed as they were, new names."""
    gone = (change.before for change in difference.changed if _is_gone(change.before))
    returned = [delegate.id for delegate in (*gone, *filter(_is_gone, difference.unchanged))]
    return json.dumps(
        {
            "added": [delegate.id for delegate in added],
            "vanished": [delegate.id for delegate in difference.vanished],
            "returned": returned,
            "changed": [asdict(change.before) for change in difference.changed],
            "names": new_names,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _is_gone(delegate: Delegate) -> bool:
    return delegate.status is DelegateStatus.VANISHED


def _delegate(values: dict[str, Any]) -> Delegate:
    extra = tuple((heading, text) for heading, text in values.pop("extra"))
    status = DelegateStatus(values.pop("status"))
    return Delegate(**values, extra=extra, status=status)


def with_identities(
    added: Sequence[Delegate], instance: str, last_number: int, known_codes: set[str]
) -> list[Delegate]:
    """New delegates with their internal identity, and with a code where the file gave none."""
    prefix, digits = "", ""
    if not all(delegate.code for delegate in added):
        prefix, digits = _highest(known_codes | {delegate.code for delegate in added if delegate.code})
    complete = []
    for number, delegate in enumerate(added, last_number + 1):
        code = delegate.code
        if not code:
            digits = f"{int(digits) + 1:0{len(digits)}d}"
            code = prefix + digits
        complete.append(Delegate(f"{instance}-{number}", code, *_from_name_on(delegate)))
    return complete


def _highest(codes: set[str]) -> tuple[str, str]:
    """Prefix and digits of the highest numbered code, from which new ones go on."""
    matches = [match for code in codes | {FIRST_CODE} if (match := _CODE.match(code))]
    highest = max(matches, key=lambda match: (int(match[2]), len(match[2])))
    return highest[1], highest[2]
