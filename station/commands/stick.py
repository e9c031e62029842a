"""Commands of sticks and copies: drives, second-copy, continue, backups, wipe."""

import argparse
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from station import settings as settings_store
from station.clock import SystemClock
from station.commands.output import Output, opened
from station.errors import Refusal, StationError
from station.exchange.continuing import continue_event, copies_in
from station.exchange.keeping import LOOK_S, CopyKeeper, CopyState
from station.exchange.restoring import restore
from station.exchange.wiping import look_at, wipe
from station.i18n import _, ngettext
from station.media.drives import Drive, drive_at, removable_drives
from station.media.faults import MEGABYTE, free_bytes
from station.store.backup import backup_problems, backups_in
from station.store.folder import database_of


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    drives = commands.add_parser("drives", parents=[common], help=_("the sticks that are plugged in"))
    drives.set_defaults(run=_drives)

    second = commands.add_parser(
        "second-copy", parents=[common], help=_("keep a second copy of the event on a stick that stays in")
    )
    second.add_argument("folder", metavar="DIR")
    second.add_argument("--to", required=True, metavar="DIR", help=_("the stick, or a folder"))
    second.add_argument("--minutes", type=int, default=5, help=_("minutes between two whole copies"))
    second.add_argument("--once", action="store_true", help=_("one copy, then end"))
    second.set_defaults(run=_second_copy)

    go_on = commands.add_parser(
        "continue",
        aliases=["recover"],
        parents=[common],
        help=_("go on from the second copy of a laptop that is gone"),
    )
    go_on.add_argument("source", metavar="FROM", help=_("the stick, or the folder of the second copy"))
    go_on.add_argument("to", metavar="TO", help=_("the new event folder"))
    go_on.add_argument("--station", default="", metavar="NAME", help=_("name of the desk from now on"))
    go_on.set_defaults(run=_continue)

    backups = commands.add_parser(
        "backups", parents=[common], help=_("list, prove and put back the backups in the event folder")
    )
    backups.add_argument("folder", metavar="DIR")
    what = backups.add_mutually_exclusive_group()
    what.add_argument("--verify", action="store_true", help=_("prove each of them"))
    what.add_argument("--make", action="store_true", help=_("make one now"))
    what.add_argument("--restore", metavar="NAME", help=_("put this one back; “latest” for the newest"))
    backups.set_defaults(run=_backups)

    wiping = commands.add_parser(
        "wipe", parents=[common], help=_("remove an event from this laptop, once everything was exported")
    )
    wiping.add_argument("folder", metavar="DIR")
    wiping.add_argument(
        "--yes-name", metavar="NAME", help=_("the event's name; without it, only what would be done")
    )
    wiping.set_defaults(run=_wipe)


def _drives(_chosen: argparse.Namespace, output: Output) -> int:
    for drive in removable_drives():
        try:
            free = free_bytes(drive.path)
        except StationError:  # pulled out this very moment
            continue
        line = {
            "path": str(drive.path),
            "label": drive.label,
            "system": drive.system,
            "free": free,
            "read_only": drive.read_only,
            "device": drive.device,
        }
        text = _("{name}: {path}, {free} MB free, {system}").format(
            name=drive.name, path=drive.path, free=free // MEGABYTE, system=drive.system or "?"
        )
        protected = _("write-protected")
        output.line(line, f"{text}, {protected}" if drive.read_only else text)
    return 0


def _second_copy(chosen: argparse.Namespace, output: Output) -> int:
    to = Path(chosen.to)
    if not to.is_dir():
        raise Refusal(_("There is no folder {path}. Check the name.").format(path=to))
    on = drive_at(to)

    def find() -> Drive | None:
        return (on or Drive(to)) if to.is_dir() and (on is None or on in removable_drives()) else None

    with opened(chosen.folder) as station:
        keeper = CopyKeeper(station.files, station.clock, find, max(1, chosen.minutes))
        state = _told(keeper.look(whole=True), output)
        if chosen.once:
            return 0 if not state.problem else 1
        try:
            while True:
                time.sleep(LOOK_S)
                if (now := keeper.look()) != state:
                    state = _told(now, output)
        finally:
            keeper.look(whole=True)


