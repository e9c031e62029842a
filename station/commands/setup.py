"""Commands that set an event up further: event, archive, units, categories."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from station.app import Station, set_archived
from station.badges.logo import read_logo
from station.commands.output import HEADLESS_WAIT_S, Output, local_time, opened
from station.errors import Refusal
from station.i18n import _, ngettext
from station.model.event import Event, Session
from station.model.unit import Division, Kind
from station.programme.lines import lines_of_sessions, sessions_of_lines
from station.roster.aliases import suggestions_of
from station.store import event as event_store
from station.store import units
from station.store.connection import WriteConnection

_FIELDS = ("name", "name_en", "starts_on", "ends_on", "venue", "organiser", "zone")


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    event = commands.add_parser("event", parents=[common], help=_("show or change the event's data"))
    event.add_argument("folder", metavar="DIR")
    for name in ("--name", "--name-en", "--venue", "--organiser", "--zone"):
        event.add_argument(name)
    event.add_argument("--from", dest="starts_on", type=date.fromisoformat, metavar="YYYY-MM-DD")
    event.add_argument("--to", dest="ends_on", type=date.fromisoformat, metavar="YYYY-MM-DD")
    logo = event.add_mutually_exclusive_group()
    logo.add_argument("--logo", metavar="FILE", help=_("PNG or JPEG"))
    logo.add_argument("--no-logo", action="store_true", help=_("take the logo out"))
    event.set_defaults(run=_event)

    archive = commands.add_parser(
        "archive", parents=[common], help=_("lay an event in the archive: it can be read, not changed")
    )
    archive.add_argument("folder", metavar="DIR")
    archive.add_argument("--undo", action="store_true", help=_("bring it back"))
    archive.set_defaults(run=_archive)

    for kind, name, told in (
        (Kind.UNIT, "units", _("the units: colours, names, spellings")),
        (Kind.CATEGORY, "categories", _("the categories: colours, names, spellings")),
    ):
        division = commands.add_parser(name, parents=[common], help=told)
        division.add_argument("folder", metavar="DIR")
        what = division.add_mutually_exclusive_group()
        what.add_argument("--suggest", action="store_true", help=_("list the names that look like one"))
        what.add_argument("--merge", metavar="NAME", help=_("make it part of another one (--into)"))
        what.add_argument("--rename", metavar="NAME", help=_("give it another name (--to)"))
        what.add_argument(
            "--colour", metavar="NAME=#rrggbb", help=_("nothing after “=” takes the colour away")
        )
        what.add_argument("--add", metavar="NAME")
        what.add_argument("--remove", metavar="NAME", help=_("only where nobody uses it"))
        what.add_argument("--forget", metavar="SPELLING", help=_("a merged spelling stands for itself again"))
        if kind is Kind.UNIT:
            what.add_argument("--short", metavar="NAME=TEXT", help=_("give it a short name"))
        division.add_argument("--into", metavar="NAME")
        division.add_argument("--to", metavar="NAME")
        division.set_defaults(run=_divisions, kind=kind, usage_error=division.error)


def _event(chosen: argparse.Namespace, output: Output) -> int:
    changes = {name: getattr(chosen, name) for name in _FIELDS if getattr(chosen, name) is not None}
    if chosen.logo:
        changes["logo"] = read_logo(Path(chosen.logo))
    elif chosen.no_logo:
        changes["logo"] = b""
    with opened(chosen.folder, also_archived=not changes) as station:
        event = station.event
        if changes:
            event = replace(event, **changes)
            station.change_event(event, _sessions_within(station, event))
        output.line(_event_line(station, event), _event_text(event))
    return 0


def _sessions_within(station: Station, event: Event) -> tuple[Session, ...]:
    """The sessions at the same local times. Raises BadInput for those outside the event's days."""
    with station.files.reading() as connection:
        sessions = event_store.sessions_of(connection)
    moved = (event.starts_on, event.ends_on, event.zone) != (
        station.event.starts_on,
        station.event.ends_on,
        station.event.zone,
    )
    return sessions_of_lines(lines_of_sessions(sessions, station.event.zone), event) if moved else sessions


