"""Journals locked for headquarters: proved by everybody, read by the holder of the key alone."""

import shutil
import zlib
from pathlib import Path

import pytest

from station.app import Station
from station.commands import main
from station.errors import EnvironmentFault
from station.exchange.headquarters import KEY_NAME, key_in, lock_for, lock_journals
from station.exchange.seal import seal
from station.exchange.verify import verify
from station.media import manifest
from station.model.verdict import Source
from tests.builders import make_event, opened, payload
from tests.unit.exchange.desks import Desks
from tests.unit.exchange.packing import make_office, open_pack, pack


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """The folder of an office that locked its event, and that of a desk of its pack with three records."""
    office = make_office(tmp_path / "office")
    with opened(office) as station:
        lock_journals(station.files, locked=True)
    desk = open_pack(pack(office, tmp_path / "p.ckpack").file, tmp_path / "desk", name="Bàn A").folder
    with opened(desk) as station:
        for serial in (1, 2, 3):
            station.desk.redeem(payload(serial), Source.CAMERA)
    return office, desk


def exported(folder: Path, to: Path) -> Path:
    with opened(folder) as station:
        return station.export(to).to


def test_the_lock_travels_in_the_pack_and_the_key_does_not(places: tuple[Path, Path], tmp_path: Path) -> None:
    office, desk = places
    key = key_in(office)
    assert key is not None
    assert key_in(desk) is None
    with opened(desk) as station:
        assert lock_for(station.files) == key.lock
    raw = key.private.private_bytes_raw()
    for file in [path for path in desk.rglob("*") if path.is_file()] + [tmp_path / "p.ckpack"]:
        assert raw not in file.read_bytes()
        assert b"PRIVATE KEY" not in file.read_bytes()


def test_an_exported_journal_is_read_by_headquarters_alone(places: tuple[Path, Path], tmp_path: Path) -> None:
    office, desk = places
    folder = exported(desk, tmp_path / "stick")
    own = max(folder.glob("journal-*.segment"), key=lambda path: path.stat().st_size)
    with pytest.raises(zlib.error):
        zlib.decompress(own.read_bytes().partition(b"\n")[2])
    seen, read = verify(folder), verify(folder, key_in(office))
    assert (seen.ok, seen.locked, seen.entries) == (True, 2, read.entries)
    assert (read.ok, read.locked) == (True, 0)
    assert "khóa cho ban tổ chức" in (folder / "README.txt").read_text("utf-8-sig")


def test_headquarters_takes_it_in_and_another_desk_is_told_why_not(
    places: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office, desk = places
    other = open_pack(tmp_path / "p.ckpack", tmp_path / "other", name="Bàn B").folder
    folder = exported(desk, tmp_path / "stick")
    assert main(["merge", str(other), str(folder), "--lang", "en"]) == 1
    assert "locked for headquarters: only the laptop with the key" in capsys.readouterr().err
    assert main(["merge", str(office), str(folder), "--lang", "en"]) == 0
    with opened(office) as station:
        assert station.desk.counts().present == 3


def test_one_changed_byte_is_found_with_and_without_the_key(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    office, desk = places
    folder = exported(desk, tmp_path / "stick")
    file = max(folder.glob("journal-*.segment"), key=lambda path: path.stat().st_size)
    data = bytearray(file.read_bytes())
    data[-40] ^= 1
    alone = tmp_path / "alone.segment"
    alone.write_bytes(data)
    assert "was changed after it was sealed" in str(verify(alone).problems) or not verify(alone).ok
    assert not verify(alone).ok
    assert not verify(alone, key_in(office)).ok
    file.write_bytes(data)
    assert any(problem for problem in manifest.verify_manifest(folder))


def test_a_key_of_another_event_opens_nothing(places: tuple[Path, Path], tmp_path: Path) -> None:
    _office, desk = places
    stranger = make_event(tmp_path / "stranger")
    with opened(stranger) as station:
        lock_journals(station.files, locked=True)
    result = verify(exported(desk, tmp_path / "stick"), key_in(stranger))
    assert (result.ok, result.locked) == (True, 2)


def test_the_key_is_made_once_and_a_damaged_one_is_not_replaced(tmp_path: Path) -> None:
    folder = make_event(tmp_path / "event")
    with opened(folder) as station:
        lock_journals(station.files, locked=True)
        lock = lock_for(station.files)
        lock_journals(station.files, locked=False)
        assert lock_for(station.files) is None
        lock_journals(station.files, locked=True)
        assert lock_for(station.files) == lock
        lock_journals(station.files, locked=False)
        (folder / KEY_NAME).write_bytes(b"-----BEGIN")
        with pytest.raises(EnvironmentFault, match=KEY_NAME):
            lock_journals(station.files, locked=True)
    assert (folder / KEY_NAME).read_bytes() == b"-----BEGIN"


def test_a_locked_chain_that_was_cut_off_is_missed(places: tuple[Path, Path], tmp_path: Path) -> None:
    """An older locked segment in the place of the newest: the manifest knows how far the chain went."""
    _office, desk = places
    older = exported(desk, tmp_path / "first")
    with opened(desk) as station:
        station.desk.redeem(payload(4), Source.CAMERA)
        instance = station.instance
    newer = exported(desk, tmp_path / "second")
    name = f"journal-{instance}.segment"
    shutil.copy(older / name, newer / name)
    assert any("ends too early" in problem or instance in problem for problem in verify(newer).problems)


def test_what_desks_pass_on_stays_readable_among_them(tmp_path: Path) -> None:
    desks = Desks(tmp_path)

    def locked(station: Station) -> None:
        lock_journals(station.files, locked=True)
        station.desk.redeem(payload(1), Source.CAMERA)

    desks.at("Bàn A", locked)
    desks.merge("Bàn B", desks.stick("Bàn A"))
    with desks.opened("Bàn B") as station:
        assert station.desk.counts().present == 1


def test_a_segment_sealed_with_the_lock_is_taken_in_at_headquarters(
    places: tuple[Path, Path], tmp_path: Path
) -> None:
    office, desk = places
    to = tmp_path / "up"
    to.mkdir()
    with opened(desk) as station:
        seal(station.files, to, station.clock, lock=lock_for(station.files))
    assert main(["merge", str(office), str(to)]) == 0
    assert verify(office).ok


def test_the_command_says_who_can_read_and_changes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_event(tmp_path / "event")
    said = []
    for options in ([], ["--lock"], ["--unlock"]):
        assert main(["headquarters", str(folder), *options, "--lang", "en"]) == 0
        said.append(capsys.readouterr().out)
    assert "Whoever has the file" in said[0]
    assert KEY_NAME in said[1]
    assert "Whoever has the file" in said[2]
