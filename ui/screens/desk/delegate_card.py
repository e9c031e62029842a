"""The card of the delegate in front of the desk: photo, name, position, unit, category, code and seat."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.i18n import _
from station.model.delegate import Delegate
from ui.style.fonts import font, scale, scaled
from ui.style.theme import theme
from ui.widgets.chip import Chip
from ui.widgets.fitted_text import FittedText
from ui.widgets.painted_text import draw_elided, fit
from ui.widgets.photo_tile import PhotoTile
from ui.widgets.plain_label import PlainLabel
from ui.widgets.swatch import SwatchMark

_LOW_BELOW = 125  # pixels of height
_FRAME_PX = 2


class SeatTile(QWidget):
    """The seat, as large as the clerk must say it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seat = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_seat(self, seat: str) -> None:
        """Show a seat; without one the tile is hidden."""
        self._seat = seat
        self.setAccessibleName(seat)
        self.setVisible(bool(seat))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(max(scaled(84), min(scaled(150), self.height() * 0.95))), scaled(80))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().accent_soft))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, 10, 10)
        label = QRectF(0, box.height() * 0.14, box.width(), box.height() * 0.22)
        label_font = font(max(12.0, box.height() / scale() * 0.13), QFont.Weight.Medium)
        draw_elided(painter, _("Seat"), label_font, label, theme().muted, Qt.AlignmentFlag.AlignHCenter)
        value = QRectF(8, box.height() * 0.40, box.width() - 16, box.height() * 0.44)
        value_font, _lines = fit(
            self._seat, value, box.height() / scale() * 0.3, 12, QFont.Weight.ExtraBold, 1
        )
        draw_elided(painter, self._seat, value_font, value, theme().text, Qt.AlignmentFlag.AlignHCenter)


class DelegateCard(QFrame):
    """Shows one delegate; nothing in it can be pressed.

    Attributes:
        photo: hidden where there is none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._delegate: Delegate | None = None
        self._unit_colours: Mapping[str, str] = {}
        self._boxes: Mapping[str, str] = {}
        self._low = False
        self._note = ""
        self._name = FittedText(44, 19, QFont.Weight.Bold)
        self._duty = PlainLabel(size_px=17, weight=QFont.Weight.Medium, elide=True)
        self._unit = PlainLabel(size_px=15, role="muted", elide=True)
        self._category = Chip()
        self._code = Chip("id-card")
        self._extra = PlainLabel(size_px=14, role="muted", elide=True)
        self._seat = SeatTile()
        self.photo = PhotoTile()
        self.photo.hide()
        self._column = QVBoxLayout()
        self._column.addWidget(self._name, 1)
        self._marks = (SwatchMark(14), SwatchMark(14))  # of the unit, wherever it stands
        for mark, label in zip(self._marks, (self._duty, self._unit), strict=True):
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(mark)
            line.addWidget(label, 1)
            self._column.addLayout(line)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._chips.addWidget(self._category)
        self._chips.addWidget(self._code)
        self._chips.addWidget(self._extra, 1)
        self._column.addLayout(self._chips)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.photo)
        self._row.addLayout(self._column, 1)
        self._row.addWidget(self._seat)

    def show_delegate(self, delegate: Delegate, colour: str) -> None:
        """Show a delegate; ``colour`` is the category's ``#rrggbb``, empty for none."""
        self._delegate = delegate
        self._name.set_text(delegate.name)
        self._show_duty()
        self._category.set_text(delegate.category, colour)
        self._code.set_text(delegate.code)
        self._show_extra()
        self._seat.set_seat(delegate.seat)

    def show_note(self, text: str) -> None:
        """Something to heed, in place of what else the roster says; '' for nothing."""
        self._note = text
        self._show_extra()

    def note(self) -> str:
        """What is to be heeded."""
        return self._note

    def expect_photo(self, there_is_one: bool) -> None:
        """Keep a place for a photo, or none; the card of a delegate without one is as it always was."""
        self.photo.expect()
        self.photo.setVisible(there_is_one)

    def set_unit_colours(self, colours: Mapping[str, str]) -> None:
        """The colour of every unit, ``#rrggbb`` or '' for none."""
        self._unit_colours = colours
        self._show_duty()

    def set_boxes(self, boxes: Mapping[str, str]) -> None:
        """In which box the printed badge of each delegate lies."""
        self._boxes = boxes
        self._show_extra()

    def delegate(self) -> Delegate | None:
        """The delegate on show."""
        return self._delegate

    def adapt(self, height_px: int) -> None:
        """Choose type and spacing for the height in design pixels that the card will get."""
        self._low = height_px < _LOW_BELOW
        self._show_duty()
        self.setFixedHeight(scaled(height_px))
        size = max(0.74, min(1.45, height_px / 170))
        margin = scaled(16 * size)
        top, bottom = scaled(7 * size), scaled(12 * size)
        self._row.setContentsMargins(margin + 4, top, scaled(12 * size), bottom)
        photo_px = scaled(height_px) - top - bottom - _FRAME_PX
        self.photo.setFixedSize(round(photo_px * 3 / 4), photo_px)
        self._row.setSpacing(margin)
        self._column.setSpacing(scaled(1 * size))
        self._chips.setContentsMargins(0, scaled(7 * size), 0, 0)
        self._name.set_largest(44 * size)
        self._duty.set_type(17 * size, QFont.Weight.Medium)
        self._unit.set_type(15 * size, QFont.Weight.Normal)
        for mark in self._marks:
            mark.set_size(scaled(13 * size))
        for chip in (self._category, self._code):
            chip.set_height(round(28 * size))
        self._seat.setFixedWidth(scaled(112 * size))

    def _show_extra(self) -> None:
        """What is to be heeded; else the box of the badge and what more the roster says."""
        if self._delegate is None:
            return
        box = self._boxes.get(self._delegate.id, "")
        said = [_("Badge in box {box}").format(box=box)] if box else []
        said += [f"{heading}: {text}" for heading, text in self._delegate.extra]
        self._extra.set_role("warning" if self._note else "muted")
        self._extra.setText(self._note or " · ".join(said))

    def _show_duty(self) -> None:
        """Position and unit in two lines, or in one where the name needs the height."""
        position, unit = (self._delegate.position, self._delegate.unit) if self._delegate else ("", "")
        colour = self._unit_colours.get(unit, "")
        for mark, shown in zip(self._marks, (self._low, not self._low), strict=True):
            mark.set_colour(colour if shown else "")
        if self._low:
            position, unit = " · ".join(filter(None, (position, unit))), ""
        for label, text in ((self._duty, position), (self._unit, unit)):
            label.setText(text)
            label.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_extra()
            self.update()
