"""Whom an ambiguous code may mean: the clerk asks, and opens the right card by its number or with a click."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from station.i18n import _
from station.model.delegate import Delegate
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_MOST = 9  # the keys 1 to 9


class CandidatesPanel(QFrame):
    """A line for each candidate.

    Signals:
        delegate_chosen: (identity) a digit, Enter or a click.
    """

    delegate_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._candidates: tuple[Delegate, ...] = ()
        self._heading = PlainLabel(size_px=17, weight=QFont.Weight.Bold)
        self._hint = PlainLabel(size_px=14, role="muted", wrap=True)
        self._list = RowList(62)
        self._list.chosen.connect(self.delegate_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 12, 12)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addWidget(self._hint)
        layout.addWidget(self._list, 1)
        for number in range(1, _MOST + 1):
            QShortcut(QKeySequence(f"Alt+{number}"), self, lambda place=number - 1: self._on_number(place))
        self.setFocusProxy(self._list)
        self._dress()

    def show_candidates(self, candidates: Sequence[Delegate]) -> None:
        """Show these delegates, the first one selected."""
        self._candidates = tuple(candidates[:_MOST])
        self._list.show_rows([_row(number, each) for number, each in enumerate(self._candidates, 1)])
        self._list.select(0)

    def show_photo(self, delegate: str, image: QImage) -> None:
        """Show the photo of one of them."""
        rows = self._list.rows()
        if not image.isNull() and any(row.key == delegate for row in rows):
            place = self._list.currentIndex().row()
            self._list.show_rows(
                [replace(row, picture=image) if row.key == delegate else row for row in rows]
            )
            self._list.select(place)

    def candidates(self) -> tuple[Delegate, ...]:
        """The delegates on show."""
        return self._candidates

    def adapt(self, scale: float) -> None:
        """Choose the size of the lines."""
        self._list.set_scale(scale)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def _on_number(self, place: int) -> None:
        if self.isVisible() and place < len(self._candidates):
            self.delegate_chosen.emit(self._candidates[place].id)

    def _dress(self) -> None:
        self._heading.setText(_("Who is it?"))
        self._hint.setText(
            _(
                "Ask for the unit, then open the right card with a click or Alt and its number; admit by hand there."
            )
        )
        self._list.setAccessibleName(_("Who is it?"))


def _row(number: int, delegate: Delegate) -> Row:
    detail = " · ".join(filter(None, (delegate.position, delegate.unit)))
    return Row(delegate.name, detail, note=delegate.code, key=delegate.id, mark=str(number))
