"""A backup is put back, and what was recorded since is kept as far as it can be read."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from station.errors import EnvironmentFault, Refusal
from station.exchange.restoring import restore
from station.exchange.verify import verify
from station.model.verdict import Source
from station.store.backup import backup_problems, backups_in
from tests.builders import INSTANCE, HandClock, make_event, opened, payload


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """One admitted before the backup, one after it."""
    folder = make_event(tmp_path / "event")
    with opened(folder) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        station.back_up()
        station.desk.redeem(payload(2), Source.CAMERA)
    return folder


def test_backups_are_listed_and_proved(event: Path) -> None:
    (backup,) = backups_in(event / "backups")
    assert backup.at == HandClock().now()
    assert backup_problems(backup.path) == []
    (event / "backups" / "x-event.sqlite3").write_bytes(b"none")
    assert len(backups_in(event / "backups")) == 1


def test_damage_to_a_backup_is_found_wherever_it_is(event: Path) -> None:
    (backup,) = backups_in(event / "backups")
    whole = backup.path.read_bytes()
    for part in (0, 1, 2):
        place = part * len(whole) // 3
        backup.path.write_bytes(whole[:place] + b"\xff" * 4096 + whole[place + 4096 :])
        assert backup_problems(backup.path) != []
    backup.path.write_bytes(b"")
    assert backup_problems(backup.path) != []


def test_what_came_after_the_backup_is_taken_over(event: Path) -> None:
    (backup,) = backups_in(event / "backups")
    restored = restore(event, backup, HandClock())
    assert (restored.rescued, restored.warnings) == (1, ())
    with opened(event) as station:
        assert station.instance != INSTANCE
        assert station.desk.counts().present == 2
    assert verify(event).problems == []
    assert (restored.aside / "event.sqlite3").exists()


def test_a_database_that_cannot_be_read_gives_what_the_backup_has(event: Path) -> None:
    database = event / "event.sqlite3"
    database.write_bytes(b"\0" * database.stat().st_size)
    with pytest.raises((EnvironmentFault, Refusal)):
        opened(event)
    restored = restore(event, backups_in(event / "backups")[0], HandClock())
    assert restored.rescued == 0
    assert len(restored.warnings) == 1
    with opened(event) as station:
        assert station.desk.counts().present == 1


def test_a_database_that_is_gone_is_put_back_too(event: Path) -> None:
    (event / "event.sqlite3").unlink()
    restore(event, backups_in(event / "backups")[0], HandClock())
    with opened(event) as station:
        assert station.desk.counts().present == 1


def test_a_backup_that_is_not_whole_changes_nothing(event: Path) -> None:
    (backup,) = backups_in(event / "backups")
    backup.path.write_bytes(backup.path.read_bytes()[:5000])
    before = (event / "event.sqlite3").read_bytes()
    with pytest.raises(EnvironmentFault, match="không nguyên vẹn"):
        restore(event, backup, HandClock())
    assert (event / "event.sqlite3").read_bytes() == before


def test_an_open_event_is_not_exchanged(event: Path) -> None:
    with opened(event), pytest.raises(Refusal, match="mở"):
        restore(event, backups_in(event / "backups")[0], HandClock())


def test_two_backups_at_the_same_moment_are_both_whole(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station, ThreadPoolExecutor(4) as pool:
        made = {future.result() for future in [pool.submit(station.back_up) for _ in range(8)]}
    assert [backup_problems(path) for path in made] == [[]]
