"""Makes and opens event folders and hands out their parts: the composition root."""

import secrets
import uuid
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from station.badges.photo_files import PhotoFiles
from station.badges.spool import print_waiting
from station.badges.texts import BadgeData
from station.checkin.access import Access
from station.checkin.cases import Cases
from station.checkin.delegations import Delegations
from station.checkin.desk import Desk
from station.checkin.finding import Finder
from station.checkin.lane import Lane
from station.clock import Clock, SystemClock
from station.codes.payload import EventKey, event_tag, make_payload
from station.errors import EnvironmentFault, Refusal, StationError
from station.exchange.export import ExportResult, export_event
from station.i18n import _, pick
from station.media.atomic import new_folder
from station.media.faults import reason
from station.model.event import Event, Session
from station.model.unit import Kind
from station.preflight.subject import Machine, Subject
from station.reports.choice import Choice
from station.roster.aliases import aliases_of
from station.roster.apply import Undone, apply_diff, undo_latest
from station.roster.cells import unheard
from station.roster.diff import RosterDiff, compare
from station.roster.photos.album import Album
from station.roster.plan import RosterFile
from station.settings import Settings
from station.store import cases as case_store
from station.store import event as event_store
from station.store import instance as instances
from station.store import photos as photo_store
from station.store import roster as roster_store
from station.store import units
from station.store.backup import back_up
from station.store.connection import WriteConnection, damage_named, faults_named, reading
from station.store.folder import EventFolder, create_database, database_of
from station.store.migration import refuse_foreign
from station.store.roster import RosterImport

Progress = Callable[[int, int], None]
LONGEST_NAME = 500


