"""A rehearsal works like the event, says so in what is signed, mixes with nothing, and leaves no trace."""

from pathlib import Path

import pytest

from station.errors import BadInput, EnvironmentFault, Refusal
from station.exchange import rehearsal as rehearsal_module
from station.exchange.intake import proved_segment
from station.exchange.rehearsal import discard_rehearsal, is_rehearsal, make_rehearsal, place_of_rehearsal
from station.exchange.segment import check_segment, segment_lines
from station.exchange.verify import verify
from station.media.manifest import read_manifest
from station.model.verdict import Reason, Source
from station.store import projections
from tests.builders import INSTANCE, SECRET, HandClock, opened, payload
from tests.unit.exchange.packing import change, everything, make_office, open_pack, pack, revoke, withdraw


def rehearsed(tmp_path: Path) -> tuple[Path, Path]:
    """An office where somebody was checked in already, and its rehearsal."""
    office = make_office(tmp_path / "office")
    clock = HandClock()
    revoke(office, 4, clock)
    withdraw(office, f"{INSTANCE}-5", clock)
    with opened(office) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        make_rehearsal(station.files, place_of_rehearsal(office), station.clock)
    return office, place_of_rehearsal(office)


def test_a_rehearsal_works_with_the_real_codes_and_starts_with_nobody_here(tmp_path: Path) -> None:
    office, folder = rehearsed(tmp_path)
    assert folder.name == "office-dien-tap"
    with opened(folder) as station:
        assert station.event.rehearsal
        assert station.desk.counts().present == 0
        assert station.desk.redeem(payload(1), Source.CAMERA).outcome == "admitted"
        assert station.desk.redeem(payload(4), Source.CAMERA).reason is Reason.REVOKED
        assert station.desk.redeem(payload(5), Source.CAMERA).reason is Reason.WITHDRAWN
        assert station.instance != INSTANCE
        assert station.files.write(projections.rebuild) == []
    report = verify(folder)
    assert (report.ok, report.rehearsal, verify(office).rehearsal) == (True, True, False)
    assert (folder / "documents" / "tl02.pdf").read_bytes() == b"two"


def test_it_goes_on_as_a_rehearsal_where_it_is_copied_to(tmp_path: Path) -> None:
    import shutil

    _office, folder = rehearsed(tmp_path)
    shutil.copytree(folder, tmp_path / "copy")
    with opened(tmp_path / "copy") as station:
        assert station.event.rehearsal
        instance = station.instance
    report = verify(tmp_path / "copy")
    assert (report.ok, report.rehearsal) == (True, True)
    assert instance in report.stations


def test_the_mark_cannot_be_taken_off(tmp_path: Path) -> None:
    office, folder = rehearsed(tmp_path)
    change(folder, lambda c: c.execute("UPDATE event SET rehearsal = 0"))
    change_back = pytest.raises(EnvironmentFault, match="hỏng")
    with change_back, opened(folder):
        pass
    assert not verify(folder).ok
    change(office, lambda c: c.execute("UPDATE event SET rehearsal = 1"))
    assert not verify(office).ok


def test_segments_of_event_and_rehearsal_do_not_mix(tmp_path: Path) -> None:
    office, folder = rehearsed(tmp_path)
    paths = {}
    for place in (office, folder):
        with opened(place) as station, station.files.snapshot() as connection:
            paths[place] = tmp_path / f"{place.name}.segment"
            paths[place].write_bytes(b"".join(segment_lines(connection, station.instance, "now")))
    assert check_segment(paths[folder]).is_rehearsal
    assert verify(paths[folder]).rehearsal
    with opened(office) as station, pytest.raises(BadInput, match="là của bản diễn tập"):
        proved_segment(paths[folder], station.event, SECRET)
    with opened(folder) as station, pytest.raises(BadInput, match="là của sự kiện thật"):
        proved_segment(paths[office], station.event, SECRET)


