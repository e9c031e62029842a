"""The opening window: recent events, or a folder to choose."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.i18n import _, language
from ui.dialogs.choose import Choose
from ui.dialogs.message import MessageDialog
from ui.screens.welcome.recent import Recent, look
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import RowList


class WelcomeWindow(QWidget):
    """Offers the events opened before.

    Signals:
        folder_chosen: (Path) an event folder to open.
        new_wanted: a new event is to be made.
        change_wanted: (Path) the data of an event are to be changed.
        forgotten: (Path) an event is to leave the list.
        archive_wanted: (Path, bool) an event is to go into the archive, or to come back.
        unpack_wanted: an event pack is to be opened. continue_wanted: an event is to go on from a stick.
        help_wanted: F1. language_toggled: the small button.
    """

    folder_chosen = Signal(object)
    new_wanted = Signal()
    change_wanted = Signal(object)
    forgotten = Signal(object)
    archive_wanted = Signal(object, bool)
    unpack_wanted = Signal()
    continue_wanted = Signal()
    help_wanted = Signal()
    language_toggled = Signal()

    def __init__(self, recent: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._recent = look([Path(folder) for folder in recent])
        self._archive_shown = False
        self._title = PlainLabel(size_px=30, weight=QFont.Weight.ExtraBold, wrap=True)
        self._claim = PlainLabel(size_px=16, role="muted", wrap=True)
        self._heading = PlainLabel(size_px=15, weight=QFont.Weight.Bold)
        self._list = RowList(56, one_click=False)
        self._list.chosen.connect(self._on_open_clicked)
        self._list.selectionModel().currentChanged.connect(self._refresh)
        self._first = [PlainLabel(size_px=16, wrap=True) for _step in range(3)]
        self._trouble = PlainLabel(size_px=15, weight=QFont.Weight.DemiBold, role="negative", wrap=True)
        self._trouble.hide()
        self._other = KeyButton("folder-open", "Ctrl+O")
        self._other.clicked.connect(self._on_other_clicked)
        self._open = KeyButton("arrow-right", "Enter", primary=True, bound=False)
        self._open.clicked.connect(self._on_open_clicked)
        self._new = KeyButton("plus", "Ctrl+N")
        self._new.clicked.connect(self.new_wanted)
        self._unpack = KeyButton("package-open", "Ctrl+P")
        self._unpack.clicked.connect(self.unpack_wanted)
        self._continue = KeyButton("life-buoy", "Ctrl+R")
        self._continue.clicked.connect(self.continue_wanted)
        self._change = KeyButton("settings", "Ctrl+D")
        self._change.clicked.connect(self._on_change_clicked)
        self._help = KeyButton("circle-question-mark", "F1")
        self._help.clicked.connect(self.help_wanted)
        self._language = KeyButton("languages")
        self._language.clicked.connect(self.language_toggled)
        self._forget = KeyButton("x", "Del")
        self._forget.clicked.connect(self._on_forget_clicked)
        self._archive = KeyButton("archive", "Ctrl+L")
        self._archive.clicked.connect(self._on_archive_clicked)
        self._archived = KeyButton("chevron-right")
        self._archived.clicked.connect(self._on_archived_clicked)
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
        head.addWidget(self._help, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._language, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self._new)
        foot.addWidget(self._unpack)
        foot.addStretch(1)
        foot.addWidget(self._other)
        foot.addWidget(self._open)
        box = QWidget()
        box.setObjectName("surface")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(18, 14, 12, 12)
        inner.setSpacing(10)
        above = QHBoxLayout()
        above.addWidget(self._heading, 1)
        above.addWidget(self._archive)
        above.addWidget(self._change)
        above.addWidget(self._forget)
        inner.addLayout(above)
        for step in self._first:
            inner.addWidget(step)
        inner.addWidget(self._list, 1)
        below = QHBoxLayout()
        below.addWidget(self._archived)
        below.addStretch(1)
        below.addWidget(self._continue)
        inner.addLayout(below)
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
        steps = (
            _("1. New event (Ctrl+N): its name, its days, its programme."),
            _("2. Then Prepare: take in the office's list of delegates and go down the steps."),
            _(
                "Somebody gave you an event pack? Use Open a pack (Ctrl+P); "
                "for an event folder, Another folder (Ctrl+O)."
            ),
        )
        for label, text in zip(self._first, steps, strict=True):
            label.setText(text)
        self._other.set_caption(_("Another folder"))
        self._open.set_caption(_("Open"))
        self._new.set_caption(_("New event"))
        self._unpack.set_caption(_("Open a pack"))
        self._continue.set_caption(_("Continue from a stick"))
        self._change.set_caption(_("Event data"))
        self._forget.set_caption(_("Remove from the list"))
        self._help.set_caption(_("Help"))
        self._language.set_caption("EN" if language() == "vi" else "VI")
        self._fill(self._list.selected())

    def _fill(self, chosen: str = "") -> None:
        """Show the events, those in the archive only when they are asked for."""
        archived = [recent for recent in self._recent if recent.archived]
        current = [recent for recent in self._recent if not recent.archived]
        shown = [*current, *(archived if self._archive_shown else ())]
        self._heading.setText(_("Recent events") if current else _("No event yet. This is how to begin:"))
        for step in self._first:
            step.setVisible(not current)
        for button in (self._archive, self._change, self._forget):
            button.setVisible(bool(shown))
        self._archived.setVisible(bool(archived))
        self._archived.set_icon("chevron-down" if self._archive_shown else "chevron-right")
        self._archived.set_caption(_("Archived ({count})").format(count=len(archived)))
        self._list.show_rows([recent.row() for recent in shown])
        if shown:
            keys = [str(recent.folder) for recent in shown]
            self._list.select(keys.index(chosen) if chosen in keys else 0)
        self._refresh()

    def _refresh(self) -> None:
        """What can be done with the chosen event."""
        recent = self._chosen()
        known = recent is not None
        archived = recent is not None and recent.archived
        self._open.setEnabled(known and not archived)
        self._change.setEnabled(known and not archived)
        self._forget.setEnabled(known)
        self._archive.setEnabled(recent is not None and recent.event is not None)
        self._archive.set_icon("archive-restore" if archived else "archive")
        self._archive.set_caption(_("Bring back") if archived else _("Archive"))

    def _chosen(self) -> Recent | None:
        key = self._list.selected()
        return next((recent for recent in self._recent if str(recent.folder) == key), None)

    def show_recent(self, recent: Sequence[str]) -> None:
        """Show other recent events."""
        self._trouble.hide()
        self._recent = look([Path(folder) for folder in recent])
        self._fill(self._list.selected())

    def _on_open_clicked(self) -> None:
        recent = self._chosen()
        if recent is None:
            return
        if not recent.archived:
            self.folder_chosen.emit(recent.folder)
            return
        question = _("“{event}” is in the archive. Bring it back?").format(event=recent.row().title)
        text = _("Then it can be opened and worked with again.")
        if MessageDialog.confirm(self, question, text, yes=_("Bring back"), no=_("Leave it there")):
            self.archive_wanted.emit(recent.folder, False)

    def _on_archive_clicked(self) -> None:
        recent = self._chosen()
        if recent is None or recent.event is None:
            return
        if recent.archived:
            self.archive_wanted.emit(recent.folder, False)
            return
        question = _("Lay “{event}” in the archive?").format(event=recent.row().title)
        text = _(
            "Its folder stays where it is, with everything in it. "
            "It cannot be opened for work until you bring it back."
        )
        if MessageDialog.confirm(self, question, text, yes=_("Archive"), no=_("Keep it here")):
            self.archive_wanted.emit(recent.folder, True)

    def _on_archived_clicked(self) -> None:
        self._archive_shown = not self._archive_shown
        self._fill(self._list.selected())
        self._list.setFocus()

    def _on_forget_clicked(self) -> None:
        """The folder stays where it is, with everything in it."""
        chosen = self._list.selected()
        if chosen:
            self.forgotten.emit(Path(chosen))

    def _on_change_clicked(self) -> None:
        recent = self._chosen()
        if recent is not None:
            self.change_wanted.emit(recent.folder)

    def choose_folder(self) -> None:
        """Ask for an event folder and open it."""
        self._on_other_clicked()

    def _on_other_clicked(self) -> None:
        start = self._recent[0].folder.parent if self._recent else Path.home()
        chosen = Choose.folder(self, _("Open an event folder"), start)
        if chosen is not None:
            self.folder_chosen.emit(chosen)
