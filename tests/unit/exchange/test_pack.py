"""From the office to a desk by a pack, and later packs: the desk learns what is new and keeps what it recorded."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from station.app import new_event
from station.errors import BadInput, Cancelled, EnvironmentFault, Refusal
from station.exchange.pack import contents_of, make_pack
from station.exchange.packed import DATABASE, SUFFIX, opened_pack
from station.exchange.unpack import look_into, unpack
from station.exchange.verify import verify
from station.media import faults
from station.model.delegate import Delegate, DelegateStatus
from station.model.event import Session
from station.model.verdict import Reason, Source
from station.store import event as event_store
from station.store import instance as instances
from station.store import migration, projections, travel
from station.store import roster as roster_store
from station.store.connection import WriteConnection
from tests.builders import EVENT, INSTANCE, MORNING, SECRET, HandClock, make_event, opened, payload
from tests.unit.exchange.packing import (
    BIG,
    CHEAP,
    PASSPHRASE,
    change,
    everything,
    make_office,
    name_files,
    open_pack,
    pack,
    rename,
    revoke,
    withdraw,
)


def first_pack(tmp_path: Path, clock: HandClock | None = None) -> tuple[Path, Path]:
    """An office and its first pack."""
    office = make_office(tmp_path / "office")
    return office, pack(office, tmp_path / f"p1{SUFFIX}", clock).file


def test_a_laptop_becomes_a_desk_that_knows_everybody(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    clock = HandClock()
    revoke(office, 4, clock)
    withdraw(office, f"{INSTANCE}-5", clock)
    made = pack(office, tmp_path / "p.ckpack")
    assert (made.number, made.contents.delegates, made.contents.documents) == (1, 5, 3)
    assert made.bytes == made.file.stat().st_size
    found = open_pack(made.file, tmp_path / "desk")
    assert (found.station, found.updated, found.changes.added, found.files) == ("Bàn 2", False, 5, 4)
    with opened(tmp_path / "desk") as desk:
        assert (desk.name, desk.files.instance.number) == ("Bàn 2", 2)
        assert desk.instance not in (INSTANCE, "")
        assert desk.desk.redeem(payload(1), Source.CAMERA).outcome == "admitted"
        assert desk.desk.redeem(payload(4), Source.CAMERA).reason is Reason.REVOKED
        assert desk.desk.redeem(payload(5), Source.CAMERA).reason is Reason.WITHDRAWN
        with desk.files.reading() as connection:
            assert not instances.writes_here(connection, INSTANCE)
            assert instances.writes_here(connection, desk.instance)
        assert desk.files.write(projections.rebuild) == []
    report = verify(tmp_path / "desk")
    assert (report.ok, report.rehearsal) == (True, False)
    assert report.stations == sorted([INSTANCE, desk.instance])
    assert (tmp_path / "desk" / "documents" / "tl01.pdf").read_bytes() == BIG
    assert (tmp_path / "desk" / "logo.png").read_bytes() == b"logo"
    assert not list((tmp_path / "desk").glob(".pack-*"))


def test_a_later_pack_brings_what_is_new_and_leaves_what_the_desk_recorded(tmp_path: Path) -> None:
    """Roster changed, a document in a new version, one gone, a delegate gone, a code revoked."""
    clock = HandClock()
    office, first = first_pack(tmp_path)
    open_pack(first, tmp_path / "desk")
    with opened(tmp_path / "desk", clock) as desk:
        for serial in (1, 2, 5):
            desk.desk.redeem(payload(serial), Source.CAMERA)
        desk.desk.hand_out(f"{INSTANCE}-1", ["TL01", "TUI"])
        instance, before = desk.instance, desk.desk.counts()

    def office_work(connection: WriteConnection) -> None:
        rename(connection, f"{INSTANCE}-2", "Trần Văn Đức Anh")
        roster_store.insert_delegates(connection, [Delegate(f"{INSTANCE}-6", "DB00006", "Mới", unit="Mới")])
        roster_store.issue_payload(connection, INSTANCE, f"{INSTANCE}-6", MORNING)
        connection.execute("DELETE FROM payload WHERE delegate = ?", (f"{INSTANCE}-5",))
        connection.execute("DELETE FROM delegate WHERE id = ?", (f"{INSTANCE}-5",))
        roster_store.mark_vanished(connection, [f"{INSTANCE}-4"])
        connection.execute("DELETE FROM document WHERE code = 'TUI'")
        name_files(connection, {"TL01": b"second version"})
        event_store.add_sessions(connection, [Session("S2", 2, "Chiều")])

    change(office, office_work)
    revoke(office, 3, clock)
    (office / "documents" / "tl01.pdf").write_bytes(b"second version")
    (office / "photos" / "a.jpg").unlink()
    (tmp_path / "desk" / "photos" / "own.jpg").write_bytes(b"taken here")
    second = pack(office, tmp_path / "p2.ckpack", clock)
    clock.forward(hours=1)
    found = open_pack(second.file, tmp_path / "desk", clock)
    assert (found.updated, found.known, found.number, found.station) == (True, False, 2, "Bàn 2")
    assert (found.changes.added, found.changes.changed, found.changes.vanished) == (1, 1, 2)
    assert found.files == 1
    with opened(tmp_path / "desk", clock) as desk:
        assert desk.instance == instance
        after = desk.desk.counts()
        assert (after.present, after.handed_out) == (before.present, before.handed_out) == (3, 2)
        people = {line.delegate.id: line.delegate for line in desk.desk.roster()}
        assert people[f"{INSTANCE}-2"].name == "Trần Văn Đức Anh"
        assert people[f"{INSTANCE}-5"].status is DelegateStatus.VANISHED  # checked in here: never removed
        assert people[f"{INSTANCE}-4"].status is DelegateStatus.VANISHED
        assert desk.desk.redeem(payload(3), Source.CAMERA).reason is Reason.REVOKED
        assert desk.desk.redeem(payload(6), Source.CAMERA).outcome == "admitted"
        assert desk.desk.redeem(payload(1), Source.CAMERA).reason is Reason.ALREADY_IN
        assert [session.id for session in desk.desk.sessions()] == ["CHUNG", "S2"]
        codes = [item.document.code for item in desk.desk.card(f"{INSTANCE}-1").bundle]
        assert codes == ["TL01", "TL02", "TUI"]  # the bag is with this delegate
        assert [item.document.code for item in desk.desk.card(f"{INSTANCE}-2").bundle] == ["TL01", "TL02"]
        assert desk.files.write(projections.rebuild) == []
    assert verify(tmp_path / "desk").ok
    assert (tmp_path / "desk" / "documents" / "tl01.pdf").read_bytes() == b"second version"
    assert not (tmp_path / "desk" / "photos" / "a.jpg").exists()
    assert (tmp_path / "desk" / "photos" / "own.jpg").exists()
    assert list((tmp_path / "desk" / "backups").glob("*.sqlite3"))


def test_the_same_pack_again_changes_nothing_and_mends_a_file_that_is_gone(tmp_path: Path) -> None:
    _office, first = first_pack(tmp_path)
    desk = tmp_path / "desk"
    open_pack(first, desk)
    before = verify(desk).entries
    (desk / "documents" / "tl02.pdf").unlink()
    found = open_pack(first, desk)
    assert (found.known, found.updated, found.files, found.entries) == (True, True, 1, 0)
    assert (desk / "documents" / "tl02.pdf").read_bytes() == b"two"
    assert open_pack(first, desk).files == 0
    assert verify(desk).entries == before


def test_an_older_pack_is_refused_with_both_dates(tmp_path: Path) -> None:
    clock = HandClock()
    office, first = first_pack(tmp_path)
    clock.forward(days=1)
    second = pack(office, tmp_path / "p2.ckpack", clock)
    open_pack(second.file, tmp_path / "desk", clock)
    before = everything(tmp_path / "desk")
    with pytest.raises(Refusal, match=r"27/10/2022 07:30.*28/10/2022 07:30"):
        open_pack(first, tmp_path / "desk", clock)
    changed = {name for name, content in everything(tmp_path / "desk").items() if before.get(name) != content}
    assert changed <= {"event.sqlite3", "station.nonce", "station.lock"}


def test_packs_that_were_given_the_same_number_are_told_by_their_time(tmp_path: Path) -> None:
    """The office's disk was put back from a copy, and it counts anew."""
    office, first = first_pack(tmp_path)
    open_pack(first, tmp_path / "desk")
    change(office, lambda c: c.execute("DELETE FROM pack"))
    later = HandClock()
    later.forward(minutes=1)
    again = pack(office, tmp_path / "again.ckpack", later)
    assert again.number == 1
    assert not open_pack(again.file, tmp_path / "desk", later).known
    with pytest.raises(Refusal, match="cũ hơn"):
        open_pack(first, tmp_path / "desk", later)


