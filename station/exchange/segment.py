"""The sealed journal segment: a run of one instance's entries under a signed head. Format: docs/segment.md."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from station.exchange import head as heads
from station.exchange import segment_1
from station.exchange.head import VERSION, Head
from station.exchange.headquarters import HeadquartersKey, Lock
from station.i18n import _
from station.model.entry import FIRST_PREVIOUS, Entry, EntryContent, canonical_json
from station.right_of_way import give_way
from station.store import instance as instances
from station.store import journal
from station.store.connection import ReadConnection
from station.store.journal import salted_hash

LONGEST_LINE = 262_144  # bytes; an entry's body holds at most 65,536 characters
MOST_BYTES = 4_000_000_000  # of all lines: about ten million entries
_PIECE = 1 << 16
Paced = Callable[[Iterable[Any]], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """One entry with its personal words: salt and text by field, both None where the person was erased."""

    entry: Entry
    particulars: dict[str, tuple[bytes | None, str | None]]


@dataclass(slots=True)
class SegmentReport:
    """What reading a segment showed.

    Attributes:
        name: of the file. event, instance, station, public_key: who wrote it, empty if unreadable.
        is_signed: by the instance itself. is_rehearsal: its chain says that it counts for nothing.
        entries: how many were read; lines: these entries, for who takes them in.
        last, last_hash: of the last entry that was read.
        erased: particulars of erased persons. problems: sentences, empty when all is well.
        first, first_previous: sequence of the first entry, and the hash of the one before it.
        number: of the desk, None where people gave none. sealed_at: ISO 8601, by the station's clock.
        head: what of the signed head proves the chain to others; None for version 1.
        locked_for: fingerprint of the key that is wanted to read the entries, '' where they were read.
    """

    name: str = ""
    event: str = ""
    instance: str = ""
    station: str = ""
    public_key: bytes = b""
    is_signed: bool = False
    is_rehearsal: bool = False
    entries: int = 0
    lines: list[SegmentLine] = field(default_factory=list)
    last: int = 0
    last_hash: str = FIRST_PREVIOUS
    erased: int = 0
    problems: list[str] = field(default_factory=list)
    first: int = 1
    first_previous: str = FIRST_PREVIOUS
    number: int | None = None
    sealed_at: str = ""
    head: Head | None = None
    locked_for: str = ""


def segment_name(connection: ReadConnection, instance: str, first: int = 1) -> str:
    """The name of the file for a run of a chain up to its newest entry: station, first and last sequence."""
    return f"journal-{instance}-{first}-{journal.last_sequence(connection, instance)}.segment"


def segment_lines(
    connection: ReadConnection, instance: str, sealed_at: str, first: int = 1, lock: Lock | None = None
) -> Iterator[bytes]:
    """A segment of an instance's chain from one sequence to its newest entry, piece by piece as written to a file.

    With a lock only headquarters can read its entries; whose chain it is and where it ends stays to be seen.
    """
    head = heads.sealed_head(connection, instance, sealed_at)
    first = min(first, head["last"] + 1)
    packer, packed, count = zlib.compressobj(6), [], 0
    for line in _entry_lines(connection, instance, first):
        packed.append(packer.compress(line))
        count += 1
    packed.append(packer.flush())
    content = b"".join(packed)
    if lock is not None:
        content = lock.close(content)
    of_the_file = {
        "first": first,
        "first_previous": journal.hash_at(connection, instance, first - 1),
        "count": count,
        "content_sha256": hashlib.sha256(content).hexdigest(),
        **({"locked_for": lock.fingerprint} if lock else {}),
    }
    yield canonical_json({**head, **of_the_file}).encode() + b"\n"
    yield content


def _entry_lines(connection: ReadConnection, instance: str, first: int) -> Iterator[bytes]:
    for entry in journal.entries(connection, instance, first):
        give_way()
        line: dict[str, Any] = {"entry": [*entry.content, entry.previous, entry.hash]}
        if "particulars" in entry.content.body:
            particulars = journal.particulars_of(connection, entry)
            line["particulars"] = {
                name: [salt.hex() if salt else None, text] for name, (salt, text) in particulars.items()
            }
        yield canonical_json(line).encode() + b"\n"


def check_segment(
    path: Path, secret: bytes | None = None, paced: Paced = iter, key: HeadquartersKey | None = None
) -> SegmentReport:
    """Read a segment and prove it: signed head, chain, particulars. A total function on any bytes.

    ``secret`` is the event's key, for who has it: then the proof that the instance belongs to the event is
    checked too. ``paced`` hands on the items of each long loop, and may pause in between. ``key`` opens what is locked
    for headquarters; without it only the head and the hash of the whole are proved.
    """
    report = SegmentReport(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        report.problems.append(
            _("{name} cannot be read: {reason}.").format(name=path.name, reason=error.strerror)
        )
        return report
    line, _end, content = data.partition(b"\n")
    head = heads.read_head(line)
    version = head.get("version") if head else None
    if head is None or not heads.is_number(version):
        report.problems.append(_("{name} is not a journal segment.").format(name=path.name))
    elif version not in (segment_1.VERSION, VERSION):
        report.problems.append(
            _("{name} was made by a newer version of this program: install it to read this file.").format(
                name=path.name
            )
        )
    else:
        _tell_head(report, head)
        if secret is not None:
            report.problems += heads.proof_problems(path.name, head, secret)
        if version == VERSION:
            _check_content(report, head, content, paced, key)
        else:
            _check_first_version(report, head, data, paced)
    return report


def _tell_head(report: SegmentReport, head: Head) -> None:
    report.event, report.instance = str(head.get("event")), str(head.get("instance"))
    report.station, report.public_key = str(head.get("station")), heads.key_of(head)
    number = head.get("number")
    report.number = number if heads.is_number(number) else None
    report.sealed_at = str(head.get("sealed_at"))
    first = head.get("first")
    report.first = first if isinstance(first, int) and heads.is_number(first) and first > 0 else 1
    report.first_previous = str(head.get("first_previous"))


def _check_first_version(report: SegmentReport, head: Head, data: bytes, paced: Paced) -> None:
    lines = data.splitlines(keepends=True)
    seal = _object(lines[-1])
    report.first, report.first_previous = 1, FIRST_PREVIOUS
    report.problems += segment_1.seal_problems(report.name, head, seal, b"".join(lines[:-1]))
    report.is_signed = segment_1.signature_of(seal) is not None
    _check_entries(report, head, map(_object, lines[1:-1]), paced)


def _check_content(
    report: SegmentReport, head: Head, content: bytes, paced: Paced, key: HeadquartersKey | None
) -> None:
    name = report.name
    problems = heads.signature_problems(name, head)
    report.is_signed = head.get("signature") is not None and not problems
    report.head = heads.to_keep(head) if report.is_signed else None
    report.problems += problems
    is_whole = head.get("content_sha256") == hashlib.sha256(content).hexdigest()
    locked_for = head.get("locked_for")
    if locked_for is not None and (key is None or key.lock.fingerprint != locked_for):
        _tell_locked(report, head, is_whole)
        return
    try:
        if locked_for is not None and key is not None:
            content = key.open(content)
        _check_entries(report, head, map(_object, _unpacked(content)), paced)
    except (zlib.error, ValueError):
        last = report.lines[-1].entry.sequence if report.lines else report.first - 1
        text = _(
            "{name} is cut off or damaged behind entry {last} of station {station}: bring its file again."
        )
        report.problems.append(text.format(name=name, last=last, station=report.station))
    else:
        if not is_whole:
            text = _("{name} was changed after it was sealed: bring the file of this station again.")
            report.problems.append(text.format(name=name))
    if not report.problems and head.get("count") != report.entries:
        report.problems.append(
            _("{name} holds {count} entries, but was sealed with {sealed}.").format(
                name=name, count=report.entries, sealed=head.get("count")
            )
        )


def _tell_locked(report: SegmentReport, head: Head, is_whole: bool) -> None:
    """What the head says of entries that cannot be read here."""
    report.locked_for = str(head.get("locked_for"))[:64]
    report.last_hash = str(head.get("last_hash"))
    last, count = head.get("last"), head.get("count")
    report.last = last if isinstance(last, int) and heads.is_number(last) else 0
    report.entries = count if isinstance(count, int) and heads.is_number(count) else 0
    if not is_whole:
        text = _("{name} was changed after it was sealed: bring the file of this station again.")
        report.problems.append(text.format(name=report.name))


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The lines of compressed content, piece by piece. Raises zlib.error, ValueError where it is none or too much."""
    unpacker = zlib.decompressobj()
    rest, total, piece = b"", 0, unpacker.decompress(content, _PIECE)
    while piece:
        total += len(piece)
        *lines, rest = (rest + piece).split(b"\n")
        if len(rest) > LONGEST_LINE or total > MOST_BYTES:
            raise ValueError("too long")
        yield from lines
        piece = unpacker.decompress(unpacker.unconsumed_tail, _PIECE)
    if rest or not unpacker.eof or unpacker.unused_data:
        raise ValueError("cut off")


