"""The documents as rows of a table: what each column says, and the title with its recipients beneath."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from station.documents.files import FileState
from station.i18n import N_, _, pick
from station.model.document import Document, DocumentKind
from station.reports.documents import language_name
from ui.dialogs.documents.contents import Contents
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.painted_text import draw_elided
from ui.widgets.table import HeadedModel

Index = QModelIndex | QPersistentModelIndex
_HEADINGS = (
    N_("No."), N_("Short code"), N_("Title"), N_("Version"), N_("Pages"), N_("Left"), N_("Entitled"), N_("File"),
)  # fmt: skip
NUMBER, CODE, TITLE, VERSION, PAGES, LEFT, ENTITLED, FILE = range(8)
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


class TitlePainter(QStyledItemDelegate):
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
