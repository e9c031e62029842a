"""One of a delegation receives for others: who, for whom, and what; recorded in one step."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from station.app import Station
from station.checkin.delegations import Due, Receipt, Receiver
from station.errors import StationError
from station.i18n import _, ngettext, pick
from station.model.document import BADGE, Document
from station.reports.missing import unit_name
from ui.bridge.operation import Operation
from ui.dialogs.delegations.receive_model import DUE, NAME, STATE, TICK, ReceiveModel, things_label
from ui.dialogs.frame import DialogFrame
from ui.style.fonts import scaled
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import dress_table

_WIDTH_PX = 880
_TICK_PX = 40
_SHARES = {NAME: 0.40, STATE: 0.28, DUE: 0.32}  # of the rest
_LIST_PX = 236
_BOX_PX = 46  # the tick and the space around it
_ANOTHER = ""  # no delegate: a name is typed


class TitleBox(QCheckBox):
    """A box whose text ends with … where there is no room for it; an ampersand in it is no key."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - scaled(_BOX_PX)
        fitting = self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        self.setText(fitting.replace("&", "&&"))


class ReceiveDialog(DialogFrame):
    """Everybody and everything is chosen at first, except badges.

    Args:
        dues: the delegates of the unit who may come. documents: everything there is, the badge last.

    Signals:
        recorded: (Receipt) it stands in the journal.
    """

    recorded = Signal(object)

    def __init__(
        self,
        station: Station,
        unit: str,
        dues: Sequence[Due],
        documents: Sequence[Document],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, _WIDTH_PX)
        self.set_heading(_("One receives for others: {unit}").format(unit=unit_name(unit)))
        self._delegations = station.delegations
        self._operation: Operation | None = None
        self.model = ReceiveModel(dues)
        self.receiver = fill_choice(Choice(), _receivers(dues), None)
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.name.setPlaceholderText(_("Full name"))
        self.name.setAccessibleName(_("Name of who receives"))
        self.boxes = self._document_boxes(documents)
        self._table = QTableView()
        self._summary = PlainLabel(size_px=15, weight=QFont.Weight.DemiBold, wrap=True)
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self._build()
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.record = self.add_button(_("Record"), primary=True, icon="package-check")
        self.record.clicked.connect(self._on_record)
        self._connect()
        self._tell()
        self.receiver.setFocus()

    def trouble(self) -> str:
        """Why it was not recorded, '' for nothing."""
        return self._trouble.full_text()

    def summary(self) -> str:
        """What is going to be recorded."""
        return self._summary.full_text()

    def reject(self) -> None:
        """A record under way is waited for."""
        if self._operation is None:
            super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The columns share the table's width; Space ticks the person chosen in it."""
        if isinstance(event, QResizeEvent) and watched is self._table.viewport():
            self._adapt_columns(event.size().width())
        if (
            watched is self._table
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and self._table.currentIndex().isValid()
        ):
            self.model.toggle(self._table.currentIndex().row())
            return True
        return super().eventFilter(watched, event)

    def _document_boxes(self, documents: Sequence[Document]) -> dict[str, QCheckBox]:
        """A box for each thing that is due to somebody."""
        due = {code for line in self.model.dues() for code in line.documents}
        boxes: dict[str, QCheckBox] = {}
        for document in documents:
            if document.code in due:
                title = pick(document.title, document.title_en)
                label = title if document == BADGE else f"{document.code} · {title}"
                boxes[document.code] = box = TitleBox(label)
                box.setChecked(document != BADGE)
        return boxes

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        caption = PlainLabel(_("Receiver"), 14, QFont.Weight.Medium)
        caption.setBuddy(self.receiver)
        self.receiver.setAccessibleName(_("Receiver"))
        row.addWidget(caption)
        row.addWidget(self.receiver, 3)
        row.addWidget(self.name, 2)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(self._people_column(), 13)
        middle.addLayout(self._documents_column(), 8)
        self.content.addLayout(row)
        self.content.addLayout(middle, 1)
        self.content.addWidget(self._summary)
        self.content.addWidget(self._trouble)

    def _people_column(self) -> QVBoxLayout:
        table = self._table
        table.setModel(self.model)
        dress_table(table, 36)
        table.setMinimumHeight(_LIST_PX)
        table.setAccessibleName(_("For whom"))
        table.selectRow(0)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column_layout, buttons = QVBoxLayout(), QHBoxLayout()
        column_layout.setSpacing(8)
        column_layout.addWidget(PlainLabel(_("For whom"), 14, QFont.Weight.DemiBold))
        column_layout.addWidget(table, 1)
        everybody = self.model.dues()
        absent = [due for due in everybody if not due.line.present]
        for caption, chosen in (
            (_("Everybody"), everybody),
            (_("Who is missing"), absent),
            (_("Nobody"), []),
        ):
            button = KeyButton()
            button.set_caption(caption)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, chosen=chosen: self.model.tick_only(chosen))
            buttons.addWidget(button)
        buttons.addStretch(1)
        column_layout.addLayout(buttons)
        return column_layout

    def _adapt_columns(self, width_px: int) -> None:
        free = width_px - scaled(_TICK_PX)
        self._table.setColumnWidth(TICK, scaled(_TICK_PX))
        for column, share in _SHARES.items():
            self._table.setColumnWidth(column, round(free * share))

    def _documents_column(self) -> QVBoxLayout:
        inner = QWidget()
        boxes = QVBoxLayout(inner)
        boxes.setContentsMargins(8, 6, 8, 6)
        boxes.setSpacing(0)
        for box in self.boxes.values():
            boxes.addWidget(box)
        boxes.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        surface = QWidget()
        surface.setObjectName("surface")
        frame = QVBoxLayout(surface)
        frame.setContentsMargins(2, 2, 2, 2)
        frame.addWidget(scroll)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(PlainLabel(_("What is received"), 14, QFont.Weight.DemiBold))
        column.addWidget(surface, 1)
        return column

    def _connect(self) -> None:
        self._table.installEventFilter(self)
        self._table.viewport().installEventFilter(self)
        self.model.dataChanged.connect(self._tell)
        self.receiver.currentIndexChanged.connect(self._tell)
        self.name.textChanged.connect(self._tell)
        for box in self.boxes.values():
            box.toggled.connect(self._tell)

    def _wanted(self) -> list[str]:
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def _tell(self) -> None:
        typed = self.receiver.currentData() == _ANOTHER
        self.name.setVisible(typed)
        wanted = set(self._wanted())
        received = [[code for code in due.documents if code in wanted] for due in self.model.ticked()]
        things = [code for codes in received for code in codes]
        people = sum(map(bool, received))
        count = ngettext("{count} delegate", "{count} delegates", people).format(count=people)
        self._summary.setText(f"{things_label(things)} · {count}" if things else _("Nothing is chosen."))
        named = not typed or bool(self.name.text().strip())
        self.record.setEnabled(bool(things) and named and self._operation is None)

    def _on_record(self) -> None:
        who = self.receiver.currentData()
        receiver = Receiver(name=self.name.text()) if who == _ANOTHER else Receiver(who)
        delegates = [due.line.delegate.id for due in self.model.ticked()]
        documents = self._wanted()
        operation = Operation(
            "receive", lambda _progress: self._delegations.hand_out(receiver, delegates, documents), self
        )
        operation.succeeded.connect(self._on_recorded)
        operation.failed.connect(self._on_failed)
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self._tell()
        operation.start()

    def _on_recorded(self, receipt: Receipt) -> None:
        self._operation = None
        self.accept()
        self.recorded.emit(receipt)

    def _on_failed(self, error: StationError) -> None:
        self._trouble.setText(str(error))
        self._trouble.show()

    def _on_finished(self) -> None:
        self._operation = None
        self._tell()


def _receivers(dues: Sequence[Due]) -> list[tuple[str, str]]:
    """Who may receive: who is here first, then the others, then anybody whose name is typed."""
    ordered = sorted(dues, key=lambda due: (not due.line.present, due.line.delegate.sort_key))
    people = []
    for due in ordered:
        person = due.line.delegate
        state = _("Present") if due.line.present else _("Not yet here")
        people.append((person.id, " · ".join(filter(None, (person.name, person.position, state)))))
    return [*people, (_ANOTHER, _("Somebody else…"))]
