"""The typeface, loaded from the program's own files so that every machine shows the same letters."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

FAMILY = "Be Vietnam Pro"
_state = {"scale": 1.0}
_FOLDER = Path(__file__).resolve().parents[2] / "assets" / "fonts"


def load_fonts() -> None:
    """Make the typeface known to Qt; a file that cannot be read leaves Qt's own typeface in its place."""
    for path in sorted(_FOLDER.glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def set_scale(scale: float) -> None:
    """How large everything is shown: 1.0 as designed. Sizes in the program are design pixels."""
    _state["scale"] = scale


def scale() -> float:
    """Logical pixels of the screen a design pixel."""
    return _state["scale"]


def scaled(size_px: float) -> int:
    """Design pixels as logical pixels of the screen."""
    return round(size_px * _state["scale"])


def font(size_px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The typeface at a height in design pixels."""
    return exact_font(size_px * _state["scale"], weight)


def exact_font(size_px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The typeface at a height in logical pixels of the screen."""
    chosen = QFont(FAMILY)
    chosen.setPixelSize(max(1, round(size_px)))
    chosen.setWeight(weight)
    return chosen


def overshoot_px(chosen: QFont) -> int:
    """How far stacked Vietnamese capitals rise above the ascent that the font declares."""
    metrics = QFontMetricsF(chosen)
    return max(0, round(-metrics.tightBoundingRect("ỄẪỔ").top() - metrics.ascent()) + 1)
