"""The programme while it is made: where sessions stand, and what moving them does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.app import new_event_values
from station.programme.lines import SessionLine, sessions_of_lines
from ui.dialogs.programme.plan import Plan

FIRST = date(2022, 10, 27)
EVENT = new_event_values("Tập huấn", FIRST, FIRST + timedelta(days=1))
LINES = (
    SessionLine("CHUNG", "Toàn bộ"),
    SessionLine("CD1", "Một", "", "27/10/2022", "7:00", "9:45"),
    SessionLine("CD2", "Hai", "", "27/10", "9:45", "11:30"),
    SessionLine("CD3", "Ba", "", "28/10/2022", "7:00", "9:00"),
)


def codes(plan: Plan) -> list[str]:
    return [line.code for line in plan.lines]


def columns(plan: Plan) -> list[list[str]]:
    return [[plan.lines[place].code for place in column.places] for column in plan.columns()]


def test_each_day_is_a_column_beside_what_is_open_all_the_time() -> None:
    assert columns(Plan(EVENT, LINES)) == [["CHUNG"], ["CD1", "CD2"], ["CD3"]]


def test_sessions_with_a_day_are_in_the_order_of_their_times_and_the_others_stay_where_they_are() -> None:
    assert codes(Plan(EVENT, (LINES[3], LINES[0], LINES[2], LINES[1]))) == ["CD1", "CHUNG", "CD2", "CD3"]


def test_a_new_session_follows_the_last_one_of_its_day_in_time_and_number() -> None:
    plan = Plan(EVENT, LINES)
    place = plan.add(FIRST)
    line = plan.lines[place]
    assert (line.code, line.day, line.opens) == ("CD4", "27/10/2022", "11:30")
    assert columns(plan)[1] == ["CD1", "CD2", "CD4"]
    assert plan.lines[plan.add(None)] == SessionLine("CD5")
    assert Plan(EVENT).add(FIRST) == 0


def test_two_topics_of_a_day_change_their_times() -> None:
    plan = Plan(EVENT, LINES)
    place = plan.swap(1, 1)
    assert columns(plan)[1] == ["CD2", "CD1"]
    assert (place, plan.lines[place].title, plan.lines[place].opens) == (2, "Một", "9:45")
    assert plan.swap(place, 1) == place  # it is the last one


def test_what_is_open_all_the_time_changes_its_place_in_the_list() -> None:
    plan = Plan(EVENT, (SessionLine("A", "a"), SessionLine("B", "b")))
    assert (plan.swap(0, 1), codes(plan)) == (1, ["B", "A"])


def test_a_session_goes_to_another_day_at_the_same_hour_and_loses_it_where_there_is_none() -> None:
    plan = Plan(EVENT, LINES)
    place = plan.move_to(1, FIRST + timedelta(days=1))
    assert columns(plan) == [["CHUNG"], ["CD2"], ["CD1", "CD3"]]
    assert (plan.lines[place].day, plan.lines[place].opens, plan.lines[place].closes) == (
        "28/10/2022",
        "7:00",
        "9:45",
    )
    place = plan.move_to(place, None)
    assert (plan.lines[place].day, plan.lines[place].opens, plan.lines[place].closes) == ("", "", "")


def test_days_that_the_event_no_longer_has_are_set_apart() -> None:
    plan = Plan(EVENT, (*LINES, SessionLine("X", "x", "", "morgen")))
    plan.set_event(replace(EVENT, ends_on=FIRST))
    assert columns(plan) == [["CHUNG"], ["CD1", "CD2"], ["CD3", "X"]]
    assert plan.columns()[-1].stray


def test_pasting_adds_what_is_new_and_changes_what_has_the_same_code() -> None:
    plan = Plan(EVENT, (replace(LINES[1], exits=True),))
    text = "Mã\tChuyên đề\tTiếng Anh\tNgày\tTừ\tĐến\nCD1\tMột, mới\t\t28/10\t7h00\t9h45\n\nCD9\tChín\n"
    plan.paste(text)
    assert [(line.code, line.title, line.day, line.exits) for line in plan.lines] == [
        ("CD1", "Một, mới", "28/10", True),
        ("CD9", "Chín", "", False),
    ]


def test_while_somebody_types_a_time_nothing_jumps() -> None:
    plan = Plan(EVENT, LINES)
    plan.change(2, replace(plan.lines[2], opens="6"))
    assert codes(plan) == ["CHUNG", "CD1", "CD2", "CD3"]
    plan.change(2, replace(plan.lines[2], opens="6:00"))
    assert (plan.settle(2), codes(plan)) == (1, ["CHUNG", "CD2", "CD1", "CD3"])


@given(st.data())
def test_whatever_is_done_no_session_is_lost_and_each_stands_in_one_column(data: st.DataObject) -> None:
    plan = Plan(EVENT, LINES)
    count = len(LINES)
    days = st.sampled_from([None, FIRST, FIRST + timedelta(days=1)])
    for _step in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(plan.lines) - 1))
        action = data.draw(st.sampled_from(["add", "copy", "swap", "move", "remove"]))
        line = plan.lines[place]
        if action == "add":
            place, count = plan.add(data.draw(days)), count + 1
        elif action == "copy":
            place, count = plan.duplicate(place), count + 1
        elif action == "swap":
            place = plan.swap(place, data.draw(st.sampled_from([-1, 1])))
            assert plan.lines[place].title == line.title
        elif action == "move":
            place = plan.move_to(place, data.draw(days))
            assert plan.lines[place].code == line.code
        elif len(plan.lines) > 1:
            plan.remove(place)
            count -= 1
        assert sorted(place for column in plan.columns() for place in column.places) == list(range(count))
        assert len(set(codes(plan))) == count


@pytest.mark.parametrize("day", [None, FIRST])
def test_what_is_added_and_given_a_topic_can_be_saved(day: date | None) -> None:
    plan = Plan(EVENT, LINES)
    place = plan.add(day)
    plan.change(place, replace(plan.lines[place], title="Mới"))
    assert len(sessions_of_lines(plan.lines, EVENT)) == 5
