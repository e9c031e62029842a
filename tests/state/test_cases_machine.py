"""Plays every kind of record at random: the fold is pure, so it is the same in whatever order entries arrive."""

import random
import shutil
import tempfile
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from station.app import open_station
from station.checkin.cases import Person
from station.errors import Refusal
from station.exchange.verify import verify
from station.model.document import BundleState
from station.model.entry import EntryKind
from station.model.event import Session
from station.model.verdict import Outcome, Source
from station.store import cases as case_store
from station.store import documents as document_store
from station.store import instance as instances
from station.store import journal, projections, travel
from station.store import roster as roster_store
from station.store.connection import ReadConnection, WriteConnection, snapshot
from station.store.folder import create_database
from station.store.journal import Note
from tests.builders import MORNING, HandClock, make_event

OTHER = "87654321"  # another desk, whose records this one has taken in
SESSIONS = (
    Session("S1", 1, "Sáng", exits=True, re_entry=True),
    Session("S2", 2, "Chiều", opens_at=MORNING + timedelta(hours=5), exits=True),
)
someone = st.sampled_from([0, 1, -1])  # few, so that much happens to each; the last may be a walk-in
session = st.sampled_from(["S1", "S2"])


def folded(connection: ReadConnection) -> dict[str, set[tuple[Any, ...]]]:
    return {
        table: {tuple(row) for row in connection.execute(f"SELECT * FROM {table}")}
        for table in projections.TABLES
    }


