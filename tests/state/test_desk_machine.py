"""Plays the desk at random: whatever people do, fold of the journal = what the desk says = what the export says."""

import csv
import io
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from station.app import open_station
from station.exchange.export import tables
from station.exchange.verify import verify
from station.model.document import BundleState
from station.model.verdict import Outcome, Source
from station.reports import csv as csv_report
from station.store import projections
from station.store.connection import snapshot
from tests.builders import DELEGATES, INSTANCE, HandClock, make_event, payload

people = st.integers(1, len(DELEGATES))


class DeskMachine(RuleBasedStateMachine):
    """One desk, a model of it in two sets, and a clock that may run backwards."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp())
        self.clock = HandClock()
        make_event(self.top / "e", clock=self.clock)
        self.station = open_station(self.top / "e", clock=self.clock)
        self.present: dict[int, str] = {}
        self.handed_out: set[tuple[int, str]] = set()

    def teardown(self) -> None:
        self.station.close()
        assert verify(self.top / "e").problems == []
        shutil.rmtree(self.top)

    @rule(serial=people)
    def scan(self, serial: int) -> None:
        verdict = self.station.desk.redeem(payload(serial), Source.CAMERA)
        assert (verdict.outcome is Outcome.ADMITTED) == (serial not in self.present)
        self.present.setdefault(serial, verdict.entry)

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

    @rule(serial=people)
    def void_admission(self, serial: int) -> None:
        if serial in self.present:
            self.station.desk.void(self.present.pop(serial))

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
        assert (counts.present, counts.handed_out) == (len(self.present), len(self.handed_out))
        assert self.station.files.write(projections.rebuild) == []
        with snapshot(self.station.files.database) as connection:
            attendance, _overview, hand_outs = tables(connection)
        rows = list(csv.reader(io.StringIO(csv_report.text(attendance).decode("utf-8-sig"))))[1:]
        came = {row[1] for row in rows if row[-4]}
        assert came == {f"DB{serial:05d}" for serial in self.present}
        assert sum(row[-2] is not None for row in hand_outs.rows) == len(self.handed_out)


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
