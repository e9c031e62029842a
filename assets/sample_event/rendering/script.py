"""Who shows what, how and when: the screenplay of the sample video and its ground truth."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rendering.backdrop import Figure
from rendering.props import Holder
from rendering.surfaces import BLUE, RED
from station.codes.payload import EventKey, check_digits, event_tag, make_payload

FOREIGN_URL = "https://example.org/thuc-don?ban=12"
OTHER_EVENT_ID = "11111111-0000-4000-8000-000000000001"


@dataclass(frozen=True)
class Presentation:
    """One code shown to the camera.

    Attributes:
        kind: ``delegate``, ``repeated``, ``revoked``, ``other_event``, ``foreign`` or ``forged``.
        code: the delegate's code; empty when the holder is on no roster.
        surface: ``light``, ``dark``, ``picture`` (phones); ``card``, ``slip``, ``badge``, ``flyer``, ``photocopy``.
        holds_s: how long it is held still-ish; moving in and out comes on top.
        x, y, distance, pitch, yaw, roll: where it is held (mm, degrees).
        shake: strength of the hand's tremor, 1 is usual.
        focus_px: how far out of focus it comes in; focus_s: how long the lens needs to find it.
        glare: strength of the lamp's reflection that wanders over it.
        light: of the hall; 1 by day.
        beside: shown together with the presentation before it.
    """

    kind: str
    code: str
    surface: str
    figure: Figure
    holder: Holder
    holds_s: float = 1.35
    x: float = 0.0
    y: float = 0.0
    distance: float = 285.0
    pitch: float = 0.0
    yaw: float = 0.0
    roll: float = 0.0
    shake: float = 1.0
    focus_px: float = 4.0
    focus_s: float = 0.75
    glare: float = 0.0
    light: float = 1.0
    accent: str = RED
    curl_mm: float = 0.0
    crumple_mm: float = 0.0
    beside: bool = False


PALE, FAIR, TAN, BROWN = (236, 200, 176), (224, 184, 154), (206, 160, 128), (176, 128, 98)
BLACK, DARK_BROWN, GREY = (30, 26, 26), (52, 36, 30), (150, 150, 152)
WHITE, NAVY, SKY, CHARCOAL = (234, 237, 240), (44, 58, 90), (150, 184, 214), (62, 64, 70)
PLUM, CRIMSON, JADE, SAND = (110, 54, 92), (168, 44, 66), (62, 122, 108), (190, 170, 138)


def person(
    skin: tuple[int, int, int],
    cloth: tuple[int, int, int],
    top: str = "shirt",
    hair_style: str = "short",
    hair: tuple[int, int, int] = BLACK,
    tie: tuple[int, int, int] | None = None,
    left_handed: bool = False,
    both_hands: bool = False,
) -> tuple[Figure, Holder]:
    """A figure and the hands that belong to it."""
    figure = Figure(skin, hair, cloth, top, hair_style=hair_style, tie=tie)
    bgr = (float(skin[2]), float(skin[1]), float(skin[0]))
    sleeve = (float(cloth[2]), float(cloth[1]), float(cloth[0]))
    cuff = (238.0, 236.0, 234.0) if top == "jacket" else None
    return figure, Holder(bgr, sleeve, cuff, left_handed, both_hands)


THUY_NGAN = person(FAIR, CRIMSON, "dress", "long")

SCREENPLAY: tuple[Presentation, ...] = (
    Presentation("delegate", "DB00001", "light", *THUY_NGAN, x=8, y=2, distance=280, yaw=-7, roll=-3),
    Presentation(
        "delegate", "DB00023", "card", *person(TAN, NAVY, "jacket", tie=CRIMSON, both_hands=True),
        x=-18, y=12, distance=315, pitch=10, roll=3, shake=1.2,
    ),
    Presentation(
        "delegate", "DB00030", "dark", *person(BROWN, PLUM, "shirt", "long", left_handed=True),
        x=-10, y=4, distance=262, yaw=10, roll=5, holds_s=2.2, shake=0.8,
    ),
    Presentation(
        "delegate", "DB00011", "picture", *person(FAIR, SKY),
        x=14, y=0, distance=300, yaw=-16, roll=9,
    ),
    Presentation(
        "delegate", "DB00037", "light", *person(BROWN, JADE, "shirt", "bun"),
        x=-78, y=4, distance=318, yaw=8, roll=-4, holds_s=2.0,
    ),
    Presentation(
        "delegate", "DB00031", "slip", *person(BROWN, WHITE, left_handed=True),
        x=88, y=2, distance=345, yaw=-10, roll=5, holds_s=2.0, curl_mm=2.0, beside=True,
    ),
    Presentation(
        "delegate", "DB00084", "card", *person(PALE, PLUM, "dress", "bun", both_hands=True),
        x=-14, y=10, distance=300, yaw=13, roll=-4, accent=BLUE, curl_mm=3.0,
    ),
    Presentation(
        "other_event", "", "badge", *person(TAN, CHARCOAL),
        x=6, y=4, distance=280, pitch=-9, roll=6, glare=0.35,
    ),
    Presentation(
        "delegate", "DB00093", "light", *person(PALE, WHITE, "shirt", "long", left_handed=True),
        x=-4, y=2, distance=270, yaw=6, roll=3, glare=0.85, holds_s=1.7,
    ),
    Presentation(
        "delegate", "DB00063", "card", *person(TAN, SKY, both_hands=True),
        x=-20, y=10, distance=305, pitch=-8, yaw=-8, light=0.5, focus_px=3.4,
    ),
    Presentation(
        "delegate", "DB00042", "dark", *person(FAIR, CHARCOAL, "jacket"),
        x=10, y=0, distance=255, roll=-6, yaw=-8, light=0.45, holds_s=2.2, shake=0.8,
    ),
    Presentation(
        "delegate", "DB00105", "light", *person(FAIR, NAVY, "jacket", tie=NAVY),
        x=0, y=4, distance=275, pitch=8, roll=8, light=0.5, glare=0.3,
    ),
    Presentation(
        "revoked", "DB00047", "card", *person(FAIR, SAND, "shirt", "bun"),
        x=8, y=6, distance=300, yaw=-14, roll=-8, curl_mm=2.0, crumple_mm=0.5, accent=RED, holds_s=1.6,
    ),
    Presentation(
        "delegate", "DB00116", "picture", *person(TAN, WHITE, left_handed=True),
        x=-6, y=0, distance=290, yaw=18, roll=-5,
    ),
    Presentation(
        "delegate", "DB00129", "card", *person(FAIR, CHARCOAL, "jacket", hair=GREY, tie=JADE, both_hands=True),
        x=-18, y=12, distance=296, pitch=16, accent=BLUE, focus_px=5.0,
    ),
    Presentation(
        "foreign", "", "flyer", *person(BROWN, SAND),
        x=10, y=4, distance=285, yaw=-10, roll=-9, curl_mm=2.5,
    ),
    Presentation(
        "delegate", "DB00136", "slip", *person(TAN, JADE, hair=GREY), x=6, y=2, distance=272, roll=7, shake=2.4,
        holds_s=1.7, curl_mm=1.5, accent=BLUE,
    ),
    Presentation(
        "delegate", "DB00144", "dark", *person(TAN, CHARCOAL), x=4, y=0, distance=250, yaw=-12, roll=-10,
        holds_s=2.3, glare=0.25, shake=0.9,
    ),
    Presentation("repeated", "DB00001", "light", *THUY_NGAN, x=-6, y=4, distance=295, yaw=9, roll=4),
    Presentation(
        "delegate", "DB00053", "picture", *person(BROWN, SAND, "shirt", "bun"),
        x=6, y=0, distance=278, pitch=12, roll=-12,
    ),
    Presentation(
        "forged", "", "photocopy", *person(FAIR, SKY, left_handed=True), x=-12, y=8, distance=302, yaw=10, roll=5,
        crumple_mm=0.25,
    ),
    Presentation(
        "delegate", "DB00071", "dark", *person(BROWN, NAVY, "shirt", "long"), x=8, y=4, distance=258, pitch=-8, roll=6,
        holds_s=2.2, shake=0.8,
    ),
    Presentation(
        "delegate", "DB00020", "card", *person(PALE, JADE, "dress", "long", both_hands=True),
        x=-16, y=10, distance=285, yaw=24, pitch=6,
    ),
    Presentation(
        "delegate", "DB00004", "light", *person(PALE, PLUM, "jacket", "long"),
        x=4, y=0, distance=268, roll=-15, focus_px=5.0,
    ),
    Presentation(
        "delegate", "DB00046", "slip", *person(FAIR, PLUM, "shirt", "bun", left_handed=True),
        x=-4, y=0, distance=262, yaw=-12, roll=4, shake=1.4,
    ),
)  # fmt: skip

VERDICTS = {
    "delegate": ("admitted", None),
    "repeated": ("attention", "ALREADY_IN"),
    "revoked": ("refused", "REVOKED"),
    "other_event": ("refused", "WRONG_EVENT"),
    "foreign": ("refused", "UNKNOWN"),
    "forged": ("refused", "FORGED"),
}


def payload_of(presentation: Presentation, key: EventKey, instance: str) -> str:
    """What the symbol holds."""
    if presentation.kind == "foreign":
        return FOREIGN_URL
    if presentation.kind == "other_event":
        secret = hashlib.sha256(OTHER_EVENT_ID.encode()).digest()
        return make_payload(EventKey(secret, event_tag(OTHER_EVENT_ID)), "10203040", 12)
    if presentation.kind == "forged":
        genuine = make_payload(key, instance, 149)
        body = genuine[:22] + genuine[22:42][::-1]
        return body + check_digits(body)
    return make_payload(key, instance, int(presentation.code[2:]))


def chosen(without: frozenset[str], only: int | None) -> Iterator[Presentation]:
    """The presentations to be shown: all, or without some delegates, or only the first few."""
    kept = [presentation for presentation in SCREENPLAY if presentation.code not in without]
    for number, presentation in enumerate(kept[:only]):
        alone = presentation.beside and (number == 0 or kept[number - 1].code != "DB00037")
        yield replace(presentation, beside=False) if alone else presentation
