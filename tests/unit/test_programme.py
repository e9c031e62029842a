"""The programme as people type it, and as scripts hand it over."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.app import new_event_values
from station.errors import BadInput
from station.model.event import Audience, Repeats, Session
from station.programme.lines import SessionLine, lines_of_sessions, lines_of_text, sessions_of_lines
from station.programme.toml_file import programme_text, read_programme, unknown_audiences
from station.sample_event import FOLDER
from station.text import clean

EVENT = new_event_values("Tập huấn", date(2022, 10, 27), date(2022, 10, 28))
ZONE = ZoneInfo(EVENT.zone)


@pytest.mark.parametrize(
    ("day", "opens", "closes", "window"),
    [
        ("27/10/2022", "7:30", "9:45", "27 07:30 – 27 09:45"),
        ("27/10", "7h30", "9g45", "27 07:30 – 27 09:45"),
        ("28.10.2022", "7h", "17 h 30", "28 07:00 – 28 17:30"),
        ("27-10-2022", "", "", "27 00:00 – 27 23:59"),
        ("27/10", "13:00", "28/10/2022 11:30", "27 13:00 – 28 11:30"),
    ],
)
def test_times_are_read_as_they_are_written_here(day: str, opens: str, closes: str, window: str) -> None:
    (session,) = sessions_of_lines([SessionLine("CD1", "Một", "", day, opens, closes)], EVENT)
    assert session.opens_at is not None
    assert session.closes_at is not None
    begins, ends = session.opens_at.astimezone(ZONE), session.closes_at.astimezone(ZONE)
    assert f"{begins:%d %H:%M} – {ends:%d %H:%M}" == window


def test_a_line_without_a_day_has_no_window_and_an_empty_one_is_nothing() -> None:
    sessions = sessions_of_lines([SessionLine(), SessionLine("CHUNG", " Toàn  bộ "), SessionLine()], EVENT)
    assert sessions == (Session("CHUNG", 1, "Toàn bộ", ""),)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (SessionLine("", "Một"), "BAD_CODE"),
        (SessionLine("X" * 33, "Một"), "BAD_CODE"),
        (SessionLine("CD1", ""), "BAD_TITLE"),
        (SessionLine("CD1", "Một", "", "31/2"), "BAD_DAY"),
        (SessionLine("CD1", "Một", "", "29/10"), "DAY_OUTSIDE"),
        (SessionLine("CD1", "Một", "", "27/10", "25:00"), "BAD_TIME"),
        (SessionLine("CD1", "Một", "", "27/10", "7:00", "morgen 9:00"), "BAD_TIME"),
        (SessionLine("CD1", "Một", "", "", "7:00"), "NO_DAY"),
        (SessionLine("CD1", "Một", "", "27/10", "9:00", "7:00"), "ENDS_BEFORE"),
        (SessionLine("CD1", "Một", "", "27/10", grace_before="1441"), "BAD_GRACE"),
        (SessionLine("CD1", "Một", "", "27/10", grace_after="-5"), "BAD_GRACE"),
        (SessionLine("CD1", "Một", "", "27/10", grace_after="١٥"), "BAD_GRACE"),
        (SessionLine("CD1", "Một", grace_after="15"), "NO_DAY"),
        (SessionLine("CD1", "Một", re_entry=True), "NO_EXITS"),
        (SessionLine("CD1", "Một", admits=(Audience("x" * 401),)), "BAD_AUDIENCE"),
    ],
)
def test_a_slip_is_named_with_its_line(line: SessionLine, problem: str) -> None:
    with pytest.raises(BadInput) as refusal:
        sessions_of_lines([SessionLine("A", "Được"), line], EVENT)
    (found,) = refusal.value.problems
    assert (found.row, found.problem) == (2, problem)


def test_two_sessions_cannot_share_a_code() -> None:
    with pytest.raises(BadInput) as refusal:
        sessions_of_lines([SessionLine("CD1", "Một"), SessionLine("cd1", "Hai")], EVENT)
    assert refusal.value.problems[0].problem == "DUPLICATE_CODE"


def test_the_sample_programme_goes_through_lines_and_through_a_file_unchanged(tmp_path: Path) -> None:
    sessions = read_programme(FOLDER / "event.toml", EVENT)
    assert len(sessions) == 8
    assert sessions_of_lines(lines_of_sessions(sessions, EVENT.zone), EVENT) == sessions
    (tmp_path / "again.toml").write_text(programme_text(sessions, EVENT.zone), "utf-8")
    assert read_programme(tmp_path / "again.toml", EVENT) == sessions


@given(title=st.text(min_size=1, max_size=40).filter(lambda text: text.strip()))
def test_any_title_survives_the_file(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    try:
        sessions = sessions_of_lines([SessionLine("CD1", title)], EVENT)
    except BadInput:
        return
    path = tmp_path_factory.mktemp("toml") / "p.toml"
    path.write_text(programme_text(sessions, EVENT.zone), "utf-8", newline="\n")
    assert read_programme(path, EVENT) == sessions


NAMES = st.text(min_size=1, max_size=20).map(clean).filter(bool)
RULES = st.one_of(
    st.builds(Audience, NAMES),
    st.builds(lambda unit: Audience("", unit), NAMES),
    st.builds(Audience, NAMES, NAMES),
)


@given(
    day=st.sampled_from(["", "27/10/2022"]),
    grace=st.tuples(st.integers(0, 1440), st.integers(0, 1440)),
    admits=st.lists(RULES, max_size=4),
    exits=st.booleans(),
    repeats=st.sampled_from(Repeats),
    re_entry=st.booleans(),
)
def test_every_rule_survives_the_file_and_the_lines(
    tmp_path_factory: pytest.TempPathFactory,
    day: str,
    grace: tuple[int, int],
    admits: list[Audience],
    exits: bool,
    repeats: Repeats,
    re_entry: bool,
) -> None:
    before, after = (str(minutes) if day else "" for minutes in grace)
    line = SessionLine(
        "CD1", "Một", "", day, "", "", before, after, tuple(admits), exits, repeats, exits and re_entry
    )
    sessions = sessions_of_lines([line], EVENT)
    path = tmp_path_factory.mktemp("toml") / "p.toml"
    path.write_text(programme_text(sessions, EVENT.zone), "utf-8", newline="\n")
    assert read_programme(path, EVENT) == sessions
    assert sessions_of_lines(lines_of_sessions(sessions, EVENT.zone), EVENT) == sessions


RULED = """
[[session]]
id = "CD1"
title = "Một"
opens_at = 2022-10-27T07:30:00
closes_at = 2022-10-27T09:45:00
grace_before = 15
grace_after = 5
admits = ["Học viên", { unit = "LĐLĐ tỉnh Hà Nam" }, { category = "Báo chí", unit = "Báo Lao động" }]
exits = true
repeats = "daily"
re_entry = true
"""


def test_rules_are_read_and_what_the_roster_lacks_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(RULED, "utf-8")
    (session,) = read_programme(tmp_path / "p.toml", EVENT)
    assert (session.grace_before_minutes, session.grace_after_minutes) == (15, 5)
    assert (session.exits, session.repeats, session.re_entry) == (True, Repeats.DAILY, True)
    rules = {Audience("Học viên"), Audience("", "LĐLĐ tỉnh Hà Nam"), Audience("Báo chí", "Báo Lao động")}
    assert set(session.admits) == rules
    assert session.admits_from is not None
    assert f"{session.admits_from.astimezone(ZONE):%H:%M}" == "07:15"
    sentences = unknown_audiences([session], ["Học viên", "Báo chí"], ["LĐLĐ tỉnh Hà Nam"])
    assert len(sentences) == 1
    assert all(part in sentences[0] for part in ("CD1", "Báo Lao động"))


def test_every_problem_of_a_file_is_told_with_the_number_of_its_session(tmp_path: Path) -> None:
    slips = (
        ("grace_before = true", "BAD_GRACE"),
        ('grace_after = "5"', "BAD_GRACE"),
        ("exits = 1", "BAD_SWITCH"),
        ('repeats = "weekly"', "BAD_REPEATS"),
        ("repeats = [1]", "BAD_REPEATS"),
        ('admits = "Học viên"', "BAD_AUDIENCE"),
        ("admits = [{}]", "BAD_AUDIENCE"),
        ('admits = [{ group = "x" }]', "BAD_AUDIENCE"),
        ('admits = [" "]', "BAD_AUDIENCE"),
        ("re_entry = true", "NO_EXITS"),
        ("opens_at = 2022-10-29T07:00:00", "DAY_OUTSIDE"),
    )
    items = [f'[[session]]\nid = "A{n}"\ntitle = "B"\n{slip}\n' for n, (slip, _name) in enumerate(slips, 1)]
    (tmp_path / "p.toml").write_text("\n".join(items), "utf-8")
    with pytest.raises(BadInput) as refusal:
        read_programme(tmp_path / "p.toml", EVENT)
    found = [(problem.row, problem.problem) for problem in refusal.value.problems]
    assert found == [(number, name) for number, (_slip, name) in enumerate(slips, 1)]
    assert all(problem.message.startswith(f"Phiên {problem.row}:") for problem in refusal.value.problems)


def test_rows_of_a_spreadsheet_are_lines() -> None:
    assert lines_of_text("CD1\t Một \t\t27/10\t7h\t9h\tphòng 1\r\n\r\nCD2\tHai\n") == [
        SessionLine("CD1", "Một", "", "27/10", "7h", "9h"),
        SessionLine("CD2", "Hai"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("= x", "NOT_TOML"),
        ("x = 1", "NO_SESSIONS"),
        ("session = [1]", "BAD_SESSION"),
        ('[[session]]\nid = "A"\ntitle = "B"\nroom = "C"', "BAD_SESSION"),
        ('[[session]]\nid = "A"\ntitle = "B"\nopens_at = 2022-10-27T07:00:00Z', "BAD_SESSION"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "p.toml").write_text(text, "utf-8")
    with pytest.raises(BadInput) as refusal:
        read_programme(tmp_path / "p.toml", EVENT)
    assert refusal.value.problems[0].problem == problem
