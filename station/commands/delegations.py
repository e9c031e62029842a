"""Commands on delegations: delegations, receipt, quorum."""

import argparse
from pathlib import Path
from typing import Any

from station.app import Station
from station.checkin.quorum import sentence, share_label, standing_words
from station.commands.output import Output, local_time, opened
from station.errors import Refusal
from station.i18n import _
from station.model.quorum import Quorum, QuorumRule, parse_share
from station.reports.missing import unit_name
from station.reports.paper import A4, A5
from station.reports.receipt import write_receipts
from station.text import fold, text_key

_PAPERS = {paper.name: paper for paper in (A4, A5)}


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    delegations = commands.add_parser(
        "delegations", parents=[common], help=_("how many of each unit are expected, present and missing")
    )
    delegations.add_argument("folder", metavar="DIR")
    delegations.add_argument("--session", metavar="ID")
    delegations.add_argument(
        "--missing", action="store_true", help=_("who is missing, with unit and phone number")
    )
    delegations.set_defaults(run=_delegations)

    receipt = commands.add_parser(
        "receipt", parents=[common], help=_("receipts for what one received for others of a unit, as a PDF")
    )
    receipt.add_argument("folder", metavar="DIR")
    receipt.add_argument("--unit", required=True, metavar="UNIT")
    receipt.add_argument("--out", required=True, metavar="FILE.pdf")
    receipt.add_argument("--latest", action="store_true", help=_("only the latest"))
    receipt.add_argument("--paper", choices=list(_PAPERS), default=A4.name, help=_("size of the paper"))
    receipt.add_argument(
        "--no-national-heading", action="store_true", help=_("without the name and motto of the state")
    )
    receipt.set_defaults(run=_receipt)

    quorum = commands.add_parser("quorum", parents=[common], help=_("whether enough delegates are present"))
    quorum.add_argument("folder", metavar="DIR")
    quorum.add_argument("--session", metavar="ID")
    rule = quorum.add_mutually_exclusive_group()
    rule.add_argument("--set", metavar="SHARE", help=_("2/3, 75%%, >1/2 …; 1/2 alone is more than half"))
    rule.add_argument("--clear", action="store_true", help=_("no rule any more"))
    quorum.add_argument(
        "--category", action="append", metavar="NAME", help=_("with --set: only these categories count")
    )
    quorum.set_defaults(run=_quorum, usage=quorum.error)


def _delegations(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        if chosen.missing:
            return _tell_missing(station, chosen.session, output)
        for line in sorted(station.delegations.lines(chosen.session), key=lambda line: text_key(line.unit)):
            values = {
                "unit": line.unit,
                "expected": line.expected,
                "present": line.present,
                "missing": line.missing,
            }
            text = f"{line.present:>5} / {line.expected:<5} {unit_name(line.unit)}"
            output.line(values, text)
    return 0


def _tell_missing(station: Station, session: str | None, output: Output) -> int:
    for line in station.delegations.missing(session):
        person = line.delegate
        output.line(
            {
                "code": person.code,
                "name": person.name,
                "unit": person.unit,
                "phone": person.phone,
                "position": person.position,
                "category": person.category,
                "last_out": local_time(station, line.last_out),
            },
            "  ".join(filter(None, (person.code, person.name, person.unit, person.phone))),
        )
    return 0


def _receipt(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        unit = _unit(station, chosen.unit)
        receipts = station.delegations.receipts(unit)
        if not receipts:
            raise Refusal(_("Nobody received anything for others of {unit}.").format(unit=unit_name(unit)))
        wanted = receipts[-1:] if chosen.latest else receipts
        pages = write_receipts(
            Path(chosen.out),
            station.event,
            wanted,
            _PAPERS[chosen.paper],
            national_heading=not chosen.no_national_heading,
        )
    values = {
        "file": chosen.out,
        "unit": unit,
        "receipts": len(wanted),
        "pages": pages,
        "delegates": sum(len(receipt.lines) for receipt in wanted),
        "documents": sum(sum(receipt.totals().values()) for receipt in wanted),
    }
    text = _("{count} receipts on {pages} pages in {path}.")
    output.line(values, text.format(count=len(wanted), pages=pages, path=chosen.out))
    return 0


def _unit(station: Station, wished: str) -> str:
    """The unit as the roster spells it. Raises Refusal."""
    known = {fold(line.unit): line.unit for line in station.delegations.lines()}
    if fold(wished) not in known:
        raise Refusal(_("There is no unit {unit}.").format(unit=wished))
    return known[fold(wished)]


def _quorum(chosen: argparse.Namespace, output: Output) -> int:
    if chosen.category and not chosen.set:
        chosen.usage(_("--category needs --set."))
    with opened(chosen.folder) as station:
        if chosen.set:
            categories = None if chosen.category is None else tuple(dict.fromkeys(chosen.category))
            station.delegations.set_quorum(QuorumRule(parse_share(chosen.set), categories))
        elif chosen.clear:
            station.delegations.set_quorum(None)
        session = station.desk.session(chosen.session).id
        quorum = station.delegations.quorum(session)
    if quorum is None:
        output.line({"session": session, "rule": None}, _("No rule is set."))
    else:
        text = f"{standing_words(quorum)}. {sentence(quorum)}"
        output.line({"session": session, **_quorum_line(quorum)}, text)
    return 0


def _quorum_line(quorum: Quorum) -> dict[str, object]:
    categories = quorum.rule.categories
    return {
        "rule": str(quorum.rule.share),
        "share": share_label(quorum.rule.share),
        "categories": None if categories is None else list(categories),
        "present": quorum.present,
        "total": quorum.total,
        "needed": quorum.needed,
        "reached": quorum.is_reached,
    }
