"""Certificates: who fulfils the rule, numbers that stay and are never given twice, revoking, checking a code."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.app import Station
from station.checkin.cases import Person
from station.checkin.certificates import hours
from station.checkin.verification import CertificateState, checked_sentence
from station.codes.payload import CERTIFICATE, EventKey, check_digits, make_payload
from station.errors import Refusal
from station.model.certificate import Basis, CertificateRule
from station.model.entry import EntryKind
from station.model.event import Audience, Session
from station.model.mode import Mode
from station.model.verdict import Outcome, Reason, Source
from station.store import certificates as store
from station.store import projections
from station.store.journal import Note
from tests.builders import DELEGATES, INSTANCE, MORNING, make_event, opened, payload

SESSIONS = [
    Session("S1", 1, "Một", opens_at=MORNING, closes_at=MORNING + timedelta(hours=3)),
    Session("S2", 2, "Hai", opens_at=MORNING + timedelta(hours=4), closes_at=MORNING + timedelta(hours=5)),
    Session("S3", 3, "Ba", admits=(Audience("Học viên"),)),
]


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with opened(make_event(tmp_path / "e", sessions=SESSIONS)) as station:
        yield station


def attend(station: Station, number: int, *sessions: str) -> None:
    for session in sessions:
        station.cases.override(f"{INSTANCE}-{number}", "test", session)


def fulfil(station: Station, rule: CertificateRule) -> set[str]:
    return {one.delegate.code for one in station.certificates.standings(rule) if one.fulfils}


def numbers(station: Station) -> dict[str, int]:
    return {one.delegate: one.number for one in station.certificates.register() if one.is_valid}


def test_a_share_of_the_sessions_one_may_enter(station: Station) -> None:
    attend(station, 1, "S1", "S2", "S3")
    attend(station, 2, "S1", "S2")
    attend(station, 5, "S1", "S2")  # the press may not enter S3
    assert fulfil(station, CertificateRule(percent=100)) == {"DB00001", "DB00005"}
    assert fulfil(station, CertificateRule(percent=67)) == {"DB00001", "DB00005"}
    assert fulfil(station, CertificateRule(percent=66)) == {"DB00001", "DB00002", "DB00005"}
    assert fulfil(station, CertificateRule(percent=100, sessions=("S1", "S2"))) == {
        "DB00001", "DB00002", "DB00005",
    }  # fmt: skip


def test_a_share_of_hours_needs_hours(station: Station) -> None:
    attend(station, 1, "S1")
    attend(station, 2, "S2")
    rule = CertificateRule(Basis.HOURS, 75, ("S1", "S2"))
    assert fulfil(station, rule) == {"DB00001"}
    with pytest.raises(Refusal, match="S3"):
        station.certificates.standings(CertificateRule(Basis.HOURS, 75))


def test_who_does_not_fulfil_it_is_told_why(station: Station) -> None:
    attend(station, 1, "S1")
    walk_in = station.cases.walk_in(Person("Khách"), "S1").delegate
    station.cases.substitute(f"{INSTANCE}-3", Person("Người Thay"), "ốm")
    said = {one.delegate.id: one.why_not for one in station.certificates.standings()}
    assert "33" in said[f"{INSTANCE}-1"] and "1/3" in said[f"{INSTANCE}-1"]
    assert walk_in is not None and all(said.values())
    assert len({said[f"{INSTANCE}-2"], said[f"{INSTANCE}-3"], said[walk_in.id]}) == 3


@pytest.mark.parametrize(
    "rule",
    [
        CertificateRule(percent=0),
        CertificateRule(percent=101),
        CertificateRule(sessions=("X",)),
        CertificateRule(number_form="GCN"),
        CertificateRule(number_form="{number}{number}"),
        CertificateRule(number_form="{number}" + "x" * 60),
        CertificateRule(number_form="{number}\n"),
    ],
)
def test_rules_that_make_no_sense_are_refused_and_the_old_one_stays(
    station: Station, rule: CertificateRule
) -> None:
    with pytest.raises(Refusal):
        station.certificates.set_rule(rule)
    assert station.certificates.rule() == CertificateRule()


def test_a_rule_is_kept_and_follows_a_session_that_goes(station: Station) -> None:
    rule = CertificateRule(Basis.HOURS, 75, ("S1", "S2"), "{number}/GCN")
    station.certificates.set_rule(rule)
    assert station.certificates.rule() == rule
    station.change_event(station.event, SESSIONS[1:])
    assert station.certificates.rule().sessions == ("S2",)


def test_the_same_delegate_keeps_the_number(station: Station) -> None:
    station.certificates.set_rule(CertificateRule(percent=30, number_form="{number}/GCN"))
    for number in (2, 4):
        attend(station, number, "S1")
    first = station.certificates.issue()
    assert [one.label for _standing, one in first.papers] == ["001/GCN", "002/GCN"]
    attend(station, 1, "S1")
    second = station.certificates.issue()
    assert (second.new, second.changed, len(second.papers)) == (1, 0, 3)
    before = {one.delegate: one.number for _standing, one in first.papers}
    assert before.items() <= numbers(station).items()


def test_a_paper_that_says_something_else_now_is_recorded_under_its_number(station: Station) -> None:
    station.certificates.set_rule(CertificateRule(percent=30))
    attend(station, 1, "S1")
    station.certificates.issue()
    station.cases.correct(f"{INSTANCE}-1", {"name": "Nguyễn Thị Ánh Nguyệt"})
    again = station.certificates.issue()
    assert (again.new, again.changed) == (0, 1)
    (one,) = station.certificates.register()
    assert (one.number, one.name) == (1, "Nguyễn Thị Ánh Nguyệt")
    assert station.certificates.issue().changed == 0


def test_a_revoked_number_is_never_given_again(station: Station) -> None:
    station.certificates.set_rule(CertificateRule(percent=30))
    attend(station, 1, "S1")
    ((_standing, old),) = station.certificates.issue().papers
    with pytest.raises(Refusal):
        station.certificates.revoke([old], "  ")
    station.certificates.revoke([old], "tên sai")
    with pytest.raises(Refusal):
        station.certificates.revoke([old], "again")
    ((_standing, new),) = station.certificates.issue().papers
    assert (old.number, new.number) == (1, 2)
    checked = station.certificates.check(station.certificates.payload(old).encode())
    assert checked.state is CertificateState.REVOKED
    assert "tên sai" in checked_sentence(checked, station.event.zone)


def test_a_revoked_certificate_is_not_revived_by_a_paper_that_another_station_made_later(
    station: Station,
) -> None:
    station.certificates.set_rule(CertificateRule(percent=30))
    attend(station, 1, "S1")
    ((_standing, one),) = station.certificates.issue().papers
    station.certificates.revoke([one], "tên sai")
    body = {"by": one.instance, "number": one.number, "label": one.label, "sessions": ["S1", "S2"]}
    note = Note(EntryKind.CERTIFICATE_ISSUED, MORNING, delegate=one.delegate, body=body)
    station.files.write(lambda c: projections.record(c, INSTANCE, note))
    (stored,) = station.certificates.register()
    assert (stored.is_valid, stored.why, stored.sessions) == (False, "tên sai", ("S1", "S2"))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("iru"), st.integers(1, 5)), max_size=14))
def test_whatever_is_issued_and_revoked_no_number_is_ever_given_twice(
    tmp_path_factory: pytest.TempPathFactory, acts: Sequence[tuple[str, int]]
) -> None:
    with opened(make_event(tmp_path_factory.mktemp("c") / "e", sessions=SESSIONS)) as station:
        station.certificates.set_rule(CertificateRule(percent=1))
        for number in range(1, 6):
            attend(station, number, "S1")
        whose: dict[int, str] = {}
        for act, number in acts:
            valid = [one for one in station.certificates.register() if one.is_valid]
            if act == "i":
                station.certificates.issue([f"{INSTANCE}-{number}"])
            elif act == "r" and valid:
                station.certificates.revoke([valid[number % len(valid)]], "x")
            elif act == "u":
                station.certificates.issue()
            for one in station.certificates.register():
                assert whose.setdefault(one.number, one.delegate) == one.delegate
            delegates = [one.delegate for one in station.certificates.register() if one.is_valid]
            assert len(delegates) == len(set(delegates))
        assert station.files.write(projections.rebuild) == []


def test_codes_are_told_apart(station: Station) -> None:
    station.certificates.set_rule(CertificateRule(percent=30))
    attend(station, 1, "S1")
    ((_standing, one),) = station.certificates.issue().papers
    code = station.certificates.payload(one)
    check = station.certificates.check
    assert check(code.encode()).state is CertificateState.GENUINE
    assert check(" ".join(code[i : i + 4] for i in range(0, 44, 4)).encode()).certificate == one
    foreign = make_payload(EventKey(bytes(32), station.key.tag), INSTANCE, 1, CERTIFICATE)
    other = make_payload(EventKey(bytes(32), "000000"), INSTANCE, 1, CERTIFICATE)
    unknown = make_payload(station.key, INSTANCE, 99, CERTIFICATE)
    changed = code[:20] + "9" + code[21:42]
    for text, state in (
        (foreign, CertificateState.FORGED),
        (changed + check_digits(changed), CertificateState.FORGED),
        (other, CertificateState.OTHER_EVENT),
        (unknown, CertificateState.UNKNOWN),
        (code[:-1] + str((int(code[-1]) + 1) % 10), CertificateState.MISREAD),
        ("", CertificateState.NOT_A_CERTIFICATE),
        (payload(1).decode(), CertificateState.NOT_A_CERTIFICATE),
    ):
        checked = check(text.encode())
        assert checked.state is state
        assert checked_sentence(checked, station.event.zone)


def test_nobody_who_does_not_fulfil_the_rule_gets_one(station: Station) -> None:
    with pytest.raises(Refusal):
        station.certificates.issue()
    attend(station, 1, "S1", "S2", "S3")
    with pytest.raises(Refusal, match=DELEGATES[1].name):
        station.certificates.issue([f"{INSTANCE}-1", f"{INSTANCE}-2"])
    assert station.certificates.register() == []


def test_a_certificate_admits_nobody_and_an_enquiry_says_whose_it_is(station: Station) -> None:
    station.certificates.set_rule(CertificateRule(percent=30))
    attend(station, 2, "S1")
    ((_standing, one),) = station.certificates.issue().papers
    code = station.certificates.payload(one).encode()
    verdict = station.desk.redeem(code, Source.CAMERA, "S1")
    assert (verdict.outcome, verdict.reason, verdict.delegate) == (Outcome.REFUSED, Reason.CERTIFICATE, None)
    station.lane.mode = Mode.ENQUIRY
    found = station.lane.take_raw(code, Source.CAMERA)
    assert found.reason is Reason.CERTIFICATE
    assert one.label in getattr(found, "remark", "") and DELEGATES[1].name in getattr(found, "remark", "")


def test_an_entry_of_another_program_that_makes_no_sense_says_nothing(station: Station) -> None:
    for body in ({}, {"by": 3, "number": "x"}, {"by": INSTANCE, "number": 7, "sessions": 4, "total": "?"}):
        note = Note(EntryKind.CERTIFICATE_ISSUED, MORNING, delegate=f"{INSTANCE}-1", body=body)
        station.files.write(lambda c, note=note: projections.record(c, INSTANCE, note))
    with station.files.reading() as connection:
        (one,) = store.register(connection)
    assert (one.number, one.sessions, one.total, one.name) == (7, (), 0, "")


def test_hours_are_written_as_the_language_does() -> None:
    assert [hours(minutes) for minutes in (0, 60, 450, 90)] == ["0", "1", "7,5", "1,5"]
