"""The second copy of an event on a stick that stays in: how it lies there, and writing it.

One folder an instance: ``event-NNNNNN.sqlite3`` (the database as it was), ``files/`` (documents, photos and the like),
``COPY-NNNNNN.json`` (a manifest over these), and the running journal: ``journal-a.segment`` and ``journal-b.segment``,
written in turn after every change, so that one of them is whole whenever the stick is pulled out.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from station.errors import BadInput, EnvironmentFault
from station.exchange.segment import segment_lines
from station.media.atomic import PART
from station.media.delivery import digest_of, write_synced
from station.media.held import HeldFolder
from station.media.manifest import Manifest, ManifestFile, as_bytes, described, read_manifest
from station.media.names import is_left_behind, is_portable, safe_name
from station.model.event import mark_of
from station.store import event as event_store
from station.store import journal
from station.store.backup import copy_database
from station.store.connection import DATABASE_NAME
from station.store.folder import EventFolder
from station.store.instance import NONCE_NAME, PLACE_NAME

FOLDER = "second-copy"
FILES = "files"
TAILS = ("journal-a.segment", "journal-b.segment")
MANIFEST = "COPY-*.json"
KIND = "second copy"
_STAGE = "outbox/second-copy.part"
_NOT_COPIED = ("outbox", "exports", "backups")
_GENERATIONS = 2
Measured = dict[Path, tuple[int, int, str]]


class CopyWriter:
    """Writes the second copy of an open event; used by one thread.

    Attributes:
        folder: the name of its folder on any stick.
    """

    def __init__(self, files: EventFolder) -> None:
        self._files = files
        self._measured: Measured = {}
        self._tails = 0
        with files.reading() as connection:
            event = event_store.event_of(connection)
        name = " ".join(filter(None, (mark_of(event), FOLDER, event.name)))
        self.folder = f"{safe_name(name[:60])}-{files.instance.id}"
        self._event = event

    def write_all(self, place: HeldFolder, now: datetime) -> int:
        """Write database and changed files to a stick, read back; returns the bytes.

        Raises OSError, EnvironmentFault.
        """
        stage = self._files.path / _STAGE
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
        try:
            return self._write_all(place, stage, now.astimezone(UTC))
        finally:
            shutil.rmtree(stage, ignore_errors=True)

    def write_journal(self, place: HeldFolder, now: datetime) -> int:
        """Write this station's journal to a stick, in place of the older of two; returns its last entry's number."""
        stage = self._files.path / _STAGE
        stage.mkdir(parents=True, exist_ok=True)
        name = TAILS[self._tails % 2]
        try:
            with self._files.snapshot() as connection, (stage / name).open("wb") as file:
                last = journal.last_entry(connection, self._files.instance.id)
                sealed_at = now.astimezone(UTC).isoformat(timespec="milliseconds")
                file.writelines(segment_lines(connection, self._files.instance.id, sealed_at))
            write_synced(stage / name, place, f"{self.folder}/{name}")
            place.sync(self.folder)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        self._tails += 1
        return last.sequence if last else 0

    def _write_all(self, place: HeldFolder, stage: Path, now: datetime) -> int:
        place.make_folder(f"{self.folder}/{FILES}")
        number = self._next_number(place)
        copy_database(self._files.database, stage / DATABASE_NAME)
        database = f"event-{number:06}.sqlite3"
        (stage / DATABASE_NAME).rename(stage / database)
        listed, written = self._write_files(place)
        listed.append(self._write_proved(place, stage, database))
        about = {
            "kind": KIND,
            "event": {"id": self._event.id, "name": self._event.name},
            "rehearsal": self._event.rehearsal,
            "station": {"instance": self._files.instance.id, "name": self._files.instance.station},
            "database": database,
        }
        manifest = f"COPY-{number:06}.json"
        (stage / manifest).write_bytes(as_bytes(listed, about, now))
        write_synced(stage / manifest, place, f"{self.folder}/{manifest}{PART}")
        place.sync_tree(self.folder)
        place.rename(f"{self.folder}/{manifest}{PART}", f"{self.folder}/{manifest}")
        place.sync(self.folder)
        self._remove_older(place)
        return written + listed[-1].bytes

    def _next_number(self, place: HeldFolder) -> int:
        """Numbers, not times, tell which is newer: a clock may be set back."""
        parts = [name.removeprefix("COPY-").partition(".")[0] for name in place.names(self.folder)]
        return 1 + max((int(part) for part in parts if part.isascii() and part.isdigit()), default=0)

    def _write_proved(self, place: HeldFolder, stage: Path, name: str) -> ManifestFile:
        file = described(stage, name)
        write_synced(stage / name, place, f"{self.folder}/{name}")
        if digest_of(place, f"{self.folder}/{name}") != file.sha256:
            raise OSError(5, "read back differently", str(place.path / self.folder / name))
        return file

    def _write_files(self, place: HeldFolder) -> tuple[list[ManifestFile], int]:
        """Bring what is new or changed among the event's files to the stick; returns all of them, bytes written."""
        there = dict(place.files(f"{self.folder}/{FILES}"))
        known = {file.name: file.sha256 for file in _latest_files(place, self.folder)}
        listed, written = [], 0
        for path in _event_files(self._files.path):
            name = path.relative_to(self._files.path).as_posix()
            size, digest = self._measure(path)
            target = f"{FILES}/{name}"
            if there.get(name) != size or known.get(target) != digest:
                write_synced(path, place, f"{self.folder}/{target}{PART}")
                place.rename(f"{self.folder}/{target}{PART}", f"{self.folder}/{target}")
                written += size
            listed.append(ManifestFile(target, size, digest))
        return listed, written

    def _measure(self, path: Path) -> tuple[int, str]:
        """Size and SHA-256 of a file, read again only where its size or time is another one."""
        about = path.stat()
        known = self._measured.get(path)
        if known is None or known[:2] != (about.st_size, about.st_mtime_ns):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            known = self._measured[path] = (about.st_size, about.st_mtime_ns, digest)
        return known[0], known[2]

    def _remove_older(self, place: HeldFolder) -> None:
        names = place.names(self.folder)
        for prefix, suffix in (("COPY-", ".json"), ("event-", ".sqlite3")):
            made = [name for name in names if name.startswith(prefix) and name.endswith(suffix)]
            for name in made[:-_GENERATIONS]:
                place.remove(f"{self.folder}/{name}")


