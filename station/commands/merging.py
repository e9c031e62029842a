"""Commands that bring desks together: seal, merge, conflicts, resolve, office."""

import argparse
import time
from pathlib import Path
from typing import Any

from station.app import Station
from station.commands.output import Output, local_time, opened
from station.errors import EnvironmentFault
from station.exchange.conflicts import Conflict, conflicts, resolve
from station.exchange.merge import Gap, Merged, Rejected, bring_together
from station.exchange.office import Office, OfficeReport, StationLine, ahead_ms, clock_sentence, station_lines
from station.exchange.seal import seal
from station.exchange.wording import choice_text, kind_text
from station.i18n import _
from station.media.faults import write_fault


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    sealing = commands.add_parser(
        "seal", parents=[common], help=_("write the journal as sealed segments, for other stations")
    )
    sealing.add_argument("folder", metavar="DIR")
    sealing.add_argument("--to", required=True, metavar="DIR")
    sealing.add_argument(
        "--since", type=int, default=0, metavar="N", help=_("only entries behind this number")
    )
    sealing.set_defaults(run=_seal)

    merging = commands.add_parser("merge", parents=[common], help=_("take in what other stations sealed"))
    merging.add_argument("folder", metavar="DIR")
    merging.add_argument(
        "sources", nargs="+", metavar="FILE_OR_DIR", help=_("segments, or folders that hold some")
    )
    merging.set_defaults(run=_merge)

    listing = commands.add_parser(
        "conflicts",
        parents=[common],
        help=_("what the journals of several stations contradict each other in"),
    )
    listing.add_argument("folder", metavar="DIR")
    listing.add_argument("--all", action="store_true", help=_("those that were decided, too"))
    listing.set_defaults(run=_conflicts)

    deciding = commands.add_parser("resolve", parents=[common], help=_("decide a conflict"))
    deciding.add_argument("folder", metavar="DIR")
    deciding.add_argument("conflict", metavar="CONFLICT", help=_("the conflict, as “conflicts” names it"))
    deciding.add_argument("choice", metavar="CHOICE", help=_("one of its choices, as “conflicts” names them"))
    deciding.set_defaults(run=_resolve)

    office = commands.add_parser(
        "office",
        parents=[common],
        help=_("take in what arrives in a folder; says what of which station is missing"),
    )
    office.add_argument("folder", metavar="DIR")
    office.add_argument("arrivals", metavar="FOLDER", help=_("the folder into which segments are put"))
    office.add_argument("--watch", action="store_true", help=_("go on until it is stopped"))
    office.add_argument("--every", type=float, default=5.0, metavar="S", help=_("seconds between two looks"))
    office.set_defaults(run=_office)


def _seal(chosen: argparse.Namespace, output: Output) -> int:
    to = Path(chosen.to)
    with opened(chosen.folder, also_archived=True) as station:
        try:
            to.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise write_fault(error, to) from error
        written = seal(station.files, to, station.clock, max(0, chosen.since))
    for path in written:
        output.line({"file": str(path), "bytes": path.stat().st_size}, str(path))
    return 0


