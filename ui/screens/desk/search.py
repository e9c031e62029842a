"""Finding a delegate by name, unit, code or phone, or by the number under a code, while the camera goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.checkin.told import Match
from station.codes.own import typed_digits
from station.codes.payload import LENGTH
from station.i18n import _
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_SURELY_NO_PHONE = 13  # digits
_MOST_LOST = 4  # digits: with more of them missing it is no number of a code yet


class SearchPanel(QFrame):
    """A field and what it finds as one types.

    Signals:
        search_requested: (text) it changed.
        delegate_chosen: (identity) Enter or a click on a line.
        number_typed: (text) Enter after the number that is printed under a code.
        closed: Esc, or the button.
    """

    search_requested = Signal(str)
    delegate_chosen = Signal(str)
    number_typed = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._matches: tuple[Match, ...] = ()
        self._field = QLineEdit()
        self._field.setAcceptDrops(False)  # pictures are dropped on the window
        self._field.setMaxLength(200)
        self._field.setClearButtonEnabled(False)
        self._field.textChanged.connect(self._on_text_changed)
        self._field.installEventFilter(self)
        self._close = KeyButton("x", "Esc", bound=False)
        self._close.clicked.connect(self.closed)
        self._list = RowList(46)
        self._list.chosen.connect(self.delegate_chosen)
        self._field.returnPressed.connect(self._on_enter)
        self._hint = PlainLabel(size_px=14, role="muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.addWidget(self._field, 1)
        head.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 6)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._hint)
        layout.addWidget(self._list, 1)
        self._dress()

    def open(self) -> None:
        """Begin a new search."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def text(self) -> str:
        """What is searched for."""
        return self._field.text()

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Show what was found for the text in the field."""
        self._matches = tuple(matches)
        self._list.show_rows([_row(match) for match in matches])
        if matches:
            self._list.select(0)
        self._tell()

    def show_photos(self, photos: Mapping[str, QImage]) -> None:
        """Show the photos of some of them, by identity."""
        rows = self._list.rows()
        if any(row.key in photos for row in rows):
            place = self._list.currentIndex().row()
            self._list.show_rows([replace(row, picture=photos.get(row.key)) for row in rows])
            self._list.select(place)

    def adapt(self, scale: float) -> None:
        """Choose the size of the lines."""
        self._list.set_scale(scale)

    def rows(self) -> list[Row]:
        """The lines on show."""
        return self._list.rows()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while the field keeps the focus."""
        if watched is self._field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self._matches:
                place = self._list.currentIndex().row() + step
                self._list.select(max(0, min(len(self._matches) - 1, place)))
                return True
        return super().eventFilter(watched, event)

    def _on_text_changed(self, text: str) -> None:
        if typed_digits(text):
            self._tell()  # digits are counted as they are typed, whatever is found meanwhile
        self.search_requested.emit(text)

    def _on_enter(self) -> None:
        if len(typed_digits(self._field.text())) >= LENGTH - _MOST_LOST:
            self.number_typed.emit(self._field.text())
        else:
            self._list.choose_current()

    def _dress(self) -> None:
        self._field.setPlaceholderText(_("Name, unit, code or phone"))
        self._field.setAccessibleName(_("Find a delegate"))
        self._close.setAccessibleName(_("Close"))
        self._list.setAccessibleName(_("Delegates"))
        self._tell()

    def _tell(self) -> None:
        wanted = self._field.text().strip()
        digits = len(typed_digits(wanted))
        if digits >= _SURELY_NO_PHONE and not self._matches:
            self._hint.setText(_number_hint(digits))
        elif not wanted:
            self._hint.setText(_("Type part of a name; accents are not needed. Enter opens the card."))
        elif not self._matches:
            self._hint.setText(_("Nobody found. Try the family name or the unit."))
        self._hint.setVisible(not (wanted and self._matches))


def _number_hint(digits: int) -> str:
    if digits == LENGTH:
        return _("The number under a code is complete: Enter redeems it.")
    return _("The number under a code: {count} of {all} digits.").format(count=digits, all=LENGTH)


def _row(match: Match) -> Row:
    delegate = match.delegate
    return Row(
        title=delegate.name,
        detail=delegate.unit or delegate.position,
        note="" if match.alike else delegate.code,  # the unit, which tells them apart, needs the room
        icon="circle-check" if match.present else "circle",
        role="positive" if match.present else "muted",
        key=delegate.id,
        caution=_("name easily mixed up") if match.alike else "",
    )
