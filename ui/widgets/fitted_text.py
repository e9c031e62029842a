"""A text that is as large as its place allows, for names that must be read from afar."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style.fonts import scaled
from ui.style.theme import theme
from ui.widgets.painted_text import draw_lines, fit, lines_height


class FittedText(QWidget):
    """Plain text, left aligned, vertically centred, in at most ``most_lines`` lines."""

    def __init__(
        self,
        largest_px: float,
        smallest_px: float,
        weight: QFont.Weight,
        *,
        most_lines: int = 2,
        role: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._largest_px = largest_px
        self._smallest_px = smallest_px
        self._weight = weight
        self._most_lines = most_lines
        self._role = role
        self._fitted: tuple[QFont, list[str]] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self._fitted = None
        self.setAccessibleName(text)
        self.update()

    def set_largest(self, largest_px: float) -> None:
        """Change the type height that is used where there is room for it."""
        if largest_px != self._largest_px or self._fitted is None:
            self._largest_px = largest_px
            self._fitted = None
            self.update()

    def text(self) -> str:
        """The text shown."""
        return self._text

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(40), scaled(self._smallest_px * 1.25))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:  # sent with another size of everything too
            self._fitted = None
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fitted = None

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        if self._fitted is None:
            self._fitted = fit(
                self._text, box, self._largest_px, self._smallest_px, self._weight, self._most_lines
            )
        chosen, lines = self._fitted
        top = max(0.0, (box.height() - lines_height(chosen, lines)) / 2)
        draw_lines(QPainter(self), lines, chosen, QPointF(0, top), getattr(theme(), self._role))
