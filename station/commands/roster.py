"""Commands on the roster: import-roster, delegates, search."""

import argparse
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from station.app import Station
from station.commands.output import Output, opened
from station.errors import BadInput, Cancelled, Problem
from station.i18n import _
from station.roster.diff import RosterDiff
from station.roster.headings import parse_overrides
from station.roster.lines import LineKind, change_lines
from station.roster.plan import read_roster
from station.store import roster as roster_store


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    take = commands.add_parser(
        "import-roster", parents=[common], help=_("take in a roster from .xlsx or .csv")
    )
    take.add_argument("folder", metavar="DIR")
    take.add_argument("file", metavar="FILE")
    take.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN")
    take.add_argument(
        "--keep", action="append", default=[], metavar="COLUMN", help=_("keep a column under its own heading")
    )
    take.add_argument("--dry-run", action="store_true", help=_("show what would change and change nothing"))
    take.add_argument("--skip-bad", action="store_true", help=_("leave out rows with problems"))
    take.add_argument(
        "--apart",
        action="append",
        default=[],
        type=int,
        metavar="ROW",
        help=_("this row brings somebody new, though the name is known"),
    )
    take.set_defaults(run=_import)

    undo = commands.add_parser(
        "undo-roster", parents=[common], help=_("take back what the latest roster changed")
    )
    undo.add_argument("folder", metavar="DIR")
    undo.set_defaults(run=_undo)

    delegates = commands.add_parser("delegates", parents=[common], help=_("the roster"))
    delegates.add_argument("folder", metavar="DIR")
    delegates.set_defaults(run=_delegates)

    search = commands.add_parser("search", parents=[common], help=_("find delegates, accents or not"))
    search.add_argument("folder", metavar="DIR")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--limit", type=int, default=30)
    search.set_defaults(run=_search)


def _import(chosen: argparse.Namespace, output: Output) -> int:
    try:
        roster = read_roster(Path(chosen.file), parse_overrides(chosen.map), chosen.keep, output.progress)
    except BadInput as error:  # the file as a whole: scripts get their line all the same
        if chosen.json:
            output.line(_import_line(RosterDiff((), (), (), (), ()), list(error.problems), False))
        raise
    with opened(chosen.folder) as station:
        difference = station.roster_changes(roster, chosen.apart, output.progress)
        problems = [*roster.problems, *difference.problems]
        applied = not chosen.dry_run and (not problems or chosen.skip_bad)
        if applied:
            _take(station, difference, Path(chosen.file).name, roster.sha256, output)
    for problem in [*problems, *roster.notices, *difference.notices]:
        output.message(problem.message)
    for line in change_lines(roster, difference):
        if line.kind is LineKind.MATCHED:
            text = _("Row {row}: {name} was recognised by name as {code}. Somebody else? Use --apart {row}.")
            output.message(text.format(row=line.row, name=line.name, code=line.code))
    output.line(_import_line(difference, problems, applied), _import_text(difference, problems, applied))
    return 0 if applied or (chosen.dry_run and not problems) else 1


def _take(station: Station, difference: RosterDiff, name: str, sha256: str, output: Output) -> None:
    """Store the changes; Ctrl-C takes back what is stored so far, which is another thread's work."""
    stopped = threading.Event()

    def progress(done: int, total: int) -> None:
        if stopped.is_set():
            raise Cancelled(_("Stopped."))
        output.progress(done, total)

    try:
        station.take_roster(difference, name, sha256, progress)
    except KeyboardInterrupt:
        stopped.set()
        raise


def _undo(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        undone = station.undo_roster()
    text = _("“{file}” was taken back: {removed} delegates removed, {kept} kept, {restored} as before.")
    output.line(
        asdict(undone),
        text.format(
            file=undone.file_name, removed=undone.removed, kept=undone.kept, restored=undone.restored
        ),
    )
    return 0


def _import_line(difference: RosterDiff, problems: list[Problem], applied: bool) -> dict[str, Any]:
    return {
        "added": len(difference.added),
        "changed": len(difference.changed),
        "unchanged": len(difference.unchanged),
        "vanished": len(difference.vanished),
        "matched_by_name": [change.row for change in difference.changed if change.by_name],
        "applied": applied,
        "problems": [asdict(problem) for problem in problems],
    }


def _import_text(difference: RosterDiff, problems: list[Problem], applied: bool) -> str:
    counts = _("{added} added, {changed} changed, {unchanged} unchanged, {vanished} vanished.").format(
        added=len(difference.added),
        changed=len(difference.changed),
        unchanged=len(difference.unchanged),
        vanished=len(difference.vanished),
    )
    if applied:
        return counts
    if problems:
        return (
            counts + " " + _("Nothing was applied: mend the rows above, or leave them out with --skip-bad.")
        )
    return counts + " " + _("Nothing was applied.")


def _delegates(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station, station.files.reading() as connection:
        for delegate in roster_store.delegates(connection):
            output.line(
                {
                    "code": delegate.code,
                    "name": delegate.name,
                    "unit": delegate.unit,
                    "category": delegate.category,
                    "status": delegate.status,
                    "position": delegate.position,
                    "phone": delegate.phone,
                    "email": delegate.email,
                    "seat": delegate.seat,
                    "extra": dict(delegate.extra),
                },
                f"{delegate.code}  {delegate.name}  {delegate.unit}  {delegate.category}  {delegate.status}",
            )
    return 0


def _search(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        for match in station.desk.search(chosen.text, chosen.limit):
            person = match.delegate
            output.line(
                {
                    "code": person.code,
                    "name": person.name,
                    "unit": person.unit,
                    "score": match.score,
                    "present": match.present,
                },
                f"{person.code}  {person.name}  {person.unit}",
            )
    return 0
