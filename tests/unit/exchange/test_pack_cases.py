"""What desks recorded of people – walk-ins, substitutions, corrections, lost badges – and the event pack."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from station.app import open_station, set_archived
from station.checkin.cases import Person
from station.errors import Refusal
from station.exchange.rehearsal import make_rehearsal
from station.exchange.verify import verify
from station.model.delegate import Delegate, DelegateStatus
from station.model.unit import Kind
from station.model.verdict import Outcome, Reason, Source
from station.roster.plan import read_roster
from station.store import cases as case_store
from station.store import invitations, photos, projections, units
from station.store import roster as roster_store
from station.store.cases import Approval
from station.store.connection import WriteConnection
from station.store.photos import Photo
from tests.builders import INSTANCE, MORNING, HandClock, opened, payload
from tests.unit.exchange.packing import change, make_office, open_pack, pack, rename

ANH, DUC, AN = (f"{INSTANCE}-{n}" for n in (1, 2, 3))


def people(folder: Path) -> dict[str, Delegate]:
    with opened(folder) as station, station.files.reading() as connection:
        return {delegate.id: delegate for delegate in roster_store.delegates(connection)}


def prove(folder: Path) -> None:
    """The journal is whole, and the projections are what it says."""
    with opened(folder) as station:
        assert station.files.write(projections.rebuild) == []
    assert verify(folder).problems == []


@pytest.mark.parametrize("is_desk_already", [False, True])
def test_what_the_office_recorded_of_people_holds_at_the_laptop(
    tmp_path: Path, is_desk_already: bool
) -> None:
    office, desk, clock = make_office(tmp_path / "office"), tmp_path / "desk", HandClock()
    if is_desk_already:
        open_pack(pack(office, tmp_path / "1.ckpack", clock).file, desk, clock)
    clock.forward(minutes=1)
    with opened(office, clock) as station:
        walk_in = station.cases.walk_in(
            Person("Vũ Thị Mai", category="Học viên", unit="Ban Nữ công")
        ).delegate
        comes = station.cases.substitute(ANH, Person("Lý Quốc Bảo"), "bận họp")
        station.cases.correct(DUC, {"name": "Trần Văn Đực", "unit": "Ban Tuyên giáo"})
        station.cases.lost_badge(AN)
        live = {who: text.encode() for who, text in station.payloads().items()}
    assert walk_in is not None
    change(office, lambda c: units.set_colour(c, Kind.UNIT, "Ban Nữ công", "#0b4aa2"), clock)
    opened_pack = open_pack(pack(office, tmp_path / "2.ckpack", clock).file, desk, clock)
    assert opened_pack.updated is is_desk_already
    with opened(desk, clock) as station:
        judge = lambda code: station.desk.redeem(code, Source.CAMERA)  # noqa: E731
        assert (judge(payload(1)).outcome, judge(payload(1)).reason) == (Outcome.REFUSED, Reason.SUBSTITUTED)
        instead = judge(live[comes.id])
        assert (instead.outcome, instead.delegate) == (Outcome.ADMITTED, comes)
        assert [item.document.code for item in instead.bundle] == ["TL01", "TL02", "TUI"]
        corrected = judge(payload(2)).delegate
        assert corrected is not None
        assert (corrected.name, corrected.unit) == ("Trần Văn Đực", "Ban Tuyên giáo")
        assert station.badges()[DUC].delegate == corrected
        assert next(match.delegate.id for match in station.desk.search("tran van duc")) == DUC
        assert judge(payload(3)).reason is Reason.REVOKED
        assert judge(live[AN]).outcome is Outcome.ADMITTED
        seen = judge(live[walk_in.id])
        assert (seen.reason, seen.delegate) == (Reason.ALREADY_IN, walk_in)
        assert {line.delegate.id: line.unit_colour for line in station.desk.roster()}[walk_in.id] == "#0b4aa2"
        with station.files.reading() as connection:
            assert case_store.approval_of(connection, walk_in.id) is Approval.WAITING
            assert case_store.substitutions(connection) == {ANH: comes.id}
    prove(desk)


def test_who_came_at_the_desk_outlives_later_packs_and_a_later_roster(tmp_path: Path) -> None:
    office, desk, clock = make_office(tmp_path / "office"), tmp_path / "desk", HandClock()
    open_pack(pack(office, tmp_path / "1.ckpack", clock).file, desk, clock)
    with opened(desk, clock) as station:
        walk_in = station.cases.walk_in(Person("Vũ Thị Mai", unit="Ban Nữ công")).delegate
        comes = station.cases.substitute(ANH, Person("Lý Quốc Bảo"), "bận họp")
        station.cases.correct(DUC, {"name": "Trần Văn Đực"})
        live = {who: text.encode() for who, text in station.payloads().items()}
    assert walk_in is not None
    change(
        office,
        lambda c: roster_store.insert_delegates(
            c,
            [Delegate(f"{INSTANCE}-6", "DB00006", "Người Mới"), Delegate(f"{INSTANCE}-7", "DB00007", "Nữa")],
        ),
    )
    change(office, lambda c: units.rename(c, Kind.UNIT, "LĐLĐ tỉnh Hà Nam", "LĐLĐ Hà Nam"))
    clock.forward(minutes=1)
    open_pack(pack(office, tmp_path / "2.ckpack", clock).file, desk, clock)
    file = tmp_path / "later.csv"
    file.write_text("Mã đại biểu,Họ và tên\nDB00002,Trần Văn Đức\nDB00006,Người Mới\n", "utf-8")
    with opened(desk, clock) as station:
        roster = read_roster(file)
        station.take_roster(station.roster_changes(roster), "later.csv", roster.sha256)
        assert station.desk.redeem(live[walk_in.id], Source.CAMERA).reason is Reason.ALREADY_IN
        assert station.desk.redeem(live[comes.id], Source.CAMERA).outcome is Outcome.ADMITTED
        assert station.desk.redeem(payload(1), Source.CAMERA).reason is Reason.SUBSTITUTED
        another = station.cases.walk_in(Person("Hồ Thị Tư")).delegate
        assert station.latest_roster() is not None
    here = people(desk)
    assert another is not None
    assert len(here) == 10
    assert here[walk_in.id] == walk_in
    assert here[comes.id] == replace(comes, unit="LĐLĐ Hà Nam")
    assert here[DUC].name == "Trần Văn Đực"
    assert {here[who].status for who in (walk_in.id, comes.id, DUC)} == {DelegateStatus.ACTIVE}
    assert here[f"{INSTANCE}-7"].status is DelegateStatus.VANISHED
    prove(desk)
    change(office, lambda c: rename(c, DUC, "Trần Minh Đức"))
    clock.forward(minutes=1)
    open_pack(pack(office, tmp_path / "3.ckpack", clock).file, desk, clock)
    with opened(desk, clock) as station:
        assert station.latest_roster() is None, "taking it back would bring old names over the office's"
        live_now = station.payloads()
        assert {who: live_now[who].encode() for who in (walk_in.id, comes.id)} == {
            who: live[who] for who in (walk_in.id, comes.id)
        }


def test_who_was_given_a_new_code_at_the_desk_vanishes_all_the_same(tmp_path: Path) -> None:
    office, desk, clock = make_office(tmp_path / "office"), tmp_path / "desk", HandClock()
    change(office, lambda c: roster_store.insert_delegates(c, [Delegate("x-6", "DB00006", "Người Sáu")]))
    change(office, lambda c: roster_store.issue_payload(c, INSTANCE, "x-6", MORNING))
    open_pack(pack(office, tmp_path / "1.ckpack", clock).file, desk, clock)
    with opened(desk, clock) as station:
        station.cases.lost_badge("x-6")
    change(office, lambda c: roster_store.remove_delegates(c, ["x-6"]))
    clock.forward(minutes=1)
    changes = open_pack(pack(office, tmp_path / "2.ckpack", clock).file, desk, clock).changes
    assert changes.vanished == 1
    assert people(desk)["x-6"].status is DelegateStatus.VANISHED


def test_a_photo_or_an_invitation_of_the_desk_does_not_stop_the_next_pack(tmp_path: Path) -> None:
    office, desk, clock = make_office(tmp_path / "office"), tmp_path / "desk", HandClock()
    for number, name in ((6, "Người Sáu"), (7, "Người Bảy")):
        someone = Delegate(f"x-{number}", f"DB0000{number}", name)
        change(office, lambda c, someone=someone: roster_store.insert_delegates(c, [someone]))
        change(office, lambda c, who=someone.id: roster_store.issue_payload(c, INSTANCE, who, MORNING))
    open_pack(pack(office, tmp_path / "1.ckpack", clock).file, desk, clock)

    def work(connection: WriteConnection) -> None:
        photos.set_photos(connection, [Photo("x-6", "x.jpg", "0" * 64, clock.now())])
        invitations.remember(
            connection, roster_store.live_payloads_of(connection, "x-7"), ["page"], clock.now()
        )

    change(desk, work, clock)

    def anew(connection: WriteConnection) -> None:
        roster_store.remove_delegates(connection, ["x-6", "x-7"])
        others = [Delegate("y-6", "DB00006", "Người Sáu"), Delegate("y-7", "DB00007", "Người Bảy")]
        roster_store.insert_delegates(connection, others)

    change(office, anew, clock)
    clock.forward(minutes=1)
    open_pack(pack(office, tmp_path / "2.ckpack", clock).file, desk, clock)
    here = people(desk)
    assert "x-6" not in here
    assert here["y-6"].code == "DB00006"
    assert (here["y-7"].code, here["x-7"].code) == ("DB00007", "DB00007-2")
    assert here["x-7"].status is DelegateStatus.VANISHED


def test_a_pack_does_not_bring_an_event_back_from_the_archive(tmp_path: Path) -> None:
    office, desk, clock = make_office(tmp_path / "office"), tmp_path / "desk", HandClock()
    open_pack(pack(office, tmp_path / "1.ckpack", clock).file, desk, clock)
    set_archived(desk, True, clock=clock)
    change(office, lambda c: roster_store.insert_delegates(c, [Delegate("x-6", "DB00006", "Mới")]))
    clock.forward(minutes=1)
    later = pack(office, tmp_path / "2.ckpack", clock).file
    with pytest.raises(Refusal, match="kho lưu trữ"):
        open_pack(later, desk, clock)
    with closing(open_station(desk, clock=clock, also_archived=True)) as station:
        assert station.event.archived_at is not None
        with station.files.reading() as connection:
            assert roster_store.delegate_count(connection) == 5


def test_a_rehearsal_knows_who_was_corrected_who_comes_instead_and_who_came_by_themselves(
    tmp_path: Path,
) -> None:
    office, clock = make_office(tmp_path / "office"), HandClock()
    with opened(office, clock) as station:
        walk_in = station.cases.walk_in(Person("Vũ Thị Mai")).delegate
        comes = station.cases.substitute(ANH, Person("Lý Quốc Bảo"), "bận họp")
        station.cases.correct(DUC, {"name": "Trần Văn Đực"})
        assert walk_in is not None
        station.cases.decide_walk_in(walk_in.id, approved=True)
        make_rehearsal(station.files, tmp_path / "rehearsal", clock)
        live = station.payloads()
    with opened(tmp_path / "rehearsal", clock) as station:
        assert station.desk.counts().present == 0
        assert station.desk.redeem(payload(1), Source.CAMERA).reason is Reason.SUBSTITUTED
        assert station.desk.redeem(live[comes.id].encode(), Source.CAMERA).outcome is Outcome.ADMITTED
        assert station.badges()[DUC].delegate.name == "Trần Văn Đực"
        with station.files.reading() as connection:
            assert case_store.approval_of(connection, walk_in.id) is Approval.APPROVED
    prove(tmp_path / "rehearsal")
