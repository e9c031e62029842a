"""Documents from file to print shop: the list, who gets what, and the printing order."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from station.app import Station
from station.documents import changes
from station.documents.changes import Taken
from station.documents.matrix import printing_order
from station.errors import Cancelled, StationError
from station.i18n import _
from station.model.document import Document, DocumentKind, Entitlement
from ui.bridge.operation import Operation, Progress
from ui.bridge.sheets import page_count
from ui.bridge.tasks import Tasks
from ui.dialogs.choose import Choose
from ui.dialogs.documents.contents import Added, Contents, add_files, file_states, read_contents
from ui.dialogs.documents.form import DocumentForm, VersionForm
from ui.dialogs.documents.holders import HoldersDialog
from ui.dialogs.documents.list_page import ListPage
from ui.dialogs.documents.matrix_page import MatrixPage
from ui.dialogs.documents.order_page import OrderPage
from ui.dialogs.documents.saving import Saving, matrix_workbook, order_pdf, order_workbook
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.message import MessageDialog
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tabs import Tabs

_NARROWEST_PX = 780
_SIZE_PX = (1320, 720)
_EDGE_PX = 40  # of the screen, for the window's frame
_LINES_SHOWN = 5
LIST, MATRIX, ORDER = range(3)


class DocumentsDialog(DialogFrame):
    """Three faces over the same contents; every change is stored at once.

    Signals:
        changed: the documents or their recipients are others now.
    """

    changed = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self._station = station
        self._contents: Contents | None = None
        self._operation: Operation | None = None
        self._wanted = ""  # the document to choose when the contents are read next
        self._closing = False
        self._reading = 0  # which reading is the latest; older ones stop
        self._looks, self._hashes = Tasks("documents", self), Tasks("document files", self)
        self._looks.failed.connect(self._on_failed)
        self.set_heading(_("Documents"))
        self._heading.hide()  # the faces say it, and small screens want the room
        self.list = ListPage(station.folder, self._looks)
        self.matrix, self.order = MatrixPage(), OrderPage()
        self._faces: tuple[QWidget, ...] = (self.list, self.matrix, self.order)
        self.tabs = Tabs(len(self._faces))
        self.tabs.set_captions((_("Documents"), _("Who gets what"), _("Printing order")))
        self._pages = QStackedWidget()
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._notice = PlainLabel(size_px=14, role="warning", wrap=True)
        self._busy = QProgressBar()
        self._busy.setTextVisible(False)
        self._build()
        self._connect()
        self.setAcceptDrops(True)
        self._tell()
        self._refresh()
        self.list.setFocus()
        self.reload()

    def page(self) -> int:
        """Which face is shown: LIST, MATRIX or ORDER."""
        return self._pages.currentIndex()

    def trouble(self) -> str:
        """What went wrong, '' for nothing."""
        return self._trouble.full_text()

    def notice(self) -> str:
        """What is to be known of what was done, '' for nothing."""
        return self._notice.full_text()

    def contents(self) -> Contents | None:
        """What is shown; None until it is read."""
        return self._contents

    def is_working(self) -> bool:
        """Whether something is being copied or written."""
        return self._operation is not None

    def reload(self, code: str = "") -> None:
        """Read everything anew; the document of a code is chosen then."""
        self._wanted = code or self._wanted
        self._looks.run(lambda: read_contents(self._station), self._on_read, topic="contents")

    def add(self, paths: Sequence[Path]) -> None:
        """Add files, each as a document for everybody."""
        if paths:
            self._work(lambda progress: add_files(self._station, paths, progress), self._on_added)

    def done(self, result: int) -> None:
        self._reading += 1
        self._looks.close()
        self._hashes.close()
        super().done(result)

    def reject(self) -> None:
        """What is being copied is stopped first; nothing of it stays."""
        if self._operation is None:
            super().reject()
        else:
            self._closing = True
            self._operation.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        """Tables want room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._operation is None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if local and self._operation is None:
            event.acceptProposedAction()
            self.tabs.choose(LIST)
            self.add(local)

    def _build(self) -> None:
        for face in self._faces:
            self._pages.addWidget(face)
        self.content.setSpacing(10)
        self.content.addWidget(self.tabs)
        self.content.addWidget(self._trouble)
        self.content.addWidget(self._notice)
        self.content.addWidget(self._pages, 1)
        self.content.addWidget(self._busy)
        self._close = self.add_button(_("Close"))
        self._close.clicked.connect(self.reject)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._on_face_chosen)
        page = self.list
        page.add_wanted.connect(self._on_add_wanted)
        page.item_wanted.connect(self._on_item_wanted)
        page.edit_wanted.connect(self._on_edit_wanted)
        page.version_wanted.connect(self._on_version_wanted)
        page.remove_wanted.connect(self._on_remove_wanted)
        page.withdraw_wanted.connect(self._on_withdraw_wanted)
        page.move_wanted.connect(self._on_move_wanted)
        page.take_wanted.connect(self._on_take_wanted)
        page.put_back_wanted.connect(self._on_put_back_wanted)
        page.holders_wanted.connect(self._on_holders_wanted)
        self.matrix.export_wanted.connect(
            lambda places: self._on_save_wanted(lambda parent, shown: matrix_workbook(parent, shown, places))
        )
        self.order.workbook_wanted.connect(lambda: self._on_save_wanted(order_workbook))
        self.order.pdf_wanted.connect(lambda: self._on_save_wanted(order_pdf))

    def _tell(self, trouble: str = "", notice: str = "") -> None:
        for label, text in ((self._trouble, trouble), (self._notice, notice)):
            label.setText(text)
            label.setVisible(bool(text))

    def _refresh(self) -> None:
        busy = self._operation is not None
        self._busy.setVisible(busy)
        self._pages.setEnabled(not busy)
        self.tabs.setEnabled(not busy)
        self._close.set_caption(_("Stop") if busy else _("Close"))

    def _on_face_chosen(self, face: int) -> None:
        self._pages.setCurrentIndex(face)
        self._tell()
        self._faces[face].setFocus()

    # Reading.

    def _on_read(self, contents: Contents) -> None:
        self._contents = contents
        self.list.show_contents(contents, self._wanted)
        self._wanted = ""
        self.matrix.show_matrix(contents.matrix)
        self.order.model.show_lines(printing_order(contents.matrix))
        self._reading += 1
        reading = self._reading

        def proceed() -> None:
            if self._reading != reading:
                raise Cancelled

        self._hashes.run(
            lambda: file_states(self._station, contents.documents, proceed),
            self.list.show_states,
            topic="states",
        )

    # Doing: short things at once, long ones on a worker.

    def _do(self, work: Callable[[], object], code: str = "") -> bool:
        try:
            work()
        except StationError as error:
            self._tell(str(error))
            return False
        self._tell()
        self._after_change(code)
        return True

    def _after_change(self, code: str = "") -> None:
        self._station.desk.reload()
        self.reload(code)
        self.changed.emit()

    def _work(self, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        operation = Operation("documents", work, self)
        operation.progressed.connect(self._on_progressed)
        operation.succeeded.connect(done)
        operation.failed.connect(self._on_failed)
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self._busy.setRange(0, 0)
        self._tell()
        self._refresh()
        operation.start()

    def _on_progressed(self, done: int, total: int) -> None:
        self._busy.setRange(0, max(1, total))
        self._busy.setValue(done)

    def _on_failed(self, error: Exception) -> None:
        known = isinstance(error, StationError)
        self._tell(str(error) if known else _("The program made a mistake."))

    def _on_finished(self) -> None:
        self._operation = None
        self._refresh()
        if self._closing:
            super().reject()
        else:
            self._faces[self.page()].setFocus()

    # The list.

    def _on_add_wanted(self) -> None:
        self.add(Choose.documents(self, _("Add files"), Path.home()))

    def _on_added(self, added: Added) -> None:
        last = added.taken[-1].document.code if added.taken else ""
        self._after_change(last)
        notices = [sentence for taken in added.taken for sentence in _notices(taken)]
        if added.stopped:
            notices.insert(0, _("Stopped. What was added before stays."))
        self._tell(_shortened(added.problems), _shortened(notices))

    def _on_item_wanted(self) -> None:
        if self._contents is None:
            return

        def keep(wish: Document, rules: Sequence[Entitlement]) -> None:
            taken = changes.add_document(self._station.files, wish, rules)
            self._tell()
            self._after_change(taken.document.code)

        item = Document("", 0, "", kind=DocumentKind.PRINTED)
        self._open_form(DocumentForm(self._contents, item, keep, self))

    def _on_edit_wanted(self, document: Document) -> None:
        if self._contents is None:
            return

        def keep(wish: Document, rules: Sequence[Entitlement]) -> None:
            stored = changes.edit_document(self._station.files, document.code, wish, rules)
            self._tell()
            self._after_change(stored.code)

        self._open_form(DocumentForm(self._contents, document, keep, self))

    def _open_form(self, form: DialogFrame) -> bool:
        chosen = form.exec() == DialogFrame.DialogCode.Accepted
        form.deleteLater()
        return chosen

    def _on_version_wanted(self, document: Document) -> None:
        source: Path | None = None
        known = f"{document.code} – {document.title}"
        if document.kind is DocumentKind.FILE:
            title = _("New version of {code}").format(code=document.code)
            source = Choose.document(self, title, Path.home())
            if source is None:
                return
            known = source.name
        pages = document.pages if source is None else page_count(source)
        form = VersionForm(document, changes.next_version(document.version), known, pages, self)
        if self._open_form(form):
            version, pages, stock = form.figures()
            now = self._station.clock.now()
            self._work(
                lambda progress: changes.new_version(
                    self._station.files,
                    document.code,
                    source,
                    now,
                    version=version,
                    pages=pages,
                    stock=stock,
                    progress=progress,
                ),
                self._on_taken,
            )

    def _on_take_wanted(self, document: Document) -> None:
        inside = self._station.folder / "documents" / document.file_name
        known = document.file_name
        form = VersionForm(document, changes.next_version(document.version), known, page_count(inside), self)
        if self._open_form(form):
            version, pages, _stock = form.figures()
            now = self._station.clock.now()
            self._work(
                lambda _progress: changes.take_changed(
                    self._station.files, document.code, now, version=version, pages=pages
                ),
                self._on_taken,
            )

    def _on_taken(self, taken: Taken) -> None:
        self._after_change(taken.document.code)
        self._tell("", _shortened(_notices(taken)))

    def _on_put_back_wanted(self, document: Document) -> None:
        title = _("The file that was added as {code}").format(code=document.code)
        source = Choose.document(self, title, Path.home())
        if source is not None:
            self._work(
                lambda _progress: changes.put_back(self._station.files, document.code, source),
                lambda _done: self._after_change(document.code),
            )

    def _on_holders_wanted(self, document: Document) -> None:
        with self._station.files.reading() as connection:
            holders = changes.outdated_holders(connection, document.code)
        self._open_form(HoldersDialog(document, holders, self))

    def _on_remove_wanted(self, document: Document) -> None:
        question = _("Remove “{title}”?").format(title=document.title)
        text = _("Its file in the event folder is deleted too. Nobody has it yet.")
        if MessageDialog.confirm(self, question, text, yes=_("Remove"), no=_("Keep it")):
            self._do(lambda: changes.remove_document(self._station.files, document.code))

    def _on_withdraw_wanted(self, document: Document) -> None:
        if document.withdrawn:
            self._do(
                lambda: changes.withdraw_document(self._station.files, document.code, withdrawn=False),
                document.code,
            )
            return
        question = _("Withdraw “{title}”?").format(title=document.title)
        text = _("Nobody receives it any more. Whoever has it keeps it, and the records stay.")
        if MessageDialog.confirm(self, question, text, yes=_("Withdraw"), no=_("Keep it")):
            self._do(lambda: changes.withdraw_document(self._station.files, document.code), document.code)

    def _on_move_wanted(self, document: Document, by: int) -> None:
        self._do(lambda: changes.move_document(self._station.files, document.code, by), document.code)

    # Saving.

    def _on_save_wanted(self, wished: Callable[[QWidget, Contents], Saving | None]) -> None:
        saving = wished(self, self._contents) if self._contents is not None else None
        if saving is not None:
            said = _("Saved: {path}").format(path=saving.path)
            self._work(lambda _progress: saving.work(), lambda _done: self._tell("", said))


def _notices(taken: Taken) -> list[str]:
    notices = list(taken.notices)
    if taken.same_as:
        text = _("{code} has the same content as {other}. If that was not meant, remove one of them.")
        notices.append(text.format(code=taken.document.code, other=taken.same_as))
    return notices


def _shortened(sentences: Sequence[str]) -> str:
    more = ["…"] if len(sentences) > _LINES_SHOWN else []
    return "\n".join([*sentences[:_LINES_SHOWN], *more])
