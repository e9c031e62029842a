"""The logo in the event's data: shown on its plate, chosen from a file, taken out again."""

from pathlib import Path

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.badges.logo import read_logo
from station.errors import StationError
from station.i18n import _
from ui.bridge.operation import Operation
from ui.dialogs.choose import Choose
from ui.style.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.logo_plate import logo_pixmap, paint_plate
from ui.widgets.painted_text import draw_lines, fit, lines_height
from ui.widgets.plain_label import PlainLabel

_WIDTH_PX = 190


class _Plate(QWidget):
    """The logo, or what it would be good for."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(56)
        self._pixmap = logo_pixmap(b"")

    def show_logo(self, logo: bytes) -> None:
        """Show another one."""
        self._pixmap = logo_pixmap(logo)
        self.setAccessibleName(_("Logo") if logo else _("No logo"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        if not self._pixmap.isNull():
            paint_plate(painter, box, self._pixmap)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme().line)
        painter.setBrush(theme().surface)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        inner = box.adjusted(10, 4, -10, -4)
        text = _("For the header, badges and invitations")
        chosen, lines = fit(text, inner, 13, 11, QFont.Weight.Normal, 3, balanced=True)
        inner.setTop(inner.center().y() - lines_height(chosen, lines) / 2)
        draw_lines(painter, lines, chosen, inner.topLeft(), theme().muted, centred_in=inner.width())


class LogoField(QWidget):
    """Keeps a logo.

    Signals:
        refused: (sentence) a file could not be taken; '' when a new one is being read.
    """

    refused = Signal(str)

    def __init__(self, logo: bytes) -> None:
        super().__init__()
        self._logo = b""
        self._operation: Operation | None = None
        self._plate = _Plate()
        self.choose, self.remove = KeyButton("image"), KeyButton("trash-2")
        self.choose.set_caption(_("Choose…"))
        self.choose.setAccessibleName(_("Choose a logo"))
        self.remove.setAccessibleName(_("Take the logo out"))
        self.remove.setToolTip(_("Take the logo out"))
        self.choose.clicked.connect(self._on_choose_clicked)
        self.remove.clicked.connect(lambda: self._set(b""))
        for button in (self.choose, self.remove):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.choose, 1)
        buttons.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(PlainLabel(_("Logo"), 14, QFont.Weight.Medium))
        layout.addWidget(self._plate, 1)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        self.setFixedWidth(_WIDTH_PX)
        self._set(logo)

    def logo(self) -> bytes:
        """The PNG, empty for none."""
        return self._logo

    def read(self, path: Path) -> None:
        """Take the picture of a file."""
        if self._operation is not None:
            return
        self.refused.emit("")
        self.choose.setEnabled(False)
        operation = Operation("logo", lambda _progress: read_logo(path), self)
        operation.succeeded.connect(self._set)
        operation.failed.connect(self._on_failed)
        operation.finished.connect(self._on_finished)
        self._operation = operation
        operation.start()

    def _set(self, logo: bytes) -> None:
        self._logo = logo
        self._plate.show_logo(logo)
        self.remove.setVisible(bool(logo))

    def _on_choose_clicked(self) -> None:
        path = Choose.picture(self, _("Choose a logo"), Path.home())
        if path is not None:
            self.read(path)

    def _on_failed(self, error: StationError) -> None:
        self.refused.emit(str(error))

    def _on_finished(self) -> None:
        self._operation = None
        self.choose.setEnabled(True)
