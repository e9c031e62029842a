"""The command for badge layouts: which there are, what would go wrong with them, and the start of an own one."""

import argparse
from typing import Any

from station.app import Station
from station.badges.addressees import Whom
from station.badges.layouts.folder import LayoutFile, copy_layout, layout_files, read_layout
from station.badges.layouts.model import BadgeLayout
from station.badges.layouts.warnings import LayoutWarning, warnings_of
from station.badges.selection import chosen_badges
from station.commands.output import Output, opened
from station.errors import BadInput, Refusal
from station.i18n import _, ngettext, pick
from station.store import photos as photo_store

_MOST_SAID = 20


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    layouts = commands.add_parser(
        "layouts", parents=[common], help=_("badge layouts: listed with their warnings, copied to be changed")
    )
    layouts.add_argument("folder", metavar="DIR")
    layouts.add_argument("--copy", metavar="NAME", help=_("copy this layout into the event folder"))
    layouts.add_argument("--to", metavar="NEWNAME", help=_("how the copy is called"))
    layouts.set_defaults(run=_layouts)


def _layouts(chosen: argparse.Namespace, output: Output) -> int:
    if bool(chosen.copy) != bool(chosen.to):
        raise Refusal(_("Give both: --copy NAME --to NEWNAME."))
    if chosen.copy:
        return _copy(chosen, output)
    with opened(chosen.folder, also_archived=True) as station:
        results = [_say(station, file, output) for file in layout_files(station.folder)]
    return 0 if all(results) else 1


def _copy(chosen: argparse.Namespace, output: Output) -> int:
    with opened(chosen.folder) as station:
        path = copy_layout(chosen.copy, chosen.to, station.folder)
    text = _("The layout {name} begins as a copy of {source}: {path}")
    said = text.format(name=chosen.to, source=chosen.copy, path=path)
    output.line({"name": chosen.to, "file": str(path), "copied_from": chosen.copy}, said)
    return 0


def _say(station: Station, file: LayoutFile, output: Output) -> bool:
    """Say one layout; False when its file cannot be used."""
    try:
        layout = read_layout(file.path)
    except BadInput as error:
        problems = [
            {"row": one.row, "column": one.column, "problem": one.problem, "message": one.message}
            for one in error.problems
        ]
        value = {"name": file.name, "own": file.is_own, "file": str(file.path), "problems": problems}
        output.line(value, f"{file.name}: {error}")
        return False
    warnings = _warnings(station, layout)
    output.line(_value(file, layout, warnings), _sentence(layout, warnings))
    return True


def _warnings(station: Station, layout: BadgeLayout) -> list[LayoutWarning]:
    with station.files.reading() as connection:
        badges = chosen_badges(connection, station.key, Whom())
        photos = photo_store.photos(connection)
    return warnings_of(
        layout, station.event, badges, sessions=station.desk.sessions(), with_photo=photos.keys()
    )


def _value(file: LayoutFile, layout: BadgeLayout, warnings: list[LayoutWarning]) -> dict[str, Any]:
    return {
        "name": layout.name,
        "title": pick(layout.title, layout.title_en),
        "own": file.is_own,
        "file": str(file.path),
        "page": [layout.width_mm, layout.height_mm],
        "card": [layout.card_width_mm, layout.card_height_mm],
        "cards": len(layout.origins_mm),
        "sides": 2 if layout.back else 1,
        "warnings": [
            {
                "warning": one.warning,
                "side": one.element.side if one.element else None,
                "element": one.element.number if one.element else None,
                "line": one.element.line if one.element else None,
                "code": one.code or None,
                "message": one.message,
            }
            for one in warnings
        ],
    }


def _sentence(layout: BadgeLayout, warnings: list[LayoutWarning]) -> str:
    cards = len(layout.origins_mm)
    count = ngettext("{count} card a page", "{count} cards a page", cards).format(count=cards)
    page = f"{layout.width_mm:g} × {layout.height_mm:g} mm"
    said = [f"{layout.name}: {pick(layout.title, layout.title_en)} ({page}, {count})"]
    said += [f"  ! {one.message}" for one in warnings[:_MOST_SAID]]
    more = len(warnings) - _MOST_SAID
    if more > 0:
        said.append("  " + _("and {count} more warnings").format(count=more))
    return "\n".join(said)
