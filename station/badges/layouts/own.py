"""An event's own layouts in its folder: saved, renamed and removed, without losing what somebody else changed."""

import hashlib
from dataclasses import replace
from itertools import count
from pathlib import Path

from station.badges.layouts.folder import FOLDER_NAME, LONGEST_NAME, check_new_name, layout_files
from station.badges.layouts.model import BadgeLayout, Drawing
from station.badges.layouts.parse import parse_layout
from station.badges.layouts.written import layout_text
from station.errors import Refusal
from station.i18n import _
from station.media.atomic import write_file
from station.media.faults import write_fault


class ChangedMeanwhile(Refusal):
    """The file is another than the one that was opened."""


def own_path(name: str, folder: Path) -> Path:
    """The file of an own layout."""
    return folder / FOLDER_NAME / f"{name}.toml"


def fingerprint(name: str, folder: Path) -> str:
    """What tells one content of a layout's file from another; '' where there is no file. Raises EnvironmentFault."""
    path = own_path(name, folder)
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise write_fault(error, path) from error


def save_layout(layout: BadgeLayout, folder: Path, known: str) -> str:
    """Write an own layout and those of its pictures that are not there yet; returns its new fingerprint.

    ``known`` is the fingerprint of what was opened, '' for a new one. Raises ChangedMeanwhile when the file is
    another by now, Refusal and BadInput when what is written could not be read back, EnvironmentFault.
    """
    if not layout.front:
        raise Refusal(_("There is nothing on the front yet. Put something on it, then save."))
    if layout.folds and not layout.back:
        raise Refusal(_("A badge that is folded needs something on its back. Put it there, then save."))
    content = layout_text(layout).encode()
    parse_layout(layout.name, content)
    if fingerprint(layout.name, folder) != known:
        text = _("The layout {name} was changed outside of this window meanwhile.")
        raise ChangedMeanwhile(text.format(name=layout.name))
    into = folder / FOLDER_NAME
    try:
        into.mkdir(exist_ok=True)
    except OSError as error:
        raise write_fault(error, into) from error
    for file in {element.file for element in layout.elements if isinstance(element, Drawing)}:
        if not (into / file).exists():
            write_file(into / file, layout.pictures[file])
    write_file(own_path(layout.name, folder), content)
    return hashlib.sha256(content).hexdigest()


def picture_name(wish: str, folder: Path, content: bytes, layout: BadgeLayout) -> str:
    """A file's name for a new picture, ``wish`` or with a number, that stands for no other picture."""
    stem = wish[:LONGEST_NAME]
    for number in count(1):
        name = f"{stem}.png" if number == 1 else f"{stem}-{number}.png"
        there = folder / FOLDER_NAME / name
        if layout.pictures.get(name) == content or not (name in layout.pictures or there.exists()):
            return name
    raise AssertionError("numbers do not end")


def free_name(wish: str, folder: Path) -> str:
    """``wish``, or with the first number that makes it a name nobody has. Raises EnvironmentFault."""
    taken = {file.name.casefold() for file in layout_files(folder)}
    for number in count(1):
        ending = "" if number == 1 else f"-{number}"
        name = wish[: LONGEST_NAME - len(ending)] + ending
        if name.casefold() not in taken:
            return name
    raise AssertionError("numbers do not end")


def rename_layout(name: str, new_name: str, folder: Path) -> None:
    """Give an own layout another name. Raises Refusal when it is taken or impossible, EnvironmentFault."""
    check_new_name(new_name, folder)
    try:
        own_path(name, folder).rename(own_path(new_name, folder))
    except OSError as error:
        raise write_fault(error, own_path(name, folder)) from error


def remove_layout(name: str, folder: Path) -> None:
    """Remove an own layout; its pictures stay, for other layouts may show them. Raises EnvironmentFault."""
    try:
        own_path(name, folder).unlink(missing_ok=True)
    except OSError as error:
        raise write_fault(error, own_path(name, folder)) from error


def saved_beside(layout: BadgeLayout, folder: Path) -> tuple[BadgeLayout, str]:
    """Save under a name that is free, so that both contents are kept; returns the layout and its fingerprint."""
    beside = replace(layout, name=free_name(layout.name, folder))
    return beside, save_layout(beside, folder, "")
