"""Passwords of targets: in the keyring, or encrypted; never anywhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.app import Station
from station.errors import Refusal
from station.exchange.exported import FOLDER
from station.model.sending import SecretPlace
from station.store.backup import back_up
from station.sync.credentials import FILE_NAME, Credentials
from station.sync.sending import Sender
from station.sync.target import Address, Kind
from station.sync.targets import add_target, known_targets, open_target, remove_target
from tests.builders import make_event, opened
from tests.keyrings import KeptInMemory, keyring_is, no_keyring
from tests.unit.exchange.packing import make_office, pack

SECRET = "Mật-khẩu-rất-bí-mật-42"
WORD = "ban tổ chức"


@pytest.fixture
def ring() -> Iterator[KeptInMemory]:
    mine = KeptInMemory({})
    with keyring_is(mine):
        yield mine


@pytest.fixture
def no_ring() -> Iterator[None]:
    with no_keyring():
        yield


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with opened(make_event(tmp_path / "event")) as station:
        yield station


def of(station: Station, passphrase: str = "") -> Credentials:
    return Credentials(station.folder / FOLDER, station.event.id, passphrase)


def add(station: Station, credentials: Credentials, name: str = "Mây") -> None:
    (station.folder.parent / name).mkdir()
    address = Address(Kind.FOLDER, str(station.folder.parent / name), "hoa")
    add_target(station.files, credentials, address, name=name, secret=SECRET)


def test_the_keyring_keeps_it_and_gives_it_back(station: Station, ring: KeptInMemory) -> None:
    add(station, of(station))
    (target,) = known_targets(station.files)
    assert target.secret is SecretPlace.KEYRING
    assert of(station).password(target) == SECRET
    remove_target(station.files, of(station), target)
    assert ring.kept == {}


@pytest.mark.usefixtures("no_ring")
def test_without_a_keyring_the_organisers_password_opens_it(station: Station) -> None:
    with pytest.raises(Refusal, match="mật khẩu ban tổ chức"):
        add(station, of(station))
    assert known_targets(station.files) == []
    add(station, of(station, WORD), "Mây 2")
    (target,) = known_targets(station.files)
    assert target.secret is SecretPlace.PASSWORD
    assert of(station, WORD).password(target) == SECRET
    for wrong in ("", "sai"):
        with pytest.raises(Refusal):
            of(station, wrong).password(target)


@pytest.mark.usefixtures("no_ring")
def test_a_password_is_in_no_file_log_pack_export_or_backup(tmp_path: Path) -> None:
    folder = make_office(tmp_path / "office")
    with opened(folder) as station:
        add(station, of(station, WORD))
        assert SECRET not in repr(of(station, WORD))
        assert WORD not in repr(of(station, WORD))
        station.export(tmp_path / "stick")
        back_up(station.files.database, folder / "backups", station.clock.now())
    pack(folder, tmp_path / "p.ckpack")
    searched = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == FILE_NAME for path in searched)
    for path in searched:
        data = path.read_bytes()
        assert SECRET.encode() not in data, path
        assert WORD.encode() not in data or path.name.startswith(("event.sqlite3", "attendance")), path


@pytest.mark.usefixtures("no_ring")
def test_a_target_whose_password_nobody_said_holds_up_no_other(station: Station) -> None:
    add(station, of(station, WORD), "Mây")
    (station.folder.parent / "NAS").mkdir()
    nas = Address(Kind.FOLDER, str(station.folder.parent / "NAS"))
    add_target(station.files, of(station), nas, name="NAS")
    silent = of(station)
    sender = Sender(station.files, station.clock, lambda target: open_target(station.files, silent, target))
    locked, free = sender.round()
    assert "mật khẩu ban tổ chức" in locked.trouble
    assert (free.trouble, free.confirmed) == ("", free.queued)
    assert list((station.folder.parent / "NAS").iterdir())
    silent.passphrase = WORD
    assert [done.trouble for done in sender.round(by_hand=True)] == ["", ""]
