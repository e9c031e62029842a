"""The designs of invitations: a page of A5, four on a sheet of A4, a picture for a phone, and what parts the units."""

from station.badges.fonts import Font
from station.badges.layout import Box, Card, Column, Layout, LogoPlace, Text

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
            4,
            (Text("payload", Font.REGULAR, 7, 6, 1, "muted"),),
            across="centre",
        ),
        Column(
            7,
            102,
            76,
            27,
            (
                Text("name", Font.BOLD, 18.5, 9, 2),
                Text("unit", Font.REGULAR, 10.5, 7, 2, "ink", 0.5),
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

_INSET = 8.0
_SHEET_WIDTH = 105.0
_SHEET_TEXT_WIDTH = _SHEET_WIDTH - 2 * _INSET

# Everything keeps a distance from the edges: office printers leave a white margin, and no cut is exact.
SHEET_INVITATION = Card(
    width_mm=_SHEET_WIDTH,
    height_mm=148.5,
    boxes=(
        Box(_INSET, _INSET, _SHEET_TEXT_WIDTH, 18, "accent", 2.5),
        Box(_INSET, 102.5, _SHEET_TEXT_WIDTH, 38, "tint", 2.5),
        Box(9.5, 104, 35, 35, "white", 1.5),
    ),
    columns=(
        Column(
            13,
            _INSET,
            79,
            18,
            (
                Text("organiser", Font.SEMI_BOLD, 7, 6, 1, "on_accent", capitals=True),
                Text("heading", Font.BOLD, 17, 14, 1, "on_accent", 0.5),
            ),
            down="middle",
        ),
        Column(
            13,
            27.5,
            79,
            58.5,
            (
                Text("greeting", Font.REGULAR, 8.5, 8, 1, "muted"),
                Text("name", Font.BOLD, 15, 10, 2, "ink", 1.5),
                Text("position", Font.MEDIUM, 9.5, 8, 2, "accent_text", 0.5),
                Text("unit", Font.REGULAR, 9.5, 7.5, 2, "ink", 0.5),
                Text("attend", Font.REGULAR, 8.5, 8, 1, "muted", 1),
                Text("event", Font.SEMI_BOLD, 10.5, 8, 3, "ink", 0.5),
            ),
            down="middle",
        ),
        Column(
            13,
            86.5,
            30,
            15.5,
            (
                Text("dates_label", Font.MEDIUM, 7.5, 7, 1, "muted"),
                Text("dates", Font.MEDIUM, 9, 7, 2),
            ),
        ),
        Column(
            47,
            86.5,
            48,
            15.5,
            (
                Text("venue_label", Font.MEDIUM, 7.5, 7, 1, "muted"),
                Text("venue", Font.MEDIUM, 8, 6.5, 3),
            ),
        ),
        Column(
            47,
            104.5,
            48,
            10,
            (Text("instruction", Font.SEMI_BOLD, 9.5, 8, 2, "accent_text"),),
        ),
        Column(
            47,
            115,
            25,
            13.5,
            (
                Text("code_label", Font.MEDIUM, 7, 6.5, 1, "muted"),
                Text("code", Font.BOLD, 11, 6, 2),
            ),
        ),
        Column(
            74,
            115,
            21,
            13.5,
            (
                Text("seat_label", Font.MEDIUM, 7, 6.5, 1, "muted"),
                Text("seat", Font.BOLD, 11, 6.5, 2),
            ),
        ),
        Column(
            47,
            129.5,
            48,
            9,
            (Text("payload", Font.REGULAR, 7, 6.5, 2, "muted"),),
            down="bottom",
        ),
    ),
    qr_x_mm=9.5,
    qr_y_mm=104,
    qr_side_mm=35,
    logo=LogoPlace("right", 95, 17, 30, 15, 0),
)

PAGE = Layout("page", 148, 210, A5_INVITATION)
SHEET = Layout(
    "sheet",
    210,
    297,
    SHEET_INVITATION,
    ((0, 0), (_SHEET_WIDTH, 0), (0, 148.5), (_SHEET_WIDTH, 148.5)),
    ((_SHEET_WIDTH,), (148.5,)),
)


def divider_card(card: Card) -> Card:
    """What parts the invitations of one unit from those of the next: as large as these, and without a code."""
    width, height = card.width_mm, card.height_mm
    column = Column(
        _INSET + 9,
        height * 0.25,
        width - 2 * _INSET - 12,
        height * 0.5,
        (
            Text("unit", Font.BOLD, 22, 12, 4),
            Text("count", Font.REGULAR, 12, 9, 1, "muted", 3),
        ),
        down="middle",
    )
    return Card(width, height, (Box(_INSET, _INSET, 3, height - 2 * _INSET, "accent"),), (column,), 0, 0, 0)
