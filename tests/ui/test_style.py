"""Colours that can be read, and letters that are not cut."""

import math
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.devices.sound import _FILES, Sounds
from ui.devices.sound import _FOLDER as SOUNDS
from ui.screens.desk.wording import ICONS
from ui.style.fonts import FAMILY, font
from ui.style.tokens import CONTRAST, DARK, EXIT, LIGHT, Theme, Tone, contrast, text_on
from ui.widgets.fitted_text import FittedText
from ui.widgets.painted_text import fit
from ui.widgets.plain_label import PlainLabel

THEMES = (LIGHT, DARK, CONTRAST)


def _ink(widget: QWidget) -> tuple[int, int]:
    """First and last row of pixels in which a widget shows anything but its background."""
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    widget.render(painter, QPoint(), widget.rect(), QWidget.RenderFlag.DrawChildren)
    painter.end()
    rows = [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y).lightness() < 128 for x in range(image.width()))
    ]
    return rows[0], rows[-1]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_texts_and_verdicts_reach_wcag_aa(theme: Theme) -> None:
    for back in (theme.canvas, theme.surface, theme.hover, theme.accent_soft):
        for text in (theme.text, theme.muted):
            assert contrast(back, text) >= 4.5, (back, text)
    for colour in (theme.positive, theme.warning, theme.negative):
        assert contrast(theme.surface, colour) >= 4.5, colour
    assert contrast(theme.accent, theme.accent_text) >= 4.5
    assert contrast(theme.rail, theme.rail_text) >= 4.5
    assert contrast(theme.surface, theme.strong_line) >= 3  # borders of what can be pressed
    assert contrast(EXIT.back, EXIT.text) >= 4.5
    for tone, pair in theme.tones.items():
        assert contrast(pair.back, pair.text) >= 4.5, tone


# How a colour looks to eyes without one kind of cones. Source: Machado, Oliveira, Fernandes, "A Physiologically-based
# Model for Simulation of Color Vision Deficiency", 2009, severity 1.0; on linear RGB.
BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
VERDICTS = (Tone.ADMITTED, Tone.ATTENTION, Tone.REFUSED)


def _seen(colour: str, blindness: str) -> str:
    linear = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in linear]
    told = [sum(part * c for part, c in zip(row, linear, strict=True)) for row in BLINDNESS[blindness]]
    told = [min(1.0, max(0.0, c)) for c in told]
    told = [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in told]
    return "#" + "".join(f"{round(c * 255):02x}" for c in told)


def _lab(colour: str) -> tuple[float, float, float]:
    """CIE L*a*b* of ``#rrggbb``, D65."""
    r, g, b = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (r, g, b))
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_verdicts_differ_for_the_colour_blind_too(theme: Theme, blindness: str) -> None:
    seen = [_seen(theme.tones[tone].back, blindness) for tone in VERDICTS]
    for one, other in combinations(seen, 2):
        assert math.dist(_lab(one), _lab(other)) > 20, (
            one,
            other,
        )  # 2.3 is a difference that can just be seen
    for tone, back in zip(VERDICTS, seen, strict=True):
        assert contrast(back, theme.tones[tone].text) >= 4.5, tone


def test_verdicts_differ_in_icon_word_and_sound_too() -> None:
    assert len({ICONS[tone] for tone in VERDICTS}) == 3
    assert len({_FILES[tone] for tone in (*VERDICTS, Tone.ALARM)}) == 4
    assert len({(SOUNDS / f"{_FILES[tone]}.wav").read_bytes() for tone in (*VERDICTS, Tone.ALARM)}) == 4


def test_a_machine_without_sound_is_silent_and_nothing_else() -> None:
    sounds = Sounds()
    sounds.set_volume(25)
    for tone in Tone:
        sounds.play(tone)
    sounds.load()
    sounds.set_volume(60)
    sounds.play(Tone.ADMITTED)


@pytest.mark.parametrize("colour", ["#1f5fa8", "#ffb71a", "#777777", "#ffffff", "#000000"])
def test_a_chip_of_any_colour_can_be_read(colour: str) -> None:
    assert contrast(colour, text_on(colour)) >= 4.5


def test_the_typeface_is_the_programs_own() -> None:
    from PySide6.QtGui import QFontInfo

    chosen = font(20, QFont.Weight.ExtraBold)
    assert QFontInfo(chosen).family() == FAMILY
    assert QFontInfo(chosen).weight() == QFont.Weight.ExtraBold


@pytest.mark.parametrize("size_px", [12, 14, 17, 22, 44])
def test_a_label_shows_all_of_stacked_capitals(qtbot: QtBot, size_px: int) -> None:
    """The same text in a label of its own height and in one with room to spare has the same ink."""
    text = "NGUYỄN ẪỔ Ợ"
    tight, roomy = PlainLabel(text, size_px), PlainLabel(text, size_px)
    for label in (tight, roomy):
        qtbot.addWidget(label)
    tight.adjustSize()
    roomy.setContentsMargins(0, 60, 0, 60)
    roomy.adjustSize()
    (first, last), (roomy_first, roomy_last) = _ink(tight), _ink(roomy)
    assert last - first == roomy_last - roomy_first
    assert first > 0


@pytest.mark.parametrize("height_px", [24, 40, 61, 90])
def test_a_name_is_never_cut_at_top_or_bottom(qtbot: QtBot, height_px: int) -> None:
    name = FittedText(200, 12, QFont.Weight.Bold)
    qtbot.addWidget(name)
    name.resize(600, height_px)
    name.set_text("NGUYỄN Ngọc Ẫ")
    first, last = _ink(name)
    assert first > 0
    assert last < height_px - 1


def test_a_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    label = PlainLabel("<h1>x</h1>")
    qtbot.addWidget(label)
    assert label.sizeHint().width() > PlainLabel("x").sizeHint().width() * 3
    assert label.sizeHint().height() == PlainLabel("x").sizeHint().height()


def test_a_cut_label_keeps_its_whole_text_for_screen_readers(qtbot: QtBot) -> None:
    label = PlainLabel("Liên đoàn Lao động tỉnh Thừa Thiên - Huế", elide=True)
    qtbot.addWidget(label)
    label.resize(100, 30)
    label.show()
    assert label.text().endswith("…")
    assert label.accessibleName() == "Liên đoàn Lao động tỉnh Thừa Thiên - Huế"


def test_a_name_too_long_for_its_place_ends_with_an_ellipsis() -> None:
    from PySide6.QtCore import QRectF

    chosen, lines = fit("Nguyễn " * 40, QRectF(0, 0, 300, 60), 40, 16, QFont.Weight.Bold, 2)
    assert chosen.pixelSize() == 16
    assert len(lines) == 2
    assert lines[-1].endswith("…")
