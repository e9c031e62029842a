"""Prints the badges that wait: to a PDF, after which the journal says so and the queue is empty."""

from collections.abc import Mapping
from pathlib import Path

from station.badges.layout import CARD, Layout
from station.badges.rendering import Progress, render_badges
from station.badges.texts import BadgeData
from station.clock import Clock
from station.errors import Cancelled, StationError
from station.model.entry import EntryKind
from station.model.event import Event
from station.store import badges as badge_store
from station.store import journal
from station.store.connection import WriteConnection
from station.store.folder import EventFolder


def print_waiting(
    files: EventFolder,
    event: Event,
    badges: Mapping[str, BadgeData],
    out: Path,
    clock: Clock,
    layout: Layout = CARD,
    progress: Progress | None = None,
) -> int:
    """Print the waiting badges (``badges`` by delegate) into one PDF; returns how many there were.

    A badge leaves the queue only when it is on the disk; what fails stays with its reason.
    ``progress(done, total)`` may raise Cancelled. Raises EnvironmentFault.
    """
    with files.reading() as connection:
        waiting = [delegate for delegate in badge_store.waiting(connection) if delegate in badges]
    if not waiting:
        return 0
    try:
        render_badges(out, event, [badges[delegate] for delegate in waiting], layout, progress)
    except Cancelled:
        raise  # they go on waiting, without a reproach
    except StationError as error:
        problem = str(error)
        files.write(lambda connection: badge_store.keep_waiting(connection, waiting, problem))
        raise

    def record(connection: WriteConnection) -> None:
        for delegate in waiting:
            note = journal.Note(EntryKind.BADGE_PRINTED, clock.now(), delegate=delegate)
            journal.append(connection, files.instance.id, note)
        badge_store.fulfil(connection, waiting)

    files.write(record)
    return len(waiting)
