"""The command that writes the diagnostics."""

import argparse
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from station import settings as settings_store
from station.clock import SystemClock
from station.commands.output import Output, opened
from station.diagnostics.file import write_diagnostics
from station.diagnostics.log import keep_log
from station.i18n import _


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    text = _("a ZIP about this machine for whoever looks after the program, with nothing about anybody")
    diagnostics = commands.add_parser("diagnostics", parents=[common], help=text)
    diagnostics.add_argument(
        "folder", metavar="DIR", nargs="?", help=_("event folder to count and check, too")
    )
    diagnostics.add_argument("--out", metavar="FILE", required=True)
    diagnostics.set_defaults(run=_diagnostics)


def _diagnostics(chosen: argparse.Namespace, output: Output) -> int:
    keep_log()
    folder = opened(chosen.folder, also_archived=True) if chosen.folder else nullcontext(None)
    with folder as station:
        files = None if station is None else station.files
        made = write_diagnostics(Path(chosen.out), settings_store.load(), SystemClock().now(), files)
    text = _("The diagnostics file is {file}.").format(file=made.path)
    output.line({"file": str(made.path), "bytes": made.bytes, "names": list(made.names)}, text)
    return 0