def test_a_roster_that_the_office_took_in_anew_leaves_nobody_twice(tmp_path: Path) -> None:
    """Taken back and taken in again, everybody has another identity and the same code; who was recorded stays."""
    office, first = first_pack(tmp_path)
    open_pack(first, tmp_path / "desk")
    with opened(tmp_path / "desk") as desk:
        desk.desk.redeem(payload(1), Source.CAMERA)

    def anew(connection: WriteConnection) -> None:
        people = roster_store.delegates(connection)
        roster_store.remove_delegates(connection, [person.id for person in people])
        for number, person in enumerate(people, 11):
            one = Delegate(f"{INSTANCE}-{number}", person.code, person.name, unit=person.unit)
            roster_store.insert_delegates(connection, [one])
            roster_store.issue_payload(connection, INSTANCE, one.id, MORNING)

    change(office, anew)
    later = HandClock()
    later.forward(minutes=1)
    open_pack(pack(office, tmp_path / "p2.ckpack", later).file, tmp_path / "desk", later)
    with opened(tmp_path / "desk", later) as desk:
        people = [line.delegate for line in desk.desk.roster()]
        assert len(people) == 6
        assert sorted(person.code for person in people if person.status is DelegateStatus.VANISHED) == [
            "DB00001-2"
        ]
        assert desk.desk.counts().present == 1
    assert verify(tmp_path / "desk").ok


