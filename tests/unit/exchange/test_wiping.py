"""A laptop is wiped only when everything is elsewhere, and then of everything."""

from pathlib import Path

import pytest

from station.errors import Refusal
from station.exchange.rehearsal import make_rehearsal, place_of_rehearsal
from station.exchange.wiping import is_name_of, look_at, wipe
from station.model.verdict import Source
from tests.builders import EVENT, make_event, opened, payload


@pytest.fixture
def event(tmp_path: Path) -> Path:
    folder = make_event(tmp_path / "event")
    with opened(folder) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        station.back_up()
    (folder / "photos" / "a.jpg").write_bytes(b"a face")
    return folder


def exported(event: Path, to: Path) -> None:
    with opened(event) as station:
        station.export(to)


def test_what_was_never_exported_is_not_wiped(event: Path) -> None:
    found = look_at(event)
    assert found.last is None
    assert found.objections
    with pytest.raises(Refusal, match="2 mục ghi"):
        wipe(event, "Tập huấn")
    assert (event / "event.sqlite3").exists()


def test_an_export_inside_the_event_folder_is_not_elsewhere(event: Path) -> None:
    exported(event, event / "exports")
    assert look_at(event).objections


def test_a_record_after_the_export_stands_in_the_way(event: Path, tmp_path: Path) -> None:
    exported(event, tmp_path / "stick")
    assert look_at(event).objections == ()
    with opened(event) as station:
        station.desk.redeem(payload(2), Source.CAMERA)
    assert "1 mục ghi" in look_at(event).objections[0]
    with pytest.raises(Refusal):
        wipe(event, "Tập huấn")
    exported(event, tmp_path / "stick")
    assert look_at(event).objections == ()


def test_after_an_export_everything_goes_and_the_export_stays(event: Path, tmp_path: Path) -> None:
    exported(event, tmp_path / "stick")
    before = sum(1 for path in event.rglob("*") if path.is_file())
    wiped = wipe(event, "  tập  HUẤN ")
    assert wiped.left == ()
    assert wiped.files >= before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stick"]


def test_another_name_wipes_nothing(event: Path, tmp_path: Path) -> None:
    exported(event, tmp_path / "stick")
    for name in ("", "Tập huân", "Tập huấn 2022"):
        with pytest.raises(Refusal, match="chưa xoá gì"):
            wipe(event, name)
    assert (event / "photos" / "a.jpg").exists()


def test_an_open_event_is_not_wiped(event: Path, tmp_path: Path) -> None:
    exported(event, tmp_path / "stick")
    with opened(event), pytest.raises(Refusal, match="mở"):
        wipe(event, "Tập huấn")
    assert (event / "event.sqlite3").exists()


def test_what_a_link_leads_to_stays_and_bytes_are_gone(event: Path, tmp_path: Path) -> None:
    exported(event, tmp_path / "stick")
    (tmp_path / "theirs").write_bytes(b"theirs")
    (event / "photos" / "link").symlink_to(tmp_path / "theirs")
    (event / "photos" / "twin.jpg").hardlink_to(event / "photos" / "a.jpg")
    wipe(event, EVENT.name)
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert not event.exists()


def test_a_damaged_note_of_the_export_counts_as_none(event: Path, tmp_path: Path) -> None:
    exported(event, tmp_path / "stick")
    note = event / "outbox" / "exported.json"
    for text in (
        "",
        "[]",
        '{"chains": 1}',
        '{"at": "2022", "to": 1, "drive": "", "chains": {"x": {"last": "a"}}}',
    ):
        note.write_text(text)
        assert look_at(event).last is None


def test_either_name_is_the_events() -> None:
    assert is_name_of(EVENT, "training")
    assert not is_name_of(EVENT, " ")


def test_the_rehearsal_beside_it_has_the_same_people_and_goes_too(event: Path, tmp_path: Path) -> None:
    with opened(event) as station:
        make_rehearsal(station.files, place_of_rehearsal(event), station.clock)
        station.export(tmp_path / "stick")
    rehearsal = place_of_rehearsal(event)
    with opened(rehearsal), pytest.raises(Refusal):
        wipe(event, "Tập huấn")
    assert event.exists()
    wipe(event, "Tập huấn")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stick"]
