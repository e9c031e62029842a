"""Commands of what is sent when a network is there: targets, sync, outbox."""

import argparse
import getpass
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from station.app import Station
from station.commands.output import Output, local_time, opened
from station.commands.pack import passphrase_from
from station.errors import StationError
from station.exchange.exported import FOLDER
from station.i18n import _
from station.model.sending import Mode, RowState
from station.store import outbox as store
from station.store.outbox import StoredTarget
from station.sync.credentials import Credentials
from station.sync.sending import Sender, close_row
from station.sync.status import Standing, sentence, standings
from station.sync.target import Address, Kind
from station.sync.targets import (
    add_target,
    known_targets,
    open_target,
    prove_target,
    remove_target,
    target_named,
)


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    targets = commands.add_parser(
        "targets", parents=[common], help=_("where exported results go when there is a network")
    )
    targets.add_argument("folder", metavar="DIR")
    _add_passphrase(targets)
    targets.set_defaults(run=_list)
    acts = targets.add_subparsers(metavar="ACT", help=_("what to do; without it the targets are listed"))
    adding = acts.add_parser("add", parents=[common], help=_("add a target; its password is asked for"))
    adding.add_argument("kind", choices=[*Kind], help=_("folder, webdav (Nextcloud and others) or https"))
    adding.add_argument("url", metavar="URL", help=_("the folder, or the address"))
    adding.add_argument("--name", default="", help=_("how it is called here"))
    adding.add_argument("--user", default="", help=_("name to log in with; its password is asked for"))
    adding.add_argument("--secret-file", metavar="FILE", help=_("file with the password, instead of asking"))
    adding.add_argument(
        "--ca", metavar="FILE", help=_("certificate authority of the server, where it has its own")
    )
    adding.add_argument("--mode", choices=[*Mode], default=Mode.AUTOMATIC, help=_("when it is sent to"))
    _add_passphrase(adding, default=argparse.SUPPRESS)
    adding.set_defaults(run=_add)
    for name, run, said in (
        ("remove", _remove, _("forget a target and what was on its way to it")),
        ("test", _test, _("say whether a target answers")),
    ):
        act = acts.add_parser(name, parents=[common], help=said)
        act.add_argument("target", metavar="NAME", help=_("name of the target"))
        _add_passphrase(act, default=argparse.SUPPRESS)
        act.set_defaults(run=run)
    mode = acts.add_parser("mode", parents=[common], help=_("change when a target is sent to"))
    mode.add_argument("target", metavar="NAME", help=_("name of the target"))
    mode.add_argument("mode", choices=[*Mode], help=_("when it is sent to"))
    mode.set_defaults(run=_mode)

    syncing = commands.add_parser("sync", parents=[common], help=_("send what waits to the targets"))
    syncing.add_argument("folder", metavar="DIR")
    syncing.add_argument("--target", metavar="NAME", help=_("only this target"))
    until = syncing.add_mutually_exclusive_group()
    until.add_argument("--once", action="store_true", help=_("one try, also where something still waits"))
    until.add_argument(
        "--watch", action="store_true", help=_("go on until it is stopped, each target in its time")
    )
    syncing.add_argument(
        "--every", type=float, default=15.0, metavar="S", help=_("seconds between two looks")
    )
    _add_passphrase(syncing)
    syncing.set_defaults(run=_sync)

    listing = commands.add_parser("outbox", parents=[common], help=_("what is on its way to the targets"))
    listing.add_argument("folder", metavar="DIR")
    listing.add_argument(
        "--close", type=int, metavar="N", help=_("give up this row; needs --by and --reason")
    )
    listing.add_argument("--by", default="", metavar="NAME", help=_("who gives it up"))
    listing.add_argument("--reason", default="", help=_("why"))
    listing.set_defaults(run=_outbox)


def _add_passphrase(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        default=default,
        help=_("organiser's password, where the system keeps no passwords for programs"),
    )


def _credentials(station: Station, chosen: argparse.Namespace) -> Credentials:
    passphrase = passphrase_from(chosen.passphrase_file) if chosen.passphrase_file else ""
    return Credentials(station.folder / FOLDER, station.event.id, passphrase)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        _tell_targets(station, output)
    return 0


def _tell_targets(station: Station, output: Output) -> None:
    with station.files.reading() as connection:
        found = standings(connection)
    for each in found:
        said = sentence(each, station.clock.now())
        line = {
            **_target_line(each.target),
            "waiting": each.waiting,
            "refused": each.refused,
            "confirmed": each.confirmed,
            "trouble": each.target.trouble,
            "wants_login": each.target.wants_login,
            "next_try_at": local_time(station, each.target.next_try_at),
        }
        output.line(line, f"{each.target.name} ({each.target.kind}, {each.target.url}): {said}")