def _event_line(station: Station, event: Event) -> dict[str, Any]:
    return {
        "event": event.name,
        "id": event.id,
        "name_en": event.name_en,
        "from": event.starts_on.isoformat(),
        "to": event.ends_on.isoformat(),
        "venue": event.venue,
        "organiser": event.organiser,
        "zone": event.zone,
        "logo": bool(event.logo),
        "archived_at": local_time(station, event.archived_at),
    }


def _event_text(event: Event) -> str:
    days = f"{event.starts_on:%d/%m/%Y} – {event.ends_on:%d/%m/%Y}"
    told = (event.name, event.name_en, days, event.venue, event.organiser, event.zone)
    return "\n".join(filter(None, (*told, _("with a logo") if event.logo else "")))


def _archive(chosen: argparse.Namespace, output: Output) -> int:
    event = set_archived(Path(chosen.folder), not chosen.undo, wait_s=HEADLESS_WAIT_S)
    text = _("“{event}” is no longer in the archive.") if chosen.undo else _("“{event}” is in the archive.")
    output.line({"event": event.name, "archived": not chosen.undo}, text.format(event=event.name))
    return 0


def _divisions(chosen: argparse.Namespace, output: Output) -> int:
    change = _change(chosen)
    with opened(chosen.folder, also_archived=change is None) as station:
        if change is not None:
            station.files.write(change)
        with station.files.reading() as connection:
            divisions = units.divisions(connection, chosen.kind)
            suggested = suggestions_of(connection, chosen.kind) if chosen.suggest else []
    if chosen.suggest:
        for suggestion in suggested:
            said = [{"name": name, "delegates": count} for name, count in suggestion.spellings]
            text = " = ".join(f"{name} ({count})" for name, count in suggestion.spellings)
            output.line({"into": suggestion.usual, "spellings": said}, text)
        return 0
    for division in divisions:
        output.line(_division_line(division), _division_text(division))
    return 0


def _change(chosen: argparse.Namespace) -> Callable[[WriteConnection], object] | None:
    """What shall be changed, None for nothing. Ends the program when the options do not go together."""
    kind: Kind = chosen.kind
    for option, needs in (("merge", "into"), ("rename", "to")):
        if (getattr(chosen, option) is None) != (getattr(chosen, needs) is None):
            chosen.usage_error(f"--{option} NAME --{needs} NAME")
    if chosen.merge is not None:
        return lambda c: units.merge(c, kind, chosen.merge, chosen.into)
    if chosen.rename is not None:
        return lambda c: _renamed(c, kind, chosen.rename, chosen.to)
    if chosen.colour is not None:
        name, colour = _pair(chosen, "colour")
        return lambda c: units.set_colour(c, kind, name, colour)
    if getattr(chosen, "short", None) is not None:
        name, short_name = _pair(chosen, "short")
        return lambda c: units.set_short_name(c, name, short_name)
    if chosen.add is not None:
        return lambda c: units.add(c, kind, chosen.add)
    if chosen.remove is not None:
        return lambda c: units.remove(c, kind, chosen.remove)
    if chosen.forget is not None:
        return lambda c: units.forget_spelling(c, kind, chosen.forget)
    return None


def _renamed(connection: WriteConnection, kind: Kind, before: str, after: str) -> None:
    """A script that renames onto a name which is there has not been asked whether it means a merge."""
    if before != after and after in units.colours(connection, kind):
        text = _("“{name}” is there already. To make both one, use --merge with --into.")
        raise Refusal(text.format(name=after))
    units.rename(connection, kind, before, after)


def _pair(chosen: argparse.Namespace, option: str) -> tuple[str, str]:
    name, equals, value = str(getattr(chosen, option)).rpartition("=")
    if not equals:
        chosen.usage_error(f"--{option} NAME=…")
    return name, value


def _division_line(division: Division) -> dict[str, Any]:
    short_name = {"short_name": division.short_name} if division.kind is Kind.UNIT else {}
    return {
        "name": division.name,
        **short_name,
        "colour": division.colour,
        "delegates": division.delegates,
        "spellings": list(division.spellings),
    }


def _division_text(division: Division) -> str:
    count = ngettext("{count} delegate", "{count} delegates", division.delegates)
    said = [division.name, division.short_name, division.colour, count.format(count=division.delegates)]
    if division.spellings:
        said.append(_("also: {spellings}").format(spellings=", ".join(division.spellings)))
    return "  ".join(filter(None, said))
