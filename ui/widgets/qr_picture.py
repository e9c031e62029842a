"""A QR symbol on the screen, black on white in every theme."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.badges.qr import QUIET_ZONE_MODULES, dark_runs


class QrPicture(QWidget):
    """A square of ``side_px`` with the symbol of a payload and its quiet zone."""

    def __init__(self, side_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._payload = ""
        self.setFixedSize(side_px, side_px)

    def show_payload(self, payload: str) -> None:
        """Show another symbol; an empty payload shows none."""
        self._payload = payload
        self.update()

    def payload(self) -> str:
        """What is on show."""
        return self._payload

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._payload:
            return
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor("#ffffff"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(QColor("#000000"))
        count, runs = dark_runs(self._payload)
        # Whole device pixels a module: a scanner reads a screen best without grey edges.
        ratio = self.devicePixelRatioF()
        module = max(1, int(self.width() * ratio / (count + 2 * QUIET_ZONE_MODULES))) / ratio
        start = round((self.width() - count * module) / 2 * ratio) / ratio
        for row, column, length in runs:
            painter.drawRect(QRectF(start + column * module, start + row * module, length * module, module))