def _target_line(target: StoredTarget) -> dict[str, Any]:
    return {
        "name": target.name,
        "kind": target.kind,
        "url": target.url,
        "user": target.user,
        "mode": target.mode,
        "secret": target.secret,
    }


def _add(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        target = add_target(
            station.files,
            _credentials(station, chosen),
            Address(Kind(chosen.kind), chosen.url, chosen.user, Path(chosen.ca) if chosen.ca else None),
            name=chosen.name,
            mode=Mode(chosen.mode),
            secret=_secret(chosen),
        )
    output.line(_target_line(target), _("Added: {name}.").format(name=target.name))
    return 0


def _secret(chosen: argparse.Namespace) -> str:
    """The password of the user, never from the command line, which everybody can see."""
    if chosen.secret_file:
        return passphrase_from(chosen.secret_file)
    if not chosen.user:
        return ""
    if sys.stdin.isatty():
        return getpass.getpass(_("Password for {user}: ").format(user=chosen.user))
    return sys.stdin.readline().rstrip("\r\n")


def _remove(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        target = target_named(station.files, chosen.target)
        remove_target(station.files, _credentials(station, chosen), target)
    output.line({"removed": target.name}, _("Removed: {name}.").format(name=target.name))
    return 0


def _mode(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        target = target_named(station.files, chosen.target)
        station.files.write(lambda connection: store.set_mode(connection, target.number, Mode(chosen.mode)))
        (now,) = [each for each in known_targets(station.files) if each.number == target.number]
    output.line(_target_line(now), f"{now.name}: {now.mode}")
    return 0


def _test(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        target = target_named(station.files, chosen.target)
        problem = answer = ""
        try:
            answer = prove_target(station.files, _credentials(station, chosen), target)
        except StationError as error:
            problem = str(error)
    output.line({"name": target.name, "ok": not problem, "problem": problem}, answer or problem)
    return 1 if problem else 0


def _sync(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        credentials = _credentials(station, chosen)
        only = target_named(station.files, chosen.target).number if chosen.target else None
        sender = Sender(
            station.files, station.clock, lambda target: open_target(station.files, credentials, target)
        )
        sent: Counter[int] = Counter()
        pause, rounds = threading.Event(), sender.round(only, by_hand=True)
        while True:
            sent.update({each.target.number: each.confirmed for each in rounds})
            found = _standings(station, only)
            if chosen.once or not (chosen.watch or any(each.waiting for each in found)):
                break
            pause.wait(chosen.every)
            rounds = sender.round(only, by_hand=not chosen.watch and _only_by_hand(found))
        for each in found:
            _tell_sent(station, each, sent[each.target.number], output)
    return 1 if any(each.waiting or each.refused for each in found) else 0


def _standings(station: Station, only: int | None) -> list[Standing]:
    with station.files.reading() as connection:
        return [each for each in standings(connection) if only in (None, each.target.number)]


def _only_by_hand(found: list[Standing]) -> bool:
    """Whether nothing of what waits would go by itself."""
    return all(each.target.mode is Mode.MANUAL for each in found if each.waiting)


def _tell_sent(station: Station, standing: Standing, sent: int, output: Output) -> None:
    target = standing.target
    line = {
        "target": target.name,
        "sent": sent,
        "confirmed": standing.confirmed,
        "refused": standing.refused,
        "waiting": standing.waiting,
        "error": target.trouble,
    }
    said = _("{name}: {count} sent now; {state}.").format(
        name=target.name, count=sent, state=sentence(standing, station.clock.now())
    )
    output.line(line, f"{said} {target.trouble}".strip())


def _outbox(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        if chosen.close is not None:
            close_row(station.files, station.clock, chosen.close, chosen.by, chosen.reason)
        names = {target.number: target.name for target in known_targets(station.files)}
        with station.files.reading() as connection:
            rows = store.rows(connection)
        for row in rows:
            line = {
                "number": row.number,
                "target": names[row.target],
                "name": row.name,
                "state": row.state,
                "bytes": row.bytes,
                "sha256": row.sha256,
                "queued_at": local_time(station, row.queued_at),
                "failures": row.failures,
                "said": row.said,
                "closed_by": row.closed_by,
            }
            output.line(
                line, f"{row.number:>5} {row.state:<9} {names[row.target]}: {row.name} {row.said}".rstrip()
            )
    return 1 if any(row.state is RowState.REFUSED for row in rows) else 0
