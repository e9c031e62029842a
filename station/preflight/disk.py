"""Whether the event's disk has room, takes files, and is this laptop's own."""

from pathlib import Path

from station.errors import EnvironmentFault
from station.i18n import _
from station.media.drives import NETWORK
from station.media.faults import MEGABYTE
from station.preflight.check import Check, Level
from station.preflight.stick import size_told, try_place
from station.preflight.subject import Subject

NAME = "disk"
LEAST_BYTES, ENOUGH_BYTES = 200 * MEGABYTE, 1000 * MEGABYTE
_NETWORK_SYSTEMS = {
    NETWORK,
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "davfs",
    "ncpfs",
    "virtiofs",
}
_REMOTE_WORDS = ("sshfs", "rclone", "davfs", "gvfs", "gdrive", "onedriver")
_SYNCED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "owncloud",
    "my drive",
)


def check_disk(subject: Subject) -> Check:
    """Fails below 200 MB or where nothing can be written; warns below 1 GB and of network and synced folders."""
    folder = subject.files.path
    try:
        try_place(folder)
    except EnvironmentFault as fault:
        return Check(NAME, Level.FAIL, str(fault))
    free = subject.machine.free_bytes(folder)
    said = _("{size} free on the disk of the event.").format(size=size_told(free))
    if free < ENOUGH_BYTES:
        level = Level.FAIL if free < LEAST_BYTES else Level.WARN
        return Check(
            NAME, level, said, _("Make room: empty the recycle bin, move videos and old files elsewhere.")
        )
    elsewhere = where_else(folder, subject.machine.file_system(folder))
    if elsewhere:
        return Check(
            NAME,
            Level.WARN,
            elsewhere,
            _("Copy the event folder to a folder of this laptop alone, and open it there."),
        )
    return Check(NAME, Level.OK, said)


def where_else(folder: Path, file_system: str) -> str:
    """The sentence for a folder that is not this laptop's alone; '' for one that is."""
    if file_system in _NETWORK_SYSTEMS or any(word in file_system for word in _REMOTE_WORDS):
        return _("The event folder lies on a network drive: without the network the desk stands still.")
    parts = [part.casefold() for part in folder.resolve().parts]
    synced = next((part for part in parts for word in _SYNCED if part.startswith(word)), "")
    if not synced:
        return ""
    name = folder.resolve().parts[parts.index(synced)]
    return _("The event folder lies in “{name}”, which a program copies while the desk writes.").format(
        name=name
    )
