"""One line below the bundle: what the delegate still owes, and copies that run out soon."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.icon_mark import IconMark
from ui.widgets.plain_label import PlainLabel

_MOST = 2


class NotesPanel(QFrame):
    """Up to two notes side by side, each with its icon: the bundle above wants the height."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._lines: list[tuple[QWidget, IconMark, PlainLabel]] = []
        notes = QHBoxLayout(self)
        notes.setContentsMargins(16, 5, 16, 5)
        notes.setSpacing(18)
        for _ignored in range(_MOST):
            line, mark, label = QWidget(), IconMark(17), PlainLabel(size_px=14, elide=True)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(9)
            row.addWidget(mark)
            row.addWidget(label, 1)
            notes.addWidget(line, 1)
            self._lines.append((line, mark, label))
        self.hide()

    def show_notes(self, notes: Sequence[tuple[str, str]]) -> None:
        """Show notes, each an icon and a sentence; none hides the panel."""
        for place, (line, mark, label) in enumerate(self._lines):
            line.setVisible(place < len(notes))
            if place < len(notes):
                icon, text = notes[place]
                mark.set_icon(icon, "warning")
                label.setText(text)
        self.setVisible(bool(notes))

    def notes(self) -> list[str]:
        """The sentences on show."""
        return [label.full_text() for line, _mark, label in self._lines if not line.isHidden()]
