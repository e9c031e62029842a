"""Commands on the roster: import-roster, delegates, search."""

import argparse
import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from station.commands.output import Output, opened
from station.errors import Refusal
from station.i18n import _
from station.roster import diff, plan
from station.roster.apply import apply_diff
from station.store import roster as roster_store


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    take = commands.add_parser(
        "import-roster", parents=[common], help=_("take in a roster from .xlsx or .csv")
    )
    take.add_argument("folder", metavar="DIR")
    take.add_argument("file", metavar="FILE")
    take.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN")
    take.add_argument("--dry-run", action="store_true", help=_("show what would change and change nothing"))
    take.add_argument("--skip-bad", action="store_true", help=_("leave out rows with problems"))
    take.set_defaults(run=_import)

    delegates = commands.add_parser("delegates", parents=[common], help=_("the roster"))
    delegates.add_argument("folder", metavar="DIR")
    delegates.set_defaults(run=_delegates)

    search = commands.add_parser("search", parents=[common], help=_("find delegates, accents or not"))
    search.add_argument("folder", metavar="DIR")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--limit", type=int, default=30)
    search.set_defaults(run=_search)
