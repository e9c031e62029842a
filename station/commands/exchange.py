"""Commands of the exchange: export, verify."""

import argparse
from pathlib import Path
from typing import Any

from station.commands.output import Output, opened
from station.commands.pack import passphrase_from
from station.exchange.headquarters import key_in, lock_for, lock_journals, lock_sentence, read_key
from station.exchange.verify import verify
from station.i18n import _, ngettext
from station.media.drives import drive_at
from station.media.manifest import read_manifest
from station.reports.catalogue import all_reports
from station.reports.choice import Choice, read_choice


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    export = commands.add_parser(
        "export", parents=[common], help=_("write attendance, hand-outs and the journal to a folder")
    )
    export.add_argument("folder", metavar="DIR")
    export.add_argument("--to", required=True, metavar="DIR")
    export.add_argument("--reports", metavar="NAME,…")
    export.add_argument("--without", metavar="FIELD,…", default="")
    export.add_argument("--with", metavar="FIELD,…", dest="with_fields", default="")
    export.add_argument("--passphrase-file", metavar="FILE")
    export.set_defaults(run=_export)

    reports = commands.add_parser(
        "reports", parents=[common], help=_("list the reports that an export can hold, and what was chosen")
    )
    reports.add_argument("folder", metavar="DIR")
    reports.set_defaults(run=_reports)

    check = commands.add_parser("verify", parents=[common], help=_("prove that a folder or file is whole"))
    check.add_argument("path", metavar="PATH")
    check.add_argument(
        "--key", metavar="FILE", help=_("headquarters' key, to read journals that are locked for it")
    )
    check.set_defaults(run=_verify)

    locking = commands.add_parser(
        "headquarters",
        parents=[common],
        help=_("say whether exported journals are locked for headquarters, or change that"),
    )
    locking.add_argument("folder", metavar="DIR")
    change = locking.add_mutually_exclusive_group()
    change.add_argument(
        "--lock", action="store_true", help=_("from now on; makes headquarters' key here where there is none")
    )
    change.add_argument("--unlock", action="store_true", help=_("from now on anybody can read them"))
    locking.set_defaults(run=_headquarters)


def _export(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        with station.files.reading() as connection:
            choice = _chosen(chosen, read_choice(connection))
        password = passphrase_from(chosen.passphrase_file) if chosen.passphrase_file else ""
        result = station.export(
            Path(chosen.to),
            output.progress,
            drive=drive_at(Path(chosen.to)),
            choice=choice,
            password=password,
        )
    for warning in result.warnings:
        output.message(warning)
    line = {
        "to": str(result.to),
        "files": len(result.names),
        "names": list(result.names),
        "reports": _reported(result.to),
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


def _chosen(chosen: argparse.Namespace, choice: Choice) -> Choice:
    """The event's choice as the command line changes it."""
    if chosen.reports is not None:
        choice = choice.only(_listed(chosen.reports))
    return choice.with_shown(_listed(chosen.with_fields)).without(_listed(chosen.without))


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _reported(folder: Path) -> dict[str, Any]:
    """What the manifest of an export says of its reports, by file; empty where it says nothing."""
    reports = read_manifest(folder).about.get("reports")
    return reports if isinstance(reports, dict) else {}


def _reports(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station, station.files.reading() as connection:
        choice = read_choice(connection)
    for report in all_reports():
        formats, fields = choice.formats_of(report), choice.fields_of(report)
        written = [each for each in report.formats if each in formats]
        line = {
            "report": report.name,
            "title": _(report.title),
            "about": _(report.about),
            "formats": list(report.formats),
            "chosen": written,
            "fields": [column.key for column in report.fields],
            "shown": [column.key for column in report.fields if column.key in fields],
        }
        said = ", ".join(written) or _("left out")
        output.line(line, f"{report.name}: {_(report.title)} – {said}\n    {_(report.about)}")
    return 0


def _verify(chosen: argparse.Namespace, output: Output) -> int:
    result = verify(Path(chosen.path), read_key(Path(chosen.key)) if chosen.key else None)
    line = {
        "ok": result.ok,
        "entries": result.entries,
        "stations": result.stations,
        "problems": result.problems,
        "erased": result.erased,
        "rehearsal": result.rehearsal,
        "reports": result.reports,
        "locked": result.locked,
    }
    if result.ok:
        text = _("Whole: {count} entries.").format(count=result.entries)
    else:
        text = "\n".join([_("Not whole:"), *result.problems])
    if result.rehearsal:
        text += "\n" + _("This is a rehearsal: its records count for nothing.")
    if result.locked:
        text += "\n" + ngettext(
            "{count} journal is locked for headquarters: its signature and its hash were proved, not its entries.",
            "{count} journals are locked for headquarters: signatures and hashes were proved, not the entries.",
            result.locked,
        ).format(count=result.locked)
    output.line(line, text)
    return 0 if result.ok else 1


def _headquarters(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        if chosen.lock or chosen.unlock:
            lock_journals(station.files, locked=chosen.lock)
        lock = lock_for(station.files)
        has_key = key_in(station.folder) is not None
    line = {"locked": bool(lock), "fingerprint": lock.fingerprint if lock else "", "key_is_here": has_key}
    output.line(line, lock_sentence(lock, has_key=has_key))
    return 0
