"""Commands of the desk: scan, decode, attendance."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from station.app import Station
from station.capture import files as capture_files
from station.capture.engines import missing_engines
from station.checkin.finding import Finding
from station.checkin.lane import meant
from station.commands.output import Output, local_time, opened
from station.errors import Refusal, StationError
from station.i18n import _, pick
from station.model.delegate import Delegate
from station.model.document import BundleItem
from station.model.mode import Mode
from station.model.verdict import Direction, Outcome, Source, Verdict
from station.store import checkin
from station.store import roster as roster_store


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add these commands to the parser."""
    scan = commands.add_parser("scan", parents=[common], help=_("redeem codes as the desk does"))
    scan.add_argument("folder", metavar="DIR")
    source = scan.add_mutually_exclusive_group(required=True)
    source.add_argument("--payload", metavar="TEXT")
    source.add_argument("--image", metavar="FILE")
    source.add_argument("--video", metavar="FILE")
    scan.add_argument("--session", metavar="ID")
    scan.add_argument(
        "--exit", action="store_true", help=_("the delegates leave a session that records exits")
    )
    scan.add_argument(
        "--mode",
        choices=[str(mode) for mode in Mode if mode is not Mode.EXIT],
        default=str(Mode.ADMISSION),
        help=_("documents and enquiry look codes up and record no scan"),
    )
    scan.set_defaults(run=_scan)

    decode = commands.add_parser("decode", parents=[common], help=_("read the codes in pictures and videos"))
    decode.add_argument("files", nargs="+", metavar="FILE")
    decode.set_defaults(run=_decode)

    attendance = commands.add_parser("attendance", parents=[common], help=_("who is present"))
    attendance.add_argument("folder", metavar="DIR")
    attendance.add_argument("--session", metavar="ID")
    attendance.set_defaults(run=_attendance)


