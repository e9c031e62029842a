"""What the desk shows while it waits for the next delegate."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.i18n import _
from station.model.verdict import Direction
from ui.style.fonts import scale, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.style.tokens import EXIT
from ui.widgets.key_button import KeyButton
from ui.widgets.painted_text import draw_lines, fit, lines_height


class IdlePanel(QWidget):
    """An invitation to show a code, and the session it will be checked into.

    Signals:
        search_requested, cases_requested: the buttons for those who bring no code, or are not on the roster.
    """

    search_requested = Signal()
    cases_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = KeyButton("search", "F3", bound=False)
        self._cases = KeyButton("list-checks", "F10", bound=False)
        self._search.clicked.connect(self.search_requested)
        self._cases.clicked.connect(self.cases_requested)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(self._search)
        row.addWidget(self._cases)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addStretch(1)
        column.addLayout(row)
        self._dress()
        self._session = ""
        self._camera = True
        self._direction = Direction.IN
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_session(self, label: str, direction: Direction = Direction.IN) -> None:
        """Name the session, and say whether its delegates come or go."""
        self._session = label
        self._direction = direction
        self.update()

    def set_camera(self, available: bool) -> None:
        """Whether the camera sees; without it, the scanner and the search still work."""
        self._camera = available
        self.update()

    def has_camera(self) -> bool:
        """Whether it invites to the camera."""
        return self._camera

    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()
            self.update()

    def _dress(self) -> None:
        self._search.set_caption(_("Without a code"))
        self._cases.set_caption(_("Not listed, other cases"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        width = min(self.width() * 0.88, scaled(980))
        height_px = self.height() / scale()
        head_px = max(22.0, min(60.0, height_px * 0.1))
        head_box = QRectF(0, 0, width, scaled(head_px * 1.5))
        head = fit(self.headline(), head_box, head_px, 18, QFont.Weight.Bold, 1)
        body_px = max(14.0, min(22.0, height_px * 0.035))
        body = fit(
            self._hint(),
            QRectF(0, 0, width, scaled(body_px * 2.8)),
            body_px,
            13,
            QFont.Weight.Normal,
            2,
            balanced=True,
        )
        session_px = max(13.0, min(20.0, height_px * 0.026))
        session = fit(
            self._session,
            QRectF(0, 0, width, scaled(session_px * 2.8)),
            session_px,
            13,
            QFont.Weight.DemiBold,
            2,
            balanced=True,
        )
        mark_px = min(float(scaled(300)), self.height() * 0.34)
        gap = self.height() * 0.045
        height = (
            mark_px
            + gap
            + lines_height(*head)
            + gap * 0.4
            + lines_height(*body)
            + gap
            + lines_height(*session)
        )
        top = max(12.0, (self.height() - self._search.height() - 16 - height) / 2)
        self._paint_mark(painter, QRectF((self.width() - mark_px) / 2, top, mark_px, mark_px))
        left = (self.width() - width) / 2
        top += mark_px + gap
        for block, colour, space in (
            (head, colours.text, gap * 0.4),
            (body, colours.muted, gap),
            (session, colours.accent, 0.0),
        ):
            draw_lines(painter, block[1], block[0], QPointF(left, top), colour, centred_in=width)
            top += lines_height(*block) + space

    def headline(self) -> str:
        """What it invites to."""
        if self._direction is Direction.OUT:
            return _("Scan the code of those who leave")
        return _("Show the QR code to the camera") if self._camera else _("Scan with the USB scanner")

    def _hint(self) -> str:
        return _("No code? Press F3 and find the name.")

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        out = self._direction is Direction.OUT
        painter.setBrush(QColor(EXIT.back if out else theme().accent_soft))
        painter.drawEllipse(box)
        inner = box.adjusted(*(box.width() * 0.25 * sign for sign in (1, 1, -1, -1)))
        icon, ink = ("log-out", EXIT.text) if out else ("scan-qr-code", theme().accent)
        paint_icon(painter, icon, inner, ink, 1.5)