def test_who_was_issued_a_code_at_the_desk_stays_as_they_are(tmp_path: Path) -> None:
    office, first = first_pack(tmp_path)
    open_pack(first, tmp_path / "desk")
    with opened(tmp_path / "desk") as desk:
        here = desk.instance

        def walk_in(connection: WriteConnection) -> None:
            roster_store.insert_delegates(
                connection, [Delegate(f"{here}-1", "DB00006", "Khách", unit="Riêng")]
            )
            roster_store.issue_payload(connection, here, f"{here}-1", MORNING)

        desk.files.write(walk_in)
    change(office, lambda c: roster_store.insert_delegates(c, [Delegate("x-6", "db00006", "Mới")]))
    later = HandClock()
    later.forward(minutes=1)
    open_pack(pack(office, tmp_path / "p2.ckpack", later).file, tmp_path / "desk", later)
    with opened(tmp_path / "desk", later) as desk, desk.files.reading() as connection:
        person = roster_store.delegate_of(connection, f"{here}-1")
        assert person is not None
        assert (person.code, person.unit, person.status) == ("DB00006-2", "Riêng", DelegateStatus.ACTIVE)
        assert roster_store.payload_of_serial(connection, here, 1) is not None


def test_another_event_is_refused(tmp_path: Path) -> None:
    _office, first = first_pack(tmp_path)
    new_event(tmp_path / "other", replace(EVENT, id="another", name="Đại hội"), station="Bàn 1")
    with pytest.raises(Refusal, match=r"Tập huấn.*Đại hội"):
        open_pack(first, tmp_path / "other")


def test_a_folder_that_is_something_else_is_not_touched(tmp_path: Path) -> None:
    _office, first = first_pack(tmp_path)
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("x")
    with pytest.raises(Refusal, match="đã có"):
        open_pack(first, full)
    assert everything(full) == {"letter.txt": b"x"}
    empty = tmp_path / "empty"
    empty.mkdir()
    assert open_pack(first, empty).folder == empty


def test_a_wrong_passphrase_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    _office, first = first_pack(tmp_path)
    with pytest.raises(Refusal, match="không mở được"):
        open_pack(first, tmp_path / "desk", passphrase="mat khau")
    assert not (tmp_path / "desk").exists()


