"""Bringing desks together: in any order, twice, with gaps; what is forged, altered or foreign is named and refused."""

import itertools
import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from station.app import Station, new_event
from station.checkin.cases import Person
from station.commands import main
from station.errors import EnvironmentFault
from station.exchange.merge import Merged
from station.exchange.office import Office, clock_sentence, station_lines
from station.exchange.rehearsal import make_rehearsal
from station.exchange.seal import seal
from station.exchange.verify import verify
from station.model.delegate import Delegate, DelegateStatus
from station.model.verdict import Source
from station.store import journal
from station.store import roster as roster_store
from station.store.connection import WriteConnection
from tests.builders import EVENT, INSTANCE, HandClock, opened, payload
from tests.unit.exchange.desks import Desks
from tests.unit.exchange.packing import open_pack, pack
from tests.unit.exchange.unsealed import changed, replaced


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    made = Desks(tmp_path)
    for serial, name in ((1, "Bàn A"), (2, "Bàn B"), (3, "Bàn C"), (1, "Bàn B")):
        made.at(name, lambda station, serial=serial: station.desk.redeem(payload(serial), Source.CAMERA))
    return made


def attendance(desks: Desks, name: str) -> list[tuple[object, ...]]:
    with desks.opened(name) as station, station.files.reading() as connection:
        return [
            tuple(row) for row in connection.execute("SELECT * FROM attendance ORDER BY session, delegate")
        ]


def test_the_order_of_sticks_makes_no_difference(desks: Desks) -> None:
    sticks = [desks.stick(name) for name in ("Bàn A", "Bàn B", "Bàn C")]
    ends = []
    for number, order in enumerate(itertools.permutations(sticks)):
        shutil.copytree(desks.folders["office"], desks.top / f"copy {number}")
        desks.folders["copy"], desks.clocks["copy"] = desks.top / f"copy {number}", HandClock()
        for stick in order:
            desks.merge("copy", stick)
        assert desks.merge("copy", *order).new == 0  # all of it once more
        ends.append(attendance(desks, "copy"))
        assert verify(desks.folders["copy"]).ok
    assert all(end == ends[0] for end in ends)
    assert len(ends[0]) == 3
    with desks.opened("Bàn A") as a:
        assert ends[0][0][2] == a.instance  # the first of two admissions counts


def test_what_is_known_is_told_apart_from_what_is_new(desks: Desks) -> None:
    own = desks.own("Bàn B")
    first = desks.merge("office", own)
    assert (first.new, first.known, first.rejected, first.gaps) == (4, 0, [], [])
    again = desks.merge("office", own, own.parent)
    assert (again.new, again.rejected) == (0, [])
    assert again.known >= 4


def test_a_run_that_begins_too_late_names_what_is_missing_and_waits(desks: Desks) -> None:
    for serial in (3, 4, 5):
        desks.at("Bàn A", lambda station, serial=serial: station.desk.redeem(payload(serial), Source.CAMERA))
    early, late = desks.own("Bàn A"), desks.own("Bàn A", 5)
    merged = desks.merge("office", late)
    assert (merged.new, merged.rejected) == (0, [])
    assert [(gap.station, gap.first, gap.last) for gap in merged.gaps] == [("Bàn A", 1, 5)]
    assert "Bàn A" in merged.gaps[0].sentence()
    assert "1–5" in merged.gaps[0].sentence()
    with desks.opened("office") as office:
        line = next(x for x in station_lines(office.files) if x.met.station == "Bàn A")
        assert (line.met.last, line.met.known_last, line.missing) == (0, 6, ((1, 6),))
    assert desks.merge("office", late, early).gaps == []
    with desks.opened("office") as office:
        assert all(x.is_complete for x in station_lines(office.files))


