"""A box to choose one of several texts, cut with … where there is no room for the whole text."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QListView, QStyle, QStyleOptionComboBox, QStylePainter, QWidget


class Choice(QComboBox):
    """A combo box whose list wears the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setView(QListView())  # the default view ignores the stylesheet's item height

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        place = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, place.width() - 2
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


def fill_choice(choice: Choice, items: Sequence[tuple[Any, str]], chosen: Any) -> Choice:
    """Offer these (value, caption) and choose one by its value, the first when it is not among them."""
    choice.clear()
    for value, caption in items:
        choice.addItem(caption, value)
    values = [value for value, _caption in items]
    choice.setCurrentIndex(values.index(chosen) if chosen in values else 0)
    return choice
