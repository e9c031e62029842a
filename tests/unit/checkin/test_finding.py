"""Codes that are only looked up: the table for documents and the enquiry record no scan, and say what is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from station.app import Station
from station.checkin.finding import Finding
from station.model.entry import EntryKind
from station.model.event import Session
from station.model.mode import Mode
from station.model.verdict import Outcome, Reason, Source
from station.store import journal, projections
from station.store.journal import Note
from tests.builders import INSTANCE, MORNING, make_event, opened, payload

SCANNER = Source.SCANNER


def look(station: Station, raw: bytes, mode: Mode = Mode.DOCUMENTS) -> Finding:
    station.lane.mode = mode
    found = station.lane.take_raw(raw, SCANNER)
    assert isinstance(found, Finding)
    return found


def entries_of(station: Station) -> int:
    with station.files.reading() as connection:
        return len(list(journal.entries(connection, INSTANCE)))


@pytest.mark.parametrize("mode", [Mode.DOCUMENTS, Mode.ENQUIRY])
def test_nothing_is_recorded_whatever_the_code_is(tmp_path: Path, mode: Mode) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        station.desk.redeem(payload(1), SCANNER)
        before = entries_of(station)
        codes = (
            payload(1),
            payload(2),
            b"DB00003",
            b"nonsense",
            payload(4)[:-1] + b"0",
            payload(1, bytes(32)),
        )
        found = [look(station, raw, mode) for raw in codes]
        assert [each.reason for each in found] == [
            None, None, None, Reason.UNKNOWN, Reason.MISREAD, Reason.FORGED,
        ]  # fmt: skip
        assert [each.outcome for each in found[:3]] == [
            Outcome.ADMITTED,
            Outcome.ATTENTION,
            Outcome.ATTENTION,
        ]
        assert (entries_of(station), station.desk.counts().scans) == (before, 1)


def test_a_code_that_died_or_a_blocked_person_gets_nothing(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        blocked = Note(
            EntryKind.STANDING_CHANGED, MORNING, delegate=f"{INSTANCE}-3", body={"status": "blocked"}
        )
        station.files.write(lambda connection: projections.record(connection, INSTANCE, blocked))
        station.cases.lost_badge(f"{INSTANCE}-1")
        found = [look(station, payload(serial)) for serial in (1, 3, 99)]
        assert [each.reason for each in found] == [Reason.REVOKED, Reason.BLOCKED, Reason.NOT_ON_ROSTER]
        assert [each.outcome for each in found] == [Outcome.REFUSED, Outcome.REFUSED, Outcome.ATTENTION]


def test_a_session_that_is_not_open_keeps_no_documents_back(tmp_path: Path) -> None:
    later = Session("CD1", 1, "Chuyên đề 1", opens_at=MORNING + timedelta(hours=2))
    with opened(make_event(tmp_path / "e", sessions=[later])) as station:
        found = look(station, payload(1))
        assert found.card is not None
        assert (found.reason, len(found.card.bundle)) == (None, 3)
        station.desk.hand_out(found.card.delegate.id)
        assert station.desk.counts().handed_out == 3
