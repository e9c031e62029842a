"""Badges printed before the event, in an order in which they are found again: into boxes with a label each."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from station.badges.invitations import Order, ordered
from station.badges.layout import Layout
from station.badges.layouts.model import BadgeLayout
from station.badges.photo_files import NO_PHOTOS, PhotoFiles
from station.badges.rendering import Progress, render_badges
from station.badges.spool import note_printed
from station.badges.texts import BadgeData
from station.clock import Clock
from station.errors import Refusal
from station.i18n import _
from station.model.event import Event, Session
from station.store import badges as badge_store
from station.store.connection import WriteConnection
from station.store.folder import EventFolder
from station.text import fold

MOST_BOXES = 26


@dataclass(frozen=True, slots=True)
class Box:
    """Badges that lie together; ``label``: ``A–C`` by the letters of given names, else the number of the box."""

    label: str
    badges: tuple[BadgeData, ...]


def boxed(badges: Sequence[BadgeData], order: Order, boxes: int) -> list[Box]:
    """Distribute badges evenly into at most so many boxes; a letter or a unit is never split between two.

    Returns one box without a label for fewer than two boxes.
    """
    following = ordered(badges, order)
    if boxes < 2:
        return [Box("", tuple(following))] if following else []
    groups = [
        (key, tuple(group)) for key, group in groupby(following, _initial if order is Order.NAME else _unit)
    ]
    found: list[list[tuple[str, tuple[BadgeData, ...]]]] = []
    placed = 0
    for key, group in groups:
        middle = placed + len(group) / 2
        wanted = min(boxes, int(middle * boxes / len(following)) + 1)
        if not found or (wanted > len(found) and len(found) < boxes):
            found.append([])
        found[-1].append((key, group))
        placed += len(group)
    return [
        Box(
            _letters([key for key, _group in box]) if order is Order.NAME else str(number),
            tuple(badge for _key, group in box for badge in group),
        )
        for number, box in enumerate(found, 1)
    ]


def print_batch(
    files: EventFolder,
    event: Event,
    clock: Clock,
    boxes: Sequence[Box],
    out: Path,
    layout: Layout | BadgeLayout,
    progress: Progress | None = None,
    *,
    photos: PhotoFiles = NO_PHOTOS,
    sessions: Sequence[Session] = (),
) -> int:
    """Write the badges of all boxes into one PDF and record where each lies; returns how many.

    Of a layout that is no badge nothing is recorded.

    What waited in the queue for these delegates is closed with it. ``progress(done, total)`` may raise Cancelled:
    then nothing is written nor recorded. Raises Refusal when there are none, EnvironmentFault.
    """
    badges = [badge for box in boxes for badge in box.badges]
    if not badges:
        raise Refusal(_("There are no badges to print."))
    render_badges(out, event, badges, layout, progress, photos=photos, sessions=sessions)

    def record(connection: WriteConnection) -> None:
        for badge in badges:
            badge_store.withdraw(connection, badge.delegate.id)
            note_printed(connection, files, clock, badge.delegate.id)
        badge_store.take_out_of_boxes(connection, [badge.delegate.id for badge in badges])
        labelled = {badge.delegate.id: box.label for box in boxes if box.label for badge in box.badges}
        badge_store.put_into_boxes(connection, labelled)

    if isinstance(layout, Layout) or layout.is_badge:
        files.write(record)
    return len(badges)


def _initial(badge: BadgeData) -> str:
    """The first letter of the given name, without marks: who looks for Đào looks under D."""
    words = badge.delegate.name.split()
    return fold(words[-1])[:1].upper() if words else ""


def _unit(badge: BadgeData) -> str:
    return badge.delegate.unit


def _letters(initials: Sequence[str]) -> str:
    first, last = initials[0], initials[-1]
    return first if first == last else f"{first}–{last}"