def test_runs_are_put_in_order_whatever_their_names(desks: Desks) -> None:
    desks.at("Bàn A", lambda station: station.desk.redeem(payload(4), Source.CAMERA))
    late = desks.own("Bàn A", 3)
    with desks.opened("Bàn A") as station, station.files.reading() as connection:
        assert journal.last_sequence(connection, station.instance) == 4
    first = desks.own("Bàn A")
    late.rename(late.with_name("0.segment"))
    merged = desks.merge("office", late.with_name("0.segment"), first)
    assert (merged.new, merged.gaps, merged.rejected) == (4, [], [])


TAMPERED: dict[str, Callable[[bytes], bytes]] = {
    "altered": replaced('"admitted"', '"refused"'),
    "cut off": lambda data: data[:-20],
    "its tail cut off and made good outside": changed(lambda lines: lines[:-1]),
    "its tail cut off and the end with it": changed(lambda lines: lines[:-1], last=3),
    "its head lost from the chain": changed(lambda lines: [lines[0], *lines[2:]], first=2),
    "signature stripped": changed(lambda lines: lines, signature=None),
    "nothing but noise": lambda _data: b"\x00" * 500,
}


@pytest.mark.parametrize("name", TAMPERED)
def test_one_bad_file_is_named_and_the_rest_taken_in(desks: Desks, name: str) -> None:
    bad, good = desks.own("Bàn B"), desks.own("Bàn C")
    bad.write_bytes(TAMPERED[name](bad.read_bytes()))
    merged = desks.merge("office", bad, good)
    assert merged.new == 3
    assert [Path(one.file) for one in merged.rejected] == [bad]
    assert merged.rejected[0].reason
    if "noise" not in name:
        assert merged.rejected[0].station == "Bàn B"
    assert verify(desks.folders["office"]).ok


def test_a_file_that_was_known_is_still_refused_once_it_is_damaged(desks: Desks) -> None:
    own = desks.own("Bàn B")
    desks.merge("office", own)
    own.write_bytes(own.read_bytes()[:-5])
    assert len(desks.merge("office", own).rejected) == 1


def test_another_event_and_a_rehearsal_are_refused_with_the_reason(desks: Desks, tmp_path: Path) -> None:
    clock = HandClock()
    new_event(tmp_path / "other", replace(EVENT, id="another event"), station="Bàn X", clock=clock)
    with desks.opened("office") as office:
        make_rehearsal(office.files, tmp_path / "rehearsal", clock)
    reasons = []
    for folder in (tmp_path / "other", tmp_path / "rehearsal"):
        stick = tmp_path / f"of {folder.name}"
        stick.mkdir()
        with opened(folder, clock) as station:
            own = next(path for path in seal(station.files, stick, clock) if station.instance in path.name)
        merged = desks.merge("office", own)
        assert merged.new == 0
        reasons += [one.reason.lower() for one in merged.rejected]
    assert len(reasons) == 2
    assert "sự kiện khác" in reasons[0]
    assert "diễn tập" in reasons[1]


def test_a_fork_is_refused_and_named_by_station_and_number(desks: Desks) -> None:
    """A folder copied with its marker and nonce: the one thing the marker cannot tell is made by force here."""
    desks.merge("office", desks.own("Bàn A"))
    with desks.opened("Bàn A") as a:
        instance = a.instance

        def forget(connection: sqlite3.Connection) -> None:
            connection.execute("DROP TRIGGER entry_is_never_deleted")
            connection.execute("DELETE FROM attendance")
            connection.execute("DELETE FROM entry WHERE instance = ? AND sequence = 3", (instance,))

        a.files.write(forget)
        a.desk.redeem(payload(5), Source.CAMERA)
        stick = desks.top / "forked"
        stick.mkdir()
        seal(a.files, stick, a.clock)
    merged = desks.merge("office", stick)
    assert merged.new == 0
    assert len(merged.rejected) == 1
    assert "Bàn A" in merged.rejected[0].reason
    assert " 3 " in merged.rejected[0].reason


