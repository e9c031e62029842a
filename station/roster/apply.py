"""Applies a roster file to the event in one transaction: delegates, payloads and the journal entry of it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from station.model.delegate import Delegate
from station.model.entry import EntryKind
from station.roster.diff import RosterDiff
from station.store import journal, roster
from station.store.connection import WriteConnection

_CODE = re.compile(r"^(\D{0,16})(\d{1,12})$")  # what can be counted on from within 32 characters
FIRST_CODE = "DB00000"


def apply_diff(
    connection: WriteConnection,
    instance: str,
    difference: RosterDiff,
    file_name: str,
    sha256: str,
    at: datetime,
) -> None:
    """Store what a roster file changes; every added delegate is issued a payload, in the order of the file."""
    known = {delegate.code for delegate in roster.delegates(connection)}
    added = with_identities(difference.added, instance, roster.last_number(connection), known)
    roster.insert_delegates(connection, added)
    for delegate in added:
        roster.issue_payload(connection, instance, delegate.id, at)
    roster.update_delegates(connection, [change.after for change in difference.changed])
    roster.mark_present(connection, [delegate.id for delegate in difference.unchanged])
    roster.mark_vanished(connection, [delegate.id for delegate in difference.vanished])
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


def with_identities(
    added: Sequence[Delegate], instance: str, last_number: int, known_codes: set[str]
) -> list[Delegate]:
    """New delegates with their internal identity, and with a code where the file gave none."""
    codes = known_codes | {delegate.code for delegate in added if delegate.code}
    prefix, digits = _highest(codes)
    complete = []
    for number, delegate in enumerate(added, last_number + 1):
        code = delegate.code
        if not code:
            digits = f"{int(digits) + 1:0{len(digits)}d}"
            code = prefix + digits
        complete.append(replace(delegate, id=f"{instance}-{number}", code=code))
    return complete


def _highest(codes: set[str]) -> tuple[str, str]:
    """Prefix and digits of the highest numbered code, from which new ones go on."""
    matches = [match for code in codes | {FIRST_CODE} if (match := _CODE.match(code))]
    highest = max(matches, key=lambda match: (int(match[2]), len(match[2])))
    return highest[1], highest[2]
