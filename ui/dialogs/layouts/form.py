"""Fields bound to what is selected: each shows a value of it and changes it as soon as it is typed."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from station.badges.layouts.table import COLOURS
from station.i18n import N_, _
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.colour_popup import ColourPopup
from ui.widgets.plain_label import PlainLabel
from ui.widgets.swatch import swatch_pixmap

INSET = (9, 0, 9, 0)  # of a number in its field, pixels: the stylesheet does not reach it
_FIELD_PX = 96
_ROLES = {
    "ink": N_("Black of the texts"),
    "muted": N_("Grey of lesser texts"),
    "line": N_("Light grey of lines"),
    "white": N_("White"),
    "accent": N_("The category's colour"),
    "on_accent": N_("Readable upon the category's colour"),
    "accent_text": N_("The category's colour, dark enough to read"),
    "tint": N_("A trace of the category's colour"),
}
_NAMED = {
    "black": N_("Black"), "grey": N_("Grey"), "red": N_("Red"), "orange": N_("Orange"), "yellow": N_("Yellow"),
    "green": N_("Green"), "blue": N_("Blue"), "navy": N_("Navy"), "purple": N_("Purple"), "brown": N_("Brown"),
}  # fmt: skip
_OTHER = "other"


class ColourChoice(Choice):
    """Colours by what they are for, by name, or any.

    Signals:
        picked: (role or ``#rrggbb``).
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._colour = ""
        self.activated.connect(self._on_activated)

    def show_colour(self, colour: str) -> None:
        """Show the one in force."""
        self._colour = colour
        items = [(role, _(said)) for role, said in _ROLES.items()]
        items += [(COLOURS[name], _(said)) for name, said in _NAMED.items()]
        if colour not in dict(items):
            items.append((colour, colour))
        items.append((_OTHER, _("Another colour…")))
        fill_choice(self, items, colour)
        for row, (value, _said) in enumerate(items):
            if value.startswith("#"):
                self.setItemIcon(
                    row, QIcon(swatch_pixmap(QColor(value).name(), 16, self.devicePixelRatioF()))
                )

    def _on_activated(self) -> None:
        value = self.currentData()
        if value != _OTHER:
            self.picked.emit(value)
            return
        popup = ColourPopup(self._colour if self._colour.startswith("#") else "", self)
        popup.chosen.connect(lambda colour: self.picked.emit(colour or self._colour))
        popup.open_below(self, QPoint(0, self.height()))
        self.show_colour(self._colour)


class Form(QWidget):
    """Captions and fields below one another."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 14, 0)  # beside the scroll bar
        self.grid.setHorizontalSpacing(10)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        self._shows: list[Callable[[], None]] = []
        self._passing = _PassOn(self)

    def refresh(self) -> None:
        """Show every value as it is now."""
        for show in self._shows:
            show()

    def add(self, caption: str, widget: QWidget, show: Callable[[], None] | None = None) -> None:
        """A field with its caption; ``show`` puts the value of now into it, unheard."""
        row = self.grid.rowCount()
        label = PlainLabel(caption, 14)
        label.setBuddy(widget)
        widget.setAccessibleName(caption)
        widget.setMinimumWidth(_FIELD_PX)
        self._narrow(widget)
        self.grid.addWidget(label, row, 0)
        self.grid.addWidget(widget, row, 1)
        if show is not None:
            self._bind(widget, show)

    def add_wide(self, widget: QWidget, show: Callable[[], None] | None = None) -> None:
        """A field over the whole width."""
        self._narrow(widget)
        self.grid.addWidget(widget, self.grid.rowCount(), 0, 1, 2)
        if show is not None:
            self._bind(widget, show)

    def heading(self, text: str) -> None:
        """A small heading over what follows."""
        self.grid.addWidget(PlainLabel(text, 13, role="muted"), self.grid.rowCount(), 0, 1, 2)

    def number(
        self,
        caption: str,
        get: Callable[[], float],
        put: Callable[[float], None],
        limits: tuple[float, float],
        unit: str = " mm",
        step: float = 1.0,
    ) -> QDoubleSpinBox:
        """A measure."""
        box = QDoubleSpinBox()
        box.lineEdit().setTextMargins(*INSET)
        box.setRange(*limits)
        box.setDecimals(2 if step < 0.5 else 1)
        box.setSingleStep(step)
        box.setSuffix(unit)
        box.valueChanged.connect(put)
        self.add(caption, box, lambda: box.setValue(get()))
        return box

    def whole(
        self, caption: str, get: Callable[[], int], put: Callable[[int], None], limits: tuple[int, int]
    ) -> QSpinBox:
        """A count."""
        box = QSpinBox()
        box.lineEdit().setTextMargins(*INSET)
        box.setRange(*limits)
        box.valueChanged.connect(put)
        self.add(caption, box, lambda: box.setValue(get()))
        return box

    def line(
        self, caption: str, get: Callable[[], str], put: Callable[[str], None], most: int = 500
    ) -> QLineEdit:
        """A text."""
        field = QLineEdit()
        field.setMaxLength(most)
        field.textChanged.connect(put)

        def show() -> None:
            if field.text() != get():
                field.setText(get())
                field.setCursorPosition(0)  # a long text is read from its beginning

        self.add(caption, field, show)
        return field

    def switch(self, caption: str, get: Callable[[], bool], put: Callable[[bool], None]) -> QCheckBox:
        """Yes or no."""
        box = QCheckBox(caption)
        box.toggled.connect(put)
        self.add_wide(box, lambda: box.setChecked(get()))
        return box

    def choice(
        self,
        caption: str,
        items: Sequence[tuple[Any, str]],
        get: Callable[[], Any],
        put: Callable[[Any], None],
    ) -> Choice:
        """One of several."""
        choice = fill_choice(Choice(), items, get())
        choice.activated.connect(lambda _row: put(choice.currentData()))
        self.add(caption, choice, lambda: choice.setCurrentIndex(choice.findData(get())))
        return choice

    def colour(self, get: Callable[[], str], put: Callable[[str], None]) -> ColourChoice:
        """A colour."""
        choice = ColourChoice()
        choice.picked.connect(put)
        self.add(_("Colour"), choice, lambda: choice.show_colour(get()))
        return choice

    @staticmethod
    def _narrow(widget: QWidget) -> None:
        """A choice is no wider than the panel, however long its longest text."""
        for choice in (widget, *widget.findChildren(Choice)):
            if isinstance(choice, Choice):
                choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                choice.setMinimumContentsLength(6)

    def _bind(self, widget: QWidget, show: Callable[[], None]) -> None:
        def unheard() -> None:
            with QSignalBlocker(widget):
                show()

        unheard()
        self._shows.append(unheard)
        for field in (widget, *widget.findChildren(QLineEdit)):
            field.installEventFilter(self._passing)


class _PassOn(QObject):
    """Undo and redo are steps of the layout, not of the field in which the last one was typed."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            for keys in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
                if event.matches(keys):
                    event.ignore()
                    return True
        return super().eventFilter(watched, event)
