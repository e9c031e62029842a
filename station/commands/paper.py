"""Commands that make paper and pictures: codes (payloads, invitations), badges."""

import argparse
from pathlib import Path
from typing import Any

from station.app import Station
from station.badges.invitations import invitation_png, picture_names, render_invitations
from station.badges.layout import layout_named
from station.badges.rendering import render_badges
from station.badges.scanner_sheet import render_scanner_sheet
from station.badges.texts import BadgeData
from station.commands.output import Output, opened
from station.errors import Refusal
from station.i18n import _
from station.media.atomic import write_file
from station.media.faults import write_fault
from station.reports import xlsx
from station.reports.mail_merge import mail_merge_table
from station.reports.tables import marked


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    codes = commands.add_parser("codes", parents=[common], help=_("payloads, or invitations with QR codes"))
    codes.add_argument("folder", metavar="DIR")
    codes.add_argument("--list", action="store_true", help=_("list the payloads"))
    codes.add_argument("--out", metavar="DIR", help=_("where invitations are written"))
    codes.add_argument("--delegate", action="append", metavar="CODE", help=_("only these delegates"))
    codes.set_defaults(run=_codes)

    badges = commands.add_parser("badges", parents=[common], help=_("badges as a PDF"))
    badges.add_argument("folder", metavar="DIR")
    badges.add_argument("--out", required=True, metavar="FILE.pdf")
    badges.add_argument("--layout", default="card", metavar="NAME")
    badges.add_argument("--delegate", action="append", metavar="CODE", help=_("only these delegates"))
    badges.set_defaults(run=_badges)

    sheet = commands.add_parser("scanner-sheet", parents=[common], help=_("test sheet for scanners as a PDF"))
    sheet.add_argument("--out", required=True, metavar="FILE.pdf")
    sheet.set_defaults(run=_scanner_sheet)


def _codes(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        badges = _chosen(station, chosen.delegate)
        if chosen.out and not chosen.list:
            _write_invitations(station, badges, Path(chosen.out), output)
            return 0
    for badge in badges:
        person = badge.delegate
        output.line({"code": person.code, "name": person.name, "payload": badge.payload})
    return 0


def _write_invitations(station: Station, badges: list[BadgeData], out: Path, output: Output) -> None:
    pictures = out / "png"
    try:
        pictures.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_fault(error, pictures) from error
    names = picture_names(badges)
    for done, (badge, name) in enumerate(zip(badges, names, strict=True), 1):
        write_file(pictures / name, invitation_png(station.event, badge))
        output.progress(done, len(badges))
    pdf, sheet = out / "invitations.pdf", out / "mail-merge.xlsx"
    render_invitations(pdf, station.event, badges)
    merged = mail_merge_table(badges, [f"png/{name}" for name in names])
    write_file(sheet, xlsx.workbook(marked(merged, station.event)))
    output.line(
        {"written": len(badges), "pdf": str(pdf), "sheet": str(sheet), "pictures": str(pictures)},
        _("{count} invitations in {path}.").format(count=len(badges), path=out),
    )


def _badges(chosen: argparse.Namespace, output: Output) -> int:
    layout = layout_named(chosen.layout)
    with opened(chosen.folder) as station:
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
