"""The checks as a row: one that breaks does not stop the others, progress is told, and a person can end it."""

from collections.abc import Iterator

import pytest

from station.errors import Cancelled, EnvironmentFault
from station.i18n import set_language
from station.preflight import all_checks
from station.preflight.all_checks import CHECKS, run_checks
from station.preflight.check import Check, Level, worst
from station.preflight.subject import Subject
from station.preflight.titles import title_of, verdict_on
from tests.unit.preflight.conftest import Evening


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("vi")


def test_a_check_that_has_a_bug_is_red_and_the_others_go_on(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_subject: Subject) -> Check:
        raise ZeroDivisionError("of all things")

    def faulty(_subject: Subject) -> Check:
        raise EnvironmentFault("The disk is gone.")

    monkeypatch.setitem(all_checks.CHECKS, "power", broken)
    monkeypatch.setitem(all_checks.CHECKS, "disk", faulty)
    disk, power, backup = run_checks(evening.subject(), ["power", "disk", "backup"])
    assert (power.level, power.message) == (Level.FAIL, "This could not be checked: of all things.")
    assert (disk.level, disk.message) == (Level.FAIL, "The disk is gone.")
    assert backup.level is Level.OK


def test_progress_grows_to_its_end(evening: Evening) -> None:
    told: list[tuple[int, int]] = []
    made = list(run_checks(evening.subject(), ["documents", "power"], lambda *step: told.append(step)))
    assert [check.name for check in made] == ["documents", "power"]
    assert told == sorted(told)
    assert told[-1] == (2000, 2000)


def test_a_person_can_end_it_in_the_middle_of_a_slow_check(evening: Evening) -> None:
    def enough(done: int, total: int) -> None:
        if done > 0:
            raise Cancelled

    made = []
    with pytest.raises(Cancelled):
        for check in run_checks(evening.subject(), ["documents", "camera"], enough):
            made.append(check)  # noqa: PERF402  # what came before the end counts
    assert made == []


def test_every_check_has_a_title() -> None:
    assert len({title_of(name) for name in CHECKS}) == len(CHECKS)
    assert not any(title_of(name) == name for name in CHECKS)


def test_the_verdict_is_that_of_the_worst() -> None:
    ok, warn, fail = (Check("x", level, "…") for level in (Level.OK, Level.WARN, Level.FAIL))
    assert worst([]) is Level.OK
    assert verdict_on([ok, ok]) == "Ready for the doors"
    assert verdict_on([ok, warn]) == "Look at 1 point"
    assert verdict_on([warn, fail, fail, ok]) == "Not ready: 2 points must be mended"
