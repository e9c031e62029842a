"""Commands around the codes of delegates: codes (payloads, invitations), reissue."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from station.app import Station
from station.badges.addressees import Addressee, InvitationState, Whom, addressees, chosen
from station.badges.invitation_cards import PAGE, SHEET
from station.badges.invitations import Order
from station.badges.texts import grouped
from station.codes.issuing import reissue_codes
from station.commands.output import Output, local_time, opened
from station.i18n import N_, _, ngettext
from station.reports.mailing import Kinds, Mailing, make_mailing

_WHY_SKIPPED = {
    InvitationState.NOT_INVITED: N_("withdrawn or blocked"),
    InvitationState.WITHOUT_CODE: N_("without a valid code"),
}


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    codes = commands.add_parser("codes", parents=[common], help=_("payloads, or invitations with QR codes"))
    codes.add_argument("folder", metavar="DIR")
    codes.add_argument("--list", action="store_true", help=_("list the payloads"))
    codes.add_argument(
        "--out",
        metavar="DIR",
        help=_("the new folder for invitations; in one that is there a dated one is made"),
    )
    codes.add_argument(
        "--delegate", action="append", default=[], metavar="CODE", help=_("only these delegates")
    )
    codes.add_argument(
        "--category", action="append", default=[], metavar="NAME", help=_("only these categories")
    )
    codes.add_argument("--unit", action="append", default=[], metavar="NAME", help=_("only these units"))
    codes.add_argument(
        "--new", action="store_true", help=_("only who has no invitation with the code they hold now")
    )
    codes.add_argument(
        "--order", choices=list(Order), default=Order.UNIT, help=_("by unit (then name) or by name")
    )
    codes.add_argument(
        "--sheets", action="store_true", help=_("four on a sheet of A4 instead of a page each")
    )
    codes.add_argument("--dividers", action="store_true", help=_("a card with its name before each unit"))
    codes.add_argument("--no-pictures", action="store_true", help=_("without a picture for each delegate"))
    codes.set_defaults(run=_codes)

    reissue = commands.add_parser(
        "reissue", parents=[common], help=_("revoke delegates' codes and issue new ones")
    )
    reissue.add_argument("folder", metavar="DIR")
    reissue.add_argument("codes", nargs="+", metavar="CODE")
    reissue.add_argument("--reason", default="", metavar="TEXT", help=_("why; kept in the journal"))
    reissue.add_argument("--only-revoke", action="store_true", help=_("issue no new codes"))
    reissue.set_defaults(run=_reissue)


def _codes(wish: argparse.Namespace, output: Output) -> int:
    whom = Whom(wish.delegate, wish.category, wish.unit, wish.new)
    with opened(wish.folder, also_archived=wish.list or not wish.out) as station:
        meant = _meant(station, whom)
        if wish.out and not wish.list:
            return _invite(station, meant, wish, output)
        for addressee in meant:
            if addressee.issued is not None:
                output.line(_code_line(station, addressee), _code_text(addressee))
    return 0


def _meant(station: Station, whom: Whom) -> list[Addressee]:
    with station.files.reading() as connection:
        return chosen(addressees(connection, station.key), whom)


def _code_line(station: Station, addressee: Addressee) -> dict[str, Any]:
    person, made = addressee.badge.delegate, addressee.made
    return {
        "code": person.code,
        "name": person.name,
        "payload": addressee.badge.payload,
        "number": grouped(addressee.badge.payload),
        "invitation": addressee.state,
        "made_at": local_time(station, made.made_at if made else None),
        "ways": list(made.ways) if made else [],
    }


def _code_text(addressee: Addressee) -> str:
    person = addressee.badge.delegate
    return f"{person.code}  {person.name}  {grouped(addressee.badge.payload)}"


def _invite(station: Station, meant: Sequence[Addressee], wish: argparse.Namespace, output: Output) -> int:
    if wish.new and not meant:
        output.line(
            {"written": 0, "pdf": None, "sheet": None, "pictures": None, "skipped": []},
            _("Everybody has an invitation with the code they hold now."),
        )
        return 0
    kinds = Kinds(
        SHEET if wish.sheets else PAGE,
        pictures=not wish.no_pictures,
        order=Order(wish.order),
        dividers=wish.dividers,
    )
    mailing = make_mailing(
        station.files, station.event, meant, kinds, Path(wish.out), station.clock, output.progress
    )
    for addressee in mailing.skipped:
        person = addressee.badge.delegate
        text = _("{code} {name} gets no invitation: {why}.")
        output.message(text.format(code=person.code, name=person.name, why=_(_WHY_SKIPPED[addressee.state])))
    output.line(_mailing_line(mailing), _mailing_text(mailing))
    return 1 if mailing.skipped and wish.delegate else 0  # somebody was asked for by name


def _mailing_line(mailing: Mailing) -> dict[str, Any]:
    return {
        "written": mailing.written,
        "pdf": _text(mailing.pdf),
        "sheet": _text(mailing.sheet),
        "pictures": _text(mailing.pictures),
        "folder": str(mailing.folder),
        "skipped": [addressee.badge.delegate.code for addressee in mailing.skipped],
    }


def _mailing_text(mailing: Mailing) -> str:
    text = ngettext("{count} invitation in {path}.", "{count} invitations in {path}.", mailing.written)
    return text.format(count=mailing.written, path=mailing.folder)


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _reissue(wish: argparse.Namespace, output: Output) -> int:
    with opened(wish.folder) as station:
        meant = {a.badge.delegate.id: a.badge.delegate for a in _meant(station, Whom(wish.codes))}
        by_code = {person.code.casefold(): identity for identity, person in meant.items()}
        delegates = [by_code[code.casefold()] for code in wish.codes]
        done = reissue_codes(
            station.files, station.key, station.clock, delegates, wish.reason, anew=not wish.only_revoke
        )
    for reissued in done:
        person = meant[reissued.delegate]
        output.line(
            {"code": person.code, "old": reissued.old, "payload": reissued.payload},
            f"{person.code}  {person.name}  {grouped(reissued.payload or '—')}",
        )
    return 0
