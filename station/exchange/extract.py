"""Gets the parts of an opened pack onto a disk: who made it is proved, its names are looked at before they are used."""

import hashlib
import hmac
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.errors import BadInput, EnvironmentFault, Refusal
from station.exchange.event_files import is_events_own, name_problems
from station.exchange.intake import proved_segment
from station.exchange.packed import DATABASE, FILES, JOURNAL, SIGNED, OpenPack, PackedFile, bad, damaged
from station.exchange.segment import SegmentReport
from station.i18n import _
from station.media.atomic import sync_folder
from station.media.faults import free_bytes, full_fault, write_fault
from station.media.names import is_portable
from station.model.event import Event
from station.store import event as event_store
from station.store import instance as instances
from station.store import migration, travel
from station.store.connection import ReadConnection, damage_named

_SPARE_BYTES = 16_000_000  # for the database's log, and what the desk writes meanwhile


@dataclass(frozen=True, slots=True)
class Proved:
    """What a pack says and proves of the event: the event, its key, and every chain that travels."""

    event: Event
    secret: bytes
    segments: tuple[SegmentReport, ...]


def check(pack: OpenPack, path: Path) -> None:
    """Refuse a pack that is not the maker's work, that is newer than this program, or has names that lead elsewhere.

    Raises BadInput, Refusal.
    """
    about = pack.manifest.about
    if _number(about.get("schema")) > migration.steps()[-1][0]:
        raise Refusal(
            _("{path} was made by a newer version of this program: install it to open the pack.").format(
                path=path.name
            )
        )
    _check_signature(pack, path)
    names = [file.name for file in pack.manifest.files]
    event_names = [name.removeprefix(FILES) for name in names if name.startswith(FILES)]
    others = [name for name in names if not name.startswith(FILES)]
    if others.count(DATABASE) != 1 or not all(
        name == DATABASE or (name.startswith(JOURNAL) and is_portable(name) and name.count("/") == 1)
        for name in others
    ):
        raise damaged(path)
    if name_problems(names) or not all(map(is_events_own, event_names)):
        wrong = next((n for n in event_names if not is_portable(n) or not is_events_own(n)), names[0])
        text = _("{path} holds a file whose name leads elsewhere ({name}): nothing was taken from it.")
        raise bad("NAME", text.format(path=path.name, name=wrong[:100]))


def _check_signature(pack: OpenPack, path: Path) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(pack.manifest.about["maker"]["public_key"]))
        key.verify(pack.signature, SIGNED + bytes.fromhex(pack.manifest.digest))
    except (KeyError, ValueError, TypeError, InvalidSignature) as error:
        text = _("{path}: the signature is not that of the office that it names. Nothing was taken from it.")
        raise bad("SIGNATURE", text.format(path=path.name)) from error


def refuse_full(folder: Path, files: Sequence[PackedFile]) -> None:
    """Raises EnvironmentFault where parts of a pack would not fit on the disk of an existing folder."""
    needed = sum(file.bytes for file in files) + _SPARE_BYTES
    if free_bytes(folder) < needed:
        raise full_fault(folder, needed)


def extract(pack: OpenPack, place: Path, files_to: Path, wanted: Collection[str] | None = None) -> None:
    """Read a pack to its end and write database and journal into ``place``, the event's files below ``files_to``.

    ``wanted`` names the event's files that are written, None for all. Raises BadInput, EnvironmentFault.
    """
    (place / JOURNAL).mkdir(exist_ok=True)
    for file, pieces in pack.parts():
        name = file.name.removeprefix(FILES)
        if name == file.name:
            _write(place / name, pieces)
        elif wanted is None or name in wanted:
            _write(files_to / name, pieces)
        else:
            for _piece in pieces:
                pass


@contextmanager
def snapshot_of(path: Path, place: Path) -> Iterator[ReadConnection]:
    """The database that was extracted, at this program's schema. Raises BadInput where it is none."""
    try:
        with damage_named(place / DATABASE), travel.snapshot_opened(place / DATABASE) as snapshot:
            yield snapshot
    except EnvironmentFault as error:
        if str(place) in str(error):
            raise damaged(path) from error
        raise


def proved(pack: OpenPack, path: Path, place: Path, snapshot: ReadConnection) -> Proved:
    """Prove what was extracted: that maker and chains belong to the event of the snapshot. Raises BadInput."""
    event, secret = event_store.event_of(snapshot), event_store.secret_of(snapshot)
    maker: dict[str, Any] = pack.manifest.about["maker"]
    key = bytes.fromhex(maker["public_key"])
    proof = instances.instance_proof(secret, event.id, str(maker.get("instance")), key)
    told = pack.manifest.event
    belongs = hmac.compare_digest(proof.encode(), str(maker.get("proof")).encode("utf-8", "replace"))
    if not belongs or (told.get("id"), bool(told.get("rehearsal"))) != (event.id, event.rehearsal):
        text = _("{path}: who made it does not belong to its event. Nothing was taken from it.")
        raise bad("MAKER", text.format(path=path.name))
    try:
        segments = tuple(
            proved_segment(found, event, secret, vouched=True)
            for found in sorted((place / JOURNAL).glob("*.segment"))
        )
    except BadInput as error:
        text = _("{path}: the office's journal in it is not whole. {problem}")
        raise bad("JOURNAL", text.format(path=path.name, problem=error.problems[0].message)) from error
    if not any((s.instance, s.public_key) == (maker.get("instance"), key) for s in segments):
        raise damaged(path)
    return Proved(event, secret, segments)


def is_there(folder: Path, file: PackedFile) -> bool:
    """Whether one of the event's files lies in its folder just as the pack has it."""
    path = folder / file.name.removeprefix(FILES)
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size != file.bytes:
            return False
        return sha256_of(path) == file.sha256
    except OSError:
        return False


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put_in_place(staged: Path, folder: Path, names: Collection[str]) -> None:
    """Move staged files to their places in the event folder, each whole. Raises Refusal, EnvironmentFault."""
    for name in sorted(names):
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.parent.resolve().is_relative_to(folder.resolve()):
                raise Refusal(
                    _(
                        "{path} leads out of the event folder: remove that link, then open the pack again."
                    ).format(path=target.parent)
                )
            (staged / name).replace(target)
            sync_folder(target.parent)
        except OSError as error:
            raise write_fault(error, target) from error


def _write(path: Path, pieces: Iterator[memoryview]) -> None:
    """Write a new file durably."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise write_fault(error, path) from error


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0