def _told(state: CopyState, output: Output) -> CopyState:
    line = asdict(state) | {"at": state.at.isoformat() if state.at else None}
    if state.problem:
        text = state.problem
    elif not state.is_there:
        text = _("The stick of the second copy is not plugged in.")
    else:
        text = _("Second copy on {name}: everything up to entry {entry}.").format(
            name=state.drive, entry=state.until
        )
    output.line(line, text)
    return state


def _continue(chosen: argparse.Namespace, output: Output) -> int:
    source = Path(chosen.source)
    found = copies_in(source)
    if not found:
        raise Refusal(_("There is no second copy in {path}.").format(path=source))
    if len({copy.instance for copy in found}) > 1:
        names = "; ".join(f"{copy.folder} ({copy.station}, {copy.event})" for copy in found)
        raise Refusal(_("There are several second copies; name one: {names}").format(names=names))
    result = continue_event(found[0], Path(chosen.to), SystemClock(), chosen.station, output.progress)
    for warning in result.warnings:
        output.message(warning)
    line = {
        "event": found[0].event,
        "folder": str(result.folder),
        "station": result.station,
        "instance": result.instance,
        "entries": result.entries,
        "recorded_at": result.recorded_at.isoformat() if result.recorded_at else None,
        "missing": list(result.missing),
        "warnings": list(result.warnings),
    }
    text = _("{station} goes on in {path} with {count} records.").format(
        station=result.station, path=result.folder, count=result.entries
    )
    output.line(line, text)
    return 0 if not (result.missing or result.warnings) else 1


def _backups(chosen: argparse.Namespace, output: Output) -> int:
    folder = Path(chosen.folder)
    database_of(folder) if not chosen.restore else None
    if chosen.make:
        with opened(chosen.folder, also_archived=True) as station:
            station.back_up()
    known = backups_in(folder / "backups")
    if chosen.restore:
        wanted = [b for b in known if chosen.restore in ("latest", b.path.name)]
        if not wanted:
            raise Refusal(_("There is no backup {name}.").format(name=chosen.restore))
        result = restore(folder, wanted[0], SystemClock())
        for warning in result.warnings:
            output.message(warning)
        line = {
            "restored": result.backup.path.name,
            "rescued": result.rescued,
            "replaced": str(result.aside),
            "warnings": list(result.warnings),
        }
        text = _("{name} is put back; {count} records since then were taken over from what was there.")
        output.line(line, text.format(name=result.backup.path.name, count=result.rescued))
        return 0 if not result.warnings else 1
    failed = False
    for backup in known:
        problems = backup_problems(backup.path) if chosen.verify else []
        failed |= bool(problems)
        line = {"name": backup.path.name, "at": backup.at.isoformat(), "bytes": backup.bytes}
        if chosen.verify:
            line |= {"ok": not problems, "problems": problems}
        said = (" ".join(problems) or _("whole")) if chosen.verify else ""
        output.line(line, f"{backup.path.name}  {backup.bytes // 1000} kB  {said}".rstrip())
    return 1 if failed else 0


def _wipe(chosen: argparse.Namespace, output: Output) -> int:
    folder = Path(chosen.folder)
    if not chosen.yes_name:
        found = look_at(folder)
        line = {
            "event": found.event.name,
            "files": found.files,
            "bytes": found.bytes,
            "may": not found.objections,
            "objections": list(found.objections),
            "exported_to": found.last.to if found.last else None,
        }
        count = ngettext("{count} file", "{count} files", found.files).format(count=found.files)
        text = _("{event}: {files} would be removed. Nothing was removed.").format(
            event=found.event.name, files=count
        )
        output.line(line, " ".join((text, *found.objections)))
        return 1
    result = wipe(folder, chosen.yes_name)
    settings_store.forget_event(settings_store.load(), folder.resolve())
    left = [str(path) for path in result.left]
    text = _("{count} files were removed.").format(count=result.files)
    if left:
        text += " " + _("These could not be: {files}").format(files=", ".join(left))
    output.line({"removed": result.files, "left": left}, text)
    return 1 if left else 0
