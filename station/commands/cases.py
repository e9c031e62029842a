"""Commands for what a clerk meets besides a scan: hand-outs, cancelling, walk-ins, substitutions, corrections."""

import argparse
from collections.abc import Sequence
from typing import Any

from station.app import Station
from station.checkin.cases import PERSONAL, Person
from station.checkin.delegations import Receiver
from station.commands.desk import bundle_line, verdict_line, verdict_text
from station.commands.output import Output, opened
from station.documents.bundles import Bundle
from station.errors import Refusal
from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import BADGE
from station.model.verdict import Outcome
from station.store import cases as case_store
from station.store import journal
from station.store import roster as roster_store


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""

    def command(name: str, told: str, run: Any, *, code: bool = True) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = commands.add_parser(name, parents=[common], help=told)
        parser.add_argument("folder", metavar="DIR")
        if code:
            parser.add_argument("code", metavar="CODE")
        parser.set_defaults(run=run)
        return parser

    hand_out = command(
        "hand-out", _("hand out the bundle of a delegate, or take a document back"), _hand_out, code=False
    )
    hand_out.add_argument("code", metavar="CODE", nargs="?")
    hand_out.add_argument(
        "--for", dest="others", nargs="+", default=[], metavar="CODE", help=_("more delegates")
    )
    hand_out.add_argument(
        "--received-by", metavar="CODE|TEXT", help=_("who receives for them: a delegate, or a name")
    )
    hand_out.add_argument("--badges", action="store_true", help=_("with --received-by: their badges, too"))
    hand_out.add_argument("--document", action="append", metavar="CODE")
    hand_out.add_argument("--back", action="store_true", help=_("take the documents back"))
    hand_out.set_defaults(usage=hand_out.error)

    void = command("void", _("cancel an admission, an exit or a hand-out"), _void, code=False)
    void.add_argument("entry", metavar="ENTRY")
    void.add_argument("--reason", default="")
    void.add_argument(
        "--with-hand-outs", action="store_true", help=_("the delegate's hand-outs since then, too")
    )

    walk_in = command(
        "walk-in", _("register and admit somebody who is not on the roster"), _walk_in, code=False
    )
    _add_person(walk_in)
    walk_in.add_argument("--session", metavar="ID")

    command("walk-ins", _("who was registered at desks"), _walk_ins, code=False)
    decide = command("approve", _("say whether a walk-in stays"), _decide)
    decide.add_argument("--decline", action="store_true")

    substitute = command("substitute", _("let somebody come for a delegate, whose code dies"), _substitute)
    _add_person(substitute)
    substitute.add_argument("--reason", required=True)
    substitute.add_argument("--letter", default="", help=_("number of the letter that says so"))

    override = command("override", _("admit a delegate whom the rules refuse"), _override)
    override.add_argument("--note", required=True)
    override.add_argument("--session", metavar="ID")

    correct = command("correct", _("correct data of a delegate"), _correct)
    _add_person(correct, name_needed=False)

    command("lost-badge", _("revoke the code of a lost badge and queue a new one"), _lost_badge)

    move = command("move", _("move admissions to the session they were meant for"), _move, code=False)
    move.add_argument("entries", nargs="+", metavar="ENTRY")
    move.add_argument("--session", required=True, metavar="ID")


def _add_person(parser: argparse.ArgumentParser, *, name_needed: bool = True) -> None:
    for field in PERSONAL:
        parser.add_argument(f"--{field}", default=None, required=name_needed and field == "name")


def _told(chosen: argparse.Namespace) -> dict[str, str]:
    return {field: getattr(chosen, field) for field in PERSONAL if getattr(chosen, field) is not None}


def _delegate(station: Station, code: str) -> Delegate:
    with station.files.reading() as connection:
        found = roster_store.delegate_by_code(connection, code)
    if found is None:
        raise Refusal(_("There is no delegate with the code {code}.").format(code=code))
    return found


def _person_line(person: Delegate) -> dict[str, str]:
    return {"code": person.code, "name": person.name, "unit": person.unit, "category": person.category}


