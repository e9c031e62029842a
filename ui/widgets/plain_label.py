"""The only label of the program: it never renders markup and never clips stacked Vietnamese capitals."""

import math

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.style.fonts import font, overshoot_px
from ui.style.theme import theme


class PlainLabel(QLabel):
    """Text exactly as it is, with room above for Ễ Ẫ Ổ, in a colour of the theme.

    Args:
        size_px: height of the type in logical pixels.
        role: the name of a colour of the theme, for example ``muted``.
        elide: cut with … what does not fit on the one line, instead of asking for more room.
    """

    def __init__(
        self,
        text: str = "",
        size_px: float = 14,
        weight: QFont.Weight = QFont.Weight.Normal,
        *,
        role: str = "text",
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._full_text = text
        self._role = role
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_type(size_px, weight)
        self.setText(text)
        self._colour()

    def set_type(self, size_px: float, weight: QFont.Weight) -> None:
        """Change height and weight of the type, and the room above with it."""
        self._type = (size_px, weight)
        chosen = font(size_px, weight)
        self.setFont(chosen)
        self.setContentsMargins(0, math.ceil(overshoot_px(chosen)), 0, 0)

    def set_role(self, role: str) -> None:
        """Change to another colour of the theme."""
        self._role = role
        self._colour()

    def setText(self, text: str) -> None:
        """Show a text; what is cut off stays readable to a screen reader."""
        self._full_text = text
        self.setAccessibleName(text)
        super().setText(self._fitting())

    def full_text(self) -> str:
        """The text before anything was cut."""
        return self._full_text

    def sizeHint(self) -> QSize:
        """As Qt says; an eliding label asks for its whole text."""
        hint = super().sizeHint()
        if self._elide:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self._full_text) + 2)
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            super().setText(self._fitting())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:  # sent with every change of theme and size too
            self.set_type(*self._type)
            super().setText(self._fitting())
            self._colour()

    def _fitting(self) -> str:
        if not self._elide:
            return self._full_text
        return self.fontMetrics().elidedText(self._full_text, Qt.TextElideMode.ElideRight, self.width())

    def _colour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(getattr(theme(), self._role)))
        self.setPalette(palette)