def is_copy(manifest: Manifest) -> bool:
    """Whether a manifest is of a second copy, with all that going on from it needs to know."""
    about = manifest.about
    return (
        about.get("kind") == KIND
        and isinstance(about.get("event"), dict)
        and isinstance(about.get("station"), dict)
        and any(file.name == about.get("database") for file in manifest.files)
    )


def _latest_files(place: HeldFolder, folder: str) -> tuple[ManifestFile, ...]:
    names = [n for n in place.names(folder) if n.startswith("COPY-") and n.endswith(".json")]
    try:
        return read_manifest(place.path / folder, names[-1]).files if names else ()
    except (BadInput, EnvironmentFault):
        return ()


def _event_files(folder: Path) -> Iterator[Path]:
    """Every file that another laptop needs besides the database, in order; links are not followed."""
    for place, folders, names in os.walk(folder):
        if Path(place) == folder:
            folders[:] = [name for name in folders if name not in _NOT_COPIED]
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if _is_copied(path.relative_to(folder).as_posix()) and path.is_file() and not path.is_symlink():
                yield path


def _is_copied(name: str) -> bool:
    return (
        is_portable(name)
        and not name.startswith((DATABASE_NAME, NONCE_NAME, PLACE_NAME, "station.lock", "."))
        and not name.endswith(PART)
        and not is_left_behind(name)
    )
