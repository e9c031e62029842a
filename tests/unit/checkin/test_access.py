"""Who may do what, with and without PIN and password, and tries that get slower."""

from pathlib import Path

import pytest

from station.checkin.access import Access
from station.errors import Refusal
from station.model.role import LEAST, Act, Role, may
from tests.builders import HandClock, make_event, opened

PIN, PASSWORD = "2580", "tháng mười 2022"


def test_every_act_stands_in_the_table_and_higher_roles_may_more() -> None:
    assert set(LEAST) == set(Act)
    allowed = [{act for act in Act if may(role, act)} for role in Role]
    assert allowed[0] < allowed[1] < allowed[2] == set(Act)


def test_without_any_secret_everybody_may_everything(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        access = Access(station.files, HandClock())
        assert access.role is Role.ORGANISER
        assert all(access.may(act) for act in Act)


def test_the_pin_opens_what_a_supervisor_may_until_it_is_locked_again(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        setting = Access(station.files, HandClock())
        setting.set_secret(Role.SUPERVISOR, PIN)
        setting.set_secret(Role.ORGANISER, PASSWORD)
        access = Access(station.files, HandClock())
        assert access.role is Role.CLERK
        assert not access.may(Act.VOID)
        with pytest.raises(Refusal):
            access.prove("0000", Act.VOID)
        assert not access.may(Act.VOID)
        assert access.prove(PIN, Act.VOID) is Role.SUPERVISOR
        assert access.may(Act.VOID)
        assert not access.may(Act.PREPARE)
        with pytest.raises(Refusal):
            access.prove(PIN, Act.PREPARE)
        assert access.prove(PASSWORD, Act.VOID) is Role.ORGANISER  # a higher one does for less
        access.lock()
        assert access.role is Role.CLERK


def test_with_a_pin_alone_it_opens_what_organisers_may_too(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        access = Access(station.files, HandClock())
        access.set_secret(Role.SUPERVISOR, PIN)
        access.lock()
        assert not access.may(Act.PREPARE)
        access.prove(PIN, Act.PREPARE)
        assert access.role is Role.ORGANISER


def test_tries_get_slower_survive_a_restart_and_a_good_one_ends_it(tmp_path: Path) -> None:
    clock = HandClock()
    folder = make_event(tmp_path / "e")
    with opened(folder, clock) as station:
        access = Access(station.files, clock)
        access.set_secret(Role.SUPERVISOR, PIN)
        access.lock()
        for _try in range(3):
            with pytest.raises(Refusal, match="không đúng"):
                access.prove("1111", Act.VOID)
    with opened(folder, clock) as station:
        access = Access(station.files, clock)
        with pytest.raises(Refusal, match="2 giây"):
            access.prove(PIN, Act.VOID)
        clock.forward(seconds=2)
        with pytest.raises(Refusal, match="không đúng"):
            access.prove("1111", Act.VOID)
        clock.forward(seconds=2)
        with pytest.raises(Refusal, match="2 giây"):  # of four
            access.prove(PIN, Act.VOID)
        clock.forward(days=-365)  # a clock that was set wrong locks nobody out
        assert access.prove(PIN, Act.VOID) is Role.SUPERVISOR
        access.lock()
        with pytest.raises(Refusal, match="không đúng"):
            access.prove("1111", Act.VOID)


@pytest.mark.parametrize(
    ("role", "secret"),
    [
        (Role.SUPERVISOR, "123"),
        (Role.SUPERVISOR, "12345678901234"),
        (Role.SUPERVISOR, "12a4"),
        (Role.SUPERVISOR, "१२३४"),
        (Role.ORGANISER, "short"),
        (Role.ORGANISER, "x" * 200),
    ],
)
def test_unfit_secrets_are_refused_and_nothing_is_set(tmp_path: Path, role: Role, secret: str) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        access = Access(station.files, HandClock())
        with pytest.raises(Refusal):
            access.set_secret(role, secret)
        assert not access.is_guarded(role)


def test_the_secret_itself_is_nowhere_in_the_folder(tmp_path: Path) -> None:
    folder = make_event(tmp_path / "e")
    with opened(folder) as station:
        Access(station.files, HandClock()).set_secret(Role.ORGANISER, PASSWORD)
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert PASSWORD.encode() not in held
