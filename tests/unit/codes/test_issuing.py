"""A code that got into the wrong hands dies, with its reason in the journal, and its delegate gets another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.app import Station
from station.codes.issuing import Reissued, reissue_codes
from station.errors import Refusal
from station.model.entry import EntryKind
from station.model.verdict import Outcome, Reason, Source
from station.store import journal, projections, roster
from tests.builders import INSTANCE, make_event, opened, payload

FIRST = f"{INSTANCE}-1"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with opened(make_event(tmp_path / "event")) as station:
        yield station


def reissued(station: Station, *delegates: str, reason: str = "", anew: bool = True) -> list[Reissued]:
    return reissue_codes(station.files, station.key, station.clock, delegates, reason, anew=anew)


def redeemed(station: Station, text: str) -> tuple[Outcome, Reason | None, str]:
    verdict = station.desk.redeem(text.encode(), Source.CAMERA)
    return verdict.outcome, verdict.reason, verdict.delegate.code if verdict.delegate else ""


def test_the_old_code_is_refused_and_the_new_one_admits_the_same_delegate(station: Station) -> None:
    (code,) = reissued(station, FIRST)
    assert code.old == payload(1).decode()
    assert code.payload is not None
    assert redeemed(station, code.old) == (Outcome.REFUSED, Reason.REVOKED, "DB00001")
    assert redeemed(station, code.payload) == (Outcome.ADMITTED, None, "DB00001")
    badge = station.badges()[FIRST]
    assert badge.payload == station.payloads()[FIRST] == code.payload  # badge and invitation agree


def test_the_reason_stands_in_the_journal_apart_from_the_chain(station: Station) -> None:
    reissued(station, FIRST, reason="  mất điện thoại ")
    with station.files.reading() as connection:
        (entry,) = [
            e for e in journal.entries(connection, INSTANCE) if e.content.kind == EntryKind.PAYLOAD_REVOKED
        ]
        assert journal.particulars_of(connection, entry)["reason"][1] == "mất điện thoại"
        assert "điện thoại" not in entry.content.body
    assert station.files.write(projections.rebuild) == []


def test_a_code_can_be_revoked_alone_and_another_be_issued_later(station: Station) -> None:
    (code,) = reissued(station, FIRST, anew=False)
    assert (code.old, code.payload) == (payload(1).decode(), None)
    assert FIRST not in station.payloads()
    (later,) = reissued(station, FIRST)
    assert later.old is None
    assert station.payloads()[FIRST] == later.payload != code.old


def test_every_code_that_a_delegate_still_holds_dies(station: Station) -> None:

    station.files.write(
        lambda connection: roster.issue_payload(connection, INSTANCE, FIRST, station.clock.now())
    )
    second = station.payloads()[FIRST]
    (code,) = reissued(station, FIRST)
    for old in (payload(1).decode(), second):
        assert redeemed(station, old)[1] is Reason.REVOKED
    assert code.payload is not None
    assert redeemed(station, code.payload)[0] is Outcome.ADMITTED


def test_for_one_stranger_among_them_nobody_is_reissued(station: Station) -> None:
    before = station.payloads()
    with pytest.raises(Refusal):
        reissued(station, FIRST, "nobody")
    assert station.payloads() == before


def test_a_delegate_named_twice_gets_one_new_code(station: Station) -> None:
    assert len(reissued(station, FIRST, FIRST)) == 1
