"""Taking in another station's segment: once or often, whole or not at all, and with the reason where it is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from station.app import Station
from station.errors import BadInput, Refusal
from station.exchange.intake import TakenSegment, proved_segment, take_in
from station.exchange.segment import segment_lines
from station.exchange.verify import verify
from station.model.verdict import Source
from station.store import projections
from station.store.connection import WriteConnection
from tests.builders import EVENT, INSTANCE, SECRET, HandClock, opened, payload
from tests.unit.exchange.packing import make_office, open_pack, pack
from tests.unit.exchange.unsealed import changed, replaced


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Path, Path]:
    """Two desks of one pack."""
    made = pack(make_office(tmp_path / "office"), tmp_path / "p.ckpack").file
    return (
        open_pack(made, tmp_path / "a", name="Bàn A").folder,
        open_pack(made, tmp_path / "b", name="Bàn B").folder,
    )


def sealed(station: Station, to: Path, instance: str = "") -> Path:
    """A station's chain as a file."""
    with station.files.snapshot() as connection:
        to.write_bytes(b"".join(segment_lines(connection, instance or station.instance, "now")))
    return to


def take(station: Station, path: Path) -> TakenSegment:
    """Take a segment in as a merge would."""
    with station.files.reading() as connection:
        assert connection.execute("SELECT id FROM event").fetchone()[0] == EVENT.id
    segment = proved_segment(path, station.event, SECRET)
    return station.files.write(lambda connection: take_in(connection, segment))


def test_what_one_desk_recorded_another_one_learns_once(desks: tuple[Path, Path], tmp_path: Path) -> None:
    clock = HandClock()
    with opened(desks[0], clock) as a:
        a.desk.redeem(payload(1), Source.CAMERA)
        short = sealed(a, tmp_path / "short.segment")
        clock.forward(minutes=1)
        entry = a.desk.redeem(payload(2), Source.CAMERA).entry
        a.desk.hand_out(f"{INSTANCE}-1")
        a.desk.void(entry)
        long = sealed(a, tmp_path / "long.segment")
        instance = a.instance
    with opened(desks[1], clock) as b:
        assert take(b, short) == TakenSegment(instance, "Bàn A", 3, 0)
        assert take(b, short) == TakenSegment(instance, "Bàn A", 0, 3)
        taken = take(b, long)
        assert (taken.new, taken.known) == (5, 3)
        assert take(b, short).new == 0  # an older one after a newer one
        assert b.desk.counts().present == 1
        assert b.desk.redeem(payload(1), Source.CAMERA).reason == "ALREADY_IN"
        assert b.files.write(projections.rebuild) == []
    assert verify(desks[1]).ok


