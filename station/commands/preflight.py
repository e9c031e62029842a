"""The command of the preflight: check."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from station import settings as settings_store
from station.app import Station
from station.commands.output import Output, opened
from station.errors import StationError
from station.i18n import _
from station.preflight import event as event_check
from station.preflight.all_checks import CHECKS, run_checks
from station.preflight.check import Check, Level, worst
from station.preflight.scanning import check_scanning
from station.preflight.sheet import render_sheet
from station.preflight.subject import Subject


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    check = commands.add_parser("check", parents=[common], help=_("is this machine ready for the doors?"))
    check.add_argument("folder", metavar="DIR")
    check.add_argument(
        "--only", action="append", default=[], choices=list(CHECKS), metavar="NAME", help=", ".join(CHECKS)
    )
    check.add_argument(
        "--stick", metavar="PATH", help=_("try this folder instead of the sticks that are found")
    )
    check.add_argument("--camera", metavar="SOURCE", help=_("look through this camera, video or address"))
    check.add_argument("--sheet", metavar="FILE.pdf", help=_("write the record of the checks as a PDF"))
    check.set_defaults(run=_check)


def _check(chosen: argparse.Namespace, output: Output) -> int:
    checks: list[Check] = []
    try:
        with opened(chosen.folder, also_archived=True) as station:
            for check in run_checks(_subject(chosen, station), chosen.only, output.progress):
                checks.append(check)
                _tell(check, output)
            if chosen.sheet:
                render_sheet(Path(chosen.sheet), station.event, station.name, checks, station.clock.now())
    except StationError as error:
        if checks:
            raise
        checks = [
            Check(event_check.NAME, Level.FAIL, str(error)),
            check_scanning(),
        ]  # what needs no open event
        for check in checks:
            _tell(check, output)
    return 1 if worst(checks) is Level.FAIL else 0


def _subject(chosen: argparse.Namespace, station: Station) -> Subject:
    stick = Path(chosen.stick) if chosen.stick else None
    return replace(station.preflight(settings_store.load()), camera=chosen.camera, stick=stick)


def _tell(check: Check, output: Output) -> None:
    line = {"check": check.name, "level": check.level, "message": check.text}
    output.line(line, f"{check.level:<5} {check.name:<10} {check.text}")
