"""The documents of a delegate to look at: PDFs and pictures in our own viewer; nothing else is ever opened."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.app import Station
from station.documents.files import path_of
from station.i18n import _, pick
from station.model.delegate import Delegate
from station.model.document import BundleItem, BundleState, Document, DocumentKind
from ui.bridge.paper import printable
from ui.bridge.tasks import Tasks
from ui.dialogs.documents.preview import PreviewPanel
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.printing import PrintDialog
from ui.widgets.row_list import Row, RowList

_NARROWEST_PX, _SIZE_PX, _EDGE_PX = 760, (1180, 760), 40
_LIST_PX, _ROW_PX = 360, 56
_MOST_PAGES = 500
_TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Right: 1}


class BundleViewer(DialogFrame):
    """A list at the left, the chosen document at the right; Page Up and Page Down turn its pages.

    Signals:
        copy_wanted: the files are to go to the delegate's stick.
    """

    copy_wanted = Signal()

    def __init__(
        self,
        station: Station,
        delegate: Delegate,
        bundle: Sequence[BundleItem],
        code: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self.set_heading(_("Documents of {name}").format(name=delegate.name))
        self._station = station
        self._items = list(bundle)
        self._looks = Tasks("viewer", self)
        self._list = RowList(_ROW_PX, one_click=False)
        self._list.setAccessibleName(_("Documents"))
        self._list.setFixedWidth(_LIST_PX)
        self._list.installEventFilter(self)
        self.preview = PreviewPanel(self._looks, _MOST_PAGES)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._list)
        row.addWidget(self.preview, 1)
        self.content.addLayout(row, 1)
        self._print = self.add_button(_("Print…"), icon="printer")
        self._print.clicked.connect(self._on_print_wanted)
        self._copy = self.add_button(_("Copy to USB stick…"), icon="usb")
        self._copy.clicked.connect(self.copy_wanted)
        self._copy.setEnabled(any(path_of(station.folder, item.document) for item in bundle))
        self.add_button(_("Close"), primary=True).clicked.connect(self.reject)
        self._list.selectionModel().currentChanged.connect(self._on_selected)
        self._list.show_rows([_row(number, item) for number, item in enumerate(bundle, 1)])
        codes = [item.document.code for item in bundle]
        self._list.select(codes.index(code) if code in codes else self._first_with_file())
        self._list.setFocus()

    def document(self) -> Document | None:
        """The document that is chosen."""
        place = self._list.currentIndex().row()
        return self._items[place].document if 0 <= place < len(self._items) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Pages want room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))
        self._on_selected()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list has the keys; pages are turned all the same."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _TURNS:
            self.preview.turn(_TURNS[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F11 and self._copy.isEnabled():
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_P and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._print.click()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._looks.close()
        super().done(result)

    def _first_with_file(self) -> int:
        files = [path_of(self._station.folder, item.document) is not None for item in self._items]
        return files.index(True) if True in files else 0

    def _on_selected(self, *_indexes: object) -> None:
        document = self.document()
        path = path_of(self._station.folder, document) if document else None
        self._print.setEnabled(path is not None)
        if document is None:
            self.preview.show_document(None, "", _("Nothing to hand out."))
            return
        said = _("The file is not in the event folder any more.")
        if document.kind is DocumentKind.PRINTED:
            said = _("Only in print: there is no file.")
        version = _("version {version}").format(version=document.version)
        self.preview.show_document(path, f"{pick(document.title, document.title_en)} · {version}", said)

    def _on_print_wanted(self) -> None:
        document = self.document()
        path = path_of(self._station.folder, document) if document else None
        if document is None or path is None:
            return
        text = _(
            "“{title}” goes to the printer on A4, one page a sheet. Handing it out is recorded at the desk."
        )
        title = pick(document.title, document.title_en)
        PrintDialog(
            self, _("Print a document"), text.format(title=title), lambda _paper: printable(path)
        ).exec()


def _row(number: int, item: BundleItem) -> Row:
    done = item.state is BundleState.HANDED_OUT
    parts = [_("handed out") if done else _("still to hand out")]
    if item.is_copied:
        parts.append(_("copied to USB"))
    if item.document.kind is DocumentKind.PRINTED:
        parts.append(_("only in print"))
    title = pick(item.document.title, item.document.title_en)
    return Row(title, " · ".join(parts), mark=str(number), key=item.document.code, muted=done)
