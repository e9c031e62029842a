"""The design tokens: every colour of the themes, and the tones that verdicts speak in."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a notice at the desk means; each has its own colour, icon, word and sound."""

    IDLE = "idle"
    ADMITTED = "admitted"
    ATTENTION = "attention"
    REFUSED = "refused"
    ENQUIRY = "enquiry"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Pair:
    """A background and the text colour that is readable on it (WCAG AA), as ``#rrggbb``."""

    back: str
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of one theme, as ``#rrggbb``.

    Attributes:
        canvas: behind everything; surface: cards and fields; sunken: tracks, empty preview.
        line: hairlines; strong_line: borders of fields and checkboxes.
        text, muted: main and secondary text, both readable on canvas and surface.
        accent: what can be pressed or is chosen; hover: surface under the mouse.
        positive, warning, negative: the verdict colours as text or icon on a surface.
        rail: the navigation; tones: filled panels.
    """

    name: str
    canvas: str
    surface: str
    sunken: str
    line: str
    strong_line: str
    text: str
    muted: str
    accent: str
    accent_text: str
    accent_soft: str
    hover: str
    positive: str
    warning: str
    negative: str
    rail: str
    rail_text: str
    rail_chosen: str
    tones: dict[Tone, Pair]


_ALARM = Pair("#1c0508", "#ffffff")

LIGHT = Theme(
    name="light",
    canvas="#edf1f7",
    surface="#ffffff",
    sunken="#dfe6f0",
    line="#d5ddea",
    strong_line="#7d8ca6",
    text="#0e1b30",
    muted="#4a5a75",
    accent="#0b4aa2",
    accent_text="#ffffff",
    accent_soft="#e2ecfb",
    hover="#f1f5fb",
    positive="#0a7340",
    warning="#8a5300",
    negative="#b80f2a",
    rail="#0c2348",
    rail_text="#c3d2ec",
    rail_chosen="#1b4486",
    tones={
        Tone.IDLE: Pair("#ffffff", "#0e1b30"),
        Tone.ADMITTED: Pair("#0b7f4c", "#ffffff"),
        Tone.ATTENTION: Pair("#ffb71a", "#271800"),
        Tone.REFUSED: Pair("#b3102a", "#ffffff"),
        Tone.ENQUIRY: Pair("#0b4aa2", "#ffffff"),
        Tone.ALARM: _ALARM,
    },
)

DARK = Theme(
    name="dark",
    canvas="#0c121d",
    surface="#161f2f",
    sunken="#0a0f18",
    line="#29364d",
    strong_line="#70809d",
    text="#eef3fb",
    muted="#a9b7ce",
    accent="#7db0ff",
    accent_text="#06152e",
    accent_soft="#1b3054",
    hover="#1d2a40",
    positive="#4ccf8a",
    warning="#ffc24a",
    negative="#ff7f8d",
    rail="#090e17",
    rail_text="#a9b7ce",
    rail_chosen="#1f3863",
    tones={
        Tone.IDLE: Pair("#161f2f", "#eef3fb"),
        Tone.ADMITTED: Pair("#0b7f4c", "#ffffff"),
        Tone.ATTENTION: Pair("#f7b01a", "#271800"),
        Tone.REFUSED: Pair("#b3102a", "#ffffff"),
        Tone.ENQUIRY: Pair("#1a55a8", "#ffffff"),
        Tone.ALARM: _ALARM,
    },
)

CONTRAST = Theme(
    name="contrast",
    canvas="#000000",
    surface="#000000",
    sunken="#1a1a1a",
    line="#ffffff",
    strong_line="#ffffff",
    text="#ffffff",
    muted="#ffffff",
    accent="#ffe500",
    accent_text="#000000",
    accent_soft="#003a7a",
    hover="#202020",
    positive="#5dff9b",
    warning="#ffe500",
    negative="#ff9aa5",
    rail="#000000",
    rail_text="#ffffff",
    rail_chosen="#003a7a",
    tones={
        Tone.IDLE: Pair("#000000", "#ffffff"),
        Tone.ADMITTED: Pair("#00c267", "#000000"),
        Tone.ATTENTION: Pair("#ffe500", "#000000"),
        Tone.REFUSED: Pair("#a3001a", "#ffffff"),
        Tone.ENQUIRY: Pair("#003a7a", "#ffffff"),
        Tone.ALARM: _ALARM,
    },
)

DOCUMENT_FALLBACK = "#5a6b86"  # the chip of a category for which nobody chose a colour
EXIT = Pair("#5b21a6", "#ffffff")  # the desk lets out: violet, which no verdict ever wears
HAZARD = ("#ffd21f", "#14090a")  # stripes of the alarm, which no verdict ever wears


def luminance(colour: str) -> float:
    """Relative luminance 0…1 of ``#rrggbb``. Source: WCAG 2.1."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1…21 of two colours. Source: WCAG 2.1."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(back: str) -> str:
    """Black or white, whichever is easier to read on a colour that data brought."""
    return max(("#ffffff", "#000000"), key=lambda colour: contrast(colour, back))
