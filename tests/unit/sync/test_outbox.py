"""What is recorded goes up once, whole and in the end; no row is in the way of another, and nothing is forgotten."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from station.app import Station
from station.errors import Refusal
from station.exchange.exported import FOLDER
from station.exchange.headquarters import key_in, lock_journals
from station.exchange.verify import verify
from station.model.sending import Mode, RowState
from station.model.verdict import Source
from station.store import journal
from station.store import outbox as store
from station.store.outbox import StoredTarget
from station.sync import outbox
from station.sync.credentials import Credentials
from station.sync.folder import FolderTarget
from station.sync.sending import FIRST_WAIT_S, LONGEST_WAIT_S, Sender, close_row
from station.sync.status import sentence, standings, summary
from station.sync.target import Address, Item, Kind, Refused, Target, Unreachable
from station.sync.targets import add_target, remove_target
from tests.builders import HandClock, make_event, opened, payload
from tests.unit.exchange.packing import make_office, open_pack, pack


class Trouble:
    """A folder target that troubles come to, one after the other, as a real one has them."""

    def __init__(self, place: Path) -> None:
        self.target = FolderTarget(Address(Kind.FOLDER, str(place)))
        self.at_send: list[Exception | None] = []
        self.at_holds: list[Exception | None] = []
        self.down: Exception | None = None
        self.bad_names: set[str] = set()
        self.sends = 0

    def opened(self, _stored: StoredTarget) -> Target:
        trouble = self

        class Troubled(Target):
            def test(self) -> None:
                if trouble.down:
                    raise trouble.down
                trouble.target.test()

            def send(self, item: Item) -> None:
                trouble.sends += 1
                if trouble.down:
                    raise trouble.down
                if item.name in trouble.bad_names:
                    raise Refused("Không nhận tệp này.")
                if trouble.at_send and (error := trouble.at_send.pop(0)):
                    raise error
                trouble.target.send(item)

            def holds(self, item: Item) -> bool:
                if trouble.at_holds and (error := trouble.at_holds.pop(0)):
                    raise error
                return trouble.target.holds(item)

            def close(self) -> None:
                trouble.target.close()

        return Troubled()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    (tmp_path / "nas").mkdir()
    with opened(make_event(tmp_path / "event"), clock=clock) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        yield station


@pytest.fixture
def trouble(tmp_path: Path) -> Trouble:
    return Trouble(tmp_path / "nas")


@pytest.fixture
def sender(station: Station, trouble: Trouble, tmp_path: Path) -> Sender:
    target(station, tmp_path / "nas")
    return Sender(station.files, station.clock, trouble.opened, random.Random(1))


def target(station: Station, place: Path, name: str = "NAS", mode: Mode = Mode.AUTOMATIC) -> StoredTarget:
    credentials = Credentials(station.folder / FOLDER, station.event.id)
    return add_target(station.files, credentials, Address(Kind.FOLDER, str(place)), name=name, mode=mode)


def states(station: Station) -> list[RowState]:
    with station.files.reading() as connection:
        return [row.state for row in store.rows(connection)]


def waiting_files(station: Station) -> list[Path]:
    return [path for path in (station.folder / FOLDER).glob("*/*") if path.is_file()]


def test_segments_and_workbooks_arrive_byte_for_byte_and_can_be_merged(
    station: Station, sender: Sender, tmp_path: Path
) -> None:
    (done,) = sender.round()
    assert (done.confirmed, done.refused, done.trouble) == (done.queued, 0, "")
    there = sorted(path.suffix for path in (tmp_path / "nas").iterdir())
    assert ".segment" in there
    assert ".xlsx" in there
    assert set(states(station)) == {RowState.CONFIRMED}
    assert waiting_files(station) == []
    for segment in (tmp_path / "nas").glob("*.segment"):
        assert verify(segment).ok


def test_only_what_is_new_is_sent_next_time_and_nothing_twice(
    station: Station, sender: Sender, trouble: Trouble, clock: HandClock, tmp_path: Path
) -> None:
    sender.round()
    sent = trouble.sends
    clock.forward(minutes=5)
    assert sender.round()[0].queued == 0
    station.desk.redeem(payload(2), Source.CAMERA)
    clock.forward(minutes=5)
    assert sender.round()[0].queued == 1  # a segment; the workbook has its own time
    assert trouble.sends == sent + 1
    with station.files.reading() as connection:
        runs = [(row.first, row.last) for row in store.rows(connection) if row.instance == station.instance]
    assert runs[1][0] == runs[0][1] + 1
    clock.forward(minutes=40)
    assert sender.round()[0].queued == 1
    assert len(list((tmp_path / "nas").glob("*.xlsx"))) == 2


def test_a_refused_row_stays_with_its_reason_and_the_next_ones_go_on(
    station: Station, sender: Sender, trouble: Trouble
) -> None:
    (stored,) = [each.target for each in standing(station)]
    outbox.fill(station.files, station.clock, stored, workbooks=True)
    with station.files.reading() as connection:
        names = [row.name for row in store.rows(connection)]
    trouble.bad_names = {names[0]}
    (done,) = sender.round(by_hand=True)
    assert (done.refused, done.confirmed) == (1, len(names) - 1)
    with station.files.reading() as connection:
        (refused,) = store.rows(connection, states=[RowState.REFUSED])
    assert (refused.name, refused.said) == (names[0], "Không nhận tệp này.")
    assert [path.name for path in waiting_files(station)] == [names[0]]
    with pytest.raises(Refusal):
        close_row(station.files, station.clock, refused.number, " ", "trùng")
    close_row(station.files, station.clock, refused.number, "Chị Hoa", "đã gửi bằng USB")
    with station.files.reading() as connection:
        (closed,) = store.rows(connection, states=[RowState.CLOSED])
    assert (closed.closed_by, closed.said) == ("Chị Hoa", "đã gửi bằng USB")
    assert waiting_files(station) == []


def standing(station: Station) -> list[object]:
    with station.files.reading() as connection:
        return standings(connection)  # type: ignore[return-value]


def test_a_target_that_is_down_keeps_everything_and_is_tried_less_and_less_often(
    station: Station, sender: Sender, trouble: Trouble, clock: HandClock
) -> None:
    trouble.down = Unreachable("Không có mạng.")
    waits = []
    for _try in range(9):
        (done,) = sender.round()
        assert done.trouble == "Không có mạng."
        with station.files.reading() as connection:
            (stored,) = store.targets(connection)
        assert stored.next_try_at is not None
        waits.append((stored.next_try_at - clock.now()).total_seconds())
        assert sender.round() == []  # not before its time
        clock.at = stored.next_try_at
    assert FIRST_WAIT_S / 2 <= waits[0] <= FIRST_WAIT_S
    assert all(0.5 <= wait / min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**n) <= 1 for n, wait in enumerate(waits))
    assert set(states(station)) == {RowState.PENDING}
    trouble.down = None
    (done,) = sender.round()
    assert done.confirmed == len(states(station))
    with station.files.reading() as connection:
        (stored,) = store.targets(connection)
    assert (stored.failures, stored.trouble, stored.next_try_at) == (0, "", None)


def test_what_the_target_asks_for_is_waited_for(
    station: Station, sender: Sender, trouble: Trouble, clock: HandClock
) -> None:
    trouble.down = Unreachable("Bận.", retry_after_s=400)
    sender.round()
    with station.files.reading() as connection:
        (stored,) = store.targets(connection)
    assert stored.next_try_at is not None
    assert 400 <= (stored.next_try_at - clock.now()).total_seconds() <= 440
    clock.forward(days=-1)  # a clock that is put back makes nobody wait for a day
    trouble.down = None
    assert sender.round()[0].confirmed > 0


def test_one_row_in_vain_waits_alone_while_its_target_answers(
    station: Station, sender: Sender, trouble: Trouble, clock: HandClock
) -> None:
    trouble.at_send = [Unreachable("Bận.")]
    (done,) = sender.round()
    assert done.trouble == ""
    assert states(station).count(RowState.PENDING) == 1
    assert done.confirmed == len(states(station)) - 1
    clock.forward(minutes=1)
    sender.round()
    assert set(states(station)) == {RowState.CONFIRMED}


def test_a_wrong_password_refuses_no_row(station: Station, sender: Sender, trouble: Trouble) -> None:
    trouble.down = Refused("Sai mật khẩu.")
    (done,) = sender.round()
    assert done.trouble == "Sai mật khẩu."
    assert set(states(station)) == {RowState.PENDING}


def test_sent_and_not_proved_is_proved_later_and_not_sent_again(
    station: Station, sender: Sender, trouble: Trouble, clock: HandClock
) -> None:
    trouble.at_holds = [Unreachable("Đứt.")] * 2
    sender.round()
    assert states(station).count(RowState.PENDING) >= 1
    sends = trouble.sends
    clock.forward(minutes=2)
    sender.round()
    assert set(states(station)) == {RowState.CONFIRMED}
    assert trouble.sends <= sends + 2


def test_a_station_that_dies_between_sending_and_noting_it_sends_nothing_double(
    station: Station, sender: Sender, trouble: Trouble, tmp_path: Path
) -> None:
    (stored,) = [each.target for each in standing(station)]
    outbox.fill(station.files, station.clock, stored, workbooks=True)
    with station.files.reading() as connection:
        row = store.rows(connection)[0]
    path = outbox.folder_of(station.files, row.target) / row.name
    trouble.target.send(Item(row.name, path, row.bytes, row.sha256, "", station.event.id))  # and then it died
    again = Sender(station.files, station.clock, trouble.opened)
    again.round(by_hand=True)
    assert set(states(station)) == {RowState.CONFIRMED}
    assert len(list((tmp_path / "nas").iterdir())) == len(states(station))


def test_manual_targets_wait_for_a_person_and_metered_ones_get_no_workbook_by_themselves(
    station: Station, trouble: Trouble, tmp_path: Path
) -> None:
    target(station, tmp_path / "nas", "Tay", Mode.MANUAL)
    sender = Sender(station.files, station.clock, trouble.opened)
    assert sender.round() == []
    assert sender.round(by_hand=True)[0].confirmed > 0
    (tmp_path / "nas 2").mkdir()
    metered = target(station, tmp_path / "nas 2", "4G", Mode.METERED)
    other = Trouble(tmp_path / "nas 2")
    sender = Sender(station.files, station.clock, other.opened)
    sender.round(metered.number)
    assert {path.suffix for path in (tmp_path / "nas 2").iterdir()} == {".segment"}
    sender.round(metered.number, by_hand=True)
    assert {path.suffix for path in (tmp_path / "nas 2").iterdir()} == {".segment", ".xlsx"}


def test_a_file_that_was_damaged_here_is_not_sent_and_blocks_nothing(
    station: Station, sender: Sender, clock: HandClock, tmp_path: Path
) -> None:
    (stored,) = [each.target for each in standing(station)]
    outbox.fill(station.files, station.clock, stored, workbooks=True)
    broken = next(path for path in waiting_files(station) if path.suffix == ".segment")
    broken.write_bytes(b"x" * broken.stat().st_size)
    sender.round(by_hand=True)
    with station.files.reading() as connection:
        rows = {row.name: row for row in store.rows(connection)}
    assert rows[broken.name].state is RowState.REFUSED
    assert not (tmp_path / "nas" / broken.name).exists()
    assert {row.state for name, row in rows.items() if name != broken.name} == {RowState.CONFIRMED}


def test_files_that_are_gone_are_made_again_as_on_a_laptop_that_goes_on_from_a_second_copy(
    station: Station, sender: Sender, trouble: Trouble, clock: HandClock, tmp_path: Path
) -> None:
    trouble.down = Unreachable("Không có mạng.")
    sender.round()
    station.desk.redeem(payload(2), Source.CAMERA)
    clock.forward(minutes=5)
    sender.round()
    for path in waiting_files(station):
        path.unlink()
    trouble.down = None
    clock.forward(hours=1)
    sender.round(by_hand=True)
    clock.forward(hours=1)
    sender.round(by_hand=True)
    assert set(states(station)) == {RowState.CONFIRMED}
    assert all(verify(path).ok for path in (tmp_path / "nas").glob("*.segment"))
    with station.files.reading() as connection:
        last = journal.last_sequence(connection, station.instance)
    assert max(row.last for row in rows(station) if row.instance == station.instance) == last
    held = sorted((row.first, row.last) for row in rows(station) if row.instance == station.instance)
    assert held[0][0] == 1
    assert all(after[0] <= before[1] + 1 for before, after in itertools.pairwise(held))


def rows(station: Station) -> list[store.OutboxRow]:
    with station.files.reading() as connection:
        return store.rows(connection)


def test_where_journals_are_locked_nothing_readable_goes_up(
    station: Station, sender: Sender, tmp_path: Path
) -> None:
    lock_journals(station.files, locked=True)
    sender.round(by_hand=True)
    sent = list((tmp_path / "nas").iterdir())
    assert {path.suffix for path in sent} == {".segment"}
    assert all(verify(path).locked == 1 for path in sent)
    assert all(verify(path, key_in(station.folder)).locked == 0 for path in sent)


def test_chains_that_came_from_other_desks_go_up_under_a_name_of_their_own(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    desk = open_pack(pack(office, tmp_path / "p.ckpack").file, tmp_path / "desk", name="Bàn A").folder
    (tmp_path / "nas").mkdir()
    for folder in (office, desk):
        with opened(folder) as station:
            target(station, tmp_path / "nas")
            (done,) = Sender(
                station.files,
                station.clock,
                lambda _s: FolderTarget(Address(Kind.FOLDER, str(tmp_path / "nas"))),
            ).round(by_hand=True)
            assert (done.refused, done.trouble) == (0, "")
    assert list((tmp_path / "nas").glob("*-by-*.segment"))


def test_a_stick_that_is_gone_is_no_folder_of_this_laptop(station: Station, tmp_path: Path) -> None:
    place = tmp_path / "nas"
    stored = target(station, place)
    place.rmdir()
    sender = Sender(station.files, station.clock, lambda _s: FolderTarget(Address(Kind.FOLDER, str(place))))
    (done,) = sender.round(stored.number)
    assert "nas" in done.trouble
    assert not place.exists()
    assert set(states(station)) == {RowState.PENDING}


def test_the_state_is_told_in_words(
    station: Station, sender: Sender, trouble: Trouble, clock: HandClock
) -> None:
    trouble.down = Unreachable("Cần đăng nhập.", wants_login=True)
    sender.round()
    with station.files.reading() as connection:
        (only,) = standings(connection)
    only = replace(only, target=replace(only.target, next_try_at=clock.now() + timedelta(seconds=40)))
    assert sentence(only, clock.now()) == (
        f"{only.waiting} mục chờ gửi, thử lại sau 40 giây; mạng này đòi trang đăng nhập"
    )
    assert summary([only], clock.now()).startswith("NAS: ")


def test_a_target_that_is_removed_leaves_nothing_behind(
    station: Station, sender: Sender, trouble: Trouble
) -> None:
    trouble.down = Unreachable("Không có mạng.")
    sender.round()
    assert waiting_files(station)
    with station.files.reading() as connection:
        (stored,) = store.targets(connection)
    remove_target(station.files, Credentials(station.folder / FOLDER, station.event.id), stored)
    assert waiting_files(station) == []
    assert states(station) == []


def test_a_scan_is_not_kept_waiting_by_a_target_that_hangs(station: Station, tmp_path: Path) -> None:
    """The round runs on its own thread and holds no lock of the desk while it waits for the target."""
    import threading

    entered, leave = threading.Event(), threading.Event()

    class Hanging(FolderTarget):
        def send(self, item: Item) -> None:
            entered.set()
            leave.wait(20)
            super().send(item)

    target(station, tmp_path / "nas")
    sender = Sender(
        station.files, station.clock, lambda _s: Hanging(Address(Kind.FOLDER, str(tmp_path / "nas")))
    )
    thread = threading.Thread(target=sender.round)
    thread.start()
    assert entered.wait(20)
    assert station.desk.redeem(payload(2), Source.CAMERA).outcome
    leave.set()
    thread.join(20)
    assert RowState.CONFIRMED in states(station)