def test_a_pack_holds_no_key_of_the_office_and_nothing_that_the_desk_has_no_use_for(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    with opened(office) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        station.desk.wish_badge(f"{INSTANCE}-1")
    made = pack(office, tmp_path / "p.ckpack")
    place = tmp_path / "seen.sqlite3"
    with opened_pack(made.file, PASSPHRASE) as content:
        for file, pieces in content.parts():
            data = b"".join(pieces)
            if file.name == DATABASE:
                place.write_bytes(data)
    connection = sqlite3.connect(place)
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
        for table in tables.intersection(travel.STAYS):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        assert connection.execute("SELECT count(*) FROM delegate").fetchone() == (5,)
    finally:
        connection.close()
    with sqlite3.connect(office / "event.sqlite3") as source:
        (private_key,) = source.execute("SELECT private_key FROM instance").fetchone()
    assert private_key not in place.read_bytes()


def test_nothing_of_the_event_can_be_read_without_the_passphrase(tmp_path: Path) -> None:
    office, first = first_pack(tmp_path)
    data = first.read_bytes()
    for secret in (
        "Tập huấn".encode(),
        b"Training",
        b"TL01",
        b"tl01.pdf",
        SECRET,
        b"DB0000",
        office.name.encode(),
    ):
        assert secret not in data


def test_every_table_either_travels_or_stays(tmp_path: Path) -> None:
    """Whoever adds a table says in station.store.travel which."""
    with opened(make_event(tmp_path / "e")) as station, station.files.reading() as connection:
        tables = {
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not row[0].startswith("sqlite_")
        }
    assert tables <= {*travel.TRAVELS, *travel.STAYS}
    assert not {*travel.TRAVELS} & {*travel.STAYS}


def test_an_older_schema_is_brought_up_to_date_on_the_laptop(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    with opened(make_event(tmp_path / "e")) as station, station.files.snapshot() as connection:
        travel.write_snapshot(connection, path)
    migrated = migration.steps()[-1][0]
    with travel.snapshot_opened(path) as snapshot:
        assert migration.version_of(snapshot) == migrated
        assert len(roster_store.delegates(snapshot)) == 5


def test_too_little_room_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, first = first_pack(tmp_path)
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 100_000}))
    with pytest.raises(EnvironmentFault, match="MB"):
        open_pack(first, tmp_path / "desk")
    assert not list(tmp_path.glob("desk*"))
    with pytest.raises(EnvironmentFault, match="MB"):
        pack(office, tmp_path / "p2.ckpack")
    assert not list(tmp_path.glob("p2*"))


def test_stopping_leaves_nothing_half_done(tmp_path: Path) -> None:
    office, first = first_pack(tmp_path)

    def stop_after(limit: int) -> object:
        calls = 0

        def progress(_done: int, _total: int) -> None:
            nonlocal calls
            calls += 1
            if calls > limit:
                raise Cancelled

        return progress

    before = set(tmp_path.iterdir())
    with opened(office) as station:
        for limit in range(0, 12, 3):  # while it measures, writes, and reads back
            with pytest.raises(Cancelled):
                make_pack(
                    station.files,
                    tmp_path / "p2.ckpack",
                    PASSPHRASE,
                    station.clock,
                    stop_after(limit),
                    CHEAP,
                    True,
                )
    for limit in range(3):
        with pytest.raises(Cancelled):
            unpack(first, tmp_path / "desk", PASSPHRASE, "Bàn 2", HandClock(), None, stop_after(limit))
    assert set(tmp_path.iterdir()) == before
    assert not list(office.glob(".pack-*"))


def test_a_document_without_its_file_is_told_and_a_name_no_laptop_has_is_refused(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    (office / "documents" / "tl02.pdf").unlink()
    assert pack(office, tmp_path / "p.ckpack").contents.missing == ("TL02",)
    (office / "documents" / "a:b.pdf").write_bytes(b"")
    (office / "documents" / "NUL.pdf").write_bytes(b"")
    with pytest.raises(BadInput) as refused, opened(office) as station:
        contents_of(station.files)
    assert [problem.problem for problem in refused.value.problems] == ["NAME", "NAME"]


def test_a_clock_that_is_off_is_told_and_not_refused(tmp_path: Path) -> None:
    _office, first = first_pack(tmp_path)
    early, late = HandClock(), HandClock()
    early.forward(days=-1)
    late.forward(days=30)
    (warning,) = open_pack(first, tmp_path / "early", early).warnings
    assert "26/10/2022 07:30" in warning
    assert "27/10/2022 07:30" in warning
    (warning,) = open_pack(first, tmp_path / "late", late).warnings
    assert "28/10/2022" in warning
    assert open_pack(first, tmp_path / "right").warnings == ()


def test_looking_into_a_pack_takes_nothing_from_it(tmp_path: Path) -> None:
    _office, first = first_pack(tmp_path)
    before = set(tmp_path.iterdir())
    header, manifest = look_into(first, PASSPHRASE)
    assert (header.number, manifest.event["name"], manifest.is_rehearsal) == (1, "Tập huấn", False)
    assert manifest.about["counts"]["delegates"] == 5
    assert json.dumps(dict(manifest.about))
    assert set(tmp_path.iterdir()) == before


def test_records_of_other_desks_that_the_office_has_travel_too(tmp_path: Path) -> None:
    office, first = first_pack(tmp_path)
    with opened(office) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
    later = HandClock()
    later.forward(minutes=5)
    open_pack(pack(office, tmp_path / "p2.ckpack", later).file, tmp_path / "desk", later)
    with opened(tmp_path / "desk", later) as desk:
        verdict = desk.desk.redeem(payload(1), Source.CAMERA)
        assert verdict.reason is Reason.ALREADY_IN
        assert verdict.admission is not None
        assert verdict.admission.station == "Bàn 1"
    assert first.exists()
