"""The sealed journal segment, version 1: one instance's entries as lines of JSON. Format: docs/segment.md."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.i18n import _
from station.model.entry import FIRST_PREVIOUS, Entry, EntryContent, canonical_json, chained
from station.store import event as event_store
from station.store import instance as instances
from station.store import journal
from station.store.connection import ReadConnection
from station.store.journal import salted_hash

FORMAT = "checkin-segment"
VERSION = 1
LONGEST_LINE = 262_144  # bytes; an entry's body holds at most 65,536 characters


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


def segment_lines(connection: ReadConnection, instance: str, sealed_at: str) -> Iterator[bytes]:
    """The lines of a segment that holds the whole chain of an instance, as written to a file."""
    digest = hashlib.sha256()
    for value in _head_and_entries(connection, instance, sealed_at):
        line = canonical_json(value).encode() + b"\n"
        digest.update(line)
        yield line
    signature = instances.sign(connection, instance, digest.digest())
    seal = {"seal": {"sha256": digest.hexdigest(), "signature": signature.hex() if signature else None}}
    yield canonical_json(seal).encode() + b"\n"


def _head_and_entries(connection: ReadConnection, instance: str, sealed_at: str) -> Iterator[dict[str, Any]]:
    who = instances.all_instances(connection)[instance]
    event = event_store.event_of(connection)
    secret = event_store.secret_of(connection)
    last = journal.last_entry(connection, instance)
    yield {
        "format": FORMAT,
        "version": VERSION,
        "event": event.id,
        "instance": instance,
        "station": who.station,
        "public_key": who.public_key.hex(),
        "proof": instances.instance_proof(secret, event.id, instance, who.public_key),
        "first": 1,
        "first_previous": FIRST_PREVIOUS,
        "last": last.sequence if last else 0,
        "last_hash": last.hash if last else FIRST_PREVIOUS,
        "sealed_at": sealed_at,
    }
    for entry in journal.entries(connection, instance):
        particulars = journal.particulars_of(connection, entry)
        line: dict[str, Any] = {"entry": [*entry.content, entry.previous, entry.hash]}
        if particulars:
            line["particulars"] = {
                name: [salt.hex() if salt else None, text] for name, (salt, text) in particulars.items()
            }
        yield line


def check_segment(path: Path, secret: bytes | None = None) -> SegmentReport:
    """Read a segment and prove it: seal, signature, chain, particulars. A total function on any bytes.

    ``secret`` is the event's key, for who has it: then the proof that the instance belongs to the event is
    checked too.
    """
    name = path.name
    report = SegmentReport(name)
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except OSError as error:
        report.problems.append(_("{name} cannot be read: {reason}.").format(name=name, reason=error.strerror))
        return report
    values = [_object(line) for line in lines]
    if len(values) < 2 or values[0] is None or values[0].get("format") != FORMAT:
        report.problems.append(_("{name} is not a journal segment.").format(name=name))
        return report
    head = values[0]
    if head.get("version") != VERSION:
        report.problems.append(
            _("{name} was made by a newer version of this program: install it to read this file.").format(
                name=name
            )
        )
        return report
    report.event, report.instance = str(head.get("event")), str(head.get("instance"))
    report.station, report.public_key = str(head.get("station")), _key_of(head)
    report.problems += _seal_problems(name, head, values[-1], hashlib.sha256(b"".join(lines[:-1])))
    report.is_signed = _signature_of(values[-1]) is not None
    if secret is not None:
        report.problems += _proof_problems(name, head, secret)
    _check_entries(name, head, values[1:-1], report)
    return report


def _check_entries(
    name: str, head: dict[str, Any], values: list[dict[str, Any] | None], report: SegmentReport
) -> None:
    for number, value in enumerate(values, 2):
        entry = _entry_of(value)
        if entry is None or value is None or entry.instance != report.instance:
            report.problems.append(_("{name}, line {line}: this is no entry.").format(name=name, line=number))
            continue
        report.lines.append(SegmentLine(entry, _words_of(value)))
        problem, erased = particulars_problem(entry, value.get("particulars") or {})
        report.erased += erased
        report.problems += [problem] if problem else []
    chain = [line.entry for line in report.lines]
    report.entries = len(chain)
    report.problems += journal.chain_problems(chain)
    if chain:
        report.last, report.last_hash = chain[-1].sequence, chain[-1].hash
    if (head.get("last"), head.get("last_hash")) != (report.last, report.last_hash):
        report.problems.append(
            _("{name} ends at entry {last}, but was sealed at entry {sealed}: entries are missing.").format(
                name=name, last=report.last, sealed=head.get("last")
            )
        )
    report.is_rehearsal = bool(chain) and bool(chain[0].body.get(instances.REHEARSAL))
    if chain and chain[0].body.get("public_key") not in (None, head.get("public_key")):
        report.problems.append(_("{name}: the key is not the one the station began with.").format(name=name))


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


def _seal_problems(name: str, head: dict[str, Any], last: dict[str, Any] | None, digest: Any) -> list[str]:
    seal = last.get("seal") if last else None
    if not isinstance(seal, dict):
        return [_("{name} is cut off: its seal is missing.").format(name=name)]
    if seal.get("sha256") != digest.hexdigest():
        return [_("{name} was changed after it was sealed.").format(name=name)]
    signature = _signature_of(last)
    if signature is None:
        return []  # the chain of an instance whose key is on another laptop
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.get("public_key", "")))
        key.verify(bytes.fromhex(signature), digest.digest())
    except (ValueError, TypeError, InvalidSignature):
        return [_("{name}: the signature is not the station's.").format(name=name)]
    return []


def _proof_problems(name: str, head: dict[str, Any], secret: bytes) -> list[str]:
    proof = instances.instance_proof(secret, str(head.get("event")), str(head.get("instance")), _key_of(head))
    if hmac.compare_digest(proof.encode(), str(head.get("proof")).encode("utf-8", "replace")):
        return []
    return [_("{name}: the station does not belong to this event.").format(name=name)]


def _signature_of(last: dict[str, Any] | None) -> Any:
    seal = last.get("seal") if last else None
    return seal.get("signature") if isinstance(seal, dict) else None


def _key_of(head: dict[str, Any]) -> bytes:
    try:
        return bytes.fromhex(head.get("public_key", ""))
    except (ValueError, TypeError):
        return b""


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
        body = json.loads(entry.content.body)
        chained(entry.content, entry.previous)  # half of a surrogate pair has no bytes to be hashed
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(body, dict) else None
