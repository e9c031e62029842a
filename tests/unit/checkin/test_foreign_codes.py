"""Codes that others printed, at the desk: who is found, when it is ambiguous, and what is never written down."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from station.app import Station
from station.capture.frame import Code, Frame, Sighting
from station.exchange.export import export_event
from station.model.clue import Recogniser
from station.model.delegate import Delegate
from station.model.verdict import Outcome, Reason, Source
from station.store import journal
from station.store.connection import APPLICATION_ID
from station.store.migration import migrate, steps, version_of
from tests.builders import DELEGATES, make_event, opened, payload
from tests.unit.capture.pictures import empty

CARD = "001085012345|012345678|Nguyễn Bí Mật|15081985|Nữ|Thôn Kín, Hà Nam|20042021"
STRANGERS_CARD = "079099000111||Trần Vô Danh|01011990|Nam|Ấp Lạ, Cà Mau|20042021"
VCARD = "BEGIN:VCARD\nFN:Người Lạ\nTEL:+84 912 345 678\nEMAIL:la@example.org\nADR:;;Ngõ Kín;;;;\nEND:VCARD"


def people(*changes: dict[str, str]) -> Sequence[Delegate]:
    """The usual delegates, the first ones with these fields changed."""
    changed = [replace(delegate, **change) for delegate, change in zip(DELEGATES, changes, strict=False)]
    return [*changed, *DELEGATES[len(changed) :]]


def scan(station: Station, text: str | bytes) -> tuple[Outcome, Reason | None, str | None, Recogniser | None]:
    raw = text if isinstance(text, bytes) else text.encode()
    verdict = station.desk.redeem(raw, Source.CAMERA)
    code = verdict.delegate.code if verdict.delegate else None
    return verdict.outcome, verdict.reason, code, verdict.recogniser


ADMITTED = (Outcome.ADMITTED, None, "DB00001")


@pytest.mark.parametrize(
    ("field", "text", "recogniser"),
    [
        ({"external_payload": "s3cr3t"}, "s3cr3t", Recogniser.EXTERNAL),
        ({"external_payload": "s3cr3t"}, "]Q1s3cr3t\r\n", Recogniser.EXTERNAL),
        ({"external_payload": "s3cr3t"}, "https://pretix.example/t/s3cr3t/", Recogniser.URL),
        ({"external_payload": "s3cr3t"}, '{"ticket": "s3cr3t"}', Recogniser.JSON),
        ({"external_payload": "https://x.example/?a=1"}, "https://x.example/?a=1", Recogniser.EXTERNAL),
        ({"citizen_id": "001085012345"}, CARD, Recogniser.CITIZEN_CARD),
        ({"citizen_id": "012345678"}, CARD, Recogniser.CITIZEN_CARD),
        ({"external_payload": "001085012345"}, CARD, Recogniser.CITIZEN_CARD),
        ({"email": "La@Example.org "}, VCARD, Recogniser.CONTACT),
        ({"phone": "0912.345.678"}, VCARD, Recogniser.CONTACT),
        ({"phone": "+84 912345678"}, VCARD, Recogniser.CONTACT),
    ],
)
def test_a_code_printed_by_others_admits_the_delegate_whose_row_holds_it(
    tmp_path: Path, field: dict[str, str], text: str, recogniser: Recogniser
) -> None:
    with opened(make_event(tmp_path / "e", delegates=people(field))) as station:
        assert scan(station, text) == (*ADMITTED, recogniser)
        assert scan(station, text)[1] is Reason.ALREADY_IN


def test_an_own_code_in_an_address_admits_and_says_so(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        assert scan(station, b"https://example.org/q/" + payload(1)) == (*ADMITTED, Recogniser.OWN)


def test_an_external_code_in_latin_1_is_found_by_its_text(tmp_path: Path) -> None:
    delegates = people({"external_payload": "CAFÉ-12"})
    corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    code = Code("CAFÉ-12".encode("latin-1"), "CAFÉ-12", "zxing", "zxing", corners)
    with opened(make_event(tmp_path / "e", delegates=delegates)) as station:
        verdict = station.lane.take(Sighting(code, Frame(empty(), 0, 0.0, 0.0)))
    assert (verdict.outcome, verdict.delegate and verdict.delegate.code) == (Outcome.ADMITTED, "DB00001")


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (({"phone": "0912345678"}, {"phone": "0912 345 678"}), VCARD),
        (({"phone": "0912345678"}, {"email": "la@example.org"}), VCARD),
        (({"citizen_id": "001085012345"}, {"external_payload": "012345678"}), CARD),
        (({"external_payload": "aaa"}, {"external_payload": "bbb"}), "https://x.example/aaa?t=bbb"),
    ],
)
def test_two_delegates_are_ambiguous_both_are_named_and_neither_is_admitted(
    tmp_path: Path, fields: tuple[dict[str, str], ...], text: str
) -> None:
    with opened(make_event(tmp_path / "e", delegates=people(*fields))) as station:
        verdict = station.desk.redeem(text.encode(), Source.CAMERA)
        present = station.desk.counts().present

    assert (verdict.outcome, verdict.reason, verdict.delegate) == (Outcome.REFUSED, Reason.AMBIGUOUS, None)
    assert {delegate.code for delegate in verdict.candidates} == {"DB00001", "DB00002"}
    assert present == 0


def test_an_exact_external_code_goes_before_what_an_address_contains(tmp_path: Path) -> None:
    delegates = people({"external_payload": "https://x.example/bbb"}, {"external_payload": "bbb"})
    with opened(make_event(tmp_path / "e", delegates=delegates)) as station:
        assert scan(station, "https://x.example/bbb") == (*ADMITTED, Recogniser.EXTERNAL)


def test_nothing_personal_of_any_card_is_written_anywhere(tmp_path: Path) -> None:
    """Of a known and of an unknown card only a keyed hash and the length are kept, in the event and in the export."""
    folder = make_event(tmp_path / "e", delegates=people({"citizen_id": "001085012345"}))
    with opened(folder) as station:
        known = station.desk.redeem(CARD.encode(), Source.CAMERA)
        for text in (STRANGERS_CARD, VCARD, "https://private.example/?name=B%C3%AD"):
            assert scan(station, text)[:2] == (Outcome.REFUSED, Reason.UNKNOWN)
        with station.files.reading() as connection:
            entry = journal.entry_of(connection, known.entry)
        export_event(station.files, tmp_path / "stick", station.clock)

    assert entry is not None
    assert set(json.loads(entry.content.body)) == {
        *("payload_hash", "payload_bytes", "recogniser", "reason", "source"),
    }
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    secrets = ["Bí Mật", "Thôn Kín", "012345678|", "079099000111", "Vô Danh", "Ấp Lạ"]
    secrets += ["Người Lạ", "912 345 678", "0912345678", "la@example.org", "Ngõ Kín", "private.example"]
    assert [secret for secret in secrets if secret.encode() in written] == []
    exported = b"".join(path.read_bytes() for path in (tmp_path / "stick").rglob("*") if path.is_file())
    assert b"001085012345" not in exported


def test_an_event_of_the_first_schema_opens_and_finds_its_delegates(tmp_path: Path) -> None:
    """The column for card numbers came with the second schema."""
    with closing(sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None)) as connection:
        migrate(connection, last=1)
        connection.execute(
            "INSERT INTO delegate (id, number, code, name, position, phone, email, seat, note, external_payload, "
            "folded) VALUES ('1-1', 1, 'DB00001', 'An', '', '', '', '', '', 'CARD', 'an')"
        )
        later = [number for number, _path in steps() if number > 1]
        assert (version_of(connection), migrate(connection)) == (1, later)
        row = connection.execute("SELECT code, external_payload, citizen_id FROM delegate").fetchone()
        assert row == ("DB00001", "CARD", "")
        assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
