"""The files of a bundle copied to a delegate's own stick: what is missing or changed, and nothing of theirs touched.

On the stick there is one folder with the ASCII name of the event, in it the files, ``NOI-DUNG.txt`` for people and
``MANIFEST.json``, which alone decides what in the folder is ours. A name in use for something else gets a number.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from station.documents.files import Progress, path_of, read_fault
from station.errors import BadInput, EnvironmentFault
from station.i18n import _, ngettext, pick
from station.media.atomic import check_drive, drive_of, write_file
from station.media.faults import MEGABYTE, free_bytes, full_fault, write_fault
from station.media.manifest import MANIFEST_NAME, ManifestFile, problems_of, read_manifest, write_listed
from station.media.names import safe_name
from station.model.document import Document, DocumentKind
from station.model.event import Event, mark_of

CONTENTS_NAME = "NOI-DUNG.txt"
_CHUNK = 1 << 20
_LONGEST_FOLDER = 48


@dataclass(frozen=True, slots=True)
class CopiedBundle:
    """What lies on the stick now, read back.

    Attributes:
        folder: on the stick. written: copied now. unchanged: was there already, as it should be.
        missing: whose file is not in the event folder, or no longer the one that was added; not copied.
        bytes: written now.
    """

    folder: Path
    written: tuple[Document, ...]
    unchanged: tuple[Document, ...]
    missing: tuple[Document, ...]
    bytes: int

    def present(self) -> tuple[Document, ...]:
        """Every document that the delegate has on the stick now."""
        return (*self.written, *self.unchanged)


class _SourceChanged(Exception):
    """The file in the event folder is not the one that was added."""


@dataclass(frozen=True, slots=True)
class _Ours:
    """What of a folder on the stick is ours: by name, and the code of the document that each file is of."""

    files: Mapping[str, ManifestFile]
    codes: Mapping[str, str]

    def is_untouched(self, folder: Path, name: str) -> bool:
        """Whether a file is ours and still as we wrote it."""
        return name in self.files and not problems_of(folder, [self.files[name]])


def copy_bundle(
    source: Path,
    event: Event,
    documents: Sequence[Document],
    stick: Path,
    at: datetime,
    *,
    drive: int | None = None,
    progress: Progress | None = None,
) -> CopiedBundle:
    """Copy the files of these documents from an event folder to a stick, and prove them by reading back.

    ``drive`` is what ``drive_of`` said when the place was chosen; ``progress(bytes, total)`` may raise Cancelled.
    Raises EnvironmentFault (full, pulled out, not as written), Cancelled; files that were complete stay.
    """
    try:
        return _copy_bundle(source, event, documents, stick, at, drive, progress)
    except OSError as error:  # a stick that fails while it is looked at
        raise write_fault(error, stick) from error


def _copy_bundle(
    source: Path,
    event: Event,
    documents: Sequence[Document],
    stick: Path,
    at: datetime,
    drive: int | None,
    progress: Progress | None,
) -> CopiedBundle:
    drive = drive_of(stick) if drive is None else drive
    check_drive(stick / folder_name(event), drive)
    folder = _own_folder(stick, event)
    ours = _ours(folder, event)
    wanted = [(document, path) for document in documents if (path := path_of(source, document))]
    names = {document.code: name for document, _path in wanted if (name := _found(folder, ours, document))}
    unchanged = tuple(document for document, _path in wanted if document.code in names)
    to_write = [(document, path) for document, path in wanted if document.code not in names]
    total = sum(document.bytes or path.stat().st_size for document, path in to_write)
    if to_write and free_bytes(stick) < total + MEGABYTE:
        raise full_fault(folder, total + MEGABYTE)
    _make(folder, event, at)
    written, done = [], 0
    for document, path in to_write:
        check_drive(folder, drive)
        name = _name_for(folder, ours, document, set(names.values()))
        with suppress(_SourceChanged):
            done = _copied(path, folder / name, document, done, total, progress)
            names[document.code] = name
            written.append(document)
    check_drive(folder, drive)
    _close(folder, event, [document for document, _path in wanted if document.code in names], names, ours, at)
    check_drive(folder, drive)
    missing = tuple(d for d in documents if d.kind is DocumentKind.FILE and d.code not in names)
    return CopiedBundle(folder, tuple(written), unchanged, missing, done)


def folder_name(event: Event) -> str:
    """The ASCII name of the event's folder on a stick."""
    name = safe_name(event.name).replace(".", "-")
    return (
        name
        if len(name) <= _LONGEST_FOLDER
        else name[:_LONGEST_FOLDER].rpartition("-")[0] or name[:_LONGEST_FOLDER]
    )


def _own_folder(stick: Path, event: Event) -> Path:
    """The event's folder on a stick: one with its manifest, an empty one, or a name that is free."""
    number, name = 1, folder_name(event)
    while True:
        folder = stick / (name if number == 1 else f"{name}-{number}")
        if not folder.is_symlink() and (not folder.exists() or (folder.is_dir() and _is_ours(folder, event))):
            return folder
        number += 1


def _is_ours(folder: Path, event: Event) -> bool:
    try:
        if not any(folder.iterdir()):
            return True
        return read_manifest(folder).about.get("event") == event.id
    except BadInput:
        return False
    except OSError as error:
        raise read_fault(error, folder) from error