def test_a_restored_station_goes_on_as_another_and_takes_its_own_past_back(desks: Desks) -> None:
    """Put back from a copy, it may have again what it wrote after the copy was made."""
    shutil.copytree(desks.folders["Bàn A"], desks.top / "older")
    desks.at("Bàn A", lambda station: station.desk.redeem(payload(5), Source.CAMERA))
    lost = desks.own("Bàn A")
    desks.merge("office", lost)
    shutil.rmtree(desks.folders["Bàn A"])
    (desks.top / "older").rename(desks.folders["Bàn A"])
    with desks.opened("Bàn A") as a:
        restored = a.instance
        assert restored not in lost.name
        a.desk.redeem(payload(4), Source.CAMERA)
    assert desks.merge("office", desks.stick("Bàn A")).rejected == []
    back = desks.merge("Bàn A", desks.stick("office"))
    assert back.rejected == []
    assert back.new >= 1
    assert attendance(desks, "Bàn A") == attendance(desks, "office")


def test_somebody_registered_at_one_desk_is_known_at_all(desks: Desks) -> None:
    desks.at("Bàn A", lambda station: station.cases.walk_in(Person("Vũ Thị Mai", unit="Ban Nữ công")))
    desks.merge("Bàn C", desks.stick("Bàn A"))
    desks.merge("office", desks.stick("Bàn C"))  # and passed on
    with desks.opened("office") as office:
        mai = next(line for line in office.desk.roster() if line.delegate.name == "Vũ Thị Mai")
        assert mai.present
        assert mai.delegate.unit == "Ban Nữ công"
        again = office.desk.redeem(office.payloads()[mai.delegate.id].encode(), Source.CAMERA)
        assert again.reason == "ALREADY_IN"


def test_clocks_are_measured_and_order_nothing(tmp_path: Path) -> None:
    desks = Desks(tmp_path, (timedelta(), timedelta(hours=20), timedelta(hours=-20), timedelta()))
    desks.at("Bàn A", lambda station: station.desk.redeem(payload(1), Source.CAMERA))
    desks.merge("Bàn B", desks.stick("Bàn A"))
    desks.at("Bàn B", lambda station: station.desk.redeem(payload(2), Source.CAMERA))
    desks.merge("office", desks.stick("Bàn A"), desks.own("Bàn B"))
    with desks.opened("office") as office:
        told = {line.met.station: clock_sentence(line.met) for line in station_lines(office.files)}
    assert "20" in told["Bàn A"]
    assert "40" in told["Bàn B"]  # behind the desk whose entries it had seen
    assert "Bàn C" not in told  # nobody met it yet


def test_the_office_takes_in_what_arrives_and_says_what_is_missing(desks: Desks) -> None:
    arrivals = desks.top / "arrivals"
    arrivals.mkdir()
    desks.at("Bàn A", lambda station: station.desk.redeem(payload(5), Source.CAMERA))
    whole, late = desks.own("Bàn A"), desks.own("Bàn A", 2)
    with desks.opened("office") as station:
        office = Office(station.files, station.clock, arrivals)
        assert office.look().is_whole
        shutil.copy(late, arrivals)
        report = office.look()
        assert not report.is_whole
        line = next(x for x in report.stations if x.met.station == "Bàn A")
        assert line.missing == ((1, 2),)
        assert office.look().merged.gaps == report.merged.gaps  # nothing new: the same answer
        (arrivals / "half.segment").write_bytes(whole.read_bytes()[:300])  # still being copied
        assert len(office.look().merged.rejected) == 1
        (arrivals / "half.segment").write_bytes(whole.read_bytes())
        report = office.look()
        assert report.merged.rejected == []
        assert report.is_whole