class Station:
    """An open event with everything a desk needs.

    Attributes:
        folder: where the event lives. event, instance, name: what it is and who writes here.
        key: makes and proves the event's payloads. desk, cases, lane: check-in. access: who may do what here.
        delegations: who of which unit is here. photos: of delegates. clock: the time.
    """

    def __init__(self, files: EventFolder, clock: Clock, *, prints_badges: bool = True) -> None:
        with damage_named(files.database), files.reading() as connection:
            self.event = event_store.event_of(connection)
            sessions = event_store.sessions_of(connection)
            self.key = EventKey(event_store.secret_of(connection), event_tag(self.event.id))
            self.is_demo = event_store.is_demo(connection)
        self.files = files
        self.folder = files.path
        self.instance = files.instance.id
        self.name = files.instance.station
        self.clock = clock
        self.desk = Desk(files, clock, self.key, sessions, ZoneInfo(self.event.zone), prints_badges)
        self.cases = Cases(files, clock, self.desk)
        self.delegations = Delegations(files, clock, self.desk)
        self.access = Access(files, clock)
        self.lane = Lane(self.desk, Finder(files, clock, self.key, self.desk))
        self.photos = Album(files, clock)

    def payloads(self) -> dict[str, str]:
        """The live payload of every delegate, by the delegate's identity."""
        with self.files.reading() as connection:
            live = roster_store.live_payloads(connection)
        return {who: make_payload(self.key, issued.instance, issued.serial) for who, issued in live.items()}

    def badges(self) -> dict[str, BadgeData]:
        """What is printed for every delegate with a live payload, by the delegate's identity, in order of names."""
        payloads = self.payloads()
        with self.files.reading() as connection:
            colours = units.colours(connection, Kind.CATEGORY)
            return {
                person.id: BadgeData(person, payloads[person.id], colours.get(person.category, ""))
                for person in roster_store.delegates(connection)
                if person.id in payloads
            }

    def badge(self, delegate: str) -> BadgeData | None:
        """What is printed for one delegate; None without a live payload."""
        with self.files.reading() as connection:
            person = roster_store.delegate_of(connection, delegate)
            issued = roster_store.live_payloads_of(connection, delegate)
            colours = units.colours(connection, Kind.CATEGORY)
        if person is None or not issued:
            return None
        payload = make_payload(self.key, issued[-1].instance, issued[-1].serial)
        return BadgeData(person, payload, colours.get(person.category, ""))

    def photo_files(self) -> PhotoFiles:
        """The photos of all delegates for print."""
        with self.files.reading() as connection:
            photos = photo_store.photos(connection)
        return PhotoFiles(self.folder / "photos", {who: photo.file_name for who, photo in photos.items()})

    def print_badges(self, out: Path, progress: Progress | None = None) -> int:
        """Print every waiting badge into one PDF; returns how many. Raises EnvironmentFault, Cancelled."""
        return print_waiting(self.files, self.event, self.badges(), out, self.clock, progress=progress)

    def export(
        self, to: Path, progress: Progress | None = None, *, choice: Choice | None = None, password: str = ""
    ) -> ExportResult:
        """Write and verify an export below a folder. Raises EnvironmentFault, Cancelled."""
        return export_event(self.files, to, self.clock, progress, choice=choice, password=password)

    def back_up(self) -> Path:
        """Copy the database to the folder's backups while the desk goes on. Raises EnvironmentFault."""
        return back_up(self.files.database, self.folder / "backups", self.clock.now())

    def preflight(self, settings: Settings, machine: Machine | None = None) -> Subject:
        """What the checks before the doors open look at."""
        sessions, at = self.desk.sessions(), machine or Machine()
        return Subject(self.files, self.event, sessions, self.is_demo, self.clock, settings, machine=at)

    def roster_changes(
        self, roster: RosterFile, apart: Collection[int] = (), progress: Progress = unheard
    ) -> RosterDiff:
        """What a roster file would change; ``apart`` are rows that bring somebody new, whatever their name.

        Raises Cancelled.
        """
        with self.files.reading() as connection:
            listed = roster_store.unsorted_delegates(connection, corrected=False)
            came = {walk_in.delegate for walk_in in case_store.walk_ins(connection)}
            aliases = aliases_of(connection)
        return compare(
            roster.rows, listed, roster.rejected, progress, apart=apart, staying=came, aliases=aliases
        )

    def take_roster(
        self, difference: RosterDiff, file_name: str, sha256: str, progress: Progress = unheard
    ) -> None:
        """Change the roster as a file says, in one step. Raises EnvironmentFault, Cancelled."""
        now = self.clock.now()
        self.files.write(lambda c: apply_diff(c, self.instance, difference, file_name, sha256, now, progress))
        self.desk.reload()

    def latest_roster(self) -> RosterImport | None:
        """The roster file that can be taken back, None if there is none."""
        with self.files.reading() as connection:
            return roster_store.latest_import(connection)

    def undo_roster(self) -> Undone:
        """Take back what the latest roster file changed. Raises Refusal when there is none, EnvironmentFault."""
        now = self.clock.now()
        undone = self.files.write(lambda c: undo_latest(c, self.instance, now))
        self.desk.reload()
        self.photos.tidy()
        return undone

    def change_event(self, event: Event, sessions: Sequence[Session]) -> None:
        """Store other data and sessions of the event; what is open shows them when it is opened again.

        A session that is the whole event, and bears its name, is called by the new one. Refusal if they make no
        sense or a session with records would go, EnvironmentFault.
        """
        refuse_senseless(event)
        sessions = [_named_after(session, self.event, event) for session in sessions]

        def change(connection: WriteConnection) -> None:
            event_store.update_event(connection, event)
            event_store.replace_sessions(connection, sessions or [whole_event(event)])

        self.files.write(change)

    def close(self) -> None:
        """Finish writing and let go of the folder."""
        self.files.close()


def glance(path: Path) -> Event | None:
    """What an event is, without opening it for work; None where there is none, or none that can be read."""
    try:
        with reading(database_of(path)) as connection:
            refuse_foreign(connection, path)
            return event_store.event_of(connection)
    except (StationError, OSError):
        return None


def open_station(
    path: Path,
    *,
    clock: Clock | None = None,
    wait_s: float = 0.0,
    prints_badges: bool = True,
    also_archived: bool = False,
) -> Station:
    """Open an event folder for work; an archived one only for who merely looks (``also_archived``).

    Raises Refusal, EnvironmentFault, each with a sentence.
    """
    chosen = clock or SystemClock()
    files = EventFolder(path, chosen, wait_s)
    try:
        station = Station(files, chosen, prints_badges=prints_badges)
        if station.event.archived_at is not None and not also_archived:
            raise _archived(station.event)
    except BaseException:
        files.close()
        raise
    return station


