"""Colours to choose for a unit or category, and the small mark that shows one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from station.i18n import N_, _
from ui.style.theme import theme

# About equally light, so that each is readable with white upon it (4.5), stands out from light and dark surfaces
# (3.0) and prints well; found in OKLCH at a relative luminance of 0.16.
SWATCHES = {
    "#d81428": N_("Red"),
    "#b95202": N_("Orange"),
    "#896440": N_("Brown"),
    "#7a7305": N_("Olive"),
    "#008421": N_("Green"),
    "#0e7f6f": N_("Teal"),
    "#017a9b": N_("Cyan"),
    "#006ce0": N_("Blue"),
    "#614ff8": N_("Indigo"),
    "#9a36e8": N_("Violet"),
    "#d6058d": N_("Pink"),
    "#656e7c": N_("Grey"),
}


_DROP_PX = (
    4  # what labels leave free above their capitals, so that a mark stands level with the text beside it
)


def colour_name(colour: str) -> str:
    """What a colour is called; one that has no name says its figures."""
    if not colour:
        return _("No colour")
    return _(SWATCHES[colour]) if colour in SWATCHES else colour


def paint_swatch(painter: QPainter, box: QRectF, colour: str) -> None:
    """A rounded square in a colour; only its outline where there is none."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QPen(QColor(theme().strong_line), 1)
    if not colour:
        edge.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(edge)
    painter.setBrush(QColor(colour) if colour else Qt.BrushStyle.NoBrush)
    radius = min(5.0, box.height() / 4)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


def swatch_pixmap(colour: str, size_px: int, ratio: float, *, empty: bool = False) -> QPixmap:
    """The mark as a picture for tables, sharp at a device pixel ratio; ``empty``: nothing where there is no colour."""
    pixmap = QPixmap(QSize(round(size_px * ratio), round(size_px * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    if colour or not empty:
        painter = QPainter(pixmap)
        paint_swatch(painter, QRectF(0, 0, size_px, size_px), colour)
        painter.end()
    return pixmap


class SwatchMark(QWidget):
    """The mark by itself; hidden while there is no colour."""

    def __init__(self, size_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = ""
        self.set_size(size_px)
        self.hide()

    def set_size(self, size_px: int) -> None:
        """Change how large it is."""
        self.setFixedSize(size_px, size_px + _DROP_PX)

    def set_colour(self, colour: str) -> None:
        """Show another colour, '' for none."""
        self._colour = colour
        self.setVisible(bool(colour))
        self.update()

    def colour(self) -> str:
        """The colour on show."""
        return self._colour

    def paintEvent(self, event: QPaintEvent) -> None:
        side = self.width()
        paint_swatch(QPainter(self), QRectF(0, self.height() - side, side, side), self._colour)
