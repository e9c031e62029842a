"""Stations, sticks and an office at random, with clocks a day off, crashes, cuts and restored copies: all end alike."""

import hashlib
import json
import shutil
import tempfile
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from station.app import Station, open_station
from station.checkin.cases import Person
from station.errors import Cancelled, Refusal
from station.exchange import head as heads
from station.exchange.conflicts import conflicts, resolve
from station.exchange.intake import proved_segment, take_in
from station.exchange.merge import Merged, bring_together
from station.exchange.seal import seal
from station.exchange.verify import verify
from station.model.entry import Entry, EntryContent, canonical_json
from station.model.verdict import Source
from station.store import instance as instances
from station.store import journal, projections, travel
from station.store.connection import ReadConnection, WriteConnection
from station.store.folder import create_database
from tests.builders import INSTANCE, SECRET, payload
from tests.unit.exchange.desks import Desks
from tests.unit.exchange.unsealed import lines_of, packed

NAMES = ("office", "Bàn A", "Bàn B", "Bàn C")
name_of = st.sampled_from(NAMES)
serial_of = st.integers(1, 3)  # few, so that much happens to each


def dump(connection: ReadConnection) -> str:
    """SHA-256 of everything that has to be the same everywhere: entries, personal words, what follows from them."""
    told = hashlib.sha256()
    tables = {"entry": "instance, sequence", "particulars": "instance, sequence, field"}
    for table in (*tables, *projections.TABLES):
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        shown = [[v.hex() if isinstance(v, bytes) else v for v in row] for row in rows]
        told.update(
            table.encode() + b"\n" + b"\n".join(sorted(canonical_json(row).encode() for row in shown))
        )
    people = connection.execute("SELECT id, name, unit FROM delegate ORDER BY id").fetchall()
    told.update(canonical_json([list(row) for row in people]).encode())
    told.update(
        canonical_json([[one.id, one.decided] for one in conflicts(connection, also_decided=True)]).encode()
    )
    return told.hexdigest()