def _hand_out(chosen: argparse.Namespace, output: Output) -> int:
    codes = [code for code in (chosen.code, *chosen.others) if code is not None]
    if not codes:
        chosen.usage(_("Say for whom: CODE, or --for CODE …"))
    if chosen.back and (chosen.received_by or chosen.badges):
        chosen.usage(_("--back takes from the delegates themselves: leave out --received-by and --badges."))
    if chosen.badges and not chosen.received_by:
        chosen.usage(_("--badges needs --received-by."))
    with opened(chosen.folder) as station:
        people = [_delegate(station, code) for code in codes]
        if chosen.received_by is not None:
            _receive(station, people, chosen)
        for person in people:
            if chosen.received_by is not None:
                bundle = station.desk.card(person.id).bundle
            elif chosen.back:
                bundle = _take_back(station, person.id, chosen.document)
            else:
                bundle = station.desk.hand_out(person.id, chosen.document)
            for item in bundle:
                line = {**bundle_line(item), "delegate": person.code, "received_by": item.received_by}
                output.line(line, "  ".join(filter(None, line.values())))
    return 0


def _receive(station: Station, people: Sequence[Delegate], chosen: argparse.Namespace) -> None:
    documents = chosen.document
    if chosen.badges:
        known = [document.code for document in station.delegations.documents()]
        documents = [*documents, BADGE.code] if documents else known
    receiver = _receiver(station, chosen.received_by)
    station.delegations.hand_out(receiver, [person.id for person in people], documents)


def _receiver(station: Station, text: str) -> Receiver:
    """A delegate by code, else a name; what holds a digit is meant as a code."""
    if any(character.isdecimal() for character in text):
        return Receiver(_delegate(station, text.strip()).id)
    return Receiver(name=text)


def _take_back(station: Station, who: str, documents: Sequence[str] | None) -> Bundle:
    bundle = station.desk.card(who).bundle
    for document in documents or [item.document.code for item in bundle]:
        bundle = station.desk.take_back(who, document)
    return bundle


def _void(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        also: tuple[str, ...] = ()
        if chosen.with_hand_outs:
            with station.files.reading() as connection:
                entry = journal.entry_of(connection, chosen.entry)
            if entry is not None and entry.content.delegate is not None:
                also = station.cases.handed_out_with(entry.content.delegate, entry.id)
        station.desk.void(chosen.entry, chosen.reason, also)
    for voided in (chosen.entry, *also):
        output.line({"voided": voided}, _("{entry} is cancelled.").format(entry=voided))
    return 0


def _walk_in(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        verdict = station.cases.walk_in(Person(**_told(chosen)), chosen.session)
        output.line(verdict_line(station, verdict), verdict_text(verdict))
    return 0 if verdict.outcome is not Outcome.REFUSED else 1


def _walk_ins(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station, station.files.reading() as connection:
        people = {person.id: person for person in roster_store.delegates(connection)}
        for walk_in in case_store.walk_ins(connection):
            line = _person_line(people[walk_in.delegate])
            line |= {"approval": str(walk_in.approval), "station": walk_in.station}
            output.line(line, "  ".join(line.values()))
    return 0


def _decide(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        person = _delegate(station, chosen.code)
        station.cases.decide_walk_in(person.id, approved=not chosen.decline)
    output.line({"code": person.code, "approved": not chosen.decline}, person.name)
    return 0


def _substitute(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        absent = _delegate(station, chosen.code)
        comes = station.cases.substitute(absent.id, Person(**_told(chosen)), chosen.reason, chosen.letter)
        payload = station.payloads()[comes.id]
    line = {**_person_line(comes), "payload": payload, "instead_of": absent.code}
    output.line(
        line,
        _("{name} ({code}) comes for {other}.").format(name=comes.name, code=comes.code, other=absent.name),
    )
    return 0


def _override(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        verdict = station.cases.override(_delegate(station, chosen.code).id, chosen.note, chosen.session)
        output.line(verdict_line(station, verdict), verdict_text(verdict))
    return 0


def _correct(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        corrected = station.cases.correct(_delegate(station, chosen.code).id, _told(chosen))
    output.line(_person_line(corrected), f"{corrected.code}  {corrected.name}")
    return 0


def _lost_badge(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        person = _delegate(station, chosen.code)
        station.cases.lost_badge(person.id)
        payload = station.payloads()[person.id]
    output.line({"code": person.code, "payload": payload}, f"{person.code}  {person.name}")
    return 0


def _move(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        moved = station.cases.move(chosen.entries, chosen.session)
    output.line({"moved": moved}, _("{count} records moved.").format(count=moved))
    return 0 if moved == len(chosen.entries) else 1
