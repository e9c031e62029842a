"""Walk-ins, substitutions, exceptions, corrections, lost badges and wrong sessions, each as the journal keeps it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from station.app import Station
from station.checkin.cases import Person
from station.errors import BadInput, Refusal
from station.exchange.verify import verify
from station.model.delegate import Delegate
from station.model.event import Session
from station.model.unit import Kind
from station.model.verdict import Outcome, Reason, Source
from station.roster.plan import read_roster
from station.store import cases as case_store
from station.store import checkin, journal, projections, units
from station.store import roster as roster_store
from station.store.cases import Approval
from tests.builders import INSTANCE, MORNING, HandClock, make_event, opened, payload

ANH, DUC = f"{INSTANCE}-1", f"{INSTANCE}-2"
SESSIONS = (
    Session("S1", 1, "Sáng", opens_at=MORNING, closes_at=MORNING + timedelta(hours=4)),
    Session("S2", 2, "Chiều", opens_at=MORNING + timedelta(hours=5), closes_at=MORNING + timedelta(hours=9)),
)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    """Two sessions, five delegates; at the end everything verifies and the projections are what the journal says."""
    with opened(make_event(tmp_path / "e", sessions=SESSIONS), clock) as station:
        yield station
        assert station.files.write(projections.rebuild) == []
    assert verify(tmp_path / "e").problems == []


def people(station: Station) -> dict[str, Delegate]:
    with station.files.reading() as connection:
        return {d.id: d for d in roster_store.delegates(connection)}


def present(station: Station, session: str) -> set[str]:
    with station.files.reading() as connection:
        return {seen.delegate for seen in checkin.attendance(connection, session)}


def test_a_walk_in_gets_a_code_a_badge_and_waits_for_approval(station: Station) -> None:
    verdict = station.cases.walk_in(Person("  Vũ   Thị Mai ", unit="LĐLĐ tỉnh Hà Nam", category="Học viên"))
    who = verdict.delegate
    assert who is not None
    assert (verdict.outcome, who.name, who.code) == (Outcome.ADMITTED, "Vũ Thị Mai", "VL027-01")
    assert [item.document.code for item in verdict.bundle] == ["TL01", "TL02", "TUI"]
    assert station.desk.counts().badges_waiting == 1
    with station.files.reading() as connection:
        assert case_store.approval_of(connection, who.id) is Approval.WAITING
    again = station.desk.redeem(station.payloads()[who.id].encode(), Source.CAMERA)
    assert again.reason is Reason.ALREADY_IN
    assert [match.delegate.id for match in station.desk.search("vu thi mai")] == [who.id]
    station.cases.decide_walk_in(who.id, approved=True)
    with station.files.reading() as connection:
        assert case_store.approval_of(connection, who.id) is Approval.APPROVED


def test_the_words_of_a_walk_in_are_not_in_the_body_of_the_entry(station: Station) -> None:
    station.cases.walk_in(Person("Vũ Thị Mai", unit="LĐLĐ tỉnh Lạ", phone="0911222333"))
    with station.files.reading() as connection:
        bodies = "".join(entry.content.body for entry in journal.entries(connection, INSTANCE))
    assert "Mai" not in bodies
    assert "0911222333" not in bodies


@pytest.mark.parametrize(
    "person", [Person(""), Person("  "), Person("123"), Person("A" * 201), Person("An", unit="x" * 201)]
)
def test_a_walk_in_without_a_proper_name_is_refused_and_nobody_is_added(
    station: Station, person: Person
) -> None:
    with pytest.raises(BadInput):
        station.cases.walk_in(person)
    assert len(people(station)) == 5


def test_namesakes_are_found_before_somebody_is_registered_twice(station: Station) -> None:
    assert [d.id for d in station.cases.namesakes("nguyen thi anh")] == [ANH]


def test_a_roster_that_comes_again_leaves_walk_ins_alone(station: Station, tmp_path: Path) -> None:
    verdict = station.cases.walk_in(Person("Vũ Thị Mai", unit="LĐLĐ tỉnh Hà Nam"))
    file = tmp_path / "again.csv"
    file.write_text("Họ và tên,Đơn vị\nNguyễn Thị Ánh,LĐLĐ tỉnh Hà Nam\n", "utf-8")
    difference = station.roster_changes(read_roster(file))
    assert len(difference.vanished) == 4
    assert verdict.delegate not in difference.vanished


def test_who_comes_instead_has_unit_bundle_and_seat_and_the_old_code_dies(station: Station) -> None:
    comes = station.cases.substitute(ANH, Person("Lý Quốc Bảo"), "bận họp", "123/CV-LĐLĐ")
    assert (comes.unit, comes.category) == ("LĐLĐ tỉnh Hà Nam", "Học viên")
    old = station.desk.redeem(payload(1), Source.CAMERA)
    assert (old.outcome, old.reason) == (Outcome.REFUSED, Reason.SUBSTITUTED)
    by_hand = station.desk.admit_by_hand(ANH)
    assert by_hand.reason is Reason.SUBSTITUTED
    new = station.desk.redeem(station.payloads()[comes.id].encode(), Source.CAMERA)
    assert new.outcome is Outcome.ADMITTED
    assert [item.document.code for item in new.bundle] == ["TL01", "TL02", "TUI"]
    with station.files.reading() as connection:
        assert case_store.substituted_by(connection, comes.id) == ANH
        assert case_store.approval_of(connection, comes.id) is Approval.APPROVED
    with pytest.raises(Refusal):
        station.cases.substitute(ANH, Person("Người Thứ Ba"), "lại bận")


def test_nobody_comes_for_a_delegate_who_is_in(station: Station) -> None:
    station.desk.redeem(payload(1), Source.CAMERA)
    with pytest.raises(Refusal):
        station.cases.substitute(ANH, Person("Lý Quốc Bảo"), "bận họp")
    assert len(people(station)) == 5


def test_a_reason_is_asked_for(station: Station) -> None:
    for wish in (
        lambda: station.cases.substitute(ANH, Person("Lý Quốc Bảo"), "  "),
        lambda: station.cases.override(ANH, ""),
    ):
        with pytest.raises(Refusal):
            wish()
    assert len(people(station)) == 5
    assert present(station, "S1") == set()


def test_an_exception_admits_whom_the_rules_refuse_and_says_why(station: Station, clock: HandClock) -> None:
    clock.forward(hours=4, minutes=30)
    refused = station.desk.redeem(payload(1), Source.CAMERA, "S1")
    assert refused.reason is Reason.CLOSED
    verdict = station.cases.override(ANH, "Trưởng ban đồng ý", "S1")
    assert (verdict.outcome, verdict.reason) == (Outcome.ADMITTED, None)
    assert present(station, "S1") == {ANH}
    with station.files.reading() as connection:
        entry = journal.entry_of(connection, verdict.entry)
        assert entry is not None
        assert entry.body["exception"] == "CLOSED"
        assert journal.particulars_of(connection, entry)["note"][1] == "Trưởng ban đồng ý"


def test_a_clerk_may_cancel_the_own_last_record_for_two_minutes(station: Station, clock: HandClock) -> None:
    first = station.desk.redeem(payload(1), Source.CAMERA)
    second = station.desk.redeem(payload(2), Source.CAMERA)
    assert not station.cases.is_own_and_fresh(first.entry)
    assert station.cases.is_own_and_fresh(second.entry)
    clock.forward(minutes=2, seconds=1)
    assert not station.cases.is_own_and_fresh(second.entry)
    station.desk.void(second.entry, "nhầm người")
    with station.files.reading() as connection:
        last = journal.last_entry(connection, INSTANCE)
        assert last is not None
        assert journal.particulars_of(connection, last)["reason"][1] == "nhầm người"
    assert present(station, "S1") == {ANH}


def test_a_correction_shows_everywhere_and_survives_the_next_roster(station: Station, tmp_path: Path) -> None:
    corrected = station.cases.correct(DUC, {"name": "Trần Văn Đực", "position": "Chủ tịch"})
    assert (corrected.name, corrected.position) == ("Trần Văn Đực", "Chủ tịch")
    assert station.badges()[DUC].delegate.name == "Trần Văn Đực"
    assert station.desk.counts().badges_waiting == 1
    assert station.desk.redeem(payload(2), Source.CAMERA).delegate == corrected
    file = tmp_path / "again.csv"
    file.write_text("Mã đại biểu,Họ và tên\nDB00002,Trần Văn Đức\n", "utf-8")
    roster = read_roster(file)
    station.take_roster(station.roster_changes(roster), "again.csv", roster.sha256)
    assert people(station)[DUC].name == "Trần Văn Đực"
    with pytest.raises(Refusal):
        station.cases.correct(DUC, {"name": "Trần Văn Đực"})
    with pytest.raises(BadInput):
        station.cases.correct(DUC, {"name": ""})


def test_a_card_with_the_corrected_address_leads_to_its_delegate(station: Station) -> None:
    station.cases.correct(DUC, {"email": "duc@hanam.vn", "phone": "0911 222 333"})
    for card in ("EMAIL:duc@hanam.vn", "TEL:+84911222333"):
        raw = f"BEGIN:VCARD\nVERSION:3.0\nN:X\n{card}\nEND:VCARD".encode()
        found = station.desk.redeem(raw, Source.CAMERA).delegate
        assert (found and found.id) == DUC


def test_later_corrections_win_field_by_field(station: Station, clock: HandClock) -> None:
    station.cases.correct(DUC, {"name": "Trần Đức", "phone": "0900"})
    clock.forward(seconds=5)
    station.cases.correct(DUC, {"name": "Trần Văn Đức A"})
    assert (people(station)[DUC].name, people(station)[DUC].phone) == ("Trần Văn Đức A", "0900")


def test_the_code_of_a_lost_badge_dies_and_a_new_badge_waits(station: Station) -> None:
    station.desk.redeem(payload(1), Source.CAMERA)
    station.print_badges(station.folder / "exports" / "badges.pdf")
    station.cases.lost_badge(ANH)
    assert station.desk.counts().badges_waiting == 1
    assert station.desk.redeem(payload(1), Source.CAMERA).reason is Reason.REVOKED
    found = station.desk.redeem(station.payloads()[ANH].encode(), Source.CAMERA)
    assert (found.reason, found.delegate and found.delegate.id) == (Reason.ALREADY_IN, ANH)


def test_a_run_in_the_wrong_session_is_moved_with_its_own_times(station: Station, clock: HandClock) -> None:
    entries = [station.desk.redeem(payload(n), Source.CAMERA, "S1").entry for n in (1, 2)]
    other = station.desk.redeem(payload(3), Source.CAMERA, "S1").entry
    clock.forward(minutes=20)
    assert station.cases.move([*entries, "nonsense", f"{INSTANCE}-1"], "S2") == 2
    assert present(station, "S1") == {f"{INSTANCE}-3"}
    assert present(station, "S2") == {ANH, DUC}
    with station.files.reading() as connection:
        moved = checkin.attendance(connection, "S2")
    assert {seen.first_in for seen in moved} == {MORNING}
    assert station.cases.move(entries, "S2") == 0  # they are void
    assert other


def test_the_note_of_an_exception_moves_with_it(station: Station, clock: HandClock) -> None:
    clock.forward(hours=4, minutes=30)
    excepted = station.cases.override(ANH, "Trưởng ban đồng ý", "S1")
    assert station.cases.move([excepted.entry], "S2") == 1
    assert verify(station.folder).problems == []
    with station.files.reading() as connection:
        (stands,) = [e for e in journal.entries(connection, INSTANCE) if "moved_from" in e.body]
        words = journal.particulars_of(connection, stands)
    assert [text for _salt, text in words.values()] == ["Trưởng ban đồng ý"]


def test_a_unit_that_somebody_was_corrected_to_may_be_renamed(station: Station) -> None:
    station.cases.correct(DUC, {"unit": "Ban Tuyên giáo"})
    station.files.write(lambda connection: units.add(connection, Kind.UNIT, "Ban Tuyên giáo"))
    station.files.write(lambda connection: units.rename(connection, Kind.UNIT, "Ban Tuyên giáo", "Ban TG"))
    assert people(station)[DUC].unit == "Ban TG"


def test_hand_outs_are_cancelled_with_the_admission_of_the_wrong_person(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        wrong = f"{INSTANCE}-1"
        station.desk.hand_out(wrong, ["TUI"])  # before: stays
        admitted = station.desk.admit_by_hand(wrong)
        station.desk.hand_out(wrong, ["TL01", "TL02"])
        station.desk.take_back(wrong, "TL02")
        assert station.cases.is_own_and_fresh(admitted.entry)
        also = station.cases.handed_out_with(wrong, admitted.entry)
        assert len(also) == 1
        with pytest.raises(Refusal):
            station.desk.void(admitted.entry, "", [*also, "20221027-999"])
        assert (station.desk.counts().present, station.desk.counts().handed_out) == (1, 2)  # all or nothing
        station.desk.void(admitted.entry, "", also)
        assert (station.desk.counts().present, station.desk.counts().handed_out) == (0, 1)
        assert station.desk.counts().badges_waiting == 0
        assert station.files.write(projections.rebuild) == []
