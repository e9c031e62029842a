"""Invitations, which bring the delegate's code to them before the event: a page of paper or a picture each."""

from collections.abc import Sequence

from station.badges.design import draw_card
from station.badges.fonts import Font
from station.badges.layout import Box, Card, Column, LogoPlace, Text
from station.badges.pdf import PdfPages, Target
from station.badges.picture import Picture
from station.badges.texts import BadgeData, card_texts
from station.errors import Refusal
from station.i18n import _, pick
from station.media.names import LONGEST_NAME, safe_name
from station.model.event import Event

_PICTURE_PIXELS_PER_MM = 12.0

A5_INVITATION = Card(
    width_mm=148,
    height_mm=210,
    boxes=(
        Box(0, 0, 148, 36, "accent"),
        Box(14, 150, 120, 48, "tint", 3),
        Box(17, 153, 42, 42, "white", 2),
    ),
    columns=(
        Column(
            14,
            7,
            120,
            23,
            (
                Text("organiser", Font.SEMI_BOLD, 9.5, 7, 1, "on_accent", capitals=True),
                Text("heading", Font.BOLD, 26, 20, 1, "on_accent", 1.5),
            ),
            down="middle",
        ),
        Column(
            14,
            40,
            120,
            90,
            (
                Text("greeting", Font.REGULAR, 11, 9, 1, "muted"),
                Text("name", Font.BOLD, 24, 15, 2, "ink", 3),
                Text("position", Font.MEDIUM, 12.5, 9, 2, "accent_text", 1),
                Text("unit", Font.REGULAR, 12.5, 9, 2, "ink", 0.5),
                Text("attend", Font.REGULAR, 11, 9, 1, "muted", 3.5),
                Text("event", Font.SEMI_BOLD, 14, 10, 3, "ink", 1),
            ),
            down="middle",
        ),
        Column(
            14,
            132,
            45,
            16,
            (
                Text("dates_label", Font.MEDIUM, 8.5, 8, 1, "muted"),
                Text("dates", Font.MEDIUM, 11, 8, 2),
            ),
        ),
        Column(
            64,
            132,
            70,
            16,
            (
                Text("venue_label", Font.MEDIUM, 8.5, 8, 1, "muted"),
                Text("venue", Font.MEDIUM, 11, 8, 2),
            ),
        ),
        Column(
            64,
            153,
            66,
            17,
            (
                Text("instruction", Font.SEMI_BOLD, 12, 9, 2, "accent_text"),
                Text("hint", Font.REGULAR, 9, 7, 1, "muted", 0.5),
            ),
        ),
        Column(
            64,
            170,
            38,
            15,
            (Text("code_label", Font.MEDIUM, 8, 7, 1, "muted"), Text("code", Font.BOLD, 12, 8, 2)),
        ),
        Column(
            104,
            170,
            27,
            15,
            (Text("seat_label", Font.MEDIUM, 8, 7, 1, "muted"), Text("seat", Font.BOLD, 12, 7.5, 2)),
        ),
        Column(
            64,
            185,
            66,
            10,
            (Text("payload", Font.REGULAR, 8, 7, 2, "muted"),),
            down="bottom",
        ),
    ),
    qr_x_mm=18,
    qr_y_mm=154,
    qr_side_mm=40,
    logo=LogoPlace("right", 134, 18, 44, 24, 0),
)

PHONE_INVITATION = Card(
    width_mm=90,
    height_mm=156,
    boxes=(Box(0, 0, 90, 36, "accent"), Box(0, 142, 90, 14, "tint")),
    columns=(
        Column(
            7,
            3,
            76,
            30,
            (
                Text("organiser", Font.SEMI_BOLD, 8, 6, 1, "on_accent", capitals=True),
                Text("event", Font.MEDIUM, 11, 8, 3, "on_accent", 1.5),
                Text("dates", Font.REGULAR, 9, 7, 1, "on_accent", 1),
            ),
            across="centre",
            down="middle",
        ),
        Column(
            7,
            98,
            76,
            30,
            (
                Text("name", Font.BOLD, 20, 13, 2),
                Text("unit", Font.REGULAR, 10.5, 8, 2, "ink", 0.5),
            ),
            across="centre",
            down="middle",
        ),
        Column(
            7,
            129,
            76,
            11,
            (Text("code_and_seat", Font.SEMI_BOLD, 13, 8, 1),),
            across="centre",
        ),
        Column(
            7,
            142,
            76,
            14,
            (Text("instruction", Font.SEMI_BOLD, 10, 7, 2, "accent_text"),),
            across="centre",
            down="middle",
        ),
    ),
    qr_x_mm=14,
    qr_y_mm=36,
    qr_side_mm=62,
    logo=LogoPlace("left", 7, 18, 26, 20, 0),
)


def render_invitations(target: Target, event: Event, badges: Sequence[BadgeData]) -> int:
    """Write one PDF with an A5 page for each delegate, to a path (atomically) or a stream; returns the pages.

    Raises Refusal when there are none, EnvironmentFault when the file cannot be written.
    """
    if not badges:
        raise Refusal(_("There are no delegates to invite."))
    card = A5_INVITATION
    title = f"{_('Invitation')} – {pick(event.name, event.name_en)}"
    pages = PdfPages(card.width_mm, card.height_mm, title, event.organiser)
    for badge in badges:
        draw_card(pages, card, card_texts(event, badge), badge.payload, badge.colour, event.logo)
        pages.next_page()
    pages.save(target)
    return len(badges)


def invitation_png(event: Event, badge: BadgeData) -> bytes:
    """A picture, 1080 × 1872 pixels, to be sent by chat or e-mail and shown on a phone."""
    card = PHONE_INVITATION
    picture = Picture(card.width_mm, card.height_mm, _PICTURE_PIXELS_PER_MM)
    draw_card(picture, card, card_texts(event, badge), badge.payload, badge.colour, event.logo)
    return picture.png()


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
