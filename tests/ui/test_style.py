"""Colours that can be read, and letters that are not cut."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.style.fonts import FAMILY, font
from ui.style.tokens import DARK, EXIT, LIGHT, Theme, contrast, text_on
from ui.widgets.fitted_text import FittedText
from ui.widgets.painted_text import fit
from ui.widgets.plain_label import PlainLabel

THEMES = (LIGHT, DARK)


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
