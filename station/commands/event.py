"""Commands on the event as a whole: new, sessions, rebuild."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from station.app import new_event, new_event_values, open_station
from station.badges.logo import read_logo
from station.commands.output import Output, opened
from station.i18n import _
from station.media.atomic import write_file
from station.model.event import Session
from station.programme.lines import SessionLine, lines_of_sessions
from station.programme.toml_file import programme_text, read_programme, unknown_audiences
from station.store import event as event_store
from station.store import projections


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    new = commands.add_parser("new", parents=[common], help=_("make a new event folder"))
    new.add_argument("folder", metavar="DIR")
    new.add_argument("--name", required=True, help=_("name of the event in Vietnamese"))
    new.add_argument("--name-en", default="", help=_("name of the event in English"))
    new.add_argument("--from", dest="starts_on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
    new.add_argument("--to", dest="ends_on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
    new.add_argument("--venue", default="")
    new.add_argument("--organiser", default="")
    new.add_argument(
        "--zone", default="Asia/Ho_Chi_Minh", help=_("IANA time zone, for example Asia/Ho_Chi_Minh")
    )
    new.add_argument("--logo", metavar="FILE", help=_("PNG or JPEG"))
    new.add_argument("--station", default=None, help=_("name of this station, for example Bàn 1"))
    new.set_defaults(run=_new)

    sessions = commands.add_parser(
        "sessions", parents=[common], help=_("the sessions; taken from or written to a TOML file")
    )
    sessions.add_argument("folder", metavar="DIR")
    files = sessions.add_mutually_exclusive_group()
    files.add_argument("--from", dest="source", metavar="FILE")
    files.add_argument("--to", dest="target", metavar="FILE")
    sessions.set_defaults(run=_sessions)

    rebuild = commands.add_parser(
        "rebuild", parents=[common], help=_("make the projections again from the journal")
    )
    rebuild.add_argument("folder", metavar="DIR")
    rebuild.set_defaults(run=_rebuild)


def _new(chosen: argparse.Namespace, output: Output) -> int:
    path = Path(chosen.folder)
    event = new_event_values(
        chosen.name,
        chosen.starts_on,
        chosen.ends_on,
        name_en=chosen.name_en,
        venue=chosen.venue,
        organiser=chosen.organiser,
        zone=chosen.zone,
        logo=read_logo(Path(chosen.logo)) if chosen.logo else b"",
    )
    new_event(path, event, station=chosen.station or _("Desk 1"))
    station = open_station(path)
    try:
        result = {
            "event": event.name,
            "id": event.id,
            "folder": str(path),
            "station": station.name,
            "instance": station.instance,
            "session": station.desk.session_now().id,
        }
    finally:
        station.close()
    output.line(result, _("The event folder {path} is ready.").format(path=path))
    return 0


def _sessions(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=not chosen.source) as station:
        if chosen.source:
            station.change_event(station.event, read_programme(Path(chosen.source), station.event))
        with station.files.reading() as connection:
            sessions = event_store.sessions_of(connection)
            unknown = unknown_audiences(sessions, *event_store.known_audiences(connection))
        if chosen.target:
            write_file(Path(chosen.target), programme_text(sessions, station.event.zone).encode())
        for session, line in zip(sessions, lines_of_sessions(sessions, station.event.zone), strict=True):
            text = f"{line.code}  {line.day} {line.opens}–{line.closes}  {line.title}"
            output.line(_session_line(session, line), text.replace("   – ", "  "))
        for sentence in unknown:
            output.message(sentence)
    return 0


def _session_line(session: Session, line: SessionLine) -> dict[str, Any]:
    return {
        **{name: getattr(line, name) for name in ("code", "title", "title_en", "day", "opens", "closes")},
        "grace_before": session.grace_before_minutes,
        "grace_after": session.grace_after_minutes,
        "admits": [rule._asdict() for rule in session.admits],
        "exits": session.exits,
        "repeats": session.repeats,
        "re_entry": session.re_entry,
    }


def _rebuild(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        differences = station.files.write(projections.rebuild)
    if differences:
        text = _("The projections stood otherwise in {count} rows; they are as the journal says now.")
    else:
        text = _("The projections are identical with what the journal says.")
    result = {"identical": not differences, "differences": differences}
    output.line(result, text.format(count=len(differences)))
    return 0 if not differences else 1
