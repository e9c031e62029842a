"""Lines below the bundle: what the delegate still owes, and copies that run out soon."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.icon_mark import IconMark
from ui.widgets.plain_label import PlainLabel

_MOST = 2


class NotesPanel(QFrame):
    """Up to two notes, each with its icon."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._lines: list[tuple[QWidget, IconMark, PlainLabel]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(2)
        for _ignored in range(_MOST):
            line, mark, label = QWidget(), IconMark(17), PlainLabel(size_px=14, elide=True)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(9)
            row.addWidget(mark)
            row.addWidget(label, 1)
            column.addWidget(line)
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
