"""A button that shows its own key, so that the keyboard is learnt while using the mouse."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QPushButton, QWidget

from ui.style.fonts import font, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided

_PADDING = 12
_GAP = 7
_ICON = 18


class KeyButton(QPushButton):
    """A push button with icon, text and a cap with its shortcut.

    Args:
        icon: name of an icon, empty for none.
        key: shortcut such as ``F2``; empty for none.
        primary: filled with the accent colour: the one thing to do next.
        warning: in the colour of warnings: something the person should know.
        bound: whether the button itself answers to the key; False where its screen does.
    """

    def __init__(
        self,
        icon: str = "",
        key: str = "",
        *,
        primary: bool = False,
        warning: bool = False,
        bound: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._key = key
        self._primary = primary
        self._warning = warning
        self._caption = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if key and bound:
            # Not setShortcut: that presses the button for 100 ms and forgets the key with every setText.
            QShortcut(QKeySequence(key), self, self.click)

    def set_caption(self, caption: str) -> None:
        """The text on the button."""
        self._caption = caption
        self.setAccessibleName(caption)
        self.updateGeometry()
        self.update()

    def caption(self) -> str:
        """The text on the button."""
        return self._caption

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def set_primary(self, primary: bool) -> None:
        """Whether this is the one thing to do next."""
        self._primary = primary
        self.update()

    def sizeHint(self) -> QSize:
        width = 2.0 * scaled(_PADDING)
        width += QFontMetricsF(_caption_font()).horizontalAdvance(self._caption) + 2
        if self._icon:
            width += scaled(_ICON) + (scaled(_GAP) if self._caption else 0)
        if self._key:
            width += scaled(_GAP) + _cap_width(self._key)
        return QSize(round(width), scaled(38))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), scaled(44)), scaled(38))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.updateGeometry()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self._paint_frame(painter)
        box = QRectF(self.rect()).adjusted(scaled(_PADDING), 0, -scaled(_PADDING), 0)
        gap, icon = scaled(_GAP), scaled(_ICON)
        if self._key:
            width = _cap_width(self._key)
            if box.width() >= width + gap + (scaled(40) if self._caption else icon):
                high = scaled(22)
                cap = QRectF(box.right() - width, box.center().y() - high / 2, width, high)
                self._paint_cap(painter, cap, text)
                box.setRight(box.right() - width - gap)
        caption_px = QFontMetricsF(_caption_font()).horizontalAdvance(self._caption)
        if self._icon and (not self._caption or box.width() >= caption_px + icon + gap - 1):
            self._paint_icon(painter, box, text)
            box.setLeft(box.left() + icon + gap)
        draw_elided(painter, self._caption, _caption_font(), box, text)

    def _paint_frame(self, painter: QPainter) -> str:
        """Draw background, border and focus; returns the colour of what stands on it."""
        colours = theme()
        back, text, border = colours.surface, colours.text, colours.strong_line
        if self._primary:
            back, text, border = colours.accent, colours.accent_text, colours.accent
        if self._warning:
            text = border = colours.warning
        if not self.isEnabled():
            back, text, border = colours.canvas, colours.muted, colours.line
        fill = QColor(back)
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            fill = (
                fill.darker(118 if self.isDown() else 108) if colours.name == "light" else fill.lighter(118)
            )
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(border), 1))
        painter.drawRoundedRect(box, 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = colours.accent_text if self._primary else colours.accent
            painter.setPen(QPen(QColor(ring), 2))
            inset = 2.5 if self._primary else 0.5
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 7, 7)
        return text

    def _paint_icon(self, painter: QPainter, box: QRectF, colour: str) -> None:
        size = scaled(_ICON)
        left = box.left() if self._caption else box.center().x() - size / 2
        paint_icon(painter, self._icon, QRectF(left, box.center().y() - size / 2, size, size), colour)

    def _paint_cap(self, painter: QPainter, box: QRectF, colour: str) -> None:
        edge = QColor(colour)
        edge.setAlphaF(0.45)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(box, 5, 5)
        draw_elided(painter, self._key, _cap_font(), box, colour, Qt.AlignmentFlag.AlignHCenter)


def _caption_font() -> QFont:
    return font(14, QFont.Weight.DemiBold)


def _cap_font() -> QFont:
    return font(12, QFont.Weight.Medium)


def _cap_width(key: str) -> float:
    return max(scaled(26), QFontMetricsF(_cap_font()).horizontalAdvance(key) + scaled(12))
