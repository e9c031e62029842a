"""Files of a delegate's bundle given on the delegate's own stick, and the record that says so."""

from collections.abc import Iterable
from pathlib import Path

from station.checkin.desk import Desk
from station.clock import Clock
from station.documents.files import Progress
from station.documents.stick import CopiedBundle, copy_bundle
from station.errors import Refusal
from station.i18n import _
from station.model.document import Document, DocumentKind
from station.model.entry import EntryKind
from station.store import documents as store
from station.store import event as event_store
from station.store import projections
from station.store.connection import WriteConnection
from station.store.folder import EventFolder
from station.store.journal import Note


def files_of_bundle(desk: Desk, delegate: str) -> list[Document]:
    """The documents of a delegate's bundle that are files and still offered. Raises Refusal for an unknown one."""
    return [
        item.document
        for item in desk.card(delegate).bundle
        if item.document.kind is DocumentKind.FILE and item.document.file_name and not item.document.withdrawn
    ]


def copy_to_stick(
    files: EventFolder,
    clock: Clock,
    desk: Desk,
    delegate: str,
    stick: Path,
    *,
    drive: int | None = None,
    progress: Progress | None = None,
) -> CopiedBundle:
    """Copy the files of a delegate's bundle to a stick, prove them, and only then record what was copied.

    ``drive``: see ``copy_bundle``. Raises Refusal where the bundle has no file, EnvironmentFault, Cancelled.
    """
    documents = files_of_bundle(desk, delegate)
    if not documents:
        raise Refusal(_("The bundle of this delegate has no files to copy."))
    with files.reading() as connection:
        event = event_store.event_of(connection)
    done = copy_bundle(files.path, event, documents, stick, clock.now(), drive=drive, progress=progress)
    _record(files, clock, delegate, done.present())
    return done


def _record(files: EventFolder, clock: Clock, delegate: str, documents: Iterable[Document]) -> None:
    """An entry for each document that the delegate is not known to have in this version."""

    def work(connection: WriteConnection) -> None:
        known = store.copied_to(connection, delegate)
        for document in documents:
            if known.get(document.code) != document.version:
                note = Note(
                    EntryKind.COPIED_DIGITALLY,
                    clock.now(),
                    delegate=delegate,
                    document=document.code,
                    body={"version": document.version},
                )
                projections.record(connection, files.instance.id, note)

    files.write(work)
