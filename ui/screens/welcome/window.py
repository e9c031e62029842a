"""The opening window: recent events, or a folder to choose."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.app import glance
from station.i18n import _, language, pick
from ui.dialogs.choose import Choose
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList


class WelcomeWindow(QWidget):
    """Offers the events opened before.

    Signals:
        folder_chosen: (Path) an event folder to open.
        new_wanted: a new event is to be made.
        change_wanted: (Path) the data of an event are to be changed.
        forgotten: (Path) an event is to leave the list.
        language_toggled: the small button.
    """

    folder_chosen = Signal(object)
    new_wanted = Signal()
    change_wanted = Signal(object)
    forgotten = Signal(object)
    language_toggled = Signal()

    def __init__(self, recent: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._recent = [Path(folder) for folder in recent]
        self._title = PlainLabel(size_px=30, weight=QFont.Weight.ExtraBold, wrap=True)
        self._claim = PlainLabel(size_px=16, role="muted", wrap=True)
        self._heading = PlainLabel(size_px=15, weight=QFont.Weight.Bold)
        self._list = RowList(56, one_click=False)
        self._list.chosen.connect(lambda folder: self.folder_chosen.emit(Path(folder)))
        self._trouble = PlainLabel(size_px=15, weight=QFont.Weight.DemiBold, role="negative", wrap=True)
        self._trouble.hide()
        self._other = KeyButton("folder-open", "Ctrl+O")
        self._other.clicked.connect(self._on_other_clicked)
        self._open = KeyButton("arrow-right", "Enter", primary=True, bound=False)
        self._open.clicked.connect(self._list.choose_current)
        self._new = KeyButton("plus", "Ctrl+N")
        self._new.clicked.connect(self.new_wanted)
        self._change = KeyButton("settings", "Ctrl+D")
        self._change.clicked.connect(self._on_change_clicked)
        self._language = KeyButton("languages")
        self._language.clicked.connect(self.language_toggled)
        self._forget = KeyButton("x", "Del")
        self._forget.clicked.connect(self._on_forget_clicked)
        QShortcut(QKeySequence("Esc"), self, self.close)
        self._build()
        self._dress()
        (self._list if self._recent else self._new).setFocus()
        self.setMinimumSize(760, 440)

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
        foot.setSpacing(10)
        foot.addWidget(self._new)
        foot.addWidget(self._change)
        foot.addStretch(1)
        foot.addWidget(self._other)
        foot.addWidget(self._open)
        box = QWidget()
        box.setObjectName("surface")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(18, 14, 12, 12)
        above = QHBoxLayout()
        above.addWidget(self._heading, 1)
        above.addWidget(self._forget)
        inner.addLayout(above)
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
        self._list.setAccessibleName(_("Recent events"))
        self._title.setText(_("Check-in station"))
        self._claim.setText(_("Works without a network. Every scan is kept."))
        self._heading.setText(_("Recent events") if self._recent else _("No event was opened here yet."))
        self._other.set_caption(_("Another folder"))
        self._open.set_caption(_("Open"))
        self._open.setEnabled(bool(self._recent))
        self._new.set_caption(_("New event"))
        self._change.set_caption(_("Event data"))
        self._forget.set_caption(_("Remove from the list"))
        self._change.setEnabled(bool(self._recent))
        self._forget.setEnabled(bool(self._recent))
        self._language.set_caption("EN" if language() == "vi" else "VI")
        self._list.show_rows([_row(folder) for folder in self._recent])
        if self._recent:
            self._list.select(0)

    def show_recent(self, recent: Sequence[str]) -> None:
        """Show other recent events."""
        self._recent = [Path(folder) for folder in recent]
        self._dress()

    def _on_forget_clicked(self) -> None:
        """The folder stays where it is, with everything in it."""
        chosen = self._list.selected()
        if chosen:
            self.forgotten.emit(Path(chosen))

    def _on_change_clicked(self) -> None:
        chosen = self._list.selected()
        if chosen:
            self.change_wanted.emit(Path(chosen))

    def _on_other_clicked(self) -> None:
        start = self._recent[0].parent if self._recent else Path.home()
        chosen = Choose.folder(self, _("Open an event folder"), start)
        if chosen is not None:
            self.folder_chosen.emit(chosen)


def _row(folder: Path) -> Row:
    """The event by its name and days; a folder that is away, on a stick perhaps, by its own."""
    event = glance(folder)
    if event is None:
        gone = _("not there at the moment")
        return Row(
            title=folder.name, detail=f"{folder} · {gone}", icon="folder-open", role="muted", key=str(folder)
        )
    days = f"{event.starts_on:%d/%m/%Y} – {event.ends_on:%d/%m/%Y}"
    name = pick(event.name, event.name_en)
    return Row(title=name, detail=f"{days} · {folder}", icon="folder-open", role="accent", key=str(folder))
