"""Commands of the exchange: export, verify."""

import argparse
from pathlib import Path
from typing import Any

from station.commands.output import Output, opened
from station.exchange.verify import verify
from station.i18n import _
from station.media.drives import drive_at


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    export = commands.add_parser(
        "export", parents=[common], help=_("write attendance, hand-outs and the journal to a folder")
    )
    export.add_argument("folder", metavar="DIR")
    export.add_argument("--to", required=True, metavar="DIR")
    export.set_defaults(run=_export)

    check = commands.add_parser("verify", parents=[common], help=_("prove that a folder or file is whole"))
    check.add_argument("path", metavar="PATH")
    check.set_defaults(run=_verify)


def _export(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        result = station.export(Path(chosen.to), output.progress, drive=drive_at(Path(chosen.to)))
    for warning in result.warnings:
        output.message(warning)
    line = {
        "to": str(result.to),
        "files": len(result.names),
        "names": list(result.names),
        "bytes": result.bytes,
        "manifest": str(result.manifest),
        "verified": result.verified,
        "kept_bytes": result.kept_bytes,
        "warnings": list(result.warnings),
    }
    text = _("Exported and verified: {count} files in {path}.").format(
        count=len(result.names), path=result.to
    )
    output.line(line, text)
    return 0


def _verify(chosen: argparse.Namespace, output: Output) -> int:
    result = verify(Path(chosen.path))
    line = {
        "ok": result.ok,
        "entries": result.entries,
        "stations": result.stations,
        "problems": result.problems,
        "erased": result.erased,
        "rehearsal": result.rehearsal,
    }
    if result.ok:
        text = _("Whole: {count} entries.").format(count=result.entries)
    else:
        text = "\n".join([_("Not whole:"), *result.problems])
    if result.rehearsal:
        text += "\n" + _("This is a rehearsal: its records count for nothing.")
    output.line(line, text)
    return 0 if result.ok else 1