def test_a_folder_that_is_gone_is_a_fault_and_unfinished_exports_are_passed_over(desks: Desks) -> None:
    with pytest.raises(EnvironmentFault):
        desks.merge("office", desks.top / "no stick")
    part = desks.top / "stick" / "export.part"
    part.mkdir(parents=True)
    shutil.copy(desks.own("Bàn A"), part)
    assert desks.merge("office", desks.top / "stick") == Merged()


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[dict[str, object]]]:
    code = main([*map(str, arguments), "--json"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_commands_seal_merge_and_watch(desks: Desks, capsys: pytest.CaptureFixture[str]) -> None:
    stick = desks.top / "usb" / "a"
    code, lines = run(capsys, "seal", desks.folders["Bàn A"], "--to", stick)
    assert code == 0
    assert {Path(str(line["file"])).parent for line in lines} == {stick}
    code, lines = run(capsys, "merge", desks.folders["office"], stick, desks.own("Bàn B", 2))
    assert code == 1
    told = lines[0]
    assert {"new", "known", "conflicts", "rejected", "gaps"} <= told.keys()
    assert told["gaps"][0]["message"]  # type: ignore[index]
    code, lines = run(capsys, "office", desks.folders["office"], desks.top / "usb")
    assert code == 1
    assert lines[0]["whole"] is False  # the head of Bàn B is known, its entries are not
    code, lines = run(capsys, "merge", desks.folders["office"], desks.own("Bàn B"))
    assert (code, lines[0]["conflicts"]) == (0, 1)
    code, lines = run(capsys, "office", desks.folders["office"], desks.top / "usb")
    assert (code, lines[0]["whole"]) == (0, True)
    code, lines = run(capsys, "conflicts", desks.folders["office"])
    assert (code, lines[0]["kind"], lines[0]["choices"]) == (0, "admitted_twice", ["keep", "cancel"])
    assert main(["resolve", str(desks.folders["office"]), str(lines[0]["id"]), "nonsense"]) == 1
    code, told_back = run(capsys, "resolve", desks.folders["office"], lines[0]["id"], "keep")
    assert (code, told_back[0]["conflicts"]) == (0, 0)


def test_stations_with_other_versions_of_the_roster_take_each_other_in(desks: Desks) -> None:
    """The office knows somebody whom the desk's pack did not have: it counts them, and names them later."""
    late = Delegate(f"{INSTANCE}-6", "DB00006", "Hoàng Văn Muộn")

    def come(station: Station) -> None:
        def add(connection: WriteConnection) -> None:
            roster_store.insert_delegates(connection, [late])
            roster_store.issue_payload(connection, INSTANCE, late.id, station.clock.now())

        station.files.write(add)
        station.desk.reload()
        assert station.desk.admit_by_hand(late.id).outcome == "admitted"

    desks.at("office", come)
    desks.at("Bàn A", lambda station: station.desk.redeem(payload(4), Source.CAMERA))
    for name, other in (("Bàn A", "office"), ("office", "Bàn A")):
        merged = desks.merge(name, desks.stick(other))
        assert (merged.rejected, merged.gaps) == ([], [])
    assert attendance(desks, "Bàn A") == attendance(desks, "office")
    assert verify(desks.folders["Bàn A"]).ok
    newer = pack(desks.folders["office"], desks.top / "p2.ckpack", desks.clocks["office"]).file
    open_pack(newer, desks.folders["Bàn A"], desks.clocks["Bàn A"])
    with desks.opened("Bàn A") as a:
        assert any(line.present and line.delegate.name == late.name for line in a.desk.roster())


def test_a_pack_does_not_let_those_vanish_whom_another_desk_registered(desks: Desks) -> None:
    newer = pack(desks.folders["office"], desks.top / "p2.ckpack", desks.clocks["office"]).file
    desks.at("Bàn B", lambda station: station.cases.walk_in(Person("Vũ Thị Mai")))
    desks.merge("Bàn A", desks.stick("Bàn B"))
    open_pack(newer, desks.folders["Bàn A"], desks.clocks["Bàn A"])
    with desks.opened("Bàn A") as a:
        mai = next(line.delegate for line in a.desk.roster() if line.delegate.name == "Vũ Thị Mai")
    assert mai.status is DelegateStatus.ACTIVE
