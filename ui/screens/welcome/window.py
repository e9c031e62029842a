"""The opening window: recent events, or a folder to choose."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.i18n import _, language
from ui.dialogs.choose import Choose
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList


class WelcomeWindow(QWidget):
    """Offers the events opened before.

    Signals:
        folder_chosen: (Path) an event folder to open.
        language_toggled: the small button.
    """

    folder_chosen = Signal(object)
    language_toggled = Signal()

    def __init__(self, recent: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._recent = [Path(folder) for folder in recent]
        self._title = PlainLabel(size_px=30, weight=QFont.Weight.ExtraBold, wrap=True)
        self._claim = PlainLabel(size_px=16, role="muted", wrap=True)
        self._heading = PlainLabel(size_px=15, weight=QFont.Weight.Bold)
        self._list = RowList(56)
        self._list.chosen.connect(lambda folder: self.folder_chosen.emit(Path(folder)))
        self._trouble = PlainLabel(size_px=15, weight=QFont.Weight.DemiBold, role="negative", wrap=True)
        self._trouble.hide()
        self._open = KeyButton("folder-open", "Ctrl+O", primary=True)
        self._open.clicked.connect(self._on_open_clicked)
        self._language = KeyButton("languages")
        self._language.clicked.connect(self.language_toggled)
        QShortcut(QKeySequence("Esc"), self, self.close)
        self._build()
        self._dress()
        self.setMinimumSize(640, 440)

    def show_trouble(self, sentence: str) -> None:
        """Say why a folder could not be opened."""
        self._trouble.setText(sentence)
        self._trouble.show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(IconMark(64, "logo"))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._claim)
        head.addLayout(texts, 1)
        head.addWidget(self._language, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._open)
        box = QWidget()
        box.setObjectName("surface")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(18, 14, 12, 12)
        inner.addWidget(self._heading)
        inner.addWidget(self._list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(40, 34, 40, 30)
        layout.setSpacing(20)
        layout.addLayout(head)
        layout.addWidget(self._trouble)
        layout.addWidget(box, 1)
        layout.addLayout(foot)

    def _dress(self) -> None:
        self.setWindowTitle(_("Check-in station"))
        self._title.setText(_("Check-in station"))
        self._claim.setText(_("Works without a network. Every scan is kept."))
        self._heading.setText(_("Recent events") if self._recent else _("No event was opened here yet."))
        self._open.set_caption(_("Open an event folder"))
        self._language.set_caption("EN" if language() == "vi" else "VI")
        self._list.show_rows([_row(folder) for folder in self._recent])
        if self._recent:
            self._list.select(0)

    def _on_open_clicked(self) -> None:
        start = self._recent[0].parent if self._recent else Path.home()
        chosen = Choose.folder(self, _("Open an event folder"), start)
        if chosen is not None:
            self.folder_chosen.emit(chosen)


def _row(folder: Path) -> Row:
    return Row(
        title=folder.name, detail=str(folder.parent), icon="folder-open", role="accent", key=str(folder)
    )