def _scan(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        station.lane.session = station.desk.session(chosen.session).id if chosen.session else None
        station.lane.mode = _mode(chosen)
        outcomes = []
        for raw, source in _payloads(chosen):
            answer = station.lane.take_raw(raw, source)
            outcomes.append(answer.outcome)
            if isinstance(answer, Verdict):
                output.line(verdict_line(station, answer), verdict_text(answer))
            else:
                output.line(finding_line(station, answer), finding_text(answer))
    if not outcomes:
        output.message(_("No code was found in {file}.").format(file=chosen.image or chosen.video))
    return 0 if outcomes and Outcome.REFUSED not in outcomes else 1


def _mode(chosen: argparse.Namespace) -> Mode:
    mode = Mode(chosen.mode)
    if chosen.exit and not mode.redeems:
        raise Refusal(_("--exit records who leaves; it does not go with --mode {mode}.").format(mode=mode))
    return Mode.EXIT if chosen.exit else mode


def _payloads(chosen: argparse.Namespace) -> Iterator[tuple[bytes, Source]]:
    if chosen.payload is not None:
        yield chosen.payload.encode("utf-8", "surrogateescape"), Source.TYPED
    elif chosen.image is not None:
        for code in capture_files.codes_of_image(Path(chosen.image)):
            yield meant(code), Source.IMAGE
    else:
        for sighting in capture_files.sightings_of_video(Path(chosen.video)):
            yield meant(sighting.code), Source.CAMERA


def verdict_line(station: Station, verdict: Verdict) -> dict[str, Any]:
    """A verdict for a script."""
    person = verdict.delegate
    return {
        "verdict": verdict.outcome,
        "reason": verdict.reason,
        "delegate": _person(person) if person else None,
        "session": verdict.session.id,
        "direction": verdict.direction,
        "at": local_time(station, verdict.at),
        "entry": verdict.entry,
        "bundle": [bundle_line(item) for item in verdict.bundle],
        "first_in": local_time(station, verdict.admission.at) if verdict.admission else None,
        "first_in_station": verdict.admission.station if verdict.admission else None,
        "last_out": local_time(station, verdict.departure.at) if verdict.departure else None,
        "enquiry": verdict.enquiry,
        "recognised": verdict.recogniser,
        "candidates": [_person(each) for each in verdict.candidates],
        "mode": Mode.EXIT if verdict.direction is Direction.OUT else Mode.ADMISSION,
        "remark": None,
    }


def finding_line(station: Station, finding: Finding) -> dict[str, Any]:
    """What was looked up, for a script: the keys of a verdict, without one and without an entry."""
    card = finding.card
    admission, departure = (card.admission, card.departure) if card else (None, None)
    return {
        "verdict": None,
        "reason": finding.reason,
        "delegate": _person(card.delegate) if card else None,
        "session": finding.session.id,
        "direction": finding.mode.direction,
        "at": local_time(station, finding.at),
        "entry": None,
        "bundle": [bundle_line(item) for item in card.bundle] if card else [],
        "first_in": local_time(station, admission.at) if admission else None,
        "first_in_station": admission.station if admission else None,
        "last_out": local_time(station, departure.at) if departure else None,
        "enquiry": finding.mode is Mode.ENQUIRY,
        "recognised": finding.recogniser,
        "candidates": [_person(each) for each in finding.candidates],
        "mode": finding.mode,
        "remark": finding.remark or None,
    }


def finding_text(finding: Finding) -> str:
    """What was looked up, in a line for people."""
    person = f"{finding.card.delegate.code}  {finding.card.delegate.name}" if finding.card else "—"
    came = "in" if finding.card and finding.card.admission else "not in"
    return f"looked up  {finding.reason or came}  {person}"


def _person(delegate: Delegate) -> dict[str, str]:
    return {"code": delegate.code, "name": delegate.name, "unit": delegate.unit}


def bundle_line(item: BundleItem) -> dict[str, str]:
    """A document of a bundle for a script."""
    document = item.document
    return {
        "code": document.code,
        "title": pick(document.title, document.title_en),
        "state": str(item.state),
        "version": document.version,
        "held_version": item.held_version,
        "copied_version": item.copied_version,
    }


def verdict_text(verdict: Verdict) -> str:
    """A verdict in a line for people."""
    person = f"{verdict.delegate.code}  {verdict.delegate.name}" if verdict.delegate else "—"
    what = "left" if verdict.direction is Direction.OUT and verdict.reason is None else str(verdict.outcome)
    return f"{what}  {verdict.reason or ''}  {person}"


def _decode(chosen: argparse.Namespace, output: Output) -> int:
    all_read = True
    for notice in missing_engines():
        output.message(notice)
    for name in chosen.files:
        try:
            codes, elapsed_ms = capture_files.decoded(Path(name))
        except StationError as error:
            output.message(str(error))
            codes, elapsed_ms = [], 0.0
        all_read = all_read and bool(codes)
        found = [{"text": c.text, "hex": c.raw.hex(), "engine": c.engine, "pass": c.pass_name} for c in codes]
        text = f"{name}: " + (", ".join(repr(c.text) for c in codes) or _("no code found"))
        output.line({"file": name, "codes": found, "ms": round(elapsed_ms, 1)}, text)
    return 0 if all_read else 1


def _attendance(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder, also_archived=True) as station:
        session = station.desk.session(chosen.session).id if chosen.session else None
        for line in _attendance_lines(station, session):
            output.line(line)
    return 0


def _attendance_lines(station: Station, session: str | None) -> Iterable[dict[str, Any]]:
    """A line a delegate for one session; for all, one for each session they came to, and one for each absentee."""
    with station.files.reading() as connection:
        roster = roster_store.delegates(connection)
        seen: dict[str, list[checkin.Attendance]] = {}
        for attendance in checkin.attendance(connection, session):
            seen.setdefault(attendance.delegate, []).append(attendance)
    only = station.desk.sessions()[0].id if len(station.desk.sessions()) == 1 else session
    for delegate in roster:
        base = {"code": delegate.code, "name": delegate.name, "unit": delegate.unit}
        for here in seen.get(delegate.id, ()):
            times = {"first_in": here.first_in, "last_out": here.last_out}
            local = {key: local_time(station, instant) for key, instant in times.items()}
            yield {**base, "session": here.session, "present": here.present, **local}
        if delegate.id not in seen:
            yield {**base, "session": only, "present": False, "first_in": None, "last_out": None}
