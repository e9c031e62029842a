"""A list of sentences to read in full, each with its mark; it takes no room while there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station.i18n import _
from ui.widgets.icon_mark import IconMark
from ui.widgets.plain_label import PlainLabel

_MOST = 100


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence; ``whose`` stands before it in bold, ``role`` is the colour of its icon."""

    icon: str
    role: str
    text: str
    whose: str = ""


class Notes(QScrollArea):
    """The sentences, one below the other; the keyboard scrolls them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("What is missing or was not taken in"))
        self._texts: list[str] = []
        self.hide()

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show other sentences; a great many are cut off and counted."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 8, 4)
        column.setSpacing(8)
        shown = list(notes[:_MOST])
        if len(notes) > _MOST:
            text = _("… and {count} more.").format(count=len(notes) - _MOST)
            shown.append(Note("info", "muted", text))
        for note in shown:
            column.addLayout(_line(note))
        column.addStretch(1)
        self.setWidget(page)
        self._texts = [f"{note.whose} {note.text}".strip() for note in shown]
        self.setAccessibleDescription("\n".join(self._texts))
        self.setVisible(bool(shown))

    def texts(self) -> list[str]:
        """What is on show."""
        return self._texts


def _line(note: Note) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(IconMark(20, note.icon, note.role), 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(0)
    if note.whose:
        texts.addWidget(PlainLabel(note.whose, 14, QFont.Weight.DemiBold, wrap=True))
    texts.addWidget(PlainLabel(note.text, 14, wrap=True))
    row.addLayout(texts, 1)
    return row
