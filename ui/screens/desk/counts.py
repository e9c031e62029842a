"""The four figures of the session: present of expected, scans, refused, documents handed out."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from station.i18n import _
from station.store.checkin import Counts
from ui.style.fonts import font, scale, scaled
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided

_SMALLEST_LABEL_PX = 10.5


def _width(text: str, size_px: float) -> float:
    return QFontMetricsF(font(size_px, QFont.Weight.Medium)).horizontalAdvance(text)


class CountTile(QWidget):
    """One figure with its label; beside each other when the tile is low, else one above the other."""

    def __init__(self, role: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ""
        self._figure = ""
        self._of = ""
        self._share: float | None = None
        self._role = role

    def show_figure(self, label: str, figure: int, of: int | None = None) -> None:
        """Show a figure; with ``of``, also the whole it is part of, and a bar."""
        self._label = label
        self._figure = str(figure)
        self._of = f"/{of}" if of is not None else ""
        self._share = min(1.0, figure / of) if of else None
        self.setAccessibleName(f"{label}: {self._figure}{self._of}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.surface))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 9, 9)
        inner = box.adjusted(scaled(10), scaled(3), -scaled(10), -scaled(3))
        if self.height() < scaled(46):
            self._paint_low(painter, inner)
        else:
            self._paint_high(painter, inner)
        if self._share is not None:
            self._paint_bar(painter, box)

    def _paint_low(self, painter: QPainter, box: QRectF) -> None:
        self._paint_figure(painter, box, 17, Qt.AlignmentFlag.AlignRight)
        width = box.width() - self._figure_width(17) - 4
        label_box = QRectF(box.left(), box.top(), width, box.height())
        draw_elided(painter, self._label, font(13, QFont.Weight.Medium), label_box, theme().muted)

    def _paint_high(self, painter: QPainter, box: QRectF) -> None:
        height_px = box.height() / scale()
        label_px = max(12.0, min(15.0, height_px * 0.22))
        size_px = max(20.0, min(34.0, height_px * 0.44))
        label_box = QRectF(box.left(), box.top() + box.height() * 0.06, box.width(), scaled(label_px * 1.4))
        while label_px > _SMALLEST_LABEL_PX and _width(self._label, label_px) > box.width():
            label_px -= 0.5
        draw_elided(painter, self._label, font(label_px, QFont.Weight.Medium), label_box, theme().muted)
        top = label_box.bottom()
        figure_box = QRectF(box.left(), top, box.width(), box.bottom() - top)
        self._paint_figure(painter, figure_box, size_px, Qt.AlignmentFlag.AlignLeft)

    def _figure_width(self, size_px: float) -> float:
        whole = QFontMetricsF(font(size_px * 0.62, QFont.Weight.DemiBold)).horizontalAdvance(self._of)
        return QFontMetricsF(font(size_px, QFont.Weight.Bold)).horizontalAdvance(self._figure) + whole + 2

    def _paint_figure(self, painter: QPainter, box: QRectF, size_px: float, align: Qt.AlignmentFlag) -> None:
        figure_font = font(size_px, QFont.Weight.Bold)
        of_font = font(size_px * 0.62, QFont.Weight.DemiBold)
        metrics = QFontMetricsF(figure_font)
        left = box.left()
        if align is Qt.AlignmentFlag.AlignRight:
            left = box.right() - self._figure_width(size_px)
        baseline = box.center().y() + metrics.capHeight() / 2
        painter.setFont(figure_font)
        painter.setPen(QColor(getattr(theme(), self._role)))
        painter.drawText(round(left), round(baseline), self._figure)
        painter.setFont(of_font)
        painter.setPen(QColor(theme().muted))
        painter.drawText(round(left + metrics.horizontalAdvance(self._figure) + 1), round(baseline), self._of)

    def _paint_bar(self, painter: QPainter, box: QRectF) -> None:
        track = QRectF(box.left() + 10, box.bottom() - 5, box.width() - 20, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().sunken))
        painter.drawRoundedRect(track, 1.5, 1.5)
        painter.setBrush(QColor(theme().positive))
        filled = QRectF(track)
        filled.setWidth(track.width() * (self._share or 0))
        painter.drawRoundedRect(filled, 1.5, 1.5)


class CountsPanel(QWidget):
    """The tiles in a row, or two by two where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = Counts(0, 0, 0, 0, 0, 0)
        self._tiles = (CountTile("positive"), CountTile(), CountTile("negative"), CountTile())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.adapt(compact=False, height_px=70)
        self.show_counts(self._counts)

    def show_counts(self, counts: Counts) -> None:
        """Show the figures of a session."""
        self._counts = counts
        present, scans, refused, handed_out = self._tiles
        present.show_figure(_("Present"), counts.present, counts.expected)
        scans.show_figure(_("Scans"), counts.scans)
        refused.show_figure(_("Refused"), counts.refused)
        handed_out.show_figure(_("Documents"), counts.handed_out)

    def counts(self) -> Counts:
        """The figures on show."""
        return self._counts

    def adapt(self, *, compact: bool, height_px: int) -> None:
        """Arrange for a total height."""
        columns = 2 if compact else 4
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
        for column in range(4):
            wide = 14 if column == 0 and not compact else 10
            self._grid.setColumnStretch(column, wide if column < columns else 0)
        self.setFixedHeight(scaled(height_px))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_counts(self._counts)