class MergeMachine(RuleBasedStateMachine):
    """What four stations do to each other; the office is one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp())
        self.sticks: list[Path] = []
        self.copies: dict[str, Path] = {}
        self.written: dict[
            str, str
        ] = {}  # entry → hash, of every entry that was ever carried away or is still there

    @initialize(hours=st.lists(st.integers(-24, 24), min_size=4, max_size=4))
    def begin(self, hours: list[int]) -> None:
        self.desks = Desks(self.top, tuple(timedelta(hours=h) for h in hours))
        self.stations: dict[str, Station] = {}

    def at(self, name: str) -> Station:
        """A station, opened when it is needed and left open."""
        if name not in self.stations:
            self.stations[name] = open_station(self.desks.folders[name], clock=self.desks.clocks[name])
        return self.stations[name]

    def shut(self, name: str) -> None:
        station = self.stations.pop(name, None)
        if station is not None:
            station.close()

    def teardown(self) -> None:
        try:
            if hasattr(self, "desks"):
                self.end()
        finally:
            for name in [*getattr(self, "stations", {})]:
                self.shut(name)
            shutil.rmtree(self.top, ignore_errors=True)

    def end(self) -> None:
        """Everything to everybody: then all say the same, also made again from nothing."""
        sticks = [self.carry(name, 0) for name in NAMES]
        for _turn in range(2):  # what a restored station lost comes back from who knew it
            for name in NAMES:
                merged = self.merge(name, *sticks)
                assert merged.gaps == []
                assert merged.rejected == []
            sticks = [self.carry(name, 0) for name in NAMES]
        states = set()
        for name in NAMES:
            with self.at(name).files.reading() as connection:
                states.add(dump(connection))
            assert self.at(name).files.write(projections.rebuild) == []
            with self.at(name).files.reading() as connection:
                states.add(dump(connection))
        assert len(states) == 1
        states.add(self.made_from_nothing(sticks[0]))
        assert len(states) == 1
        self.office_has_everything_once()
        for name in NAMES:
            self.shut(name)
            assert verify(self.desks.folders[name]).problems == []

    def made_from_nothing(self, stick: Path) -> str:
        """What follows from the same segments in an empty database that holds only the roster."""
        place = self.top / "nothing"
        place.mkdir()
        with self.at("office").files.reading() as source, closing(create_database(place)) as target:
            event = self.at("office").event
            target.execute("BEGIN IMMEDIATE")
            travel.copy_tables(source, target)
            target.execute("DELETE FROM payload WHERE instance <> ?", (INSTANCE,))
            target.execute("DELETE FROM delegate WHERE id NOT LIKE ?", (f"{INSTANCE}-%",))
            own = source.execute("SELECT id FROM instance WHERE private_key IS NOT NULL").fetchall()
            for path in sorted(stick.glob("*.segment"), reverse=True):
                take_in(target, proved_segment(path, event, SECRET))
            assert own
            target.execute("COMMIT")
            return dump(target)

    def office_has_everything_once(self) -> None:
        with self.at("office").files.reading() as connection:
            known = [
                entry
                for instance in journal.instances_with_entries(connection)
                for entry in journal.entries(connection, instance)
            ]
        by_id = {entry.id: entry.hash for entry in known}
        assert len(by_id) == len(known)
        assert self.written.items() <= by_id.items()

    def carry(self, name: str, since: int) -> Path:
        """Seal onto a new stick; what was carried away has to arrive."""
        stick = self.top / f"stick {len(self.sticks)}"
        stick.mkdir()
        station = self.at(name)
        seal(station.files, stick, station.clock, since)
        self.sticks.append(stick)
        with station.files.reading() as connection:
            for instance in journal.instances_with_entries(connection):
                self.written |= {e.id: e.hash for e in journal.entries(connection, instance)}
        return stick

    def merge(self, name: str, *paths: Path) -> Merged:
        station = self.at(name)
        merged = bring_together(station.files, paths, station.clock)
        station.desk.reload()
        return merged

    @rule(name=name_of, serial=serial_of)
    def come(self, name: str, serial: int) -> None:
        self.at(name).desk.redeem(payload(serial), Source.CAMERA)

    @rule(name=name_of, who=st.sampled_from(["Vũ Thị Mai", "Lý Quốc Bảo"]))
    def walk_in(self, name: str, who: str) -> None:
        self.at(name).cases.walk_in(Person(who))

    @rule(name=name_of, serial=serial_of, text=st.sampled_from("ABC"))
    def correct(self, name: str, serial: int, text: str) -> None:
        with suppress(Refusal):
            self.at(name).cases.correct(f"{INSTANCE}-{serial}", {"seat": text})

    @rule(name=name_of, which=st.integers(0, 50))
    def void(self, name: str, which: int) -> None:
        station = self.at(name)
        with station.files.reading() as connection:
            ids = [
                row[0]
                for row in connection.execute(
                    "SELECT instance || '-' || sequence FROM entry WHERE kind = 'scan' ORDER BY instance, sequence"
                )
            ]
        if ids:
            with suppress(Refusal):
                station.desk.void(ids[which % len(ids)], "nhầm")

    @rule(name=name_of, which=st.integers(0, 9), choice=st.integers(0, 3))
    def decide(self, name: str, which: int, choice: int) -> None:
        station = self.at(name)
        with station.files.reading() as connection:
            found = conflicts(connection)
        if found:
            one = found[which % len(found)]
            resolve(station.files, station.clock, one.id, str(one.choices[choice % len(one.choices)]))

    @rule(name=name_of, since=st.integers(0, 6))
    def plug_in_a_stick(self, name: str, since: int) -> None:
        self.carry(name, since)

    @precondition(lambda self: self.sticks)
    @rule(name=name_of, which=st.lists(st.integers(0, 30), min_size=1, max_size=4))
    def take_sticks(self, name: str, which: list[int]) -> None:
        paths = [self.sticks[n % len(self.sticks)] for n in which]
        merged = self.merge(name, *paths)
        assert merged.rejected == []
        for gap in merged.gaps:
            assert gap.station
            assert 1 <= gap.first <= gap.last
            with self.at(name).files.reading() as connection:
                assert journal.last_sequence(connection, gap.instance) + 1 <= gap.first

    @precondition(lambda self: self.sticks)
    @rule(name=name_of, which=st.integers(0, 30), harm=st.sampled_from(["alter", "cut", "drop", "tail"]))
    def take_a_bad_one(self, name: str, which: int, harm: str) -> None:
        files = sorted(self.sticks[which % len(self.sticks)].glob("*.segment"))
        if not files:
            return
        original = files[which % len(files)].read_bytes()
        lines = lines_of(original)
        head = json.loads(lines[0])
        if len(lines) < 4:
            return
        bad = self.top / "bad.segment"
        if harm == "alter":
            bad.write_bytes(
                packed([*lines[:2], lines[2].replace(b'"at', b'"AT').replace(b",0,", b",1,", 1), *lines[3:]])
            )
            if lines_of(bad.read_bytes()) == lines:
                return
        elif harm == "cut":
            bad.write_bytes(original[:-7])
        elif harm == "drop":
            bad.write_bytes(packed([*lines[:2], *lines[3:]]))
        else:
            bad.write_bytes(packed(lines[:-1]))
        with self.at(name).files.reading() as connection:
            before = dump(connection)
        merged = self.merge(name, bad)
        assert [one.station for one in merged.rejected] == [head["station"]]
        assert any(character.isdigit() for character in merged.rejected[0].reason)
        with self.at(name).files.reading() as connection:
            assert dump(connection) == before

    @precondition(lambda self: self.sticks)
    @rule(name=name_of, which=st.integers(0, 30), after=st.integers(0, 2))
    def stop_in_the_middle(self, name: str, which: int, after: int) -> None:
        station = self.at(name)

        def stop(done: int, _total: int) -> None:
            if done >= after:
                raise Cancelled

        with suppress(Cancelled):
            bring_together(station.files, [self.sticks[which % len(self.sticks)]], station.clock, stop)
        station.desk.reload()

    @precondition(lambda self: self.sticks)
    @rule(name=name_of, which=st.integers(0, 30))
    def forked(self, name: str, which: int) -> None:
        """Somebody who has a station's key writes another entry in the place of one that is known here."""
        files = sorted(self.sticks[which % len(self.sticks)].glob("*.segment"))
        lines = lines_of(files[which % len(files)].read_bytes()) if files else []
        if len(lines) < 3:
            return
        head, value = json.loads(lines[0]), json.loads(lines[2])
        instance, sequence = value["entry"][0], value["entry"][1]
        with self.at(name).files.reading() as connection:
            if journal.last_sequence(connection, instance) < sequence:
                return  # nobody could tell: whoever holds the key writes the chain
        content = EntryContent(*value["entry"][:13])._replace(at_ms=7)
        entry = Entry.from_content(content, value["entry"][13])
        line = canonical_json({**value, "entry": [*content, entry.previous, entry.hash]}).encode() + b"\n"
        end = {"last": sequence, "last_hash": entry.hash}
        signature = next(filter(None, (self.signed(one, instance, head | end) for one in NAMES)), None)
        if signature is None:
            return  # the key was lost with its laptop
        bad = self.top / "fork.segment"
        bad.write_bytes(packed([lines[0], lines[1], line], **end, signature=signature.hex()))
        merged = self.merge(name, bad)
        assert [one.instance for one in merged.rejected] == [instance]
        assert str(sequence) in merged.rejected[0].reason

    def signed(self, name: str, instance: str, head: dict[str, Any]) -> bytes | None:
        with self.at(name).files.reading() as connection:
            return instances.sign(connection, instance, heads.signed_bytes(head))

    @rule(name=name_of, which=st.integers(0, 30))
    def crash(self, name: str, which: int) -> None:
        """The program ends in the middle of a transaction, and is opened again."""
        station = self.at(name)
        files = sorted(self.sticks[which % len(self.sticks)].glob("*.segment")) if self.sticks else []

        def work(connection: WriteConnection) -> None:
            for path in files:
                with suppress(Refusal):
                    take_in(connection, proved_segment(path, station.event, SECRET))
            raise InterruptedError

        with suppress(InterruptedError):
            station.files.write(work)
        self.shut(name)

    @rule(name=st.sampled_from(NAMES[1:]))
    def back_up(self, name: str) -> None:
        self.shut(name)
        copy = self.top / f"copy of {name}"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.desks.folders[name], copy)
        self.copies[name] = copy

    @precondition(lambda self: self.copies)
    @rule(name=st.sampled_from(NAMES[1:]))
    def restore(self, name: str) -> None:
        """What the station wrote since then and nobody carried away is lost; it goes on as another instance."""
        if name not in self.copies:
            return
        before = self.at(name).instance
        self.shut(name)
        shutil.rmtree(self.desks.folders[name])
        shutil.copytree(self.copies[name], self.desks.folders[name])
        assert self.at(name).instance != before

    @rule(minutes=st.integers(0, 300))
    def time_passes(self, minutes: int) -> None:
        self.desks.forward(minutes=minutes)


class TestMerge(MergeMachine.TestCase):  # type: ignore[misc, name-defined]
    """The machine as a test."""

    settings = settings(
        max_examples=4, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
