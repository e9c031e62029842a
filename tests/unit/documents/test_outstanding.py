"""Who came and has not everything; a digital copy is its own record, and paper stays due."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.app import Station, open_station
from station.checkin.digital import copy_to_stick
from station.documents.changes import add_document, new_version
from station.documents.outstanding import of_documents, read_outstanding
from station.documents.pace import read_runs_out
from station.errors import Refusal
from station.model.document import Document, Entitlement
from station.model.verdict import Source
from station.store import documents as store
from station.store import projections
from tests.builders import INSTANCE, HandClock, make_event, payload


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    station = open_station(make_event(tmp_path / "event"), clock=clock)
    yield station
    station.close()


def lines(station: Station, *codes: str) -> list[tuple[str, str, str]]:
    with station.files.reading() as connection:
        found = of_documents(read_outstanding(connection), codes)
    return [(line.document.code, line.delegate.code, line.held_version) for line in found]


def test_only_who_came_is_listed_with_what_is_due(station: Station) -> None:
    assert lines(station) == []
    for serial in (1, 5):
        station.desk.redeem(payload(serial), Source.CAMERA)
    station.desk.hand_out(f"{INSTANCE}-1", ["TL01"])
    assert sorted(lines(station)) == [
        ("TL01", "DB00005", ""),
        ("TL02", "DB00001", ""),
        ("TUI", "DB00001", ""),
        ("TUI", "DB00005", ""),
    ]
    assert [line[0] for line in lines(station, "tl02")] == ["TL02"]


def test_who_has_the_old_version_is_due_the_new_one(
    station: Station, tmp_path: Path, clock: HandClock
) -> None:
    station.desk.redeem(payload(1), Source.CAMERA)
    add_document(station.files, Document("MU", 0, "Mũ"), [Entitlement("")])
    station.desk.reload()
    station.desk.hand_out(f"{INSTANCE}-1")
    new_version(station.files, "MU", None, clock.now())
    assert lines(station) == [("MU", "DB00001", "1")]


def test_a_digital_copy_is_recorded_and_the_paper_stays_due(station: Station, tmp_path: Path) -> None:
    source = tmp_path / "Quy chế.pdf"
    source.write_bytes(b"%PDF-1.7 rules")
    add_document(station.files, Document("QC", 0, "Quy chế"), [Entitlement("")], source)
    station.desk.reload()
    stick = tmp_path / "stick"
    stick.mkdir()
    who = f"{INSTANCE}-1"
    station.desk.redeem(payload(1), Source.CAMERA)
    done = copy_to_stick(station.files, station.clock, station.desk, who, stick)
    assert [document.code for document in done.written] == ["QC"]
    item = next(item for item in station.desk.card(who).bundle if item.document.code == "QC")
    assert (item.state, item.is_copied, item.held_version) == ("due", True, "")
    assert ("QC", "DB00001", "") in lines(station)
    assert station.desk.counts().handed_out == 0
    copy_to_stick(station.files, station.clock, station.desk, who, stick)
    with station.files.reading() as connection:
        assert (
            connection.execute("SELECT count(*) FROM entry WHERE kind = 'copied_digitally'").fetchone()[0]
            == 1
        )
    assert station.files.write(projections.rebuild) == []
    copies = list(stick.rglob("*.pdf"))
    assert hashlib.sha256(copies[0].read_bytes()).hexdigest() == item.document.sha256


def test_a_bundle_without_files_is_refused(station: Station, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        copy_to_stick(station.files, station.clock, station.desk, f"{INSTANCE}-1", tmp_path)


def test_copies_that_run_out_are_told_with_the_time(station: Station, clock: HandClock) -> None:
    add_document(station.files, Document("MU", 0, "Mũ", stock=6), [Entitlement("")])
    station.desk.reload()
    for number in range(1, 5):
        station.desk.hand_out(f"{INSTANCE}-{number}", ["MU"])
        clock.forward(minutes=2)
    with station.files.reading() as connection:
        found = read_runs_out(connection, store.documents(connection), clock.now())
    assert [(each.document.code, each.left) for each in found] == [("MU", 2)]
    assert (found[0].at - clock.now()).total_seconds() == 8 * 60 * 2 / 4
    assert found[0].is_soon(clock.now())


def test_a_digital_copy_can_be_cancelled_and_a_new_version_is_no_longer_on_the_stick(
    station: Station, tmp_path: Path, clock: HandClock
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 rules")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 better rules")
    add_document(station.files, Document("QC", 0, "Quy chế"), [Entitlement("")], tmp_path / "a.pdf")
    station.desk.reload()
    (tmp_path / "stick").mkdir()
    who = f"{INSTANCE}-1"
    copy_to_stick(station.files, clock, station.desk, who, tmp_path / "stick")
    new_version(station.files, "QC", tmp_path / "b.pdf", clock.now())
    station.desk.reload()
    copied = lambda: station.desk.card(who).bundle[-1]  # noqa: E731
    assert (copied().copied_version, copied().is_copied) == ("1", False)
    with station.files.reading() as connection:
        entry = connection.execute("SELECT instance || '-' || sequence FROM digital_copy").fetchone()[0]
    station.desk.void(entry)
    assert copied().copied_version == ""
    assert station.files.write(projections.rebuild) == []
