"""Commands that make paper: badges, and the test sheet for scanners."""

import argparse
from pathlib import Path
from typing import Any

from station.app import Station
from station.badges.layout import layout_named
from station.badges.rendering import render_badges
from station.badges.scanner_sheet import render_scanner_sheet
from station.badges.texts import BadgeData
from station.commands.output import Output, opened
from station.errors import Refusal
from station.i18n import _


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    badges = commands.add_parser("badges", parents=[common], help=_("badges as a PDF"))
    badges.add_argument("folder", metavar="DIR")
    badges.add_argument("--out", required=True, metavar="FILE.pdf")
    badges.add_argument("--layout", default="card", metavar="NAME")
    badges.add_argument("--delegate", action="append", metavar="CODE", help=_("only these delegates"))
    badges.set_defaults(run=_badges)

    sheet = commands.add_parser("scanner-sheet", parents=[common], help=_("test sheet for scanners as a PDF"))
    sheet.add_argument("--out", required=True, metavar="FILE.pdf")
    sheet.set_defaults(run=_scanner_sheet)


def _badges(chosen: argparse.Namespace, output: Output) -> int:
    layout = layout_named(chosen.layout)
    with opened(chosen.folder, also_archived=True) as station:
        badges = _chosen(station, chosen.delegate)
        pages = render_badges(Path(chosen.out), station.event, badges, layout)
    output.line(
        {"file": chosen.out, "badges": len(badges), "pages": pages},
        _("{count} badges on {pages} pages in {path}.").format(
            count=len(badges), pages=pages, path=chosen.out
        ),
    )
    return 0


def _scanner_sheet(chosen: argparse.Namespace, output: Output) -> int:
    render_scanner_sheet(Path(chosen.out))
    output.line({"file": chosen.out}, _("The test sheet for scanners is in {path}.").format(path=chosen.out))
    return 0


def _chosen(station: Station, codes: list[str] | None) -> list[BadgeData]:
    """Everybody in Vietnamese order, or those of the codes given. Raises Refusal for an unknown code."""
    badges = list(station.badges().values())
    if codes is None:
        return badges
    by_code = {badge.delegate.code.casefold(): badge for badge in badges}
    unknown = [code for code in codes if code.casefold() not in by_code]
    if unknown:
        raise Refusal(_("There is no delegate with the code {code}.").format(code=", ".join(unknown)))
    return [by_code[code.casefold()] for code in codes]
