"""Commands of the event pack and of the rehearsal: pack, unpack, rehearse, discard-rehearsal."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from station.clock import SystemClock
from station.commands.output import Output, opened
from station.errors import EnvironmentFault, Refusal
from station.exchange.pack import make_pack
from station.exchange.rehearsal import discard_rehearsal, make_rehearsal, place_of_rehearsal
from station.exchange.unpack import Unpacked, is_desk, unpack
from station.i18n import _
from station.media.faults import reason


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    pack = commands.add_parser("pack", parents=[common], help=_("make the event pack for the laptops"))
    pack.add_argument("folder", metavar="DIR")
    pack.add_argument("--out", required=True, metavar="FILE")
    _add_passphrase(pack)
    pack.set_defaults(run=_pack)

    open_it = commands.add_parser(
        "unpack", parents=[common], help=_("make a laptop a desk, or bring a desk up to date")
    )
    open_it.add_argument("file", metavar="FILE")
    open_it.add_argument("--to", required=True, metavar="DIR")
    _add_passphrase(open_it)
    open_it.add_argument("--station", metavar="NAME", help=_("name of this station, for example Bàn 1"))
    open_it.add_argument("--number", type=int, choices=range(1, 1000), metavar="N")
    open_it.set_defaults(run=_unpack)

    rehearse = commands.add_parser("rehearse", parents=[common], help=_("make a rehearsal of the event"))
    rehearse.add_argument("folder", metavar="DIR")
    rehearse.add_argument("--to", metavar="DIR")
    rehearse.set_defaults(run=_rehearse)

    discard = commands.add_parser(
        "discard-rehearsal", parents=[common], help=_("remove a rehearsal and everything in it")
    )
    discard.add_argument("folder", metavar="DIR")
    discard.set_defaults(run=_discard)


def _add_passphrase(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--passphrase-file", required=True, metavar="FILE", help=_("a text file that holds the passphrase")
    )


def _pack(chosen: argparse.Namespace, output: Output) -> int:
    passphrase = passphrase_from(chosen.passphrase_file)
    with opened(chosen.folder) as station:
        made = make_pack(station.files, Path(chosen.out), passphrase, station.clock, output.progress)
    for code in made.contents.missing:
        output.message(_("The file of document {code} is not there and not in the pack.").format(code=code))
    line = {
        "file": str(made.file),
        "bytes": made.bytes,
        "number": made.number,
        "delegates": made.contents.delegates,
        "documents": made.contents.documents,
        "files": made.contents.files,
        "verified": made.verified,
        "missing": list(made.contents.missing),
    }
    if made.verified:
        text = _("Pack {number} was made and opened again: {path}, {bytes} bytes.")
    else:
        text = _("Pack {number} was made: {path}, {bytes} bytes.")
    output.line(line, text.format(number=made.number, path=made.file, bytes=made.bytes))
    return 0


def _unpack(chosen: argparse.Namespace, output: Output) -> int:
    to = Path(chosen.to)
    if not chosen.station and not is_desk(to):
        raise Refusal(_("A new desk needs a name: --station “Desk 1”."))
    found = unpack(
        Path(chosen.file),
        to,
        passphrase_from(chosen.passphrase_file),
        chosen.station or "",
        SystemClock(),
        chosen.number,
        output.progress,
    )
    for warning in found.warnings:
        output.message(warning)
    line = {
        "event": found.event.name,
        "station": found.station,
        "updated": found.updated,
        "id": found.event.id,
        "instance": found.instance,
        "number": found.number,
        "known": found.known,
        **asdict(found.changes),
        "files": found.files,
        "entries": found.entries,
        "rehearsal": found.event.rehearsal,
        "warnings": list(found.warnings),
    }
    output.line(line, unpacked_text(found))
    return 0


def unpacked_text(found: Unpacked) -> str:
    """How it went, in one sentence."""
    if found.known:
        text = _("Pack {number} was taken in already: nothing changed.")
    elif found.updated:
        text = _(
            "{station} has pack {number} now: {added} delegates added, {changed} changed, {vanished} vanished, "
            "{files} files."
        )
    else:
        text = _("{station} is ready: {added} delegates, {files} files, pack {number}.")
    counts = asdict(found.changes)
    return text.format(number=found.number, station=found.station, files=found.files, **counts)


def _rehearse(chosen: argparse.Namespace, output: Output) -> int:
    to = Path(chosen.to) if chosen.to else place_of_rehearsal(Path(chosen.folder))
    with opened(chosen.folder) as station:
        make_rehearsal(station.files, to, station.clock, output.progress)
        line = {"event": station.event.name, "folder": str(to), "rehearsal": True}
    output.line(line, _("The rehearsal is in {path}.").format(path=to))
    return 0


def _discard(chosen: argparse.Namespace, output: Output) -> int:
    folder = Path(chosen.folder)
    origin = discard_rehearsal(folder)
    line = {"folder": str(folder), "discarded": True, "event_folder": str(origin) if origin else None}
    output.line(line, _("The rehearsal in {path} is gone.").format(path=folder))
    return 0


def passphrase_from(name: str) -> str:
    """The text of a file without the ends of lines behind it. Raises EnvironmentFault, Refusal."""
    try:
        text = Path(name).read_text("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else _("it is not text in UTF-8")
        raise EnvironmentFault(
            _("The passphrase in {path} cannot be read ({reason}).").format(path=name, reason=why)
        ) from error
    if not text:
        raise Refusal(_("The passphrase file {path} is empty.").format(path=name))
    return text