class CasesMachine(RuleBasedStateMachine):
    """A desk at which everything happens that is ever recorded, and the records of another one."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp())
        self.clock = HandClock()
        make_event(self.top / "e", clock=self.clock, sessions=SESSIONS)
        self.station = open_station(self.top / "e", clock=self.clock)
        self.station.files.write(lambda c: instances.start_instance(c, "Bàn 2", "there", self.clock, OTHER))

    def teardown(self) -> None:
        assert self.station.files.write(projections.rebuild) == []
        self.station.close()
        assert verify(self.top / "e").problems == []
        with snapshot(self.top / "e" / "event.sqlite3") as connection:
            known = [
                e for i in journal.instances_with_entries(connection) for e in journal.entries(connection, i)
            ]
            wanted = folded(connection)
            for seed in range(3):
                assert self.taken_in(connection, known, seed) == wanted
        shutil.rmtree(self.top)

    def taken_in(self, source: ReadConnection, entries: list[Any], seed: int) -> dict[str, Any]:
        """What follows from the same entries, added in another order to an empty database."""
        place = self.top / str(seed)
        place.mkdir()
        with closing(create_database(place)) as target:
            target.execute("BEGIN IMMEDIATE")
            travel.copy_tables(source, target)
            target.execute("DROP TRIGGER entry_follows_its_chain")  # harder than any merge will be
            for known in instances.all_instances(source).values():
                instances.add_instance(target, known, 0)
            for entry in random.Random(seed).sample(entries, len(entries)):
                projections.add(target, [(entry, journal.particulars_of(source, entry))])
            target.execute("COMMIT")
            return folded(target)

    def who(self, number: int) -> str:
        """Somebody of the roster as it is now, walk-ins among them."""
        with self.station.files.reading() as connection:
            people = roster_store.unsorted_delegates(connection)
        return people[number % len(people)].id

    def entries(self) -> list[str]:
        with self.station.files.reading() as connection:
            return [
                entry.id
                for instance in journal.instances_with_entries(connection)
                for entry in journal.entries(connection, instance)
            ]

    @rule(number=someone, session=session)
    def come(self, number: int, session: str) -> None:
        self.station.desk.admit_by_hand(self.who(number), session)

    @rule(number=someone, session=session)
    def leave(self, number: int, session: str) -> None:
        self.station.desk.check_out_by_hand(self.who(number), session)

    @rule(number=someone, session=session)
    def come_by_exception(self, number: int, session: str) -> None:
        verdict = self.station.cases.override(self.who(number), "Trưởng ban đồng ý", session)
        assert verdict.outcome is Outcome.ADMITTED

    @rule(name=st.sampled_from(["Vũ Thị Mai", "Lý Quốc Bảo"]))
    def walk_in(self, name: str) -> None:
        self.station.cases.walk_in(Person(name, unit="Ban Nữ công"), "S1")

    @rule(number=someone, approved=st.booleans())
    def decide(self, number: int, approved: bool) -> None:
        with suppress(Refusal):
            self.station.cases.decide_walk_in(self.who(number), approved=approved)

    @rule(number=someone)
    def come_instead(self, number: int) -> None:
        who = self.who(number)
        with suppress(Refusal):
            comes = self.station.cases.substitute(who, Person("Đi Thay"), "bận họp")
            with self.station.files.reading() as connection:
                assert case_store.substitute_of(connection, who) == comes.id

    @rule(number=someone, field=st.sampled_from(["name", "unit", "phone"]), text=st.sampled_from("ABC"))
    def correct(self, number: int, field: str, text: str) -> None:
        who = self.who(number)
        with suppress(Refusal):
            assert getattr(self.station.cases.correct(who, {field: text}), field) == text

    @rule(number=someone)
    def lose_the_badge(self, number: int) -> None:
        self.station.cases.lost_badge(self.who(number))

    @rule(number=someone, status=st.sampled_from(["withdrawn", "blocked", "active"]))
    def change_standing(self, number: int, status: str) -> None:
        who = self.who(number)
        note = Note(EntryKind.STANDING_CHANGED, self.clock.now(), delegate=who, body={"status": status})
        self.station.files.write(lambda c: projections.record(c, self.station.instance, note))

    @rule(number=someone)
    def hand_out(self, number: int) -> None:
        bundle = self.station.desk.hand_out(self.who(number))
        assert {item.held_version for item in bundle} <= {self.version()}
        assert all(item.state is BundleState.HANDED_OUT for item in bundle)

    @rule(number=someone)
    def take_back(self, number: int) -> None:
        if self.has_one(number):
            self.station.desk.take_back(self.who(number), "TL01")

    @rule()
    def renew_the_documents(self) -> None:
        version = str(int(self.version()) + 1)

        def work(connection: WriteConnection) -> None:
            for document in document_store.documents(connection):
                document_store.update_document(connection, document.code, replace(document, version=version))

        self.station.files.write(work)
        self.station.desk.reload()

    @rule(which=st.integers(0, 200))
    def void(self, which: int) -> None:
        known = self.entries()
        with suppress(Refusal):
            self.station.desk.void(known[which % len(known)], "nhầm")

    @rule(which=st.lists(st.integers(0, 200), max_size=4), session=session)
    def move(self, which: list[int], session: str) -> None:
        known = self.entries()
        self.station.cases.move([known[n % len(known)] for n in which], session)

    @rule(number=someone, session=session, kind=st.sampled_from([EntryKind.SCAN, EntryKind.LEFT]))
    def come_or_leave_at_the_other_desk(self, number: int, session: str, kind: EntryKind) -> None:
        who = self.who(number)
        outcome = "admitted" if kind is EntryKind.SCAN else None
        note = Note(kind, self.clock.now(), who, session, outcome=outcome, body={"source": Source.CAMERA})
        self.station.files.write(lambda c: projections.record(c, OTHER, note))

    @rule(number=someone, text=st.sampled_from("ABC"))
    def correct_at_the_other_desk(self, number: int, text: str) -> None:
        note = Note(EntryKind.CORRECTED, self.clock.now(), self.who(number), particulars={"name": text})
        self.station.files.write(lambda c: projections.record(c, OTHER, note))

    @rule(seconds=st.integers(-7200, 25_000))
    def time_passes(self, seconds: int) -> None:
        self.clock.forward(seconds=seconds)

    def version(self) -> str:
        with self.station.files.reading() as connection:
            return document_store.documents(connection)[0].version

    def has_one(self, number: int) -> bool:
        with self.station.files.reading() as connection:
            return "TL01" in document_store.handed_out_to(connection, self.who(number))


class TestCases(CasesMachine.TestCase):  # type: ignore[misc, name-defined]
    """The machine as a test."""

    settings = settings(max_examples=12, stateful_step_count=50, deadline=None)
