"""The list of documents with what can be done to them, and a look at the one that is chosen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from station.documents.files import FileState, path_of
from station.i18n import N_, _, ngettext, pick
from station.model.document import Document, DocumentKind
from station.reports.documents import language_name
from ui.bridge.tasks import Tasks
from ui.dialogs.documents.contents import Contents
from ui.dialogs.documents.preview import PreviewPanel
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.painted_text import draw_elided
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import HeadedModel, dress_table

Index = QModelIndex | QPersistentModelIndex
_HEADINGS = (
    N_("No."), N_("Short code"), N_("Title"), N_("Version"), N_("Pages"), N_("Left"), N_("Entitled"), N_("File"),
)  # fmt: skip
NUMBER, CODE, TITLE, VERSION, PAGES, LEFT, ENTITLED, FILE = range(8)
_FIXED_PX = {NUMBER: 54, CODE: 76, VERSION: 94, PAGES: 88, LEFT: 78, ENTITLED: 98, FILE: 92}
_ALL_FROM = 620  # pixels of width; below, pages and place are left out
_PREVIEW_FROM = 960
_PREVIEW_PX = 264
_ROW_PX = 50
_FIGURES = (PAGES, LEFT, ENTITLED)
_DETAIL_ROLE = Qt.ItemDataRole.UserRole
_STATES = {FileState.CHANGED: N_("changed"), FileState.MISSING: N_("missing")}


class DocumentsModel(HeadedModel):
    """The documents in their order."""

    def __init__(self) -> None:
        super().__init__(_HEADINGS)
        self._contents: Contents | None = None
        self._states: dict[str, FileState] = {}

    def show_contents(self, contents: Contents) -> None:
        """Show these documents."""
        self.beginResetModel()
        self._contents = contents
        self.endResetModel()

    def show_states(self, states: dict[str, FileState]) -> None:
        """Say which files are no longer what was added."""
        self._states = states
        if self.rowCount():
            self.dataChanged.emit(self.index(0, FILE), self.index(self.rowCount() - 1, FILE))

    def state(self, document: Document) -> FileState:
        """What is known of a file."""
        return self._states.get(document.code, FileState.OK)

    def document(self, row: int) -> Document | None:
        """The document at a place."""
        documents = self._contents.documents if self._contents else ()
        return documents[row] if 0 <= row < len(documents) else None

    def row_total(self) -> int:
        return len(self._contents.documents) if self._contents else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        document = self.document(index.row()) if index.isValid() else None
        if document is None or self._contents is None:
            return None
        column, state = index.column(), self.state(document)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(document, column)
        if role == _DETAIL_ROLE:
            words = self._contents.words[document.code]
            return " · ".join(filter(None, (words, language_name(document))))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == TITLE:
            return f"{self._text(document, column)}, {self._contents.words[document.code]}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _FIGURES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and column == TITLE:
            return font(14, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            colours = theme()
            if column == FILE and state is not FileState.OK:
                return QColor(colours.negative)
            if column == LEFT and self._contents.left.get(document.code) == 0:
                return QColor(colours.negative)
            if column == VERSION and document.code in self._contents.outdated:
                return QColor(colours.warning)
            strong = column in (TITLE, ENTITLED) and not document.withdrawn
            return QColor(colours.text if strong else colours.muted)
        return None

    def _text(self, document: Document, column: int) -> str:
        assert self._contents is not None
        left = self._contents.left.get(document.code)
        title = pick(document.title, document.title_en)
        withdrawn = _("withdrawn")
        return {
            NUMBER: str(document.number),
            CODE: document.code,
            TITLE: f"{title} ({withdrawn})" if document.withdrawn else title,
            VERSION: document.version,
            PAGES: str(document.pages) if document.pages else "",
            LEFT: "" if left is None else str(left),
            ENTITLED: str(self._contents.entitled[document.code]),
            FILE: self._file(document),
        }[column]

    def _file(self, document: Document) -> str:
        state = self.state(document)
        if state is not FileState.OK:
            return _(_STATES[state])
        if document.kind is DocumentKind.PRINTED:
            return _("print only")
        return Path(document.file_name).suffix.lstrip(".").upper()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _FIGURES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return super().headerData(section, orientation, role)


class _TitlePainter(QStyledItemDelegate):
    """The title, and beneath it who receives it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = bare.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        box = QRectF(option.rect).adjusted(13, 0, -10, 0)
        middle = box.center().y()
        title = QRectF(box.left(), middle - 20, box.width(), 21)
        detail = QRectF(box.left(), middle + 2, box.width(), 17)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        bold = font(14, QFont.Weight.DemiBold)
        draw_elided(painter, str(index.data()), bold, title, ink.name() if ink else theme().text)
        draw_elided(painter, str(index.data(_DETAIL_ROLE)), font(12), detail, theme().muted)


class ListPage(QWidget):
    """Table, buttons and preview.

    Signals:
        add_wanted, item_wanted: files, or a printed-only item. edit_wanted, version_wanted, remove_wanted,
        take_wanted, put_back_wanted: (Document) to do to it. withdraw_wanted: (Document).
        move_wanted: (Document, places).
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
        """What is said of a file that is not as it was added."""
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
        self.table.setItemDelegateForColumn(TITLE, _TitlePainter(self.table))
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.setMinimumHeight(110)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.table.doubleClicked.connect(lambda: self.edit.click())
        self.preview.setFixedWidth(_PREVIEW_PX)
        trouble = QHBoxLayout()
        trouble.setSpacing(10)
        trouble.addWidget(self._changed, 1)
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
        self.put_back.set_caption(_("Put back…"))

    def _on_chosen(self) -> None:
        document, contents = self.chosen(), self._contents
        for button in (self.edit, self.version, self.up, self.down, self.remove):
            button.setEnabled(document is not None)
        state = self.model.state(document) if document else FileState.OK
        for widget in (self._changed, self.take, self.put_back):
            widget.setVisible(state is not FileState.OK)
        self.take.setVisible(state is FileState.CHANGED)
        if document is None or contents is None:
            self.remove.set_caption(_("Remove"))
            self.preview.show_document(None, "")
            return
        changed = _("The file of {code} is no longer the one that was added.")
        missing = _("The file of {code} is not in the event folder any more.")
        self._changed.setText((missing if state is FileState.MISSING else changed).format(code=document.code))
        self.remove.set_caption(self._removing(document, contents))
        self._show_preview(document, contents)

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
        outdated = contents.outdated.get(document.code, 0)
        if outdated:
            text = ngettext(
                "{count} delegate has an older version.", "{count} delegates have an older version.", outdated
            )
            about.append(text.format(count=outdated))
        names = [earlier.version for earlier in contents.earlier if earlier.document == document.code]
        if names:
            about.append(_("Earlier versions: {versions}").format(versions=", ".join(names)))
        path = path_of(self._folder, document)
        said = _("Only in print: there is no file.") if document.kind is DocumentKind.PRINTED else ""
        self.preview.show_document(path, "\n".join(about), said)


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1000))} kB"
