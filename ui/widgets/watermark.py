"""A large translucent word over a part of a screen; it takes no click and hides nothing."""

import math

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from station.i18n import _
from ui.style.fonts import font
from ui.style.theme import theme

_EDGE = "#ffffff"  # seen upon the verdicts' own red
_FILL_OPACITY, _EDGE_OPACITY = 0.18, 0.2
_ACROSS = 0.8  # of the diagonal


class RehearsalMark(QWidget):
    """Stands over ``target``, a widget inside ``parent``, wherever that moves."""

    def __init__(self, target: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        target.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        followed = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
        if watched is self._target and event.type() in followed:
            self._follow()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        word = _("REHEARSAL")
        unit = QFontMetricsF(font(100, QFont.Weight.ExtraBold))
        length = math.hypot(self.width(), self.height()) * _ACROSS
        chosen = font(max(12.0, 100 * length / unit.horizontalAdvance(word)), QFont.Weight.ExtraBold)
        metrics = QFontMetricsF(chosen)
        path = QPainterPath()
        path.addText(QPointF(-metrics.horizontalAdvance(word) / 2, metrics.capHeight() / 2), chosen, word)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(-math.degrees(math.atan2(self.height(), self.width())))
        fill, edge = QColor(theme().negative), QColor(_EDGE)
        fill.setAlphaF(_FILL_OPACITY)
        edge.setAlphaF(_EDGE_OPACITY)
        painter.setPen(QPen(edge, 2))
        painter.setBrush(fill)
        painter.drawPath(path)

    def _follow(self) -> None:
        self.setGeometry(self._target.geometry())
        self.setVisible(not self._target.isHidden())
        self.raise_()
