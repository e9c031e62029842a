"""Takes in what another station sealed: proves a segment, then adds the entries that are not known here.

One primitive for packs and for merging desks: idempotent, in any order, within the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from station.errors import BadInput, Problem, Refusal
from station.exchange.segment import SegmentLine, SegmentReport, check_segment
from station.i18n import _
from station.model.event import Event
from station.store import event as event_store
from station.store import instance as instances
from station.store import journal, projections
from station.store.connection import ReadConnection, WriteConnection
from station.store.instance import Instance


@dataclass(frozen=True, slots=True)
class TakenSegment:
    """What a segment brought: entries that were new here, and those that were known."""

    instance: str
    station: str
    new: int
    known: int


def proved_segment(path: Path, event: Event, secret: bytes, *, vouched: bool = False) -> SegmentReport:
    """Read a segment and prove that it is whole and may count in an event.

    Args:
        vouched: whoever brings it answers for it (a signed pack): it may then be the chain of an instance whose
            key is on another laptop, which nobody could sign.

    Raises BadInput with every reason why it may not: altered, cut off, with gaps, of another event, of a rehearsal.
    """
    report = check_segment(path, secret)
    problems = list(report.problems)
    if report.instance and report.event != event.id:
        problems = [_("{name} belongs to another event.").format(name=report.name)]
    elif not problems:
        problems = _stranger_problems(report, event, vouched)
    if problems:
        raise BadInput([Problem(None, None, "SEGMENT", problem) for problem in problems])
    return report


def _stranger_problems(report: SegmentReport, event: Event, vouched: bool) -> list[str]:
    if report.is_rehearsal and not event.rehearsal:
        text = _("{name} is from a rehearsal: its records do not count in the event itself.")
    elif event.rehearsal and not report.is_rehearsal:
        text = _("{name} is from the event itself: a rehearsal takes in nothing of it.")
    elif not report.lines:
        text = _("{name} holds no entries.")
    elif not report.is_signed and not vouched:
        text = _("{name} is not signed by its station. Take in the file that its own laptop exported.")
    else:
        return []
    return [text.format(name=report.name)]


def take_in(connection: WriteConnection, segment: SegmentReport) -> TakenSegment:
    """Add what is not known here of a segment that was proved, within the open transaction.

    Raises Refusal where the chain that is here already says otherwise; then nothing may be kept.
    """
    instance = segment.instance
    last = journal.last_entry(connection, instance)
    held = last.sequence if last else 0
    _refuse_another_chain(connection, segment, held)
    if instance not in instances.all_instances(connection):
        first = segment.lines[0].entry
        number = first.body.get("number")
        known = Instance(
            instance, segment.station, segment.public_key, number if isinstance(number, int) else None
        )
        instances.add_instance(connection, known, first.content.at_ms)
    new = [line for line in segment.lines if line.entry.sequence > held]
    _insert(connection, new)
    return TakenSegment(instance, segment.station, len(new), len(segment.lines) - len(new))


def _insert(connection: WriteConnection, lines: Sequence[SegmentLine]) -> None:
    for line in lines:
        try:
            projections.add(connection, line.entry, line.particulars)
        except ValueError as error:
            text = _("Entry {entry} is none that a journal can hold: nothing was taken in.")
            raise Refusal(text.format(entry=line.entry.id)) from error


def _refuse_another_chain(connection: ReadConnection, segment: SegmentReport, held: int) -> None:
    known = instances.all_instances(connection).get(segment.instance)
    if known is not None and known.public_key != segment.public_key:
        raise Refusal(
            _("{name}: the key is not the one that station {instance} has here.").format(
                name=segment.name, instance=segment.instance
            )
        )
    hashes = {entry.sequence: entry.hash for entry in journal.entries(connection, segment.instance)}
    for line in segment.lines[:held]:
        if hashes.get(line.entry.sequence) != line.entry.hash:
            raise Refusal(
                _(
                    "{name}: station {instance} wrote entry {entry} twice, differently: "
                    "two laptops work with copies of one folder. Nothing was taken in."
                ).format(name=segment.name, instance=segment.instance, entry=line.entry.id)
            )
    if segment.last > held and instances.writes_here(connection, segment.instance):
        raise Refusal(
            _(
                "{name} goes on with this laptop's own journal, beyond what is here: another laptop works with a copy "
                "of this folder. Nothing was taken in."
            ).format(name=segment.name)
        )


def secret_and_event(connection: ReadConnection) -> tuple[bytes, Event]:
    """What proving a segment needs to know of the event it is to count in."""
    return event_store.secret_of(connection), event_store.event_of(connection)
