"""Makes the event pack: all that the laptops need of the event, in one file that only a passphrase opens."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from station.clock import Clock
from station.errors import BadInput, EnvironmentFault, Refusal
from station.exchange.event_files import event_files
from station.exchange.packed import (
    DATABASE,
    FILES,
    JOURNAL,
    SIGNATURE_BYTES,
    SIGNED,
    PackedFile,
    closed_header,
    new_header,
    opened_pack,
)
from station.exchange.segment import segment_lines
from station.i18n import _
from station.media.atomic import drive_of, write_file
from station.media.encryption import CHUNK_BYTES, Cost, Keys, keys_of, sealed, sealed_bytes
from station.media.faults import MEGABYTE, free_bytes, full_fault, reason, write_fault
from station.model.entry import canonical_json
from station.store import documents as document_store
from station.store import event as event_store
from station.store import instance as instances
from station.store import journal, migration, travel
from station.store import pack as pack_store
from station.store import roster as roster_store
from station.store.connection import ReadConnection, faults_named
from station.store.folder import EventFolder
from station.store.pack import PackRecord

Progress = Callable[[int, int], None]
SCRATCH_PREFIX = ".pack-"  # hidden beside the event, whose disk is the one that may hold its data
_READ_BYTES = CHUNK_BYTES


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack of an event would hold; missing: documents whose file is not there."""

    delegates: int
    documents: int
    sessions: int
    files: int
    bytes: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack that was written; verified: it was opened again from its medium, as a laptop will."""

    file: Path
    bytes: int
    number: int
    contents: Contents
    verified: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """What will be packed, where it lies, and when it was last changed (nanoseconds)."""

    packed: PackedFile
    path: Path
    changed_ns: int


def contents_of(files: EventFolder) -> Contents:
    """What there is to pack. Raises BadInput (names that not every laptop has), EnvironmentFault."""
    names = event_files(files.path)
    with files.reading() as connection:
        documents = document_store.documents(connection)
        return Contents(
            roster_store.delegate_count(connection),
            len(documents),
            len(event_store.sessions_of(connection)),
            len(names),
            sum(_size(files.path / name) for name in names),
            tuple(
                document.code
                for document in documents
                if document.file_name and f"documents/{document.file_name}" not in names
            ),
        )


def make_pack(
    files: EventFolder,
    to: Path,
    passphrase: str,
    clock: Clock,
    progress: Progress | None = None,
    cost: Cost | None = None,
    read_back: bool | None = None,
) -> MadePack:
    """Write an event pack; one on a stick is opened again from there before this returns.

    ``read_back`` None: where the pack lies on another drive than the event.
    ``progress(done, total)`` in kilobytes may raise Cancelled: then nothing is left behind.
    Raises Refusal (no passphrase), BadInput (names of files), EnvironmentFault.
    """
    if not passphrase:
        raise Refusal(_("A pack needs a passphrase: it holds personal data and the event's key."))
    now = _in_milliseconds(clock.now())
    contents = contents_of(files)
    with scratch(files.path) as place:
        with files.snapshot() as connection:
            number = _next_number(connection)
            _write_extracts(connection, place, now)
            about = _about(connection, files, contents, number, now)
        proving = _is_elsewhere(to, files.path) if read_back is None else read_back
        passes = 3 if proving else 2
        count = _Count(progress, passes * contents.bytes)
        parts = _measured(files.path, place, count)
        count.total = passes * sum(part.packed.bytes for part in parts)
        about["files"] = [[part.packed.name, part.packed.bytes, part.packed.sha256] for part in parts]
        manifest = canonical_json(about).encode()
        head = len(manifest).to_bytes(4, "big") + manifest + _signature(files, manifest)
        plain = len(head) + sum(part.packed.bytes for part in parts)
        header = new_header(number, now, plain, cost or Cost())
        keys = keys_of(passphrase, header.salt, header.cost)
        beginning, digest = closed_header(header, keys)
        size = len(beginning) + sealed_bytes(plain)
        _refuse_full(to, size)
        content = sealed(_plain(head, parts, count), keys.chunks, header.prefix, digest)
        write_file(to, _joined(beginning, content))
        if proving:
            _prove(to, keys, count)
    record = PackRecord(hashlib.sha256(manifest).hexdigest(), number, files.instance.id, now)
    files.write(lambda connection: pack_store.add_pack(connection, record, None))
    return MadePack(to, size, number, contents, proving)


class _Count:
    """Turns bytes into the progress that was asked for."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self.total = total
        self._done = 0

    def __call__(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            total = max(self.total, self._done, 1)
            self._progress(self._done // 1000, total // 1000 + 1)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A hidden place in an event folder for what is only needed meanwhile; what a power cut left goes first."""
    for left in folder.glob(f"{SCRATCH_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        place = TemporaryDirectory(prefix=SCRATCH_PREFIX, dir=folder, ignore_cleanup_errors=True)
    except OSError as error:
        raise write_fault(error, folder) from error
    with place as name:
        yield Path(name)


def _is_elsewhere(to: Path, folder: Path) -> bool:
    """Whether a file is to lie on another drive than a folder: a stick, which may keep less than it was given."""
    return to.parent.is_dir() and drive_of(to.parent) != drive_of(folder)


def _next_number(connection: ReadConnection) -> int:
    latest = pack_store.latest_pack(connection)
    return latest.number + 1 if latest else 1


def _write_extracts(connection: ReadConnection, place: Path, now: datetime) -> None:
    """What of the database travels: the tables, and every chain that is known as a sealed segment."""
    with faults_named(place / DATABASE):
        travel.write_snapshot(connection, place / DATABASE)
    (place / JOURNAL).mkdir()
    for instance in journal.instances_with_entries(connection):
        lines = segment_lines(connection, instance, now.isoformat(timespec="milliseconds"))
        write_file(place / JOURNAL / f"{instance}.segment", lines)


def _about(
    connection: ReadConnection, files: EventFolder, contents: Contents, number: int, now: datetime
) -> dict[str, Any]:
    event = event_store.event_of(connection)
    maker = files.instance
    proof = instances.instance_proof(event_store.secret_of(connection), event.id, maker.id, maker.public_key)
    return {
        "schema": migration.version_of(connection),
        "number": number,
        "created_at": now.isoformat(timespec="milliseconds"),
        "event": {
            "id": event.id,
            "name": event.name,
            "name_en": event.name_en,
            "starts_on": event.starts_on.isoformat(),
            "ends_on": event.ends_on.isoformat(),
            "zone": event.zone,
            "rehearsal": event.rehearsal,
        },
        "maker": {
            "instance": maker.id,
            "station": maker.station,
            "public_key": maker.public_key.hex(),
            "proof": proof,
        },
        "counts": {
            "delegates": contents.delegates,
            "documents": contents.documents,
            "sessions": contents.sessions,
            "files": contents.files,
        },
    }


def _measured(folder: Path, place: Path, count: _Count) -> list[_Part]:
    """Everything that is packed, with sizes and hashes: database and journal first, then the event's files."""
    segments = sorted(path.name for path in (place / JOURNAL).iterdir())
    listed = [(DATABASE, place / DATABASE)]
    listed += [(JOURNAL + name, place / JOURNAL / name) for name in segments]
    listed += [(FILES + name, folder / name) for name in event_files(folder)]
    parts = []
    for name, path in listed:
        size, digest, changed_ns = 0, hashlib.sha256(), _changed_ns(path)
        for piece in _pieces(path):
            size += len(piece)
            digest.update(piece)
            count(len(piece))
        parts.append(_Part(PackedFile(name, size, digest.hexdigest()), path, changed_ns))
    return parts


def _signature(files: EventFolder, manifest: bytes) -> bytes:
    with files.reading() as connection:
        signature = instances.sign(connection, files.instance.id, SIGNED + hashlib.sha256(manifest).digest())
    assert signature is not None, "who writes here has its private key here"
    assert len(signature) == SIGNATURE_BYTES
    return signature


def _plain(head: bytes, parts: list[_Part], count: _Count) -> Iterator[bytes]:
    yield head
    for part in parts:
        left = part.packed.bytes
        for piece in _pieces(part.path):
            left -= len(piece)
            if left < 0:
                break
            count(len(piece))
            yield piece
        if left or _changed_ns(part.path) != part.changed_ns:
            raise _changed(part.path)


def _changed(path: Path) -> EnvironmentFault:
    text = _("{path} changed while it was packed. Close the program that writes it, then pack again.")
    return EnvironmentFault(text.format(path=path))


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_READ_BYTES):
                yield piece
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> EnvironmentFault:
    text = _("{path} cannot be read ({reason}). Close the program that has it open, then pack again.")
    return EnvironmentFault(text.format(path=path, reason=reason(error)))


def _joined(beginning: bytes, content: Iterator[bytes]) -> Iterator[bytes]:
    yield beginning
    yield from content


def _refuse_full(to: Path, size: int) -> None:
    if not to.parent.is_dir():
        raise EnvironmentFault(
            _("{path} does not exist, or its folder does not. Choose another folder.").format(path=to)
        )
    if free_bytes(to.parent) < size + MEGABYTE:
        raise full_fault(to, size + MEGABYTE)


def _prove(to: Path, keys: Keys, count: _Count) -> None:
    """Open the pack as a laptop will, from its medium; one that cannot be opened does not stay."""
    try:
        with opened_pack(to, "", keys=keys) as pack:
            for _file, pieces in pack.parts():
                for piece in pieces:
                    count(len(piece))
    except (BadInput, EnvironmentFault) as error:
        _remove(to)
        text = _(
            "{path} could not be read back as it was written: {problem} "
            "It was removed; pack again, to another stick if that repeats."
        )
        raise EnvironmentFault(text.format(path=to, problem=error)) from error
    except BaseException:
        _remove(to)
        raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _size(path: Path) -> int:
    return _status(path).st_size


def _changed_ns(path: Path) -> int:
    return _status(path).st_mtime_ns


def _status(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error


def _in_milliseconds(instant: datetime) -> datetime:
    instant = instant.astimezone(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
