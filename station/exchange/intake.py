"""Takes in what another station sealed: proves a segment, then adds the entries that are not known here.

One primitive for packs and for merging desks: idempotent, in any order, within the caller's transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from station.errors import BadInput, Problem, Refusal
from station.exchange.headquarters import HeadquartersKey
from station.exchange.segment import Paced, SegmentLine, SegmentReport, check_segment
from station.i18n import _
from station.model.entry import EntryKind
from station.model.event import Event
from station.store import event as event_store
from station.store import instance as instances
from station.store import journal, merge, projections
from station.store.connection import ReadConnection, WriteConnection
from station.store.instance import Instance

_AT_ONCE = 250  # entries; of as many that change one row, one recomputation is enough


@dataclass(frozen=True, slots=True)
class TakenSegment:
    """What a segment brought: entries that were new here, those that were known, and those still to be taken in."""

    instance: str
    station: str
    new: int
    known: int
    left: int = 0


def proved_segment(
    path: Path,
    event: Event,
    secret: bytes,
    *,
    vouched: bool = False,
    paced: Paced = iter,
    key: HeadquartersKey | None = None,
) -> SegmentReport:
    """Read a segment and prove that it is whole and may count in an event.

    Args:
        vouched: whoever brings it answers for it (a signed pack): it may then be the chain of an instance whose
            key is on another laptop, which nobody could sign.
        paced: hands on the items of each long loop, and may pause in between.
        key: of headquarters, where that is here.

    Raises BadInput with every reason why it may not: altered, cut off, of another event, of a rehearsal.
    """
    report = check_segment(path, secret, paced, key)
    problems = list(report.problems)
    if report.instance and report.event != event.id:
        problems = [_("{name} belongs to another event.").format(name=report.name)]
    elif not problems:
        problems = _stranger_problems(report, event, vouched)
    if problems:
        raise BadInput([Problem(None, None, "SEGMENT", problem) for problem in problems])
    return report


def _stranger_problems(report: SegmentReport, event: Event, vouched: bool) -> list[str]:
    if report.locked_for:
        text = _(
            "{name} is locked for headquarters: only the laptop with the key {fingerprint} can take it in."
        )
        return [text.format(name=report.name, fingerprint=report.locked_for)]
    is_whole = report.first == 1  # a later run cannot be taken in before its beginning, which says it
    if report.is_rehearsal and not event.rehearsal:
        text = _("{name} is from a rehearsal: its records do not count in the event itself.")
    elif is_whole and event.rehearsal and not report.is_rehearsal:
        text = _("{name} is from the event itself: a rehearsal takes in nothing of it.")
    elif not report.lines:
        text = _("{name} holds no entries.")
    elif not report.is_signed and not vouched:
        text = _("{name} is not signed by its station. Take in the file that its own laptop exported.")
    else:
        return []
    return [text.format(name=report.name)]


def take_in(
    connection: WriteConnection,
    segment: SegmentReport,
    *,
    is_enough: Callable[[], bool] = lambda: False,
    at_once: int = _AT_ONCE,
) -> TakenSegment:
    """Add what is not known here of a segment that was proved, within the open transaction.

    ``is_enough()`` is asked after every so many entries and may end it early: what was taken in is a chain without
    gaps, and the same segment goes on from there. Raises Refusal where entries before it are missing or the chain
    that is here already says otherwise; then nothing may be kept.
    """
    held = journal.last_sequence(connection, segment.instance)
    known = instances.all_instances(connection).get(segment.instance)
    if known is not None and known.public_key != segment.public_key:
        text = _("{name}: the key is not the one that station {instance} has here.")
        raise Refusal(text.format(name=segment.name, instance=segment.instance))
    refuse_another_chain(connection, segment, held)
    if known is None:
        first = segment.lines[0].entry
        writer = Instance(segment.instance, segment.station, segment.public_key, _desk_number(segment))
        instances.add_instance(connection, writer, first.content.at_ms)
    new = segment.lines[max(0, held + 1 - segment.first) :]
    added = _insert(connection, segment, new, is_enough, at_once)
    if segment.is_signed:
        merge.remember_end(connection, segment.instance, segment.station, segment.last)
    if segment.head is not None and added == len(new) and held <= segment.last:
        merge.remember_head(connection, segment.instance, segment.last, segment.head)
    return TakenSegment(
        segment.instance, segment.station, added, len(segment.lines) - len(new), len(new) - added
    )


def _desk_number(segment: SegmentReport) -> int | None:
    number = segment.lines[0].entry.body.get("number", segment.number)
    return number if isinstance(number, int) and 1 <= number <= 999 else None


def _insert(
    connection: WriteConnection,
    segment: SegmentReport,
    lines: Sequence[SegmentLine],
    is_enough: Callable[[], bool],
    at_once: int,
) -> int:
    added = 0
    while added < len(lines) and not (added and is_enough()):
        some = lines[added : added + at_once]
        try:
            projections.add(connection, [(line.entry, line.particulars) for line in some])
        except ValueError as error:
            text = _(
                "{name}: among entries {first} to {last} of station {station} is one that no journal can hold."
            )
            raise Refusal(
                text.format(
                    name=segment.name,
                    first=some[0].entry.sequence,
                    last=some[-1].entry.sequence,
                    station=segment.station,
                )
            ) from error
        for line in some:
            if line.entry.content.kind == EntryKind.WALK_IN:
                merge.register(connection, line.entry, line.particulars)
        added += len(some)
    return added


def refuse_another_chain(connection: ReadConnection, segment: SegmentReport, held: int) -> None:
    """Raise Refusal where a segment does not go on with, or say the same as, the chain that is here."""
    if segment.first > held + 1:
        raise Refusal(
            _("{name}: entries {first} to {last} of station {station} are missing before it.").format(
                name=segment.name, first=held + 1, last=segment.first - 1, station=segment.station
            )
        )
    forked = _first_difference(connection, segment, held)
    if forked:
        raise Refusal(
            _(
                "{name}: station {station} ({instance}) wrote entry {number} twice, differently: "
                "two laptops work with copies of one folder. Nothing was taken in."
            ).format(name=segment.name, station=segment.station, instance=segment.instance, number=forked)
        )
    if segment.last > held and instances.writes_here(connection, segment.instance):
        raise Refusal(
            _(
                "{name} goes on with this laptop's own journal, beyond what is here: another laptop works with a copy "
                "of this folder. Nothing was taken in."
            ).format(name=segment.name)
        )


def _first_difference(connection: ReadConnection, segment: SegmentReport, held: int) -> int:
    """The first sequence at which a segment and the chain here differ, 0 for none.

    Each hash covers all before it, so that the last one both have tells whether there is any.
    """
    common = min(held, segment.last)
    told = (
        segment.first_previous if common < segment.first else segment.lines[common - segment.first].entry.hash
    )
    if journal.hash_at(connection, segment.instance, common) == told:
        return 0
    here = {e.sequence: e.hash for e in journal.entries(connection, segment.instance, segment.first)}
    different = (
        x.entry.sequence for x in segment.lines if here.get(x.entry.sequence, x.entry.hash) != x.entry.hash
    )
    if journal.hash_at(connection, segment.instance, segment.first - 1) != segment.first_previous:
        return segment.first - 1
    return next(different, segment.first)


def secret_and_event(connection: ReadConnection) -> tuple[bytes, Event]:
    """What proving a segment needs to know of the event it is to count in."""
    return event_store.secret_of(connection), event_store.event_of(connection)