def set_archived(path: Path, archived: bool, *, clock: Clock | None = None, wait_s: float = 0.0) -> Event:
    """Lay an event in the archive or bring it back; nothing else in its folder changes. Returns the event.

    Raises Refusal while somebody has it open, EnvironmentFault.
    """
    station = open_station(path, clock=clock, wait_s=wait_s, also_archived=True)
    try:
        since = station.event.archived_at or station.clock.now()
        event = replace(station.event, archived_at=since if archived else None)
        station.files.write(lambda connection: event_store.set_archived(connection, event.archived_at))
        return event
    finally:
        station.close()


def _archived(event: Event) -> Refusal:
    text = _(
        "The event “{event}” is in the archive. Bring it back first: in the first window under “Archived”, "
        "or with the command “archive --undo”."
    )
    return Refusal(text.format(event=pick(event.name, event.name_en)))


def new_event(
    path: Path,
    event: Event,
    *,
    station: str,
    clock: Clock | None = None,
    sessions: Sequence[Session] = (),
    secret: bytes | None = None,
    instance: str = "",
    demo: bool = False,
    fill: Callable[[WriteConnection, Path, str], None] | None = None,
) -> None:
    """Make an event folder; it gets its name only when it is complete.

    ``sessions`` default to one that covers the whole event; ``fill(connection, folder, instance)`` may add a
    roster and documents in the same transaction. Raises Refusal if the folder exists or the event makes no
    sense, EnvironmentFault if the disk does not take it.
    """
    _refuse_impossible(path, event)
    chosen_clock = clock or SystemClock()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.rmdir()  # it is empty
    except OSError as error:
        raise EnvironmentFault(
            _("The event folder {path} could not be made: {reason}. Check the disk and the name.").format(
                path=path, reason=reason(error)
            )
        ) from error
    with (
        faults_named(path),
        new_folder(path.parent, path.name) as part,
        closing(create_database(part)) as connection,
    ):
        connection.execute("BEGIN IMMEDIATE")
        event_store.create_event(connection, event, secret or secrets.token_bytes(32), demo=demo)
        event_store.add_sessions(connection, sessions or [whole_event(event)])
        nonce = instances.new_nonce()
        instances.write_nonces(part, [nonce])
        marker = instances.marker_of(part, nonce, path)
        chain = instances.start_instance(connection, station, marker, chosen_clock, instance)
        if fill is not None:
            fill(connection, part, chain.id)
        connection.execute("COMMIT")


def new_event_values(name: str, starts_on: date, ends_on: date, **more: Any) -> Event:
    """A new event with an identity of its own."""
    return Event(str(uuid.uuid4()), name, more.pop("name_en", ""), starts_on, ends_on, **more)


def whole_event(event: Event) -> Session:
    """The session of an event for which none was made: all of it, with no window."""
    return Session("CHUNG", 1, event.name, event.name_en)


def _named_after(session: Session, before: Event, after: Event) -> Session:
    """A session that bears the event's name, with the new one; any other as it is."""
    if (session.title, session.title_en) != (before.name, before.name_en):
        return session
    return replace(session, title=after.name, title_en=after.name_en)


def _refuse_impossible(path: Path, event: Event) -> None:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise Refusal(_("{path} exists already. Choose a name that is still free.").format(path=path))
    refuse_senseless(event)


def refuse_senseless(event: Event) -> None:
    """Raises Refusal for an event without a name, with one too long, that ends before it starts, or in no zone."""
    if not event.name.strip():
        raise Refusal(_("The event needs a name."))
    if len(event.name) > LONGEST_NAME:
        raise Refusal(
            _("The name of the event has {length} characters; at most {most} are possible.").format(
                length=len(event.name), most=LONGEST_NAME
            )
        )
    if event.ends_on < event.starts_on:
        raise Refusal(_("The event ends before it starts. Check the two dates."))
    try:
        ZoneInfo(event.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Refusal(
            _("There is no time zone {zone}. An example of one is Asia/Ho_Chi_Minh.").format(zone=event.zone)
        ) from None
