"""Writes sealed segments for others: of the station here and of every one it knows, from where the other left off."""

from collections.abc import Mapping
from datetime import UTC
from pathlib import Path

from station.clock import Clock
from station.exchange.headquarters import Lock
from station.exchange.segment import segment_lines, segment_name
from station.media.atomic import write_file
from station.store import journal
from station.store.folder import EventFolder


def seal(
    files: EventFolder,
    to: Path,
    clock: Clock,
    since: Mapping[str, int] | int = 0,
    lock: Lock | None = None,
) -> list[Path]:
    """Write a segment of every chain with entries behind ``since`` (of all, or by instance) into a folder.

    With a lock only headquarters can read them.
    Returns the files, each named by station and run. Raises EnvironmentFault.
    """
    sealed_at = clock.now().astimezone(UTC).isoformat(timespec="milliseconds")
    written = []
    with files.snapshot() as connection:
        for instance in journal.instances_with_entries(connection):
            held = since if isinstance(since, int) else since.get(instance, 0)
            if journal.last_sequence(connection, instance) > held:
                path = to / segment_name(connection, instance, held + 1)
                write_file(path, segment_lines(connection, instance, sealed_at, held + 1, lock))
                written.append(path)
    return written