def _merge(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        merged = bring_together(
            station.files, [Path(p) for p in chosen.sources], station.clock, output.progress
        )
        with station.files.reading() as connection:
            count = len(conflicts(connection))
        lines = station_lines(station.files, merged.gaps)
        line = {
            **_merged_line(merged),
            "conflicts": count,
            "stations": [_station_line(station, one) for one in lines],
        }
    _tell(merged, output)
    text = _("{new} new entries, {known} known, {conflicts} conflicts.")
    output.line(line, text.format(new=merged.new, known=merged.known, conflicts=count))
    return 1 if merged.rejected or merged.gaps else 0


def _merged_line(merged: Merged) -> dict[str, Any]:
    return {
        "new": merged.new,
        "known": merged.known,
        "rejected": [_rejected_line(one) for one in merged.rejected],
        "gaps": [_gap_line(gap) for gap in merged.gaps],
        "files": merged.files,
    }


def _rejected_line(one: Rejected) -> dict[str, Any]:
    return {"file": one.file, "reason": one.reason, "station": one.station, "instance": one.instance}


def _gap_line(gap: Gap) -> dict[str, Any]:
    return {
        "station": gap.station,
        "instance": gap.instance,
        "first": gap.first,
        "last": gap.last,
        "message": gap.sentence(),
    }


def _station_line(station: Station, line: StationLine) -> dict[str, Any]:
    met = line.met
    return {
        "instance": met.instance,
        "station": met.station,
        "number": met.number,
        "here": met.here,
        "complete_to": met.last,
        "known_to": met.known_last,
        "missing": [list(run) for run in line.missing],
        "newest_at": local_time(station, met.newest_at),
        "sealed_at": local_time(station, met.sealed_at),
        "taken_in_at": local_time(station, met.met_at),
        "clock_ahead_ms": ahead_ms(met),
        "clock_behind_ms": met.behind_ms,
    }


def _tell(merged: Merged, output: Output) -> None:
    for one in merged.rejected:
        output.message(_("Not taken in: {reason}").format(reason=one.reason))
    for gap in merged.gaps:
        output.message(gap.sentence())


def _conflicts(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        with station.files.reading() as connection:
            found = conflicts(connection, also_decided=chosen.all)
        for one in found:
            output.line(_conflict_line(station, one), _conflict_text(station, one))
    if not found:
        output.message(_("No conflicts."))
    return 0


def _conflict_line(station: Station, one: Conflict) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": str(one.kind),
        "code": one.code,
        "name": one.name,
        "session": one.session,
        "field": one.field,
        "claims": [
            {
                "entry": claim.entry,
                "station": claim.station,
                "at": local_time(station, claim.at),
                "text": claim.text,
                "counts": claim.counts,
            }
            for claim in one.claims
        ],
        "choices": list(map(str, one.choices)),
        "decided": one.decided,
    }


def _conflict_text(station: Station, one: Conflict) -> str:
    head = f"{one.id}  {kind_text(one)}  {one.name} {one.code}".rstrip()
    claims = [
        f"    {c.entry}  {c.station}  {local_time(station, c.at)}  {c.text}".rstrip() for c in one.claims
    ]
    choices = [f"    → {choice}: {choice_text(one, choice)}" for choice in one.choices]
    return "\n".join([head, *claims, *choices])


def _resolve(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        resolve(station.files, station.clock, chosen.conflict, chosen.choice)
        with station.files.reading() as connection:
            left = len(conflicts(connection))
    line = {"conflict": chosen.conflict, "choice": chosen.choice, "conflicts": left}
    output.line(line, _("Decided. {count} conflicts are left.").format(count=left))
    return 0


def _office(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        office = Office(station.files, station.clock, Path(chosen.arrivals))
        report = office.look(output.progress)
        _tell_report(station, report, output)
        while chosen.watch:
            time.sleep(max(0.2, chosen.every))
            try:
                latest = office.look()
            except EnvironmentFault as fault:  # the folder is on a share that is not there for a while
                output.message(str(fault))
                continue
            if latest.merged.new or _state(latest) != _state(report):
                _tell_report(station, latest, output)
            report = latest
    return 0 if report.is_whole else 1


def _state(report: OfficeReport) -> tuple[object, ...]:
    return [one.file for one in report.merged.rejected], report.stations, report.conflicts


def _tell_report(station: Station, report: OfficeReport, output: Output) -> None:
    line = {
        **_merged_line(report.merged),
        "conflicts": report.conflicts,
        "whole": report.is_whole,
        "stations": [_station_line(station, one) for one in report.stations],
    }
    _tell(report.merged, output)
    output.line(line, "\n".join(_office_text(one) for one in report.stations))


def _office_text(line: StationLine) -> str:
    runs = ", ".join(f"{first}–{last}" for first, last in line.missing)
    missing = _("missing: {runs}").format(runs=runs) if runs else _("complete")
    clock = clock_sentence(line.met)
    told = [
        line.met.station,
        _("up to entry {last}").format(last=line.met.last),
        missing,
        _("clock {trouble}").format(trouble=clock) if clock else "",
    ]
    return "  ".join(filter(None, told))
