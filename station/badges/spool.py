"""What is recorded of a badge that was printed, and all that wait printed into one PDF."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from station.badges.layouts.model import BadgeLayout
from station.badges.photo_files import NO_PHOTOS, PhotoFiles
from station.badges.profiles import FILE_PRINTER
from station.badges.rendering import Progress, render_badges
from station.badges.texts import BadgeData
from station.clock import Clock
from station.errors import StationError
from station.model.entry import EntryKind
from station.model.event import Event, Session
from station.model.print_job import Job, JobState
from station.store import badges as badge_store
from station.store import journal
from station.store.connection import WriteConnection
from station.store.folder import EventFolder


def record_printed(
    connection: WriteConnection,
    files: EventFolder,
    clock: Clock,
    number: int,
    *,
    labels: int = 0,
    confirmed: bool = False,
) -> None:
    """Close a job as printed and say so in the journal, within the open transaction; a closed one stays as it is."""
    job = badge_store.finish(connection, number, clock.now(), labels=labels, confirmed=confirmed)
    if job is None:
        return
    note_printed(connection, files, clock, job.delegate, job.why)
    badge_store.take_out_of_boxes(connection, [job.delegate])


def note_printed(
    connection: WriteConnection, files: EventFolder, clock: Clock, delegate: str, why: str = ""
) -> None:
    """Say in the journal that a badge was printed, and the reason if it is not the first."""
    told = {"reason": why} if why else {}
    note = journal.Note(EntryKind.BADGE_PRINTED, clock.now(), delegate=delegate, particulars=told)
    journal.append(connection, files.instance.id, note)


def print_waiting(
    files: EventFolder,
    event: Event,
    badges: Mapping[str, BadgeData],
    out: Path,
    clock: Clock,
    layout: BadgeLayout,
    progress: Progress | None = None,
    *,
    photos: PhotoFiles = NO_PHOTOS,
    sessions: Sequence[Session] = (),
) -> int:
    """Print the waiting badges (``badges`` by delegate) into one PDF; returns how many there were.

    Each is taken off the queue before and recorded as printed once it is on the disk; what fails waits again with
    its reason. ``progress(done, total)`` may raise Cancelled. Raises EnvironmentFault.
    """
    jobs = files.write(lambda connection: _claimed(connection, badges))
    if not jobs:
        return 0
    try:
        render_badges(
            out,
            event,
            [badges[job.delegate] for job in jobs],
            layout,
            progress,
            photos=photos,
            sessions=sessions,
        )
    except StationError as error:  # Cancelled too: they go on waiting, then without a reproach
        reason = str(error)
        files.write(lambda connection: _release(connection, jobs, reason))
        raise

    def record(connection: WriteConnection) -> None:
        for job in jobs:
            record_printed(connection, files, clock, job.number, confirmed=True)

    files.write(record)
    return len(jobs)


def _claimed(connection: WriteConnection, badges: Mapping[str, BadgeData]) -> list[Job]:
    """The jobs that can be printed now; nobody else prints them meanwhile."""
    printable = (JobState.QUEUED, JobState.FAILED)
    jobs = [
        job for job in badge_store.open_jobs(connection) if job.state in printable and job.delegate in badges
    ]
    return [job for job in jobs if badge_store.send(connection, job.number, FILE_PRINTER)]


def _release(connection: WriteConnection, jobs: Sequence[Job], reason: str) -> None:
    for job in jobs:
        badge_store.set_state(connection, job.number, JobState.QUEUED, reason)