ALTERED: dict[str, Callable[[bytes], bytes]] = {
    "an entry": replaced('"admitted"', '"refused"'),
    "the name of the station": lambda data: data.replace("Bàn A".encode(), "Bàn X".encode(), 1),
    "cut off": lambda data: data[: len(data) // 2],
    "an entry gone": changed(lambda lines: lines[:3] + lines[4:]),
    "the last entries gone": changed(lambda lines: lines[:2]),
    "the proof": lambda data: data.replace(b'"proof":"', b'"proof":"0'),
    "the signature gone": changed(lambda lines: lines, signature=None),
    "no segment": lambda data: b"{}",
}


@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_segment_changes_nothing(desks: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    with opened(desks[0]) as a:
        a.desk.redeem(payload(1), Source.CAMERA)
        path = sealed(a, tmp_path / "a.segment")
    path.write_bytes(ALTERED[name](path.read_bytes()))
    with opened(desks[1]) as b:
        before = b.desk.counts()
        with pytest.raises(BadInput):
            take(b, path)
        assert b.desk.counts() == before


def test_a_missing_stretch_of_a_chain_is_told_with_its_numbers(
    desks: tuple[Path, Path], tmp_path: Path
) -> None:
    with opened(desks[0]) as a:
        for serial in (1, 2, 3):
            a.desk.redeem(payload(serial), Source.CAMERA)
        path = sealed(a, tmp_path / "a.segment")
    path.write_bytes(changed(lambda lines: lines[:2] + lines[4:])(path.read_bytes()))
    with opened(desks[1]) as b, pytest.raises(BadInput) as refused:
        take(b, path)
    assert any("2" in p.message and "3" in p.message for p in refused.value.problems)


def test_an_unsigned_chain_needs_somebody_who_answers_for_it(
    desks: tuple[Path, Path], tmp_path: Path
) -> None:
    """The office's chain, passed on by a desk that has neither the office's key nor a head that the office signed."""
    with opened(desks[0]) as a:
        a.files.write(lambda connection: connection.execute("UPDATE met SET head = NULL"))
        relayed = sealed(a, tmp_path / "office.segment", INSTANCE)
        with pytest.raises(BadInput, match="chữ ký"):
            proved_segment(relayed, a.event, SECRET)
        assert proved_segment(relayed, a.event, SECRET, vouched=True).instance == INSTANCE


def test_a_chain_is_passed_on_under_the_head_that_its_station_signed(
    desks: tuple[Path, Path], tmp_path: Path
) -> None:
    """From A to B and from there on, by whom nobody trusts: it is A who answers for it."""
    with opened(desks[0]) as a:
        a.desk.redeem(payload(1), Source.CAMERA)
        own, instance = sealed(a, tmp_path / "a.segment"), a.instance
    with opened(desks[1]) as b:
        take(b, own)
        passed_on = sealed(b, tmp_path / "on.segment", instance)
        report = proved_segment(passed_on, b.event, SECRET)
        assert (report.is_signed, report.entries) == (True, 3)
        b.files.write(
            lambda connection: connection.execute("UPDATE particulars SET salt = NULL, text = NULL")
        )
        assert proved_segment(sealed(b, passed_on, instance), b.event, SECRET).is_signed


def test_a_segment_of_another_event_is_called_that(desks: tuple[Path, Path], tmp_path: Path) -> None:
    with opened(desks[0]) as a:
        path = sealed(a, tmp_path / "a.segment")
    with pytest.raises(BadInput, match="thuộc sự kiện khác") as refused:
        proved_segment(path, replace(EVENT, id="another"), bytes(32))
    assert len(refused.value.problems) == 1


def test_two_laptops_with_copies_of_one_folder_are_found_out(
    desks: tuple[Path, Path], tmp_path: Path
) -> None:
    """The same instance wrote two different second entries."""
    with opened(desks[0]) as a:
        first = sealed(a, tmp_path / "first.segment")
        a.desk.redeem(payload(1), Source.CAMERA)
        one = sealed(a, tmp_path / "one.segment")
        key = a.instance

        def fork(connection: WriteConnection) -> None:
            connection.execute("DROP TRIGGER entry_is_never_deleted")
            connection.execute("DELETE FROM attendance")
            connection.execute("DELETE FROM entry WHERE instance = ? AND sequence = 3", (key,))

        a.files.write(fork)
        a.desk.redeem(payload(2), Source.CAMERA)
        other = sealed(a, tmp_path / "other.segment")
    with opened(desks[1]) as b:
        take(b, first)
        take(b, one)
        with pytest.raises(Refusal, match="hai lần khác nhau"):
            take(b, other)
        assert b.desk.counts().present == 1


def test_a_desk_does_not_go_on_with_its_own_chain_from_elsewhere(
    desks: tuple[Path, Path], tmp_path: Path
) -> None:
    with opened(desks[0]) as a:
        a.desk.redeem(payload(1), Source.CAMERA)
        longer = sealed(a, tmp_path / "longer.segment")

        def forget(connection: WriteConnection) -> None:
            connection.execute("DROP TRIGGER entry_is_never_deleted")
            connection.execute("DELETE FROM attendance")
            connection.execute("DELETE FROM entry WHERE instance = ? AND sequence = 3", (a.instance,))

        assert take(a, longer).new == 0
        a.files.write(forget)
        with pytest.raises(Refusal, match="chính máy này"):
            take(a, longer)


def test_an_entry_that_no_journal_holds_is_refused_as_a_whole(
    desks: tuple[Path, Path], tmp_path: Path
) -> None:
    """Signed and chained by somebody who holds the key, with an outcome that there is not."""
    from station.model.entry import Entry, EntryContent
    from station.store import journal

    with opened(desks[0]) as a:
        with a.files.reading() as connection:
            last = journal.last_entry(connection, a.instance)
        assert last is not None
        content = EntryContent(
            a.instance, last.sequence + 1, "scan", 1 << 70, 0, 1, 0, None, None, None, None, None, "{}"
        )
        segment = proved_segment(sealed(a, tmp_path / "a.segment"), a.event, SECRET)
    with opened(desks[1]) as b:
        bad = Entry.from_content(content, last.hash)
        segment.lines.append(type(segment.lines[0])(bad, {}))
        with pytest.raises(Refusal, match="không hợp lệ"):
            b.files.write(lambda connection: take_in(connection, segment))
        with b.files.reading() as connection:
            assert segment.instance not in journal.instances_with_entries(connection)
    assert json.dumps(segment.last)