def _make(folder: Path, event: Event, at: datetime) -> None:
    """Make the folder with a manifest of nothing: where the copy is broken off, it is known as ours the next time."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise write_fault(error, folder) from error
    if not (folder / MANIFEST_NAME).exists():
        write_listed(folder, (), {"event": event.id, "documents": {}}, at)


def _ours(folder: Path, event: Event) -> _Ours:
    try:
        manifest = read_manifest(folder)
    except BadInput:
        return _Ours({}, {})
    told: Any = manifest.about.get("documents")
    codes = {str(name): str(code) for name, code in told.items()} if isinstance(told, dict) else {}
    plain = {file.name: file for file in manifest.files if file.name in (CONTENTS_NAME, safe_name(file.name))}
    return _Ours(plain if manifest.about.get("event") == event.id else {}, codes)


def _found(folder: Path, ours: _Ours, document: Document) -> str:
    """The name under which the document's present file lies in the folder already; '' for none."""
    names = [name for name, file in ours.files.items() if file.sha256 == document.sha256]
    for name in (*names, document.file_name):
        size = document.bytes
        with suppress(OSError, ValueError):
            path = folder / name
            if path.is_symlink() or not path.is_file() or name != safe_name(name):
                continue
            looked_at = ManifestFile(name, size or path.stat().st_size, document.sha256)
            if not problems_of(folder, [looked_at]):
                return name
    return ""


def _name_for(folder: Path, ours: _Ours, document: Document, taken: set[str]) -> str:
    """A name whose place is free, or taken by our own file of this document as we wrote it."""
    wish = safe_name(document.file_name)
    stem, suffix = Path(wish).stem, Path(wish).suffix
    number, name = 1, wish
    while name in taken or not (_is_free(folder / name) or _is_replaceable(folder, ours, document, name)):
        number += 1
        name = f"{stem}-{number}{suffix}"
    return name


def _is_free(path: Path) -> bool:
    return not path.exists() and not path.is_symlink()


def _is_replaceable(folder: Path, ours: _Ours, document: Document, name: str) -> bool:
    return ours.codes.get(name) == document.code and ours.is_untouched(folder, name)


def _copied(
    source: Path, target: Path, document: Document, before: int, total: int, progress: Progress | None
) -> int:
    """Copy one file; returns the bytes copied so far. Raises _SourceChanged before the copy has its name."""
    digest, done = hashlib.sha256(), before

    def chunks() -> Iterator[bytes]:
        nonlocal done
        with _opened(source) as file:
            while chunk := _next(file, source):
                digest.update(chunk)
                done += len(chunk)
                if progress:
                    progress(done, max(total, done))
                yield chunk
        if digest.hexdigest() != document.sha256:
            raise _SourceChanged

    write_file(target, chunks())
    return done


def _opened(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise read_fault(error, source) from error


def _next(file: BinaryIO, source: Path) -> bytes:
    try:
        return file.read(_CHUNK)
    except OSError as error:
        raise read_fault(error, source) from error


def _close(
    folder: Path,
    event: Event,
    documents: Sequence[Document],
    names: Mapping[str, str],
    ours: _Ours,
    at: datetime,
) -> None:
    """Remove our own former versions, write contents and manifest, and read everything back."""
    kept = {name: file for name, file in ours.files.items() if ours.is_untouched(folder, name)}
    codes = {name: code for name, code in ours.codes.items() if name in kept}
    for document in documents:
        name = names[document.code]
        size = document.bytes or (folder / name).stat().st_size
        former = [n for n, code in codes.items() if code == document.code and n != name]
        for old in former:
            with suppress(OSError):
                (folder / old).unlink()
            del kept[old], codes[old]
        kept[name] = ManifestFile(name, size, document.sha256)
        codes[name] = document.code
    shown = _contents_name(folder, ours)
    kept[shown] = _write_contents(folder / shown, event, documents, names)
    write_listed(folder, list(kept.values()), {"event": event.id, "documents": codes}, at)
    problems = problems_of(folder, [kept[shown], *(kept[names[document.code]] for document in documents)])
    if problems:
        text = _(
            "{path} could not be read back as it was written: {problem} Try again, or use another stick."
        )
        raise EnvironmentFault(text.format(path=folder, problem=problems[0]))


def _contents_name(folder: Path, ours: _Ours) -> str:
    number, name = 1, CONTENTS_NAME
    while not (_is_free(folder / name) or ours.is_untouched(folder, name)):
        number += 1
        name = f"{Path(CONTENTS_NAME).stem}-{number}.txt"
    return name


def _write_contents(
    path: Path, event: Event, documents: Sequence[Document], names: Mapping[str, str]
) -> ManifestFile:
    """The page for people: UTF-8 with a mark and ends of lines that Windows' own editor knows."""
    lines = [*filter(None, (mark_of(event), pick(event.name, event.name_en), event.organiser)), ""]
    for number, document in enumerate(documents, 1):
        lines.append(f"{number}. {pick(document.title, document.title_en)}")
        details = [_("version {version}").format(version=document.version)]
        if document.pages:
            text = ngettext("{count} page", "{count} pages", document.pages)
            details.append(text.format(count=document.pages))
        lines.append(f"   {names[document.code]} ({', '.join(details)})")
    data = ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
    write_file(path, data)
    return ManifestFile(path.name, len(data), hashlib.sha256(data).hexdigest())
