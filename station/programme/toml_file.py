"""The sessions of an event as a small TOML file, for scripts and for the next event."""

import json
import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from station.errors import BadInput, EnvironmentFault, Problem
from station.i18n import _
from station.media.faults import reason
from station.model.event import Audience, Event, Repeats, Session
from station.programme.lines import SessionLine, local_window, sessions_of_lines

_TEXTS = ("id", "title", "title_en")
_INSTANTS = ("opens_at", "closes_at")
_MINUTES = ("grace_before", "grace_after")
_SWITCHES = ("exits", "re_entry")
_FIELDS = (*_TEXTS, *_INSTANTS, *_MINUTES, "admits", "exits", "repeats", "re_entry")


def read_programme(path: Path, event: Event) -> tuple[Session, ...]:
    """The sessions of a TOML file, local times without an offset.

    Raises BadInput with every problem; EnvironmentFault when the file cannot be read.
    """
    items = _items(path)
    problems = [problem for number, item in enumerate(items, 1) for problem in _wrong_fields(number, item)]
    wrong = {problem.row for problem in problems}
    lines = [SessionLine() if number in wrong else _line_of(item) for number, item in enumerate(items, 1)]
    try:
        sessions = sessions_of_lines(lines, event)  # what is wrong in those that could be read is told, too
    except BadInput as error:
        problems += error.problems
    if problems:
        raise BadInput(sorted(problems, key=lambda problem: problem.row or 0))
    return sessions


def programme_text(sessions: Sequence[Session], zone: str) -> str:
    """The sessions as TOML, which :func:`read_programme` reads."""
    return "\n".join(
        "\n".join(["[[session]]", *_field_lines(session, ZoneInfo(zone))]) + "\n" for session in sessions
    )


def unknown_audiences(
    sessions: Sequence[Session], categories: Sequence[str], units: Sequence[str]
) -> list[str]:
    """A sentence for each category or unit that may enter a session and that the roster does not know (yet)."""
    known = (set(categories), set(units))
    texts = (
        _("Session {number} ({session}) is for the category “{name}”, which nobody on the roster has yet."),
        _("Session {number} ({session}) is for the unit “{name}”, which nobody on the roster has yet."),
    )
    return [
        text.format(number=session.number, session=session.id, name=name)
        for session in sessions
        for text, names, place in zip(texts, known, (0, 1), strict=True)
        for name in dict.fromkeys(rule[place] for rule in session.admits)
        if name and name not in names
    ]


def _items(path: Path) -> list[Any]:
    try:
        items = tomllib.loads(path.read_text("utf-8")).get("session", [])
    except OSError as error:
        text = _("The file “{file}” cannot be read: {reason}.")
        raise EnvironmentFault(text.format(file=path.name, reason=reason(error))) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        text = _("The file “{file}” is not TOML: {reason}.").format(file=path.name, reason=error)
        raise BadInput([Problem(None, None, "NOT_TOML", text)]) from error
    if not isinstance(items, list) or not items:
        text = _("The file “{file}” has no [[session]].").format(file=path.name)
        raise BadInput([Problem(None, None, "NO_SESSIONS", text)])
    return items


def _wrong_fields(number: int, item: Any) -> Iterator[Problem]:
    """What of a session is not written as it should be."""
    if not isinstance(item, dict) or set(item) - set(_FIELDS) or not _are(item, _TEXTS, str):
        text = _("Session {number}: use only {fields}.")
        said = text.format(number=number, fields=", ".join(_FIELDS))
        yield Problem(number, None, "BAD_SESSION", said)
        return
    if not all(_is_local(item[name]) for name in _INSTANTS if name in item):
        text = _("Session {number}: write local times such as 2022-10-27T07:30:00.")
        yield Problem(number, "opens_at", "BAD_SESSION", text.format(number=number))
    if not _are(item, _MINUTES, int):
        text = _("Session {number}: write minutes as a whole number, for example grace_before = 15.")
        yield Problem(number, "grace_before", "BAD_GRACE", text.format(number=number))
    if not _are(item, _SWITCHES, bool):
        text = _("Session {number}: write true or false for exits and re_entry.")
        yield Problem(number, "exits", "BAD_SWITCH", text.format(number=number))
    if item.get("repeats", Repeats.ONCE) not in list(Repeats):
        text = _("Session {number}: repeats is one of {words}.")
        said = text.format(number=number, words=", ".join(f"“{word}”" for word in Repeats))
        yield Problem(number, "repeats", "BAD_REPEATS", said)
    admits = item.get("admits", [])
    if not isinstance(admits, list) or not all(_is_audience(rule) for rule in admits):
        text = _(
            "Session {number}: write admits as a list of categories and of tables with category, unit or both."
        )
        yield Problem(number, "admits", "BAD_AUDIENCE", text.format(number=number))


def _are(item: dict[str, Any], names: tuple[str, ...], kind: type) -> bool:
    """Whether these fields, where they are there, are of a type; a truth value is no number."""
    return all(type(item[name]) is kind for name in names if name in item)


def _is_local(instant: object) -> bool:
    return isinstance(instant, datetime) and instant.tzinfo is None


def _is_audience(rule: object) -> bool:
    if isinstance(rule, dict):
        names = list(rule.values())
        return bool(rule) and set(rule) <= set(Audience._fields) and all(_is_name(name) for name in names)
    return _is_name(rule)


def _is_name(name: object) -> bool:
    return isinstance(name, str) and bool(name.strip())


def _line_of(item: dict[str, Any]) -> SessionLine:
    """The line of a session that is written as it should be."""
    rules = (rule if isinstance(rule, dict) else {"category": rule} for rule in item.get("admits", []))
    day, opens, closes = local_window(item.get("opens_at"), item.get("closes_at"))
    return SessionLine(
        item.get("id", ""),
        item.get("title", ""),
        item.get("title_en", ""),
        day,
        opens,
        closes,
        grace_before=str(item.get("grace_before", "")),
        grace_after=str(item.get("grace_after", "")),
        admits=tuple(Audience(**rule) for rule in rules),
        exits=item.get("exits", False),
        repeats=Repeats(item.get("repeats", Repeats.ONCE)),
        re_entry=item.get("re_entry", False),
    )


def _field_lines(session: Session, zone: ZoneInfo) -> Iterator[str]:
    for name in _TEXTS:
        yield f"{name} = {_quoted(getattr(session, name))}"
    for name in _INSTANTS:
        instant: datetime | None = getattr(session, name)
        if instant is not None:
            yield f"{name} = {instant.astimezone(zone):%Y-%m-%dT%H:%M:%S}"
    if session.grace_before_minutes:
        yield f"grace_before = {session.grace_before_minutes}"
    if session.grace_after_minutes:
        yield f"grace_after = {session.grace_after_minutes}"
    if session.admits:
        yield f"admits = [{', '.join(_audience_text(rule) for rule in session.admits)}]"
    if session.exits:
        yield "exits = true"
    if session.repeats is not Repeats.ONCE:
        yield f"repeats = {_quoted(session.repeats)}"
    if session.re_entry:
        yield "re_entry = true"


def _audience_text(rule: Audience) -> str:
    if not rule.unit:
        return _quoted(rule.category)
    named = [f"{name} = {_quoted(text)}" for name, text in rule._asdict().items() if text]
    return f"{{ {', '.join(named)} }}"


def _quoted(text: str) -> str:
    """A TOML basic string: the escapes of JSON are among those of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
