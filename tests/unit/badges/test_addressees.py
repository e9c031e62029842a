"""Who is to be invited: what was made is known, and so is whom it no longer serves."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.app import Station
from station.badges.addressees import Addressee, InvitationState, Whom, addressees, chosen
from station.codes.issuing import reissue_codes
from station.errors import Refusal
from station.model.delegate import Delegate
from station.model.entry import EntryKind
from station.store import invitations, journal, projections, roster
from station.store.connection import WriteConnection
from tests.builders import DELEGATES, INSTANCE, HandClock, make_event, opened

CLOCK = HandClock()


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with opened(make_event(tmp_path / "event"), CLOCK) as station:
        yield station


def everybody(station: Station) -> dict[str, Addressee]:
    with station.files.reading() as connection:
        return {a.badge.delegate.code: a for a in addressees(connection, station.key)}


def made(station: Station, *codes: str) -> None:
    issued = [a.issued for code, a in everybody(station).items() if code in codes and a.issued]
    station.files.write(lambda c: invitations.remember(c, issued, ("page", "picture"), station.clock.now()))


def states(station: Station) -> dict[str, InvitationState]:
    return {code: addressee.state for code, addressee in everybody(station).items()}


def test_what_was_made_is_remembered_with_time_and_ways(station: Station) -> None:
    made(station, "DB00002")
    line = everybody(station)["DB00002"]
    assert line.state is InvitationState.MADE
    assert line.made is not None
    assert (line.made.made_at, line.made.ways) == (station.clock.now(), ("page", "picture"))
    assert set(states(station).values()) == {InvitationState.MADE, InvitationState.NOT_MADE}


def test_whose_code_changed_since_must_be_sent_another(station: Station) -> None:
    made(station, *states(station))
    reissue_codes(station.files, station.key, station.clock, [f"{INSTANCE}-3"])
    assert states(station)["DB00003"] is InvitationState.CHANGED
    made(station, "DB00003")
    assert set(states(station).values()) == {InvitationState.MADE}


def test_who_has_no_code_or_may_not_come_cannot_be_invited(station: Station) -> None:
    reissue_codes(station.files, station.key, station.clock, [f"{INSTANCE}-1"], anew=False)

    def change(connection: WriteConnection) -> None:
        for number, status in ((2, "withdrawn"), (3, "blocked")):
            note = journal.Note(
                EntryKind.STANDING_CHANGED,
                station.clock.now(),
                delegate=f"{INSTANCE}-{number}",
                body={"status": status},
            )
            projections.apply(connection, journal.append(connection, INSTANCE, note))
        roster.mark_vanished(connection, [f"{INSTANCE}-4"])

    station.files.write(change)
    assert states(station) == {
        "DB00001": InvitationState.WITHOUT_CODE,
        "DB00002": InvitationState.NOT_INVITED,
        "DB00003": InvitationState.NOT_INVITED,
        "DB00004": InvitationState.NOT_MADE,  # vanished: still admitted
        "DB00005": InvitationState.NOT_MADE,
    }
    assert [code for code, a in everybody(station).items() if a.can_be_invited] == ["DB00005", "DB00004"]


def test_who_came_after_the_latest_invitations_is_new(station: Station) -> None:
    made(station, "DB00001")  # the others came before and got none: not new

    def add(connection: WriteConnection) -> None:
        person = Delegate(f"{INSTANCE}-6", "DB00006", "Vũ Thị Mai")
        roster.insert_delegates(connection, [person])
        roster.issue_payload(connection, INSTANCE, person.id, station.clock.now())

    CLOCK.forward(hours=1)
    station.files.write(add)
    assert [code for code, a in everybody(station).items() if a.is_new] == ["DB00006"]
    made(station, "DB00006")
    assert not any(a.is_new for a in everybody(station).values())


def test_wishes_narrow_one_another(tmp_path: Path) -> None:
    people = [*DELEGATES[:4], replace(DELEGATES[4], unit="Báo Lao Động")]
    with opened(make_event(tmp_path / "e", delegates=people)) as station:
        lines = list(everybody(station).values())

        def codes(**wish: object) -> list[str]:
            return [a.badge.delegate.code for a in chosen(lines, Whom(**wish))]  # type: ignore[arg-type]

        assert codes(categories=["bao chi"]) == ["DB00005"]
        assert codes(units=["BÁO LAO ĐỘNG"], categories=["Học viên"]) == []
        assert codes(codes=["db00001", "DB00005"], units=["Báo Lao Động"]) == ["DB00005"]
        assert len(codes(only_due=True)) == 5
        made(station, "DB00001")
        lines = list(everybody(station).values())
        assert "DB00001" not in codes(only_due=True)
        for wish in ({"codes": ["X"]}, {"categories": ["X"]}, {"units": ["X"]}):
            with pytest.raises(Refusal, match="X"):
                codes(**wish)
