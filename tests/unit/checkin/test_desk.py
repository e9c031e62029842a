"""The desk on a real event folder: verdicts, hand-outs, voids, and that each is in the journal."""

import os
import subprocess
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from station.errors import EnvironmentFault, Refusal
from station.model.document import BundleState
from station.model.event import Audience, Repeats, Session
from station.model.mode import Mode
from station.model.verdict import Direction, Outcome, Reason, Source
from station.store import checkin, journal, projections
from tests.builders import INSTANCE, MORNING, HandClock, make_event, opened, payload

CAMERA = Source.CAMERA


def test_a_delegate_is_admitted_once_and_then_already_in(tmp_path: Path) -> None:
    clock = HandClock()
    with opened(make_event(tmp_path / "e"), clock) as station:
        first = station.desk.redeem(payload(1), CAMERA)
        clock.forward(minutes=5)
        second = station.desk.redeem(payload(1), CAMERA)
    assert (first.outcome, first.reason) == (Outcome.ADMITTED, None)
    assert first.delegate is not None
    assert first.delegate.name == "Nguyễn Thị Ánh"
    assert (second.outcome, second.reason) == (Outcome.ATTENTION, Reason.ALREADY_IN)
    assert second.admission is not None
    assert (second.admission.at, second.admission.station, second.admission.here) == (MORNING, "Bàn 1", True)
    assert second.admission.entry == first.entry


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (payload(1)[:-1] + b"x", Reason.UNKNOWN),
        (payload(1)[:-3], Reason.MISREAD),
        (payload(1, event="another event"), Reason.WRONG_EVENT),
        (payload(1, secret=b"z" * 32), Reason.FORGED),
        (b"<img src=/etc/passwd>", Reason.UNKNOWN),
        (b"\xff\x00\x1b[2J" * 700, Reason.UNKNOWN),
        ("\u202ehttps://example.org".encode(), Reason.UNKNOWN),
        (b"", Reason.UNKNOWN),
    ],
)
def test_what_is_no_live_code_of_ours_is_refused_and_recorded(
    tmp_path: Path, raw: bytes, reason: Reason
) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        verdict = station.desk.redeem(raw, CAMERA)
        with station.files.reading() as connection:
            entry = journal.entry_of(connection, verdict.entry)
    assert (verdict.outcome, verdict.reason, verdict.delegate) == (Outcome.REFUSED, reason, None)
    assert entry is not None
    assert entry.body["reason"] == reason
    assert raw.decode("latin-1") not in entry.content.body or not raw  # only a keyed hash of it is kept


