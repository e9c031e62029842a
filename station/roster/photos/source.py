"""Where photos come from: the files of folders and ZIP archives, of which nothing is unpacked to the disk."""

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from station.errors import BadInput, EnvironmentFault, Problem, Refusal
from station.i18n import N_, _
from station.media.archive import directory_outgrows, entry_name, is_encrypted, is_link, leads_outside, swells
from station.media.faults import reason
from station.media.names import is_left_behind
from station.roster.photos.portrait import LARGEST_BYTES, refused

MOST_FILES = 5_000
MOST_BYTES = 20 * 2**30  # of an archive, unpacked
_ZIP = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")
# Everything that the standard library raises on archives that are damaged or not what they say.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, LookupError, ValueError, OverflowError)
_SENTENCES = {
    "LINK": N_("This is a link to another place and was not followed. Copy the picture itself."),
    "LEADS_OUTSIDE": N_("The name leads out of the archive. Pack the pictures again."),
    "ENCRYPTED": N_("It is protected by a password. Unpack the archive and choose its folder."),
    "SWELLS": N_("It grows out of all proportion when it is unpacked. Ask for the picture itself."),
    "PACKED_OTHERWISE": N_(
        "It is packed in a way that is not read. Unpack the archive and choose its folder."
    ),
    "DAMAGED_ENTRY": N_(
        "It is damaged inside the archive. Copy the archive again, or ask for the picture itself."
    ),
}


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One file.

    Attributes:
        name: its path below the folder or in the archive, parts joined by ``/``.
        read: its content. Raises BadInput with one problem.
    """

    name: str
    read: Callable[[], bytes]


@contextmanager
def photo_files(paths: Sequence[Path]) -> Iterator[list[PhotoFile]]:
    """The files in folders, in ZIP archives, or given by themselves, in order of their names.

    Raises Refusal (not there, too many files), BadInput (an archive as a whole) or EnvironmentFault.
    """
    archives: list[zipfile.ZipFile] = []
    try:
        files: list[PhotoFile] = []
        for path in paths:
            files += _files_at(path, archives)
            if len(files) > MOST_FILES:
                raise _too_many(path)
        yield sorted(files, key=lambda file: file.name)
    finally:
        for archive in archives:
            archive.close()


def _files_at(path: Path, archives: list[zipfile.ZipFile]) -> list[PhotoFile]:
    try:
        if path.is_dir():
            return _in_folder(path)
        if not path.exists():
            raise Refusal(_("There is no folder or file {path}. Check the name.").format(path=path))
        with path.open("rb") as file:
            is_zip = file.read(4) in _ZIP
    except OSError as error:
        raise _unreadable(path, error) from error
    if not is_zip and path.suffix.lower() != ".zip":
        return [PhotoFile(_shown(path.name), lambda: _content(path))]
    archive = _opened(path)
    archives.append(archive)
    return [
        PhotoFile(name, lambda entry=entry, name=name: _unpacked(archive, entry, name))  # type: ignore[misc]
        for entry in archive.infolist()
        if not entry.is_dir() and not _is_passed_over(name := _shown(entry_name(entry)))
    ]


def _in_folder(top: Path) -> list[PhotoFile]:
    files: list[PhotoFile] = []
    for folder, folders, names in os.walk(top, onerror=_raise):
        folders[:] = sorted(name for name in folders if not _is_passed_over(name))
        links = [name for name in folders if Path(folder, name).is_symlink()]  # told, not followed
        paths = [Path(folder, name) for name in (*names, *links) if not _is_passed_over(name)]
        files += [
            PhotoFile(_shown(path.relative_to(top).as_posix()), lambda path=path: _content(path))  # type: ignore[misc]
            for path in paths
        ]
        if len(files) > MOST_FILES:
            raise _too_many(top)
    return files


def _content(path: Path) -> bytes:
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            raise _refused("LINK")
        if not stat.S_ISREG(found.st_mode):
            raise refused("NOT_A_PICTURE")
        if found.st_size > LARGEST_BYTES:
            raise refused("TOO_LARGE")
        return path.read_bytes()
    except OSError as error:
        message = _("It cannot be read ({reason}).").format(reason=reason(error))
        raise BadInput([Problem(None, None, "UNREADABLE", message)]) from error


def _opened(path: Path) -> zipfile.ZipFile:
    """Raises BadInput, EnvironmentFault."""
    try:
        with path.open("rb") as file:
            too_long = directory_outgrows(file, MOST_FILES)
        archive = None if too_long else zipfile.ZipFile(path)
    except _DAMAGE as error:
        message = _("{file} is damaged or is no ZIP. Copy it again, or unpack it and choose its folder.")
        raise _bad("DAMAGED_ARCHIVE", message.format(file=path.name)) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    if archive is not None and sum(entry.file_size for entry in archive.infolist()) <= MOST_BYTES:
        return archive
    if archive is not None:
        archive.close()
    message = _("{file} is far larger inside than photos can be. Choose a ZIP with only the photos.")
    raise _bad("SUSPICIOUS_ARCHIVE", message.format(file=path.name))


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    if leads_outside(name):
        raise _refused("LEADS_OUTSIDE")
    if is_link(entry):
        raise _refused("LINK")
    if is_encrypted(entry):
        raise _refused("ENCRYPTED")
    if entry.file_size > LARGEST_BYTES:
        raise refused("TOO_LARGE")
    if swells(entry):
        raise _refused("SWELLS")
    try:
        return archive.read(entry)
    except NotImplementedError as error:
        raise _refused("PACKED_OTHERWISE") from error
    except (*_DAMAGE, OSError) as error:
        raise _refused("DAMAGED_ENTRY") from error


def _is_passed_over(name: str) -> bool:
    """What systems put beside pictures: hidden files and folders, indexes, resource forks."""
    return is_left_behind(name) or any(
        (part.startswith(".") and part != "..") or part == "__MACOSX" for part in PurePosixPath(name).parts
    )


def _shown(name: str) -> str:
    """A name that can be written anywhere: what is no text in it shows as question marks."""
    return name.encode("utf-8", "replace").decode()


def _refused(problem: str) -> BadInput:
    return _bad(problem, _(_SENTENCES[problem]))


def _bad(problem: str, message: str) -> BadInput:
    return BadInput([Problem(None, None, problem, message)])


def _raise(error: OSError) -> None:
    raise error


def _unreadable(path: Path, error: OSError) -> EnvironmentFault:
    return EnvironmentFault(
        _("{path} cannot be read ({reason}). Check the disk or stick and try again.").format(
            path=path, reason=reason(error)
        )
    )


def _too_many(path: Path) -> Refusal:
    return Refusal(
        _("There are more than {most} files in {path}. Choose the folder that holds only the photos.").format(
            path=path, most=MOST_FILES
        )
    )
