"""Commands that make paper: badges, and the test sheet for scanners."""

import argparse
from pathlib import Path
from typing import Any

from station.app import Station
from station.badges.addressees import Whom
from station.badges.layouts.folder import layout_named
from station.badges.layouts.model import BadgeLayout, Photo
from station.badges.photo_files import PhotoFiles
from station.badges.rendering import render_badges
from station.badges.scanner_sheet import render_scanner_sheet
from station.badges.selection import BadgeOrder, chosen_badges
from station.badges.texts import BadgeData
from station.commands.output import Output, opened
from station.i18n import _, ngettext


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    badges = commands.add_parser("badges", parents=[common], help=_("badges as a PDF"))
    badges.add_argument("folder", metavar="DIR")
    badges.add_argument("--out", required=True, metavar="FILE.pdf")
    badges.add_argument("--layout", default="card", metavar="NAME")
    badges.add_argument("--delegate", action="append", metavar="CODE", help=_("only these delegates"))
    badges.add_argument("--category", action="append", metavar="NAME", help=_("only these categories"))
    badges.add_argument("--unit", action="append", metavar="NAME", help=_("only these units"))
    badges.add_argument("--order", choices=list(BadgeOrder), help=_("how badges follow one another"))
    badges.set_defaults(run=_badges)

    sheet = commands.add_parser("scanner-sheet", parents=[common], help=_("test sheet for scanners as a PDF"))
    sheet.add_argument("--out", required=True, metavar="FILE.pdf")
    sheet.set_defaults(run=_scanner_sheet)


def _badges(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        layout = layout_named(chosen.layout, station.folder)
        badges, photos = _chosen(station, chosen)
        pages = render_badges(
            Path(chosen.out),
            station.event,
            badges,
            layout,
            output.progress,
            photos=photos,
            sessions=station.desk.sessions(),
        )
    _say_missing_photos(layout, badges, photos, output)
    output.line(
        {"file": chosen.out, "badges": len(badges), "pages": pages},
        _("{count} badges on {pages} pages in {path}.").format(
            count=len(badges), pages=pages, path=chosen.out
        ),
    )
    return 0


def _chosen(station: Station, chosen: argparse.Namespace) -> tuple[list[BadgeData], PhotoFiles]:
    """In Vietnamese order, codes in the order given unless another is wished."""
    order = chosen.order or (BadgeOrder.GIVEN if chosen.delegate else BadgeOrder.NAME)
    whom = Whom(chosen.delegate or (), chosen.category or (), chosen.unit or ())
    with station.files.reading() as connection:
        badges = chosen_badges(connection, station.key, whom, BadgeOrder(order))
    return badges, station.photo_files()


def _say_missing_photos(
    layout: BadgeLayout, badges: list[BadgeData], photos: PhotoFiles, output: Output
) -> None:
    if photos.unreadable:
        text = _("These photos cannot be read and are not on the badges: {files}.")
        output.message(text.format(files=", ".join(sorted(photos.unreadable))))
    if any(isinstance(element, Photo) for element in layout.elements):
        without = sum(not photos.has(badge.delegate.id) for badge in badges)
        if 0 < without < len(badges):  # an event without photos knows
            text = ngettext("{count} badge has no photo.", "{count} badges have no photo.", without)
            output.message(text.format(count=without))


def _scanner_sheet(chosen: argparse.Namespace, output: Output) -> int:
    render_scanner_sheet(Path(chosen.out))
    output.line({"file": chosen.out}, _("The test sheet for scanners is in {path}.").format(path=chosen.out))
    return 0
