"""Plays the desk at random: whatever people do, fold of the journal = what the desk says = what the export says."""

import csv
import io
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from station.app import open_station
from station.checkin.paper import Signed
from station.codes.sign_in import make_row
from station.exchange.verify import verify
from station.model.document import BundleState
from station.model.event import Session
from station.model.verdict import Outcome, Reason, Source
from station.reports import csv as csv_report
from station.store import projections
from tests.builders import DELEGATES, INSTANCE, HandClock, make_event, payload
from tests.report_rows import grid_of, rows_of

DOOR = Session("CD1", 1, "Chuyên đề 1", exits=True, re_entry=True)
people = st.integers(1, len(DELEGATES))


class DeskMachine(RuleBasedStateMachine):
    """One desk with an entrance and an exit, a model of it, and a clock that may run backwards.

    Attributes:
        moved: who is in or out, as the entries of admissions and exits that were not cancelled, in their order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp())
        self.clock = HandClock()
        make_event(self.top / "e", clock=self.clock, sessions=[DOOR])
        self.station = open_station(self.top / "e", clock=self.clock)
        self.moved: dict[int, list[tuple[str, str]]] = {}
        self.handed_out: set[tuple[int, str]] = set()

    def teardown(self) -> None:
        self.station.close()
        assert verify(self.top / "e").problems == []
        shutil.rmtree(self.top)

    def is_in(self, serial: int) -> bool:
        return bool(self.moved.get(serial)) and self.moved[serial][-1][0] == "in"

    @rule(serial=people)
    def scan(self, serial: int) -> None:
        verdict = self.station.desk.redeem(payload(serial), Source.CAMERA)
        assert (verdict.outcome is Outcome.ADMITTED) == (not self.is_in(serial))
        if verdict.outcome is Outcome.ADMITTED:
            self.moved.setdefault(serial, []).append(("in", verdict.entry))

    @rule(serial=people)
    def leave(self, serial: int) -> None:
        verdict = self.station.desk.check_out_code(payload(serial), Source.CAMERA)
        assert (verdict.outcome is Outcome.ADMITTED) == self.is_in(serial)
        if verdict.outcome is Outcome.ADMITTED:
            self.moved[serial].append(("out", verdict.entry))
        else:
            assert verdict.reason is Reason.NOT_IN

    @rule(serial=people, minutes=st.integers(0, 600))
    def sign_on_paper(self, serial: int, minutes: int) -> None:
        """A signature says that somebody was there; who came already, and left perhaps, is left as they are."""
        at = self.clock.now() - timedelta(minutes=minutes)
        row = make_row(self.station.key, f"{INSTANCE}-{serial}", DOOR.id, 1)
        taken = self.station.paper.take(row.encode(), Signed(DOOR, at, at))
        assert (taken.outcome is Outcome.ADMITTED) == ("in" not in dict(self.moved.get(serial, [])))
        if taken.outcome is Outcome.ADMITTED:
            self.moved.setdefault(serial, []).append(("in", taken.entry))

    @rule(serial=people)
    def scan_a_row_at_the_door(self, serial: int) -> None:
        row = make_row(self.station.key, f"{INSTANCE}-{serial}", DOOR.id, 1)
        assert self.station.desk.redeem(row.encode(), Source.CAMERA).reason is Reason.SIGN_IN_ROW

    @rule(raw=st.binary(max_size=60))
    def scan_rubbish(self, raw: bytes) -> None:
        assert self.station.desk.redeem(raw, Source.CAMERA).outcome is Outcome.REFUSED

    @rule(serial=people)
    def hand_out_all(self, serial: int) -> None:
        bundle = self.station.desk.hand_out(f"{INSTANCE}-{serial}")
        assert {item.state for item in bundle} == {BundleState.HANDED_OUT}
        self.handed_out |= {(serial, item.document.code) for item in bundle}

    @rule(serial=people)
    def take_back_one(self, serial: int) -> None:
        self.station.desk.take_back(f"{INSTANCE}-{serial}", "TL01")
        self.handed_out.discard((serial, "TL01"))

    @rule(serial=people, which=st.integers(0, 9))
    def void_movement(self, serial: int, which: int) -> None:
        moved = self.moved.get(serial)
        if moved:
            self.station.desk.void(moved.pop(which % len(moved))[1])

    @rule(seconds=st.integers(-7200, 7200))
    def time_passes(self, seconds: int) -> None:
        self.clock.forward(seconds=seconds)

    @rule()
    def program_restarts(self) -> None:
        self.station.close()
        self.station = open_station(self.top / "e", clock=self.clock)

    @invariant()
    def journal_screen_and_export_agree(self) -> None:
        counts = self.station.desk.counts()
        inside = {f"DB{serial:05d}" for serial in self.moved if self.is_in(serial)}
        came = {f"DB{serial:05d}" for serial, moved in self.moved.items() if ("in" in dict(moved))}
        present = {line.delegate.code for line in self.station.desk.roster() if line.present}
        assert (counts.present, counts.handed_out) == (len(inside), len(self.handed_out))
        assert present == inside
        assert self.station.files.write(projections.rebuild) == []
        with self.station.files.reading() as connection:
            grid = grid_of(connection, "attendance", self.clock)
            written = b"".join(csv_report.lines(grid.headings, grid.rows()))
        rows = [dict(zip(grid.keys, row, strict=True)) for row in _cells(written)[1:]]
        assert {row["code"] for row in rows if row["first_in"]} == came
        assert {row["code"] for row in rows if row["state"] == "có mặt"} == inside
        hand_outs = rows_of(self.station.files, "hand-outs", self.clock)
        assert sum(row["at"] is not None for row in hand_outs) == len(self.handed_out)


def _cells(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
