"""The command on photos of delegates: photos."""

import argparse
from pathlib import Path
from typing import Any

from station.app import Station
from station.commands.output import Output, opened
from station.errors import BadInput, Refusal
from station.i18n import _
from station.model.delegate import Delegate
from station.roster.photos.album import read_pictures
from station.roster.photos.plan import PhotoKind, PhotoPlan, PhotoState, Picture, fits_of, plan_photos


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add this command to the parser."""
    photos = commands.add_parser(
        "photos", parents=[common], help=_("photos of delegates: listed, taken from a folder or ZIP, removed")
    )
    photos.add_argument("folder", metavar="DIR")
    acts = photos.add_mutually_exclusive_group()
    acts.add_argument("--from", dest="source", metavar="FOLDER_OR_ZIP")
    acts.add_argument("--remove", nargs="+", metavar="CODE", help=_("remove the photos of these delegates"))
    acts.add_argument("--remove-all", action="store_true", help=_("remove every photo"))
    photos.add_argument(
        "--assign", action="append", default=[], metavar="FILE=CODE", help=_("whose photo a file is")
    )
    photos.add_argument("--dry-run", action="store_true", help=_("show what would change and change nothing"))
    photos.set_defaults(run=_photos)


def _photos(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        if chosen.source:
            return _take(station, chosen, output)
        if chosen.remove or chosen.remove_all:
            return _remove(station, chosen, output)
        return _list(station, output)


def _list(station: Station, output: Output) -> int:
    state = station.photos.state()
    for delegate in state.delegates:
        photo = state.photos.get(delegate.id)
        sound = delegate.id not in state.broken
        line = {
            "code": delegate.code,
            "name": delegate.name,
            "photo": photo.file_name if photo else None,
            "sound": sound if photo else None,
        }
        told = (photo.file_name if sound else _("missing or changed")) if photo else "–"
        output.line(line, f"{delegate.code}  {delegate.name}  {told}")
    for delegate in state.delegates:
        if delegate.id in state.broken:
            path = station.folder / "photos" / state.photos[delegate.id].file_name
            said = _("The photo {path} is missing or was changed. Take it in again.")
            output.message(said.format(path=path))
    return 1 if state.broken else 0


def _take(station: Station, chosen: argparse.Namespace, output: Output) -> int:
    state = station.photos.state()
    try:
        pictures = read_pictures([Path(chosen.source)], output.progress)
    except BadInput as error:  # the archive as a whole: scripts get their line all the same
        pictures = [Picture(Path(chosen.source).name, None, problem) for problem in error.problems]
    by_hand = _by_hand(chosen.assign, pictures, state)
    plan = plan_photos(pictures, fits_of(pictures, state.delegates), state, by_hand)
    applied = bool(plan.assigned()) and not chosen.dry_run
    if applied:
        station.photos.take(plan, output.progress)
    for line in plan.lines:
        if line.note:
            output.message(f"{line.picture.file}: {line.note}")
    output.line(_line(plan, applied), _text(plan, applied))
    return 1 if plan.left_over() else 0


def _by_hand(wishes: list[str], pictures: list[Picture], state: PhotoState) -> dict[int, str | None]:
    """What ``--assign`` says, by number of the picture. Raises Refusal."""
    numbers = {picture.file: number for number, picture in enumerate(pictures)}
    chosen: dict[int, str | None] = {}
    for wish in wishes:
        file, _equals, code = wish.rpartition("=")
        if file not in numbers:
            raise Refusal(_("There is no file {file} among the photos.").format(file=file))
        chosen[numbers[file]] = _of_codes([code], state)[0].id
    return chosen


def _of_codes(codes: list[str], state: PhotoState) -> list[Delegate]:
    """Raises Refusal for a code that is nobody's."""
    by_code = {delegate.code.casefold(): delegate for delegate in state.delegates}
    missing = [code for code in codes if code.casefold() not in by_code]
    if missing:
        raise Refusal(_("There is no delegate with the code {code}.").format(code=", ".join(missing)))
    return [by_code[code.casefold()] for code in codes]


def _remove(station: Station, chosen: argparse.Namespace, output: Output) -> int:
    state = station.photos.state()
    wanted = state.delegates if chosen.remove_all else _of_codes(chosen.remove, state)
    removed = [delegate for delegate in wanted if delegate.id in state.photos]
    if not chosen.dry_run:
        station.photos.remove([delegate.id for delegate in removed])
    gone = {delegate.id for delegate in removed}
    left = sum(1 for who in state.photos.keys() - state.broken if who not in gone)
    line = {
        "removed": [delegate.code for delegate in removed],
        "without": len(state.delegates) - left,
        "applied": not chosen.dry_run,
    }
    output.line(line, _("Photos removed: {count}.").format(count=len(removed)))
    return 0


def _line(plan: PhotoPlan, applied: bool) -> dict[str, Any]:
    return {
        "matched": len(plan.assigned()),
        "replaced": len(plan.of(PhotoKind.REPLACED)),
        "unchanged": len(plan.of(PhotoKind.UNCHANGED)),
        "unmatched": [line.picture.file for line in plan.of(PhotoKind.UNMATCHED)],
        "ambiguous": [
            {"file": line.picture.file, "delegates": [delegate.code for delegate in line.delegates]}
            for line in plan.of(PhotoKind.AMBIGUOUS)
        ],
        "unusable": [
            {
                "file": line.picture.file,
                "problem": line.picture.problem.problem if line.picture.problem else "",
                "reason": line.note,
            }
            for line in plan.of(PhotoKind.UNUSABLE)
        ],
        "without": plan.without,
        "applied": applied,
    }


def _text(plan: PhotoPlan, applied: bool) -> str:
    said = _(
        "{matched} matched, {replaced} of them replaced; {left} files left over; {without} without a photo."
    )
    counts = said.format(
        matched=len(plan.assigned()),
        replaced=len(plan.of(PhotoKind.REPLACED)),
        left=len(plan.left_over()),
        without=plan.without,
    )
    return counts if applied else counts + " " + _("Nothing was applied.")