def _check_entries(
    report: SegmentReport, head: Head, values: Iterator[dict[str, Any] | None], paced: Paced
) -> None:
    name = report.name
    for number, value in enumerate(paced(values), report.first):
        entry = _entry_of(value)
        if entry is None or value is None or entry.instance != report.instance:
            report.problems.append(
                _(
                    "{name}: what stands in the place of entry {number} is no entry of station {station}."
                ).format(name=name, number=number, station=report.station)
            )
            continue
        report.lines.append(SegmentLine(entry, _words_of(value)))
        stored = value.get("particulars", {})
        if stored != {} or "particulars" in entry.content.body:
            problem, erased = particulars_problem(entry, stored)
            report.erased += erased
            report.problems += [problem] if problem else []
    chain = [line.entry for line in report.lines]
    report.entries = len(chain)
    report.last, report.last_hash = report.first - 1, report.first_previous
    report.problems += journal.chain_problems(paced(chain), report.first, report.first_previous)
    if chain:
        report.last, report.last_hash = chain[-1].sequence, chain[-1].hash
    if (head.get("last"), head.get("last_hash")) != (report.last, report.last_hash):
        report.problems.append(
            _("{name} ends at entry {last}, but was sealed at entry {sealed}: entries are missing.").format(
                name=name, last=report.last, sealed=head.get("last")
            )
        )
    _check_beginning(report, head, chain[0] if chain else None)


