"""Finding a delegate among all of them as one types."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from station.i18n import _
from station.model.delegate import Delegate
from station.roster.search import SearchIndex
from ui.dialogs.photos.wording import delegate_row
from ui.widgets.row_list import RowList

_MOST = 200


class DelegateChooser(QWidget):
    """A field and what it finds; arrows move in the list while the field keeps the focus.

    Signals:
        chosen: (identity) Enter or a click.
    """

    chosen = Signal(str)

    def __init__(self, height_px: int = 50, *, one_click: bool = True) -> None:
        super().__init__()
        self._people: Sequence[Delegate] = ()
        self._index = SearchIndex(())
        self._first: Sequence[Delegate] | None = None
        self._thumbnails: Mapping[str, QImage] = {}
        self.field = QLineEdit()
        self.field.setMaxLength(200)
        self.field.setAcceptDrops(False)
        self.field.setPlaceholderText(_("Name, unit, code or phone"))
        self.field.setAccessibleName(_("Find a delegate"))
        self.field.textChanged.connect(self._refresh)
        self.field.installEventFilter(self)
        self.list = RowList(height_px, one_click=one_click)
        self.list.setAccessibleName(_("Delegates"))
        self.list.chosen.connect(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        self.setFocusProxy(self.field)

    def show_people(self, people: Sequence[Delegate], thumbnails: Mapping[str, QImage] | None = None) -> None:
        """Whom to choose among."""
        self._people, self._index = people, SearchIndex(people)
        self._thumbnails = thumbnails or {}
        self._refresh()

    def suggest(self, first: Sequence[Delegate] | None) -> None:
        """Begin anew: while nothing is typed these are offered, None for everybody."""
        self._first = first
        self.field.clear()
        self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                place = self.list.currentIndex().row() + step
                self.list.select(max(0, min(len(self.list.rows()) - 1, place)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.list.choose_current()
                return True
        return super().eventFilter(watched, event)

    def _refresh(self) -> None:
        wanted = self.field.text().strip()
        found: Sequence[Delegate] = self._people if self._first is None else self._first
        if wanted:
            found = [delegate for delegate, _score in self._index.find(wanted, _MOST)]
        self.list.show_rows([delegate_row(each, self._thumbnails.get(each.id)) for each in found[:_MOST]])
        if found:
            self.list.select(0)
