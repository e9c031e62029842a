"""Whether every document's file is in the event folder and still what it was, and whether printed copies suffice."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from station.documents.catalogue import copies_left, expected_delegates, read_catalogue
from station.documents.matrix import Matrix
from station.i18n import _, ngettext
from station.model.document import Document
from station.preflight.check import Check, Level
from station.preflight.roster import named
from station.preflight.subject import Subject
from station.store import documents as document_store
from station.store.connection import ReadConnection

NAME = "documents"
_FOLDER = "documents"
_CHUNK_BYTES = 1 << 20


def check_documents(subject: Subject) -> Check:
    """Fails when a file is missing, cannot be read or was changed; tells how far it is in bytes.

    Warns where fewer printed copies are left than are still due. Withdrawn documents do not matter at the doors.
    """
    with subject.files.reading() as connection:
        known = [document for document in document_store.documents(connection) if not document.withdrawn]
        short = _short(connection, known)
    files = [document for document in known if document.file_name]
    if not known:
        return Check(NAME, Level.OK, _("This event has no documents."))
    missing, altered = compared(files, subject.files.path / _FOLDER, subject.progress)
    advice = _("Add these files to the documents again.")
    if missing or altered:
        said = []
        if missing:
            said.append(_("Missing or not readable: {files}.").format(files=named(missing)))
        if altered:
            said.append(_("Changed since they were added: {files}.").format(files=named(altered)))
        return Check(NAME, Level.FAIL, " ".join(said), advice)
    count = ngettext("{count} document", "{count} documents", len(known)).format(count=len(known))
    if files:
        whole = _("{documents}; every file is here and unchanged.").format(documents=count)
    else:
        whole = _("{documents}, all of them on paper only.").format(documents=count)
    if short:
        text = _("{documents} Too few printed copies: {short}.").format(documents=whole, short=named(short))
        return Check(NAME, Level.WARN, text, _("Print more of them: Prepare, Documents, Printing order."))
    return Check(NAME, Level.OK, whole)


def _short(connection: ReadConnection, documents: Sequence[Document]) -> list[str]:
    """The documents of which fewer copies are left than delegates still wait for, as ``TL01 (40/52)``."""
    left = copies_left(connection, documents)
    if not left:
        return []
    matrix = Matrix(read_catalogue(connection), expected_delegates(connection))
    short = []
    for place, document in enumerate(matrix.documents):
        if document.code not in left:
            continue
        held = document_store.holders(connection, document.code)
        due = sum(
            matrix.receives(number, place) and held.get(delegate.id) != document.version
            for number, delegate in enumerate(matrix.delegates)
        )
        if left[document.code] < due:
            short.append(f"{document.code} ({left[document.code]}/{due})")
    return short


def compared(
    files: list[Document], folder: Path, progress: Callable[[int, int], None]
) -> tuple[list[str], list[str]]:
    """The files that are missing, and those that are others than they were, as ``TL01 (name.pdf)``."""
    total = sum(_size(folder / document.file_name) for document in files)
    missing, altered, done = [], [], 0
    for document in files:
        label = f"{document.code} ({document.file_name})"
        hashed = hashlib.sha256()
        try:
            with (folder / document.file_name).open("rb") as file:
                while chunk := file.read(_CHUNK_BYTES):
                    hashed.update(chunk)
                    done += len(chunk)
                    progress(done, max(done, total))
        except OSError:
            missing.append(label)
            continue
        if document.sha256 and hashed.hexdigest() != document.sha256:
            altered.append(label)
    return missing, altered


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
