"""Submissions received at the desk: the file taken in, or paper, or none, and the record that says so."""

from contextlib import suppress
from pathlib import Path

from station.checkin.lookup import known_delegate
from station.clock import Clock
from station.documents.files import Progress, StoredFile
from station.documents.submissions import FOLDER, known_submission, take_file
from station.model.entry import EntryKind
from station.model.submission import How
from station.store import projections
from station.store.connection import WriteConnection
from station.store.folder import EventFolder
from station.store.journal import Note
from station.text import clean

_LONGEST_NAME = 300


def receive_file(
    files: EventFolder,
    clock: Clock,
    delegate: str,
    submission: str,
    source: Path,
    progress: Progress | None = None,
) -> StoredFile:
    """Copy a file from a delegate's stick and record it; one received before stays beside it.

    Raises Refusal (unknown, a program, empty, over 2 GB), EnvironmentFault, Cancelled: then nothing was received.
    """
    with files.reading() as connection:
        person = known_delegate(connection, delegate)
        wanted = known_submission(connection, submission)
    stored = take_file(files.path, person, wanted, source, progress)
    body: dict[str, str | int] = {"file": stored.name, "sha256": stored.sha256, "bytes": stored.bytes}
    told = {"file": clean(source.name)[:_LONGEST_NAME]}
    try:
        _record(files, clock, person.id, wanted.code, How.FILE, body, told)
    except BaseException:
        with suppress(OSError):
            (files.path / FOLDER / stored.name).unlink(missing_ok=True)
        raise
    return stored


def receive_without_file(files: EventFolder, clock: Clock, delegate: str, submission: str, how: How) -> None:
    """Record that a submission came on paper, or that there is none. Raises Refusal, EnvironmentFault."""
    with files.reading() as connection:
        person = known_delegate(connection, delegate)
        wanted = known_submission(connection, submission)
    _record(files, clock, person.id, wanted.code, how, {}, {})


def _record(
    files: EventFolder,
    clock: Clock,
    delegate: str,
    submission: str,
    how: How,
    body: dict[str, str | int],
    told: dict[str, str],
) -> None:
    def work(connection: WriteConnection) -> None:
        note = Note(
            EntryKind.SUBMITTED,
            clock.now(),
            delegate=delegate,
            body={"submission": submission, "how": how, **body},
            particulars=told,
        )
        projections.record(connection, files.instance.id, note)

    files.write(work)