def test_packs_of_event_and_rehearsal_do_not_mix(tmp_path: Path) -> None:
    office, folder = rehearsed(tmp_path)
    real, rehearsal = pack(office, tmp_path / "r.ckpack").file, pack(folder, tmp_path / "d.ckpack").file
    open_pack(real, tmp_path / "desk")
    open_pack(rehearsal, tmp_path / "desk-dien-tap")
    with opened(tmp_path / "desk-dien-tap") as station:
        assert station.event.rehearsal
        assert station.desk.redeem(payload(4), Source.CAMERA).reason is Reason.REVOKED
    with pytest.raises(Refusal, match="gói của bản diễn tập"):
        open_pack(rehearsal, tmp_path / "desk")
    with pytest.raises(Refusal, match="bỏ bản diễn tập"):
        open_pack(real, tmp_path / "desk-dien-tap")
    assert discard_rehearsal(tmp_path / "desk-dien-tap") is None


def test_an_export_of_a_rehearsal_says_so_in_its_names_its_tables_and_its_manifest(tmp_path: Path) -> None:
    _office, folder = rehearsed(tmp_path)
    with opened(folder) as station:
        exported = station.export(tmp_path / "stick")
    assert "dien-tap" in exported.to.name
    assert all("dien-tap" in name for name in exported.names)
    assert read_manifest(exported.to).about["rehearsal"] is True
    assert verify(exported.to).ok
    assert verify(exported.to).rehearsal
    from python_calamine import CalamineWorkbook

    for name in exported.names:
        if name.endswith(".xlsx"):
            book = CalamineWorkbook.from_path(exported.to / name)
            for sheet in book.sheet_names:
                cells = [cell for row in book.get_sheet_by_name(sheet).to_python() for cell in row]
                assert "DIỄN TẬP" in cells, (name, sheet)
        if name.endswith(".csv"):
            lines = (exported.to / name).read_text("utf-8-sig").splitlines()
            assert all("DIỄN TẬP" in line for line in lines)


def test_discarding_leaves_no_trace_and_leads_back_to_the_event(tmp_path: Path) -> None:
    office, folder = rehearsed(tmp_path)
    before = everything(office)
    with opened(folder) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
        with pytest.raises(Refusal, match=r"đang mở|đã mở"):
            discard_rehearsal(folder)
    assert discard_rehearsal(folder) == office.resolve()
    assert {path.name for path in tmp_path.iterdir()} == {"office"}
    assert everything(office) == before


def test_only_a_rehearsal_is_ever_discarded(tmp_path: Path) -> None:
    office, folder = rehearsed(tmp_path)
    plain = tmp_path / "plain"
    plain.mkdir()
    link = tmp_path / "link"
    link.symlink_to(folder, target_is_directory=True)
    for place in (office, plain, tmp_path / "nowhere", link):
        with pytest.raises(Refusal):
            discard_rehearsal(place)
    assert (office / "event.sqlite3").is_file()
    assert (folder / "event.sqlite3").is_file()
    assert (is_rehearsal(folder), is_rehearsal(office)) == (True, False)


def test_what_could_not_be_removed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _office, folder = rehearsed(tmp_path)

    def held(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(rehearsal_module.shutil, "rmtree", held)
    with pytest.raises(EnvironmentFault, match="còn sót") as fault:
        discard_rehearsal(folder)
    assert "office-dien-tap.discarded" in str(fault.value)
    assert not folder.exists()


def test_a_rehearsal_has_no_rehearsal_and_never_overwrites(tmp_path: Path) -> None:
    office, folder = rehearsed(tmp_path)
    with opened(folder) as station, pytest.raises(Refusal):
        make_rehearsal(station.files, tmp_path / "again", station.clock)
    with opened(office) as station, pytest.raises(Refusal):
        make_rehearsal(station.files, folder, station.clock)
    assert not (tmp_path / "again").exists()
