"""The manifest (bảng kê) of an exported folder: names, sizes and SHA-256, written last and proved by reading back.

``MANIFEST.json`` is UTF-8 JSON: ``{"format": "checkin-station manifest", "version": 1, "created_at": ISO 8601 in
UTC, "about": {…}, "files": [{"name": path below the folder with "/", "bytes": n, "sha256": 64 hex digits}]}``.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from station.errors import BadInput, EnvironmentFault, Problem
from station.i18n import _
from station.media.atomic import write_file
from station.media.faults import write_fault
from station.media.names import is_left_behind

MANIFEST_NAME = "MANIFEST.json"
FORMAT = "checkin-station manifest"
VERSION = 1
LARGEST_MANIFEST_BYTES = 32_000_000
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """One file of the folder.

    Attributes:
        name: its path below the folder, parts joined by ``/``.
        sha256: lower-case hexadecimal.
    """

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder must hold.

    Attributes:
        created_at: ISO 8601 in UTC.
        about: whatever the writer said of the whole: event, station, counts.
    """

    created_at: str
    about: Mapping[str, Any]
    files: tuple[ManifestFile, ...]


def write_manifest(folder: Path, about: Mapping[str, Any], created_at: datetime) -> Path:
    """Write ``MANIFEST.json`` over every file below the folder; ``about`` is a JSON object.

    Raises EnvironmentFault.
    """
    try:
        files = [described(folder, name) for name in _names_below(folder)]
    except OSError as error:
        raise write_fault(error, folder) from error
    return write_listed(folder, files, about, created_at)


def write_listed(
    folder: Path, files: Sequence[ManifestFile], about: Mapping[str, Any], created_at: datetime
) -> Path:
    """Write ``MANIFEST.json`` over some files of a folder that holds others, too. Raises EnvironmentFault."""
    path = folder / MANIFEST_NAME
    write_file(path, as_bytes(files, about, created_at))
    return path


def as_bytes(files: Sequence[ManifestFile], about: Mapping[str, Any], created_at: datetime) -> bytes:
    """What a manifest holds, as it is written."""
    stamp = created_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    content = {"format": FORMAT, "version": VERSION, "created_at": stamp, "about": about}
    content["files"] = [asdict(file) for file in files]
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read_manifest(folder: Path, name: str = MANIFEST_NAME) -> Manifest:
    """The manifest of a folder. Raises BadInput when there is none or it is not one; a total function."""
    path = folder / name
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_MANIFEST_BYTES + 1)
    except OSError as error:
        raise _bad(_("{path} cannot be read ({reason}).").format(path=path, reason=error.strerror)) from error
    if len(raw) > LARGEST_MANIFEST_BYTES:
        raise _bad(_("{path} is too large for a manifest.").format(path=path))
    try:
        return _parsed(json.loads(raw))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _bad(_("{path} is damaged or is not a manifest of this program.").format(path=path)) from error


def verify_manifest(folder: Path) -> list[str]:
    """What is wrong with an exported folder, a sentence each; empty when it is exactly as it was written.

    Every file is opened again and hashed from the disk, not from the memory of the operating system where that
    can be asked for. A total function: never raises on any content of the folder.
    """
    try:
        manifest = read_manifest(folder)
    except BadInput as bad:
        return [problem.message for problem in bad.problems]
    problems = problems_of(folder, manifest.files)
    listed = {file.name for file in manifest.files}
    try:
        extra = [name for name in _names_below(folder) if name not in listed and not is_left_behind(name)]
    except OSError as error:
        return [*problems, _("{path} cannot be read ({reason}).").format(path=folder, reason=error.strerror)]
    return problems + [_("{name} is not in the manifest.").format(name=name) for name in extra]


def problems_of(folder: Path, files: Iterable[ManifestFile]) -> list[str]:
    """What is wrong with some files of a folder, a sentence each, read as ``verify_manifest`` does."""
    return [problem for file in files if (problem := _problem_of(folder, file))]


def prove(folder: Path) -> None:
    """Read an exported folder back. Raises EnvironmentFault, with the first problem, unless all is as written."""
    problems = verify_manifest(folder)
    if problems:
        raise EnvironmentFault(
            _(
                "{path} could not be read back as it was written: {problem} "
                "Do not use it; export again, to another stick if that repeats."
            ).format(path=folder, problem=problems[0])
        )


def described(folder: Path, name: str) -> ManifestFile:
    """A file of a folder as it is on the disk. Raises OSError."""
    size, digest = _measured(folder / name)
    return ManifestFile(name, size, digest)


def _names_below(folder: Path) -> list[str]:
    """Every file but the manifest itself, by path below the folder, sorted. Raises OSError."""
    found = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if not _is_real_folder(path)]
    return sorted(name for name in found if name != MANIFEST_NAME)


def _is_real_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _problem_of(folder: Path, file: ManifestFile) -> str | None:
    path = folder / file.name
    try:
        if _names_a_place_outside(file.name) or not path.resolve().is_relative_to(folder.resolve()):
            return _("{name} leads out of the folder and was not opened.").format(name=file.name)
        if not path.is_file():
            return _("{name} is missing.").format(name=file.name)
        size, digest = _measured(path)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        return _("{name} cannot be read ({reason}).").format(name=file.name, reason=reason)
    if size != file.bytes:
        return _("{name} has {size} bytes instead of {expected}.").format(
            name=file.name, size=size, expected=file.bytes
        )
    if digest != file.sha256:
        return _("{name} was changed: its content is not what was exported.").format(name=file.name)
    return None


def _names_a_place_outside(name: str) -> bool:
    """Whether a name is absolute, climbs up, or could be a drive or a server on Windows; looks at no disk."""
    return name.startswith("/") or ".." in PurePosixPath(name).parts or any(sign in name for sign in "\\:\0")


def _measured(path: Path) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("rb") as file:
        forget_cached(file)
        for chunk in _chunks(file):
            size += len(chunk)
            digest.update(chunk)
    return size, digest.hexdigest()


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK_BYTES):
        yield chunk


def forget_cached(file: BinaryIO) -> None:
    """Ask Linux to read from the stick itself; where that does not exist or is refused, the cache is read."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _parsed(content: Any) -> Manifest:
    if content["format"] != FORMAT or content["version"] != VERSION:
        raise ValueError("another format")
    about, created_at = content["about"], content["created_at"]
    if (
        not isinstance(about, dict)
        or not isinstance(created_at, str)
        or not isinstance(content["files"], list)
    ):
        raise TypeError("another shape")
    files = tuple(_parsed_file(entry) for entry in content["files"])
    if len({file.name.casefold() for file in files}) != len(files):
        raise ValueError("a name twice")
    return Manifest(created_at, about, files)


def _parsed_file(entry: Any) -> ManifestFile:
    name, size, digest = entry["name"], entry["bytes"], entry["sha256"]
    if not isinstance(name, str) or not isinstance(digest, str) or type(size) is not int:
        raise TypeError("another shape")
    return ManifestFile(name, size, digest)


def _bad(message: str) -> BadInput:
    return BadInput([Problem(None, None, "MANIFEST", message)])