def _check_beginning(report: SegmentReport, head: Head, first: Entry | None) -> None:
    """What the first entry of a whole chain says of its station has to be what the head says."""
    if first is None or first.sequence != 1:
        return
    report.is_rehearsal = bool(first.body.get(instances.REHEARSAL))
    if first.body.get("public_key") not in (None, head.get("public_key")):
        report.problems.append(
            _("{name}: the key is not the one the station began with.").format(name=report.name)
        )


def particulars_problem(entry: Entry, stored: Any) -> tuple[str, int]:
    """What is wrong with an entry's personal words ('' if nothing), and how many of them were erased."""
    promised = entry.body.get("particulars") or {}
    if not isinstance(stored, dict) or not isinstance(promised, dict) or set(stored) != set(promised):
        return _("Entry {entry}: its personal words are missing or not its own.").format(entry=entry.id), 0
    erased = 0
    for name, pair in stored.items():
        salt, text = pair if isinstance(pair, (list, tuple)) and len(pair) == 2 else (b"", "")
        if salt is None and text is None:
            erased += 1
            continue
        try:
            salt_bytes = salt if isinstance(salt, bytes) else bytes.fromhex(salt)
            matches = salted_hash(salt_bytes, str(text)) == promised[name]
        except (ValueError, TypeError):  # UnicodeEncodeError is a ValueError
            matches = False
        if not matches:
            return _("Entry {entry}: its personal words were changed.").format(entry=entry.id), erased
    return "", erased


def _words_of(value: dict[str, Any]) -> dict[str, tuple[bytes | None, str | None]]:
    """The personal words of a line as they are stored; those that are no words are told as problems elsewhere."""
    stored = value.get("particulars")
    words: dict[str, tuple[bytes | None, str | None]] = {}
    for name, pair in stored.items() if isinstance(stored, dict) else ():
        try:
            salt, text = pair
            words[name] = (None if salt is None else bytes.fromhex(salt), text)
        except (ValueError, TypeError):
            continue
    return words


def _object(line: bytes) -> dict[str, Any] | None:
    if len(line) > LONGEST_LINE:
        return None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


_TEXT, _NUMBER, _TEXT_OR_NONE = (str,), (int,), (str, type(None))
_COLUMN_TYPES: tuple[tuple[type, ...], ...] = (
    *(_TEXT, _NUMBER, _TEXT, _NUMBER, _NUMBER, _NUMBER, _NUMBER),
    *[_TEXT_OR_NONE] * 5,
    *(_TEXT, _TEXT, _TEXT),
)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)  # NaN and the like are no JSON, though Python reads them


def _entry_of(value: dict[str, Any] | None) -> Entry | None:
    columns = value.get("entry") if value else None
    if not isinstance(columns, list) or len(columns) != len(_COLUMN_TYPES):
        return None
    if not all(
        isinstance(c, t) and not isinstance(c, bool) for c, t in zip(columns, _COLUMN_TYPES, strict=True)
    ):
        return None
    entry = Entry(EntryContent(*columns[:13]), columns[13], columns[14])
    try:
        body = json.loads(entry.content.body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(body, dict) else None
