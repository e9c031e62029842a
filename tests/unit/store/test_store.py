"""The store: append-only, one program at a time, newer and foreign files refused, moved folders begin a new chain."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from station.app import open_station
from station.errors import EnvironmentFault, Refusal
from station.exchange.verify import verify
from station.model.entry import EntryKind
from station.model.verdict import Source
from station.store import journal
from station.store.connection import open_for_writing
from station.store.folder import EventFolder
from station.store.instance import NONCE_NAME, PLACE_NAME, former_marker_of, new_nonce, nonces_beside
from tests.builders import INSTANCE, HandClock, make_event, opened, payload


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return make_event(tmp_path / "e")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET at_ms = 0",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
        "INSERT INTO entry SELECT instance, sequence + 5, kind, at_ms, offset_minutes, hlc_ms, hlc_counter, "
        "delegate, session, document, target, outcome, body, previous, hash FROM entry",
    ],
)
def test_the_journal_only_grows(event: Path, statement: str) -> None:
    with opened(event) as station, pytest.raises(sqlite3.IntegrityError):
        station.files.write(lambda connection: connection.execute(statement))


def test_a_reader_cannot_write(event: Path) -> None:
    with (
        opened(event) as station,
        station.files.reading() as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("DELETE FROM attendance")


def test_durability_is_asserted_not_assumed(event: Path) -> None:
    connection = open_for_writing(event / "event.sqlite3")
    answers = [
        connection.execute(f"PRAGMA {p}").fetchone()[0]
        for p in ("journal_mode", "synchronous", "foreign_keys")
    ]
    connection.close()
    assert answers == ["wal", 2, 1]


def test_work_that_fails_leaves_nothing(event: Path) -> None:
    def broken(connection: object) -> None:
        note = journal.Note(EntryKind.SCAN, HandClock().now())
        journal.append(connection, INSTANCE, note)  # type: ignore[arg-type]
        raise KeyError("a bug")

    with opened(event) as station:
        with pytest.raises(KeyError):
            station.files.write(broken)
        with station.files.reading() as connection:
            assert len(list(journal.entries(connection, INSTANCE))) == 1


def test_a_changed_entry_is_found(event: Path) -> None:
    with opened(event) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
    connection = sqlite3.connect(event / "event.sqlite3")
    guard = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE name = 'entry_is_never_changed'"
    ).fetchone()
    connection.execute("DROP TRIGGER entry_is_never_changed")
    connection.execute("UPDATE entry SET delegate = 'somebody else' WHERE sequence = 2")
    connection.execute(guard[0])
    connection.commit()
    connection.close()
    with pytest.raises(EnvironmentFault, match=f"{INSTANCE}-2"):
        opened(event)


@pytest.mark.parametrize(
    ("table", "column"), [("event", "secret"), ("instance", "public_key"), ("instance", "private_key")]
)
def test_a_damaged_key_is_found_before_it_refuses_everybody(event: Path, table: str, column: str) -> None:
    connection = sqlite3.connect(event / "event.sqlite3")
    key = bytearray(connection.execute(f"SELECT {column} FROM {table}").fetchone()[0])
    key[7] ^= 1
    connection.execute(f"UPDATE {table} SET {column} = ?", (key,))
    connection.commit()
    connection.close()
    assert not verify(event).ok
    with pytest.raises(EnvironmentFault, match="bị hỏng"):
        opened(event)


def test_openings_cut_short_keep_the_instance(event: Path) -> None:
    nonces = event / NONCE_NAME
    for _time in range(3):
        nonces.write_text(f"{new_nonce()}\n{nonces.read_text()}")  # what a kill before the mark leaves
    with opened(event) as station:
        assert station.instance == INSTANCE
    assert len(nonces.read_text().split()) == 1


def test_a_journal_without_its_guards_is_found(event: Path) -> None:
    connection = sqlite3.connect(event / "event.sqlite3")
    connection.execute("DROP TRIGGER entry_is_never_deleted")
    connection.close()
    assert not verify(event).ok
    with pytest.raises(EnvironmentFault, match="bị hỏng"):
        opened(event)


@pytest.mark.parametrize("column", ["at_ms", "offset_minutes", "hlc_ms", "hlc_counter"])
def test_every_number_of_an_entry_is_covered_by_its_hash(event: Path, column: str) -> None:
    with opened(event) as station, station.files.reading() as connection:
        (entry,) = journal.entries(connection, INSTANCE)
    changed = entry.content._replace(**{column: getattr(entry.content, column) + 1})
    assert journal.chain_problems([type(entry)(changed, entry.previous, entry.hash)])


def test_a_second_program_is_refused_with_a_sentence(event: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from station.app import open_station\n"
        "try: open_station(Path(sys.argv[1]))\n"
        "except Exception as error: print(type(error).__name__, error); sys.exit(7)\n"
    )
    with opened(event) as station:
        second = subprocess.run(
            [sys.executable, "-c", code, str(event)], capture_output=True, text=True, check=False
        )
        assert station.desk.redeem(payload(1), Source.CAMERA).outcome == "admitted"
    assert second.returncode == 7
    assert second.stdout.startswith("Refusal")
    third = subprocess.run([sys.executable, "-c", code, str(event)], capture_output=True, check=False)
    assert third.returncode == 0


def test_a_folder_closed_by_another_thread_is_free_again(event: Path) -> None:
    station = open_station(event, clock=HandClock())
    closing = threading.Thread(target=station.close)
    closing.start()
    closing.join()
    with opened(event) as again:
        assert again.instance == INSTANCE


def test_a_newer_folder_is_refused_and_left_alone(event: Path) -> None:
    connection = sqlite3.connect(event / "event.sqlite3")
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = (event / "event.sqlite3").read_bytes()
    with pytest.raises(Refusal):
        opened(event)
    assert (event / "event.sqlite3").read_bytes() == before


def test_what_is_no_event_folder_is_refused(tmp_path: Path, event: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "foreign").mkdir()
    foreign = sqlite3.connect(tmp_path / "foreign" / "event.sqlite3")
    foreign.execute("CREATE TABLE t (x)")
    foreign.close()
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "event.sqlite3").write_text("not a database at all, but long enough " * 100)
    for name in ("nowhere", "empty", "foreign"):
        with pytest.raises(Refusal):
            opened(tmp_path / name)
    with pytest.raises(EnvironmentFault):
        opened(tmp_path / "text")
    with pytest.raises(Refusal):
        make_event(event)


def test_a_folder_gets_its_name_only_when_complete(tmp_path: Path) -> None:
    twice = [*make_twins()]
    with pytest.raises(sqlite3.IntegrityError):
        make_event(tmp_path / "e", delegates=twice)
    assert list(tmp_path.iterdir()) == []


def make_twins() -> list[object]:
    from tests.builders import DELEGATES

    return [DELEGATES[0], DELEGATES[0]]


def test_a_copied_folder_continues_as_a_new_instance(event: Path, tmp_path: Path) -> None:
    with opened(event) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
    shutil.copytree(event, tmp_path / "copy")
    with opened(tmp_path / "copy") as copy, opened(event) as original:
        assert original.instance == INSTANCE
        assert copy.instance != INSTANCE
        assert copy.name == "Bàn 1 (2)"
        assert copy.desk.redeem(payload(1), Source.CAMERA).reason == "ALREADY_IN"
        first, second = (s.desk.redeem(payload(2), Source.CAMERA).entry for s in (copy, original))
    assert first.split("-")[0] != second.split("-")[0]
    with opened(tmp_path / "copy") as again:
        assert again.instance == first.split("-")[0]


def test_the_logical_clock_never_runs_backwards(event: Path) -> None:
    clock = HandClock()
    with opened(event, clock) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        clock.forward(days=-400)
        station.desk.redeem(payload(2), Source.CAMERA)
        with station.files.reading() as connection:
            orders = [
                (e.content.hlc_ms, e.content.hlc_counter) for e in journal.entries(connection, INSTANCE)
            ]
    assert orders == sorted(orders)
    assert len(set(orders)) == len(orders)


def test_personal_words_can_be_erased_and_the_chain_still_holds(event: Path) -> None:
    with opened(event) as station:
        note = journal.Note(
            EntryKind.ROSTER_APPLIED, HandClock().now(), particulars={"file_name": "Danh sách Lê An.xlsx"}
        )
        station.files.write(lambda connection: journal.append(connection, station.instance, note))
        station.files.write(lambda c: c.execute("UPDATE particulars SET salt = NULL, text = NULL"))
        with station.files.reading() as connection:
            chain = list(journal.entries(connection, INSTANCE))
            assert journal.chain_problems(chain) == []
            assert journal.particulars_of(connection, chain[-1]) == {"file_name": (None, None)}
    assert "Lê An" not in chain[-1].content.body


def test_a_backup_is_made_before_a_migration(event: Path) -> None:
    connection = sqlite3.connect(event / "event.sqlite3")
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    with pytest.raises(EnvironmentFault):  # the tables are there already: the migration fails as a whole
        EventFolder(event, HandClock())
    (backup,) = (event / "backups").iterdir()
    copy = sqlite3.connect(backup)
    assert copy.execute("SELECT count(*) FROM delegate").fetchone()[0] == 5
    copy.close()


def test_a_database_put_back_in_place_does_not_continue_the_chain(event: Path, tmp_path: Path) -> None:
    with opened(event) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
    shutil.copyfile(event / "event.sqlite3", tmp_path / "old.sqlite3")
    with opened(event) as station:
        lost = station.desk.redeem(payload(2), Source.CAMERA).entry
    shutil.copyfile(tmp_path / "old.sqlite3", event / "event.sqlite3")  # keeps the file's number
    with opened(event) as station:
        again = station.desk.redeem(payload(3), Source.CAMERA).entry
        assert station.instance != INSTANCE
    assert again.split("-")[0] != lost.split("-")[0]


def test_a_restart_continues_the_same_chain_also_after_a_kill(event: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from station.app import open_station\n"
        "open_station(Path(sys.argv[1])); os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))\n"
    )
    for _restart in range(2):
        subprocess.run([sys.executable, "-c", code, str(event)], check=False)
        with opened(event) as station:
            assert station.instance == INSTANCE


def test_a_backup_that_is_put_back_begins_a_new_chain(event: Path) -> None:
    with opened(event) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        copy = station.back_up()
        station.desk.redeem(payload(2), Source.CAMERA)
    shutil.copyfile(copy, event / "event.sqlite3")
    with opened(event) as station:
        assert station.instance != INSTANCE
        assert station.desk.redeem(payload(1), Source.CAMERA).reason == "ALREADY_IN"


def test_a_backup_put_in_place_of_a_killed_desks_database_is_not_mixed_with_its_log(
    event: Path, tmp_path: Path
) -> None:
    with opened(event) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        backup = station.back_up()
        station.desk.redeem(payload(2), Source.CAMERA)
        shutil.copytree(event, tmp_path / "killed")  # with the log, as a killed desk leaves it
    shutil.copyfile(backup, tmp_path / "killed" / "event.sqlite3")
    assert verify(tmp_path / "killed").entries == 2
    with opened(tmp_path / "killed") as restored:
        assert restored.instance != INSTANCE
        assert restored.desk.counts().present == 1
    assert list((tmp_path / "killed").glob("event.sqlite3-wal.*"))  # what the log held is kept
    assert verify(tmp_path / "killed").problems == []


def test_a_whole_folder_put_back_from_a_copy_is_another_instance_whatever_its_file_numbers(
    tmp_path: Path,
) -> None:
    """A disk gives free file numbers anew, and the copy brings its nonce along: hard links keep the numbers here."""
    event = make_event(tmp_path / "e")
    with opened(event) as station:
        first = station.instance
    copy = tmp_path / "copy"
    shutil.copytree(event, copy)
    with opened(event) as station:
        assert station.instance == first
        station.desk.redeem(payload(1), Source.CAMERA)
    for name in ("event.sqlite3", NONCE_NAME):  # the same file with the older content
        (event / name).write_bytes((copy / name).read_bytes())
    (event / PLACE_NAME).unlink()
    shutil.copy2(copy / PLACE_NAME, event / PLACE_NAME)
    with opened(event) as station:
        assert station.instance != first


def test_a_folder_last_open_in_a_program_before_goes_on_as_it_was(tmp_path: Path) -> None:
    event = make_event(tmp_path / "e")
    with opened(event) as station:
        first = station.instance
    (nonce,) = nonces_beside(event)
    (event / PLACE_NAME).unlink()
    with closing(sqlite3.connect(event / "event.sqlite3", isolation_level=None)) as connection:
        connection.execute("UPDATE instance SET marker = ?", (former_marker_of(event, nonce),))
    for _time in range(2):
        with opened(event) as station:
            assert station.instance == first
