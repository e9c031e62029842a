"""Commands on sign-in sheets: sign-in-sheets prints them, paper-in takes rows in."""

import argparse
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from station.app import Station
from station.checkin.paper import Signed, Taken, signed, usual_time
from station.commands.output import Output, local_time, opened
from station.errors import EnvironmentFault, Refusal
from station.i18n import _, ngettext
from station.media.faults import reason
from station.model.verdict import Outcome
from station.reports.sheet_making import make_sheets
from station.reports.sign_in import SheetLook, SheetOrder

_STANDARD_INPUT = "-"
_LONGEST_LINE = 4096  # characters


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    sheets = commands.add_parser(
        "sign-in-sheets", parents=[common], help=_("sign-in sheets with a code for each row, as a PDF")
    )
    sheets.add_argument("folder", metavar="DIR")
    sheets.add_argument("--out", required=True, metavar="FILE.pdf")
    sheets.add_argument(
        "--session", action="append", metavar="ID", help=_("only this session; may be repeated")
    )
    sheets.add_argument(
        "--order",
        choices=list(SheetOrder),
        default=SheetOrder.UNIT,
        help=_("by unit, each under its heading, or by name"),
    )
    sheets.add_argument("--phones", action="store_true", help=_("with a column for telephone numbers"))
    sheets.add_argument(
        "--blank", type=int, default=8, metavar="NUMBER", help=_("blank rows for who is not on the roster")
    )
    sheets.add_argument(
        "--no-national-heading", action="store_true", help=_("without the name and motto of the state")
    )
    sheets.set_defaults(run=_sheets)

    taking = commands.add_parser(
        "paper-in", parents=[common], help=_("take in signed rows of sign-in sheets as attendance")
    )
    taking.add_argument("folder", metavar="DIR")
    taking.add_argument("--session", required=True, metavar="ID", help=_("ID of the session of the sheet"))
    taking.add_argument(
        "--from",
        dest="rows",
        default=_STANDARD_INPUT,
        metavar="FILE",
        help=_(
            "a row on each line: what was scanned, a delegate's code, or a row number; - for standard input"
        ),
    )
    taking.add_argument(
        "--sheet", type=int, metavar="NUMBER", help=_("number of the sheet, for row numbers that are typed")
    )
    taking.add_argument(
        "--signed-from",
        metavar="TIME",
        help=_("when it was signed, e.g. 2022-10-27T07:30; without it the session's start"),
    )
    taking.add_argument("--signed-until", metavar="TIME", help=_("until when it was signed"))
    taking.set_defaults(run=_take_in)


def _sheets(chosen: argparse.Namespace, output: Output) -> int:
    look = SheetLook(SheetOrder(chosen.order), chosen.phones, chosen.blank, not chosen.no_national_heading)
    with opened(chosen.folder) as station:
        wanted = chosen.session or [session.id for session in station.desk.sessions()]
        sessions = [station.desk.session(identifier) for identifier in dict.fromkeys(wanted)]
        made = make_sheets(
            station.files,
            station.event,
            station.key,
            station.clock,
            sessions,
            look,
            Path(chosen.out),
            output.progress,
        )
    lines = [
        {"session": sheet.session.id, "sheet": sheet.number, "rows": len(sheet.rows)} for sheet in made.sheets
    ]
    text = ngettext(
        "{count} sheet on {pages} pages in {path}.", "{count} sheets on {pages} pages in {path}.", len(lines)
    )
    output.line(
        {"file": chosen.out, "pages": made.pages, "sheets": lines},
        text.format(count=len(lines), pages=made.pages, path=chosen.out),
    )
    return 0


def _take_in(chosen: argparse.Namespace, output: Output) -> int:
    all_taken = True
    with opened(chosen.folder) as station:
        when = _times(station, chosen)
        with _lines(chosen.rows) as lines:
            for text in _wanted(lines):
                all_taken &= _take_row(station, when, text, chosen.sheet, output)
    return 0 if all_taken else 1


def _take_row(station: Station, when: Signed, text: str, sheet: int | None, output: Output) -> bool:
    """Take one row in and say what came of it; whether it counts as present now."""
    try:
        taken = station.paper.take_typed(text, when, sheet)
    except Refusal as error:  # a row that is not known; the next one may be
        output.line(
            {"input": text, "outcome": "refused", "reason": "UNKNOWN_ROW", "message": str(error)},
            f"{text}: {error}",
        )
        return False
    output.line(_taken_line(station, text, taken), _taken_text(taken))
    return taken.outcome is not Outcome.REFUSED


def _taken_line(station: Station, text: str, taken: Taken) -> dict[str, Any]:
    person = taken.delegate
    told = None if person is None else {"code": person.code, "name": person.name, "unit": person.unit}
    return {
        "input": text,
        "outcome": taken.outcome,
        "reason": taken.reason,
        "delegate": told,
        "sheet": taken.sheet,
        "row": taken.row,
        "at": local_time(station, taken.at),
        "entry": taken.entry,
        "message": taken.sentence,
    }


def _taken_text(taken: Taken) -> str:
    person = f"{taken.delegate.code}  {taken.delegate.name}" if taken.delegate else "—"
    return f"{person}  {taken.sentence}"


def _times(station: Station, chosen: argparse.Namespace) -> Signed:
    session = station.desk.session(chosen.session)
    now = station.clock.now()
    zone = ZoneInfo(station.event.zone)
    start = _instant(chosen.signed_from, zone) or usual_time(station.event, session, now)
    return signed(station.event, session, start, _instant(chosen.signed_until, zone) or start, now)


def _instant(text: str | None, zone: ZoneInfo) -> datetime | None:
    """An instant that was typed, in the event's zone unless it names another. Raises Refusal."""
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(zone)
    except (ValueError, OverflowError):
        raise Refusal(
            _("“{text}” is no time. Write it like 2022-10-27T07:30.").format(text=text[:40])
        ) from None


@contextmanager
def _lines(source: str) -> Iterator[Iterable[str]]:
    """The lines of a file or of standard input. Raises EnvironmentFault."""
    if source == _STANDARD_INPUT:
        if isinstance(
            sys.stdin, io.TextIOWrapper
        ):  # as a scanner or a script sends them, whatever the console is
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
        yield _read(sys.stdin)
        return
    try:
        with Path(source).open(encoding="utf-8-sig", errors="replace") as file:
            yield _read(file)
    except OSError as error:
        text = _("{path} cannot be read: {reason}.")
        raise EnvironmentFault(text.format(path=source, reason=reason(error))) from error


def _read(file: TextIO) -> Iterator[str]:
    while line := file.readline(_LONGEST_LINE):
        yield line


def _wanted(lines: Iterable[str]) -> Iterator[str]:
    """What stands on the lines that are not empty."""
    for line in lines:
        text = line.strip()
        if text:
            yield text
