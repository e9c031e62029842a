"""Invitations, which bring the delegate's code to them before the event: on paper or as a picture each."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from itertools import groupby

from station.badges.design import draw_card
from station.badges.invitation_cards import PAGE, PHONE_INVITATION, divider_card
from station.badges.layout import Card, Layout
from station.badges.pdf import PdfPages, Target
from station.badges.picture import Picture
from station.badges.rendering import draw_cut_marks
from station.badges.texts import BadgeData, card_texts
from station.errors import Refusal
from station.i18n import _, ngettext, pick
from station.media.names import LONGEST_NAME, safe_name
from station.model.event import Event
from station.text import text_key

_PICTURE_PIXELS_PER_MM = 12.0

Progress = Callable[[int, int], None]
Drawing = Callable[[PdfPages, Card], None]


class Order(StrEnum):
    """How invitations follow one another."""

    UNIT = "unit"  # then by name: a unit's envelope is filled from one pile
    NAME = "name"


def ordered(badges: Iterable[BadgeData], order: Order) -> list[BadgeData]:
    """The invitations in an order; who has no unit comes last where the units lead."""

    def by_unit(badge: BadgeData) -> tuple[bool, str, tuple[str, ...]]:
        person = badge.delegate
        return not person.unit, text_key(person.unit), person.sort_key

    if order is Order.UNIT:
        return sorted(badges, key=by_unit)
    return sorted(badges, key=lambda badge: badge.delegate.sort_key)


def render_invitations(
    target: Target,
    event: Event,
    badges: Sequence[BadgeData],
    layout: Layout = PAGE,
    *,
    dividers: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write one PDF with an invitation for each delegate in the order given, to a path (atomically) or a stream.

    Args:
        layout: PAGE or SHEET.
        dividers: the invitations of each unit follow a card that names it.
        progress: gets (done, total) of the invitations; may raise Cancelled: then nothing is written.

    Returns the pages. Raises Refusal when there are none, EnvironmentFault when the file cannot be written.
    """
    if not badges:
        raise Refusal(_("There are no delegates to invite."))
    title = f"{_('Invitation')} – {pick(event.name, event.name_en)}"
    pages = PdfPages(layout.width_mm, layout.height_mm, title, event.organiser)
    drawings = _drawings(event, badges, dividers)
    per_page = len(layout.origins_mm)
    done = 0
    for start in range(0, len(drawings), per_page):
        for origin, (draw, invitations) in zip(
            layout.origins_mm, drawings[start : start + per_page], strict=False
        ):
            pages.place(*origin)
            draw(pages, layout.card)
            done += invitations
        pages.place(0, 0)
        draw_cut_marks(pages, layout)
        pages.next_page()
        if progress is not None:
            progress(done, len(badges))
    pages.save(target)
    return -(-len(drawings) // per_page)


def draw_invitation(
    event: Event, badge: BadgeData, card: Card, pixels_per_mm: float = _PICTURE_PIXELS_PER_MM
) -> bytes:
    """A PNG of one invitation in any design, for example to look at before all are made."""
    picture = Picture(card.width_mm, card.height_mm, pixels_per_mm)
    draw_card(picture, card, card_texts(event, badge), badge.payload, badge.colour, event.logo)
    return picture.png()


def invitation_png(event: Event, badge: BadgeData) -> bytes:
    """A picture, 1080 × 1872 pixels, to be sent by chat or e-mail and shown on a phone."""
    return draw_invitation(event, badge, PHONE_INVITATION)


def picture_names(badges: Sequence[BadgeData]) -> list[str]:
    """A file name for each delegate's picture, ``db00001-nguyen-van-an.png``; no two are the same."""
    names: list[str] = []
    taken: set[str] = set()
    for badge in badges:
        stem = safe_name(f"{badge.delegate.code} {badge.delegate.name}")[: LONGEST_NAME - 12].rstrip("-._")
        name, number = f"{stem}.png", 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}.png"
        taken.add(name)
        names.append(name)
    return names


def _drawings(event: Event, badges: Sequence[BadgeData], dividers: bool) -> list[tuple[Drawing, int]]:
    """What is drawn one after the other, each with how many invitations it is."""
    drawings: list[tuple[Drawing, int]] = []
    for unit, members in groupby(badges, lambda badge: badge.delegate.unit):
        own = list(members)
        if dividers:
            drawings.append((_divider(unit, own), 0))
        drawings += [(_invitation(event, badge), 1) for badge in own]
    return drawings


def _invitation(event: Event, badge: BadgeData) -> Drawing:
    def draw(pages: PdfPages, card: Card) -> None:
        draw_card(pages, card, card_texts(event, badge), badge.payload, badge.colour, event.logo)

    return draw


def _divider(unit: str, members: Sequence[BadgeData]) -> Drawing:
    count = ngettext("{count} invitation", "{count} invitations", len(members)).format(count=len(members))
    texts = {"unit": unit or _("Without a unit"), "count": count}

    def draw(pages: PdfPages, card: Card) -> None:
        draw_card(pages, divider_card(card), texts, "", "")

    return draw