def test_a_genuine_code_of_a_walk_in_elsewhere_is_admitted_with_attention(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        verdict = station.desk.redeem(payload(99), CAMERA)
    assert (verdict.outcome, verdict.reason) == (Outcome.ATTENTION, Reason.NOT_ON_ROSTER)
    assert (verdict.delegate, verdict.bundle) == (None, ())


def test_a_readable_code_opens_an_enquiry_and_admits_nobody(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        verdict = station.desk.redeem(b"db00002", Source.TYPED)
        present = station.desk.counts().present
    assert (verdict.outcome, verdict.reason, verdict.enquiry) == (Outcome.REFUSED, Reason.UNKNOWN, True)
    assert verdict.delegate is not None
    assert verdict.delegate.code == "DB00002"
    assert present == 0


def test_sessions_are_apart_and_the_one_of_now_is_chosen(tmp_path: Path) -> None:
    sessions = [
        Session(
            "A", 1, "Sáng", opens_at=MORNING - timedelta(hours=1), closes_at=MORNING + timedelta(hours=3)
        ),
        Session("B", 2, "Chiều", opens_at=MORNING + timedelta(hours=5)),
    ]
    clock = HandClock()
    with opened(make_event(tmp_path / "e", sessions=sessions), clock) as station:
        assert station.desk.redeem(payload(1), CAMERA).session.id == "A"
        assert station.desk.redeem(payload(1), CAMERA, "B").reason is Reason.NOT_YET_OPEN
        clock.forward(hours=6)
        afternoon = station.desk.redeem(payload(1), CAMERA)
        assert station.desk.redeem(payload(2), CAMERA, "A").reason is Reason.CLOSED
        with pytest.raises(Refusal, match="A, B"):
            station.desk.redeem(payload(1), CAMERA, "C")
    assert (afternoon.session.id, afternoon.outcome) == ("B", Outcome.ADMITTED)


DOOR = Session("CD1", 1, "Chuyên đề 1", exits=True, re_entry=True)


def test_who_leaves_is_checked_out_and_may_come_in_again(tmp_path: Path) -> None:
    clock = HandClock()
    with opened(make_event(tmp_path / "e", sessions=[DOOR]), clock) as station:
        desk = station.desk
        early = desk.check_out_code(payload(1), CAMERA)
        came = desk.redeem(payload(1), CAMERA)
        clock.forward(hours=1)
        left = desk.check_out_code(payload(1), CAMERA)
        present = desk.counts().present
        again = desk.check_out_code(payload(1), CAMERA)
        clock.forward(minutes=5)
        back = desk.redeem(payload(1), CAMERA)
        twice = desk.redeem(payload(1), CAMERA)
        with station.files.reading() as connection:
            written = [journal.entry_of(connection, v.entry) for v in (early, came, left)]
            row = checkin.attendance(connection)[0]
        line = next(line for line in desk.roster() if line.delegate.code == "DB00001")
        assert station.files.write(projections.rebuild) == []
        recent = desk.recent(3)
        scans = desk.counts().scans
    assert [v.reason for v in (early, came, left, again, back, twice)] == [
        Reason.NOT_IN, None, None, Reason.NOT_IN, None, Reason.ALREADY_IN,
    ]  # fmt: skip
    assert (left.outcome, left.direction, present) == (Outcome.ADMITTED, Direction.OUT, 0)
    assert left.admission is not None
    assert left.departure is not None
    assert (left.admission.entry, left.departure.entry) == (came.entry, left.entry)
    assert again.departure == left.departure
    assert twice.admission is not None
    assert twice.admission.entry == back.entry
    shapes = [(e.content.kind, e.content.outcome, e.body.get("direction")) for e in written if e]
    assert shapes == [("scan", "refused", "out"), ("scan", "admitted", None), ("left", None, "out")]
    assert (row.first_in, row.last_out, row.present) == (MORNING, left.at, True)
    assert (line.present, line.first_in, line.last_out) == (True, MORNING, left.at)
    assert [scan.left for scan in recent] == [False, False, False]
    assert scans == 6


def test_an_exit_is_voided_and_an_admission_behind_an_exit_too(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e", sessions=[DOOR])) as station:
        desk = station.desk
        came = desk.redeem(payload(1), CAMERA)
        left = desk.check_out_code(payload(1), CAMERA)
        desk.void(left.entry)
        assert desk.counts().present == 1
        with pytest.raises(Refusal):
            desk.void(left.entry)
        assert desk.check_out_code(payload(1), CAMERA).reason is None
        desk.void(came.entry)
        assert desk.counts().present == 0
        assert desk.redeem(payload(1), CAMERA).reason is None
        assert desk.counts().present == 1
        assert station.files.write(projections.rebuild) == []


def test_a_session_without_exits_checks_nobody_out_and_records_nothing(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        person = station.desk.redeem(payload(1), CAMERA).delegate
        assert person is not None
        station.lane.mode = Mode.EXIT
        for act in (
            lambda: station.lane.take_raw(payload(1), CAMERA),
            lambda: station.desk.check_out_by_hand(person.id),
        ):
            with pytest.raises(Refusal, match="CHUNG"):
                act()
        assert station.desk.counts().scans == 1


def test_by_hand_the_same_rules_hold(tmp_path: Path) -> None:
    session = replace(DOOR, admits=(Audience("Học viên"),), re_entry=False)
    with opened(make_event(tmp_path / "e", sessions=[session])) as station:
        desk = station.desk
        press, trainee = f"{INSTANCE}-5", f"{INSTANCE}-1"
        assert desk.redeem(payload(5), CAMERA).reason is Reason.NOT_ENTITLED
        assert desk.admit_by_hand(press).reason is Reason.NOT_ENTITLED
        assert desk.check_out_by_hand(trainee).reason is Reason.NOT_IN
        assert desk.admit_by_hand(trainee).reason is None
        left = desk.check_out_by_hand(trainee)
        assert (left.reason, left.source) == (None, Source.HAND)
        gone = desk.admit_by_hand(trainee)
        card = desk.card(trainee)
        stranger = (desk.redeem(payload(99), CAMERA), desk.check_out_code(payload(99), CAMERA))
    assert (gone.reason, gone.departure) == (Reason.ALREADY_IN, left.departure)
    assert (card.admission is not None, card.departure) == (True, left.departure)
    assert {verdict.reason for verdict in stranger} == {Reason.NOT_ON_ROSTER}


def test_every_day_counts_by_itself_and_the_badge_is_wished_for_once(tmp_path: Path) -> None:
    clock = HandClock()
    session = Session("AN", 1, "Ăn trưa", repeats=Repeats.DAILY)
    with opened(make_event(tmp_path / "e", sessions=[session]), clock) as station:
        first = station.desk.redeem(payload(1), CAMERA)
        station.files.write(lambda c: c.execute("DELETE FROM print_job"))
        clock.forward(hours=16, minutes=29)
        late = station.desk.redeem(payload(1), CAMERA)
        clock.forward(minutes=1)  # midnight in Hà Nội
        second = station.desk.redeem(payload(1), CAMERA)
        counts = station.desk.counts()
        with station.files.reading() as connection:
            (row,) = checkin.attendance(connection)
    assert (late.reason, second.reason) == (Reason.ALREADY_IN, None)
    assert second.admission is not None
    assert second.admission.entry == second.entry
    assert (counts.present, counts.badges_waiting, row.first_in) == (1, 0, first.at)


def test_a_bundle_is_handed_out_once_and_taken_back(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        person = station.desk.redeem(payload(1), CAMERA).delegate
        assert person is not None
        first = station.desk.hand_out(person.id, ["TUI"])
        everything = station.desk.hand_out(person.id)
        after = station.desk.take_back(person.id, "TL02")
        with station.files.reading() as connection:
            kinds = [entry.content.kind for entry in journal.entries(connection, INSTANCE)][2:]
    states = [
        [item.state == BundleState.HANDED_OUT for item in bundle] for bundle in (first, everything, after)
    ]
    assert states == [[False, False, True], [True, True, True], [True, False, True]]
    assert kinds == ["handed_out", "handed_out", "handed_out", "taken_back"]  # each document once


def test_bundles_differ_by_category(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        press = station.desk.redeem(payload(5), CAMERA)
        assert press.delegate is not None
        with pytest.raises(Refusal, match="TL02"):
            station.desk.hand_out(press.delegate.id, ["TL02"])
    assert [item.document.code for item in press.bundle] == ["TL01", "TUI"]


def test_a_void_takes_an_admission_away_once(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        verdict = station.desk.redeem(payload(1), CAMERA)
        refused = station.desk.redeem(b"unknown", CAMERA)
        station.desk.void(verdict.entry)
        assert station.desk.counts().present == 0
        with pytest.raises(Refusal):
            station.desk.void(verdict.entry)
        with pytest.raises(Refusal):
            station.desk.void(refused.entry)
        assert station.desk.redeem(payload(1), CAMERA).outcome is Outcome.ADMITTED


def test_search_finds_names_without_accents_best_first(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        station.desk.redeem(payload(5), CAMERA)
        names = [match.delegate.name for match in station.desk.search("DUC")]
        dung = station.desk.search("đỗ dung")
        assert station.desk.search("%") == ()
    assert names == ["Trần Văn Đức"]
    assert [(match.delegate.name, match.present) for match in dung] == [("Đỗ Ngọc Dũng", True)]


def test_a_search_meanwhile_the_roster_is_looked_at_anew_finds_everybody(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        done = threading.Event()

        def look_anew() -> None:
            while not done.is_set():
                station.desk.reload()

        thread = threading.Thread(target=look_anew)
        thread.start()
        try:
            found = [len(station.desk.search("đỗ dung")) for _ in range(150)]
        finally:
            done.set()
            thread.join()
    assert set(found) == {1}


def test_the_roster_is_in_vietnamese_order_of_given_names(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        given = [line.delegate.name.split()[-1] for line in station.desk.roster()]
    assert given == ["Ánh", "Ân", "Dũng", "Đức", "Hà"]


def test_rebuilt_projections_are_identical_and_tampering_shows(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        for serial in (1, 2, 1, 5):
            verdict = station.desk.redeem(payload(serial), CAMERA)
            assert verdict.delegate is not None
            station.desk.hand_out(verdict.delegate.id)
        station.desk.void(station.desk.redeem(payload(3), CAMERA).entry)
        assert station.files.write(projections.rebuild) == []
        station.files.write(lambda c: c.execute("DELETE FROM attendance WHERE delegate LIKE '%-2'"))
        assert len(station.files.write(projections.rebuild)) == 1
        assert station.files.write(projections.rebuild) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root to mount a small disk")
def test_a_full_disk_refuses_the_scan_loudly_and_loses_nothing(tmp_path: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", tmp_path], check=True)
    try:
        assert tmp_path.is_mount()
        with opened(make_event(tmp_path / "e")) as station:
            admitted = station.desk.redeem(payload(1), CAMERA)
            filler = tmp_path / "filler"
            with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
                while True:
                    file.write(b"x" * 4096)
            recorded = 0
            with pytest.raises(EnvironmentFault, match=r"đĩa|disk"):
                for _attempt in range(500):  # what the write-ahead log still holds is used up first
                    station.desk.redeem(payload(2), CAMERA)
                    recorded += 1
            with station.files.reading() as connection:
                scans = [e for e in journal.entries(connection, INSTANCE) if e.content.kind == "scan"]
            filler.unlink()
            again = station.desk.redeem(payload(3), CAMERA)
        assert len(scans) == recorded + 1  # nothing more, nothing less than what was said to be recorded
        assert scans[0].id == admitted.entry
        assert again.outcome is Outcome.ADMITTED
        with opened(tmp_path / "e") as station, station.files.reading() as connection:
            assert journal.chain_problems(journal.entries(connection, INSTANCE)) == []
    finally:
        subprocess.run(["umount", tmp_path], check=True)
