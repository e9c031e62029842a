"""Opens an event pack on a laptop: it becomes a desk, or the desk that it is learns what is new at the office."""

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from station.clock import Clock
from station.errors import Refusal
from station.exchange.extract import (
    Proved,
    check,
    extract,
    is_there,
    proved,
    put_in_place,
    refuse_full,
    sha256_of,
    snapshot_of,
)
from station.exchange.intake import take_in
from station.exchange.pack import scratch
from station.exchange.packed import DATABASE, FILES, Header, Manifest, OpenPack, opened_pack
from station.i18n import _
from station.media.atomic import new_folder
from station.media.faults import write_fault
from station.model.entry import EntryKind
from station.model.event import Event
from station.store import event as event_store
from station.store import instance as instances
from station.store import journal, travel
from station.store import pack as pack_store
from station.store.backup import back_up
from station.store.connection import (
    DATABASE_NAME,
    WriteConnection,
    faults_named,
    reading,
)
from station.store.folder import EventFolder, create_database
from station.store.pack import PackRecord
from station.store.travel import Changes

Progress = Callable[[int, int], None]
_CLOCKS_DIFFER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What became of a pack.

    Attributes:
        folder, event, station, instance: the desk. number: of the pack.
        updated: the desk was there before. known: this very pack had been taken in: nothing changed.
        changes: of the roster. files: documents and other files that were written. entries: new ones of the journal.
        warnings: sentences about the clock of this laptop.
    """

    folder: Path
    event: Event
    station: str
    instance: str
    number: int
    updated: bool
    known: bool
    changes: Changes
    files: int
    entries: int
    warnings: tuple[str, ...]


def look_into(path: Path, passphrase: str) -> tuple[Header, Manifest]:
    """What a pack says of itself, without taking anything from it. Raises BadInput, Refusal, EnvironmentFault."""
    with opened_pack(path, passphrase) as pack:
        check(pack, path)
        return pack.header, pack.manifest


def is_desk(folder: Path) -> bool:
    """Whether there is an event in a folder, which a pack can then only bring up to date."""
    return (folder / DATABASE_NAME).is_file()


def unpack(
    path: Path,
    to: Path,
    passphrase: str,
    station: str,
    clock: Clock,
    number: int | None = None,
    progress: Progress | None = None,
) -> Unpacked:
    """Make a folder a desk of the pack's event, or bring the desk that is there up to date; all of it or nothing.

    ``station`` and ``number`` name a new desk. ``progress(done, total)`` in kilobytes may raise Cancelled.
    Raises BadInput (the pack), Refusal (passphrase, other event, older pack, rehearsal), EnvironmentFault.
    """
    with opened_pack(path, passphrase, _counting(path, progress)) as pack:
        check(pack, path)
        work = _Unpacking(path, pack, clock)
        return work.bring_up_to_date(to) if is_desk(to) else work.make_desk(to, station, number)


def _counting(path: Path, progress: Progress | None) -> Callable[[int], None] | None:
    if progress is None:
        return None
    done = 0

    def on_read(count: int) -> None:
        nonlocal done
        done += count
        progress(done // 1000, max(total, done // 1000))

    with suppress(OSError):
        total = path.stat().st_size // 1000 + 1
        return on_read
    return None


class _Unpacking:
    """One opened pack on its way into one folder."""

    def __init__(self, path: Path, pack: OpenPack, clock: Clock) -> None:
        self._path = path
        self._pack = pack
        self._clock = clock
        self._files = [file for file in pack.manifest.files if file.name.startswith(FILES)]
        self._record = PackRecord(
            pack.manifest.digest,
            pack.header.number,
            str(pack.manifest.about["maker"].get("instance")),
            pack.header.created_at,
        )

    def make_desk(self, to: Path, station: str, number: int | None) -> Unpacked:
        """A new folder, a new instance; the folder gets its name only when all of it is there."""
        if not station.strip():
            raise Refusal(_("The desk needs a name, for example Desk 1."))
        _free(to)
        refuse_full(to.parent, self._pack.manifest.files)
        with (
            faults_named(to),
            new_folder(to.parent, to.name) as part,
            closing(create_database(part)) as connection,
            scratch(part) as place,
        ):
            extract(self._pack, place, part)
            with snapshot_of(self._path, place) as snapshot:
                found = proved(self._pack, self._path, place, snapshot)
                connection.execute("BEGIN IMMEDIATE")
                travel.copy_tables(snapshot, connection)
            entries = _take_segments(connection, found)
            nonce = instances.new_nonce()
            instances.write_nonces(part, [nonce])
            marker = instances.marker_of(part, nonce, to)
            here = instances.start_instance(connection, station.strip(), marker, self._clock, number=number)
            self._remember(connection, here.id)
            connection.execute("COMMIT")
        changes = Changes(self._delegates(), 0, 0, 0)
        return self._result(to, found.event, (station.strip(), here.id), changes, len(self._files), entries)

    def bring_up_to_date(self, to: Path) -> Unpacked:
        """What the office prepares becomes as it is there; what was recorded here stays."""
        folder = EventFolder(to, self._clock)
        try:
            with folder.reading() as connection:
                event, secret = event_store.event_of(connection), event_store.secret_of(connection)
                latest = pack_store.latest_pack(connection)
            self._refuse_foreign(event)
            known = latest is not None and latest.digest == self._record.digest
            if latest is not None and not known:
                self._refuse_older(latest)
            wanted = {f.name.removeprefix(FILES): f for f in self._files if not is_there(to, f)}
            changes, entries = Changes(0, 0, self._delegates(), 0), 0
            if wanted or not known:
                parts = [*wanted.values(), *(f for f in self._pack.manifest.files if f not in self._files)]
                refuse_full(to, parts)
                with scratch(to) as place:
                    extract(self._pack, place, place / FILES, wanted)
                    if not known:
                        changes, entries, event = self._apply(folder, place, secret)
                    put_in_place(place / FILES, to, wanted)
            who = (folder.instance.station, folder.instance.id)
            return self._result(to, event, who, changes, len(wanted), entries, updated=True, known=known)
        finally:
            folder.close()

    def _apply(self, folder: EventFolder, place: Path, secret: bytes) -> tuple[Changes, int, Event]:
        database = place / DATABASE
        with snapshot_of(self._path, place) as snapshot:
            found = proved(self._pack, self._path, place, snapshot)
        if found.secret != secret:
            raise Refusal(
                _("The pack is of an event of the same name with another key: nothing was taken in.")
            )
        back_up(folder.database, folder.path / "backups", self._clock.now())
        with folder.reading() as connection:
            before = pack_store.pack_files(connection)

        def work(connection: WriteConnection) -> tuple[Changes, int]:
            with reading(database) as snapshot:  # the writer's thread needs a connection of its own
                entries = _take_segments(connection, found)
                changes = travel.bring_up_to_date(connection, snapshot)
            self._remember(connection, folder.instance.id)
            return changes, entries

        changes, entries = folder.write(work)
        self._remove_leftovers(folder.path, before)
        return changes, entries, found.event

    def _remember(self, connection: WriteConnection, instance: str) -> None:
        now = self._clock.now()
        pack_store.add_pack(connection, self._record, now)
        pack_store.replace_pack_files(
            connection, {file.name.removeprefix(FILES): file.sha256 for file in self._files}
        )
        body = {"number": self._record.number, "office": self._record.instance, "digest": self._record.digest}
        journal.append(connection, instance, journal.Note(EntryKind.PACK_TAKEN, now, body=body))

    def _refuse_foreign(self, event: Event) -> None:
        manifest = self._pack.manifest
        if manifest.event.get("id") != event.id:
            text = _(
                "The pack is of another event (“{other}”); here is “{name}”. Choose a new folder for it."
            )
            raise Refusal(text.format(other=str(manifest.event.get("name"))[:100], name=event.name))
        if manifest.is_rehearsal and not event.rehearsal:
            raise Refusal(_("The pack is of a rehearsal: it cannot be taken into the event itself."))
        if event.rehearsal and not manifest.is_rehearsal:
            raise Refusal(
                _("Here is a rehearsal: discard it first, then open the pack of the event in a new folder.")
            )

    def _refuse_older(self, latest: PackRecord) -> None:
        ours = (self._record.number, self._record.created_at)
        if ours <= (latest.number, latest.created_at):
            text = _(
                "Pack {number} of {made} is older than what this desk has, pack {newer} of {newer_made}: nothing was "
                "changed. Take the newest pack from the office."
            )
            zone = self._pack.manifest.event.get("zone")
            raise Refusal(
                text.format(
                    number=ours[0],
                    made=local_text(ours[1], zone),
                    newer=latest.number,
                    newer_made=local_text(latest.created_at, zone),
                )
            )

    def _remove_leftovers(self, folder: Path, before: dict[str, str]) -> None:
        """Files that an earlier pack brought and this one has no more, unless somebody changed them since."""
        now = {file.name.removeprefix(FILES).casefold() for file in self._files}
        for name, digest in before.items():
            with suppress(OSError):  # one that is open stays; nothing needs it to go
                if name.casefold() not in now and sha256_of(folder / name) == digest:
                    (folder / name).unlink()

    def _delegates(self) -> int:
        return int(self._pack.manifest.about["counts"].get("delegates", 0))

    def _result(
        self,
        to: Path,
        event: Event,
        who: tuple[str, str],
        changes: Changes,
        files: int,
        entries: int,
        *,
        updated: bool = False,
        known: bool = False,
    ) -> Unpacked:
        warnings = tuple(clock_warnings(self._pack.header, self._pack.manifest, self._clock.now()))
        number = self._record.number
        return Unpacked(to, event, *who, number, updated, known, changes, files, entries, warnings)


def clock_warnings(header: Header, manifest: Manifest, now: datetime) -> list[str]:
    """What makes one doubt the clock of this laptop: the pack is of the future, or the event long over."""
    zone = manifest.event.get("zone")
    said = local_text(now, zone)
    if header.created_at > now + _CLOCKS_DIFFER:
        text = _(
            "This laptop's clock says {now}, but the pack was made later, at {made}. Set date and time before the "
            "doors open."
        )
        return [text.format(now=said, made=local_text(header.created_at, zone))]
    try:
        ends_on = date.fromisoformat(str(manifest.event.get("ends_on")))
    except ValueError:
        return []
    if now.astimezone(_zone(zone)).date() > ends_on + timedelta(days=1):
        text = _("This laptop's clock says {now}, but the event ended on {day}. Check date and time.")
        return [text.format(now=said, day=f"{ends_on:%d/%m/%Y}")]
    return []


def local_text(instant: datetime, zone: object) -> str:
    """Day and time in the event's zone, as people write them."""
    return f"{instant.astimezone(_zone(zone)):%d/%m/%Y %H:%M}"


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _free(to: Path) -> None:
    """Make sure that a new folder can appear under its name. Raises Refusal, EnvironmentFault."""
    try:
        if to.exists():
            if not to.is_dir() or any(to.iterdir()):
                raise Refusal(_("{path} exists already. Choose a name that is still free.").format(path=to))
            to.rmdir()
        to.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_fault(error, to) from error


def _take_segments(connection: WriteConnection, found: Proved) -> int:
    return sum(take_in(connection, segment).new for segment in found.segments)
