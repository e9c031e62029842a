"""The list of documents with what can be done to them, and a look at the one that is chosen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from station.documents.files import FileState, path_of
from station.i18n import _, ngettext
from station.model.document import Document, DocumentKind
from ui.bridge.tasks import Tasks
from ui.dialogs.documents.contents import Contents
from ui.dialogs.documents.list_model import (
    CODE,
    ENTITLED,
    FILE,
    LEFT,
    NUMBER,
    PAGES,
    TITLE,
    VERSION,
    DocumentsModel,
    TitlePainter,
)
from ui.dialogs.documents.preview import PreviewPanel
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import dress_table

_FIXED_PX = {NUMBER: 54, CODE: 100, VERSION: 94, PAGES: 88, LEFT: 78, ENTITLED: 98, FILE: 92}
_ALL_FROM = 620  # pixels of width; below, pages and place are left out
_PREVIEW_FROM = 960
_PREVIEW_PX = 264
_ROW_PX = 50


class ListPage(QWidget):
    """Table, buttons and preview.

    Signals:
        add_wanted, item_wanted: files, or a printed-only item. edit_wanted, version_wanted, remove_wanted,
        take_wanted, put_back_wanted: (Document) to do to it. withdraw_wanted: (Document).
        move_wanted: (Document, places). holders_wanted: (Document) who has an older version?
    """

    add_wanted = Signal()
    item_wanted = Signal()
    edit_wanted = Signal(object)
    version_wanted = Signal(object)
    remove_wanted = Signal(object)
    withdraw_wanted = Signal(object)
    take_wanted = Signal(object)
    put_back_wanted = Signal(object)
    move_wanted = Signal(object, int)
    holders_wanted = Signal(object)

    def __init__(self, folder: Path, tasks: Tasks) -> None:
        super().__init__()
        self._folder = folder
        self._contents: Contents | None = None
        self.model = DocumentsModel()
        self.table = QTableView()
        self.preview = PreviewPanel(tasks)
        self._empty = PlainLabel(size_px=15, role="muted", wrap=True)
        self._changed = PlainLabel(size_px=14, role="negative", wrap=True)
        self._make_buttons()
        self._build()
        self._dress()
        self._on_chosen()

    def show_contents(self, contents: Contents, code: str = "") -> None:
        """Show these documents; the one of a code, or the one chosen before, is chosen."""
        before = self.chosen()
        code = code or (before.code if before else "")
        self._contents = contents
        self.preview.forget()
        self.model.show_contents(contents)
        codes = [document.code for document in contents.documents]
        if codes:
            self.table.selectRow(codes.index(code) if code in codes else 0)
            self._see_chosen()
        self._empty.setVisible(not codes)
        self._on_chosen()

    def show_states(self, states: dict[str, FileState]) -> None:
        """Say which files are no longer what was added."""
        self.model.show_states(states)
        self._on_chosen()

    def chosen(self) -> Document | None:
        """The document that is chosen."""
        return self.model.document(self.table.currentIndex().row())

    def changed_text(self) -> str:
        """What is said below the table of the document that is chosen."""
        return "" if self._changed.isHidden() else self._changed.full_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        roomy = width >= _PREVIEW_FROM
        self.preview.setVisible(roomy)
        if roomy:
            width -= _PREVIEW_PX + 14
        hidden = (NUMBER, PAGES) if width < _ALL_FROM else ()
        rest = width - 22
        for column, px in _FIXED_PX.items():
            self.table.setColumnWidth(column, px)
            self.table.setColumnHidden(column, column in hidden)
            rest -= 0 if column in hidden else px
        self.table.setColumnWidth(TITLE, rest)
        self._see_chosen()  # a notice above may have taken its room

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self.edit.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove.click()
        else:
            super().keyPressEvent(event)

    def _make_buttons(self) -> None:
        self.add = KeyButton("file-plus", "Ctrl+O", primary=True)
        self.add.clicked.connect(self.add_wanted)
        self.item = KeyButton("package-plus")
        self.item.clicked.connect(self.item_wanted)
        self.edit = self._button("pencil", self.edit_wanted.emit)
        self.version = self._button("file-stack", self.version_wanted.emit)
        self.up = self._button("arrow-up", lambda document: self.move_wanted.emit(document, -1), "Alt+Up")
        self.down = self._button(
            "arrow-down", lambda document: self.move_wanted.emit(document, 1), "Alt+Down"
        )
        self.remove = self._button("trash-2", self._on_remove_wanted)
        self.take = self._button("file-stack", self.take_wanted.emit)
        self.put_back = self._button("undo-2", self.put_back_wanted.emit)
        self.holders = self._button("users", self.holders_wanted.emit)
        for button in (self.add, self.item):
            button.setAutoDefault(False)

    def _button(self, icon: str, act: Callable[[Document], None], key: str = "") -> KeyButton:
        button = KeyButton(icon, key)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._act(act))
        return button

    def _act(self, act: Callable[[Document], None]) -> None:
        document = self.chosen()
        if document is not None:
            act(document)

    def _build(self) -> None:
        self.table.setModel(self.model)
        dress_table(self.table, _ROW_PX)
        self.table.setItemDelegateForColumn(TITLE, TitlePainter(self.table))
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.setVerticalScrollMode(
            QTableView.ScrollMode.ScrollPerPixel
        )  # no row is shown by half at the end
        self.table.setMinimumHeight(110)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.table.doubleClicked.connect(lambda: self.edit.click())
        self.preview.setFixedWidth(_PREVIEW_PX)
        trouble = QHBoxLayout()
        trouble.setSpacing(10)
        trouble.addWidget(self._changed, 1)
        trouble.addWidget(self.holders)
        trouble.addWidget(self.take)
        trouble.addWidget(self.put_back)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in (self.add, self.item):
            acts.addWidget(button)
        acts.addStretch(1)
        for button in (self.edit, self.version, self.up, self.down, self.remove):
            acts.addWidget(button)
        for button in (self.add, self.item, self.edit, self.version, self.remove):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # may be narrower
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self._empty)
        left.addWidget(self.table, 1)
        left.addLayout(trouble)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addLayout(left, 1)
        row.addWidget(self.preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(row, 1)
        layout.addLayout(acts)
        self.setFocusProxy(self.table)

    def _dress(self) -> None:
        self._empty.setText(
            _("No documents yet. Add the files that delegates receive, or drop them here; any type will do.")
        )
        self.add.set_caption(_("Add files…"))
        self.item.set_caption(_("Printed-only item…"))
        self.edit.set_caption(_("Edit…"))
        self.version.set_caption(_("New version…"))
        self.up.setAccessibleName(_("Up"))
        self.down.setAccessibleName(_("Down"))
        for button in (self.up, self.down):
            button.setFixedWidth(44)
            button.setToolTip(button.accessibleName())
        self.take.set_caption(_("Take as new version"))
        self.holders.set_caption(_("Who has it?"))
        self.put_back.set_caption(_("Put back…"))

    def _see_chosen(self) -> None:
        """Bring the chosen row into sight once the table is laid out anew."""
        QTimer.singleShot(0, self.table, lambda: self.table.scrollTo(self.table.currentIndex()))

    def _on_chosen(self) -> None:
        document, contents = self.chosen(), self._contents
        for button in (self.edit, self.version, self.up, self.down, self.remove):
            button.setEnabled(document is not None)
        state = self.model.state(document) if document else FileState.OK
        outdated = contents.outdated.get(document.code, 0) if document and contents else 0
        self._tell(document, state, outdated)
        self.put_back.setVisible(state is not FileState.OK)
        self.take.setVisible(state is FileState.CHANGED)
        self.holders.setVisible(state is FileState.OK and outdated > 0)
        if document is None or contents is None:
            self.remove.set_caption(_("Remove"))
            self.preview.show_document(None, "")
            return
        self.remove.set_caption(self._removing(document, contents))
        self._show_preview(document, contents)

    def _tell(self, document: Document | None, state: FileState, outdated: int) -> None:
        """Say below the table what is wrong with the file, else who has an older version."""
        said = ""
        if document is not None and state is FileState.CHANGED:
            said = _("The file of {code} is no longer the one that was added.").format(code=document.code)
        elif document is not None and state is FileState.MISSING:
            said = _("The file of {code} is not in the event folder any more.").format(code=document.code)
        elif outdated:
            text = ngettext(
                "{count} delegate has an older version.", "{count} delegates have an older version.", outdated
            )
            said = text.format(count=outdated)
        self._changed.setText(said)
        self._changed.set_role("warning" if state is FileState.OK else "negative")
        self._changed.setVisible(bool(said))

    def _removing(self, document: Document, contents: Contents) -> str:
        if document.withdrawn:
            return _("Offer again")
        return _("Withdraw") if document.code in contents.recorded else _("Remove")

    def _on_remove_wanted(self, document: Document) -> None:
        contents = self._contents
        recorded = contents is not None and document.code in contents.recorded
        wish = self.withdraw_wanted if recorded or document.withdrawn else self.remove_wanted
        wish.emit(document)

    def _show_preview(self, document: Document, contents: Contents) -> None:
        about = []
        if document.file_name:
            about.append(
                f"{document.file_name} · {_size(document.bytes)}" if document.bytes else document.file_name
            )
        names = [earlier.version for earlier in contents.earlier if earlier.document == document.code]
        if names:
            about.append(_("Earlier versions: {versions}").format(versions=", ".join(names)))
        path = path_of(self._folder, document)
        said = _("Only in print: there is no file.") if document.kind is DocumentKind.PRINTED else ""
        self.preview.show_document(path, "\n".join(about), said)


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1000))} kB"
