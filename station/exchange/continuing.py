"""Goes on from a second copy on another laptop: every record that reached the stick, and a new instance."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from station.clock import Clock
from station.errors import BadInput, EnvironmentFault
from station.exchange.intake import proved_segment, secret_and_event, take_in
from station.exchange.second_copy import FILES, MANIFEST, TAILS, is_copy
from station.exchange.segment import LONGEST_LINE, SegmentReport
from station.i18n import _
from station.media.atomic import new_folder
from station.media.manifest import Manifest, ManifestFile, problems_of, read_manifest
from station.media.names import is_portable
from station.store import instance as instances
from station.store import journal
from station.store.backup import made_current
from station.store.connection import DATABASE_NAME, WriteConnection, damage_named, open_for_writing
from station.store.folder import PARTS

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """A second copy that lies somewhere.

    Attributes:
        folder: where. event, station, instance: whose. at: when it was last written to.
        manifests: names of its manifests, the newest first.
    """

    folder: Path
    event: str
    station: str
    instance: str
    at: datetime
    manifests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Continued:
    """Where the event goes on.

    Attributes:
        folder: the event's. station, instance: who writes there from now on. entries: how many there are.
        recorded_at: of the latest record that was rescued, None for none.
        missing: files that were not whole on the stick. warnings: sentences on what should be looked at.
    """

    folder: Path
    station: str
    instance: str
    entries: int
    recorded_at: datetime | None
    missing: tuple[str, ...]
    warnings: tuple[str, ...]


def copies_in(place: Path) -> list[FoundCopy]:
    """The second copies in a folder or on a stick, the newest first; nothing where it cannot be read."""
    try:
        folders = [place, *(path for path in sorted(place.iterdir()) if path.is_dir())]
        found = [copy for folder in folders if (copy := _copy_in(folder)) is not None]
    except OSError:
        return []
    return sorted(found, key=lambda copy: copy.at, reverse=True)


def continue_event(
    copy: FoundCopy, to: Path, clock: Clock, station: str = "", progress: Progress | None = None
) -> Continued:
    """Make an event folder out of a second copy, complete or not at all; the stick is only read.

    ``station`` is what the new instance is called. ``progress(done, total)`` in bytes may raise Cancelled.
    Raises Refusal (``to`` is taken, a newer program wrote it), BadInput (nothing whole), EnvironmentFault.
    """
    manifest = _whole_generation(copy)
    size = sum(file.bytes for file in manifest.files)
    to.parent.mkdir(parents=True, exist_ok=True)
    with new_folder(to.parent, to.name, needed_bytes=size) as part:
        missing = _copy_files(copy.folder, manifest, part, progress)
        warnings: list[str] = []
        with (
            damage_named(part / DATABASE_NAME),
            closing(open_for_writing(part / DATABASE_NAME)) as connection,
        ):
            made_current(connection, part / DATABASE_NAME)
            connection.execute("BEGIN IMMEDIATE")
            warnings += _take_journal(connection, copy.folder)
            count, latest = journal.entry_count(connection), journal.newest_at(connection)
            here = _start(connection, part, to, station, clock)
            connection.execute("COMMIT")
    return Continued(to, here.station, here.id, count, latest, tuple(missing), tuple(warnings))


def copy_problems(copy: FoundCopy) -> list[str]:
    """What is wrong with the newest generation of a second copy, a sentence each; a total function."""
    try:
        manifest = read_manifest(copy.folder, copy.manifests[0])
    except BadInput as bad:
        return [problem.message for problem in bad.problems]
    return problems_of(copy.folder, manifest.files)


def _copy_in(folder: Path) -> FoundCopy | None:
    names = sorted((path.name for path in folder.glob(MANIFEST)), reverse=True)
    for name in names:
        try:
            manifest = read_manifest(folder, name)
            if not is_copy(manifest):
                continue
            event, station = manifest.about["event"], manifest.about["station"]
            at = max([datetime.fromisoformat(manifest.created_at), *_sealed_at(folder)])
            return FoundCopy(
                folder, str(event["name"]), str(station["name"]), str(station["instance"]), at, tuple(names)
            )
        except (BadInput, KeyError, ValueError):
            continue
    return None


def _sealed_at(folder: Path) -> Iterator[datetime]:
    """When the running journals say that they were written; they are proved later."""
    for path in (folder / name for name in TAILS):
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError), path.open("rb") as file:
            at = datetime.fromisoformat(json.loads(file.readline(LONGEST_LINE))["sealed_at"])
            yield at.astimezone(UTC)


def _whole_generation(copy: FoundCopy) -> Manifest:
    """The newest manifest whose database is as it was written."""
    problems: list[str] = []
    for name in copy.manifests:
        try:
            manifest = read_manifest(copy.folder, name)
        except BadInput as bad:
            problems += [problem.message for problem in bad.problems]
            continue
        if is_copy(manifest):
            database = [file for file in manifest.files if file.name == manifest.about["database"]]
            found = problems_of(copy.folder, database)
            if not found:
                return manifest
            problems += found
    first = problems[0] if problems else ""
    text = _("The second copy in {path} is not whole, nobody can go on from it: {problem}")
    raise EnvironmentFault(text.format(path=copy.folder, problem=first).strip())


def _copy_files(source: Path, manifest: Manifest, part: Path, progress: Progress | None) -> list[str]:
    """Copy database and files; returns the files that were not as they should be, which are left out."""
    for name in PARTS:
        (part / name).mkdir()
    missing, done, total = [], 0, sum(file.bytes for file in manifest.files)
    for file, target in _targets(manifest):
        whole = is_portable(target) and not problems_of(source, [file])
        if whole:
            (part / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / file.name, part / target, follow_symlinks=False)
            whole = not problems_of(part, [ManifestFile(target, file.bytes, file.sha256)])
        if not whole:
            (part / target).unlink(missing_ok=True)
            missing.append(target)
        done += file.bytes
        if progress is not None:
            progress(done, total)
    return missing


def _targets(manifest: Manifest) -> Iterator[tuple[ManifestFile, str]]:
    """Each file with its name in the event folder."""
    for file in manifest.files:
        if file.name == manifest.about["database"]:
            yield file, DATABASE_NAME
        elif file.name.startswith(f"{FILES}/"):
            yield file, file.name.removeprefix(f"{FILES}/")


def _take_journal(connection: WriteConnection, folder: Path) -> list[str]:
    """Add the records since the whole copy; returns what is to be said of a journal that is not whole."""
    secret, event = secret_and_event(connection)
    reports: list[SegmentReport] = []
    problems: Sequence[str] = ()
    for path in (folder / name for name in TAILS):
        if not path.exists():
            continue
        try:
            reports.append(proved_segment(path, event, secret))
        except BadInput as bad:
            problems = [problem.message for problem in bad.problems]
    if reports:
        take_in(connection, max(reports, key=lambda report: report.last))
    elif problems:
        return [_("The running journal on the stick is not whole: {problem}").format(problem=problems[0])]
    return []


def _start(
    connection: WriteConnection, part: Path, to: Path, station: str, clock: Clock
) -> instances.Instance:
    """A new instance: the laptop that is gone may come back, and goes on with its own chain."""
    nonce = instances.new_nonce()
    instances.write_nonces(part, [nonce])
    name = station or instances.next_name(connection) or _("Desk 1")
    return instances.start_instance(connection, name, instances.marker_of(part, nonce, to), clock)
