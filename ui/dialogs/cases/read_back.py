"""Name and unit are read back before somebody with a look-alike is let in by hand."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from station.codes.contact import national_digits
from station.i18n import _
from station.model.delegate import Delegate
from ui.dialogs.frame import DialogFrame
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided, draw_lines, fit, lines_height
from ui.widgets.photo_tile import paint_photo
from ui.widgets.plain_label import PlainLabel

MOST = 4  # side by side
PHOTO_PX = (84, 112)
_CARD_PX = (396, 152)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -2, Qt.Key.Key_Down: 2}


class PersonCard(QAbstractButton):
    """One of those who may be meant: photo, name, unit, position, the end of the phone number."""

    def __init__(self, number: int, person: Delegate, photo: QImage | None) -> None:
        super().__init__()
        self.person = person
        self._number = number
        self._photo = photo
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(filter(None, (person.name, *self.details()))))

    def details(self) -> tuple[str, ...]:
        """What tells them apart, besides the name; '' for what is not known."""
        digits = national_digits(self.person.phone)[-3:]
        phone = _("Phone ends in {digits}").format(digits=digits) if digits else ""
        return self.person.unit, self.person.position, " · ".join(filter(None, (phone, self.person.code)))

    def sizeHint(self) -> QSize:
        return QSize(*_CARD_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, chosen = theme(), self.isChecked()
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(QColor(colours.accent if chosen else colours.line), 3 if chosen else 1))
        painter.setBrush(QColor(colours.accent_soft if chosen else colours.surface))
        painter.drawRoundedRect(box, 12, 12)
        self._paint_mark(painter, box)
        left = box.left() + 52
        if self._photo is not None:
            place = QRectF(left, box.center().y() - PHOTO_PX[1] / 2, *PHOTO_PX)
            paint_photo(painter, self._photo, place, 6)
            left += PHOTO_PX[0] + 12
        self._paint_texts(painter, QRectF(left, box.top() + 10, box.right() - 12 - left, box.height() - 20))

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        """Its number, and a tick below on the one that is chosen."""
        colours = theme()
        number = QRectF(box.left() + 14, box.top() + 14, 24, 24)
        painter.setPen(QPen(QColor(colours.strong_line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(number, 5, 5)
        centre = Qt.AlignmentFlag.AlignHCenter
        draw_elided(painter, str(self._number), font(14, QFont.Weight.Bold), number, colours.text, centre)
        icon = "circle-check" if self.isChecked() else "circle"
        ink = colours.accent if self.isChecked() else colours.muted
        paint_icon(painter, icon, QRectF(number.left() - 1, box.bottom() - 40, 26, 26), ink, 2.4)

    def _paint_texts(self, painter: QPainter, box: QRectF) -> None:
        colours = theme()
        unit, *others = self.details()
        parts = [
            (self.person.name, 18.0, QFont.Weight.Bold, colours.text, 2),
            (unit, 15.0, QFont.Weight.DemiBold, colours.accent, 2),
            *((text, 14.0, QFont.Weight.Normal, colours.muted, 1) for text in others),
        ]
        blocks = []
        for text, size_px, weight, ink, most in parts:
            if text:
                room = QRectF(0, 0, box.width(), size_px * 1.45 * most)
                blocks.append((*fit(text, room, size_px, 13, weight, most), ink))
        top = box.center().y() - sum(lines_height(chosen, lines) for chosen, lines, _ink in blocks) / 2
        for chosen, lines, ink in blocks:
            draw_lines(painter, lines, chosen, QPointF(box.left(), top), ink)
            top += lines_height(chosen, lines)


class ReadBackDialog(DialogFrame):
    """Those who may be meant, side by side; digits, arrows or a click choose, Enter confirms the chosen one.

    Args:
        people: the one whose card was open first. photos: by identity. verb: what is done with the chosen one.
    """

    def __init__(
        self,
        people: Sequence[Delegate],
        photos: Mapping[str, QImage],
        verb: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, 640)
        self.set_heading(_("Read back name and unit"))
        text = _("There are names that are easily mixed up. Ask for the unit, then confirm the right person.")
        self.content.addWidget(PlainLabel(text, 15, role="muted", wrap=True))
        shown = people[:MOST]
        self._cards = [
            PersonCard(number, person, photos.get(person.id)) for number, person in enumerate(shown, 1)
        ]
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, card in enumerate(self._cards):
            card.toggled.connect(self._tell)
            grid.addWidget(card, place // 2, place % 2)
        self.content.addLayout(grid)
        if len(people) > len(shown):
            more = _("More of that name are on the roster. If it is none of these, search with the unit too.")
            self.content.addWidget(PlainLabel(more, 15, role="warning", wrap=True))
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self._verb = verb
        self._done = self.add_button(verb, primary=True)
        self._done.clicked.connect(self.accept)
        self._choose(0)

    def chosen(self) -> str:
        """The identity of who is meant."""
        return self._cards[self._place()].person.id

    def cards(self) -> list[PersonCard]:
        """Those who are shown."""
        return self._cards

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step:
            self._choose(max(0, min(len(self._cards) - 1, self._place() + step)))
        elif event.text().isdecimal() and 1 <= int(event.text()) <= len(self._cards):
            self._choose(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def _place(self) -> int:
        return next(place for place, card in enumerate(self._cards) if card.isChecked())

    def _choose(self, place: int) -> None:
        self._cards[place].setChecked(True)
        self._cards[place].setFocus()
        self._tell()

    def _tell(self) -> None:
        if any(card.isChecked() for card in self._cards):
            name = self._cards[self._place()].person.name
            self._done.set_caption(f"{self._verb}: {self._place() + 1} · {name}")
