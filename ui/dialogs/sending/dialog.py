"""Where results go over the network: the targets, how each stands, and what is on its way there."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTableView, QWidget

from station.app import Station
from station.errors import StationError
from station.i18n import N_, _
from station.model.sending import Mode, RowState, SecretPlace
from station.store import outbox as store
from station.store.outbox import OutboxRow, StoredTarget
from station.sync.sending import close_row
from station.sync.status import Standing, sentence, standings
from station.sync.targets import prove_target, remove_target
from ui.bridge.operation import Operation, Progress
from ui.bridge.tasks import Tasks
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.message import MessageDialog
from ui.dialogs.sending.wording import MODES, reason_text, row_cells
from ui.outgoing import Outgoing
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import TextModel, dress_table, share_width

_NARROWEST_PX, _SIZE_PX, _EDGE_PX = 820, (1120, 680), 40
_TARGETS = (N_("Target"), N_("Where"), N_("State"))
_ROWS = (N_("File"), N_("State"), N_("Since"), N_("Reason"))
_TARGET_SHARES, _ROW_SHARES = (0.26, 0.34, 0.4), (0.4, 0.17, 0.18, 0.25)
_LOOK_MS = 1000
_MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look found: every target, and the rows of one of them, None where there is none."""

    standings: list[Standing]
    target: int | None
    rows: list[OutboxRow]


class SendingDialog(DialogFrame):
    """The table of targets, below it the rows of the selected one; it follows what the courier does."""

    def __init__(self, station: Station, outgoing: Outgoing, parent: QWidget | None = None) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self.set_heading(_("Send results over the network"))
        self._station, self._outgoing = station, outgoing
        self._standings: list[Standing] = []
        self._shown: list[OutboxRow] = []
        self._operation: Operation | None = None
        self._wished: int | None = None  # a target that was just added, until it is seen
        self._tasks = Tasks("sending", self)
        self._tasks.failed.connect(lambda error: self._tell(str(error), "negative"))
        self.targets, self.rows = TextModel(_TARGETS, strong=0), TextModel(_ROWS, strong=0)
        self._targets, self._rows = QTableView(), QTableView()
        self._text, self._said = (
            PlainLabel(size_px=14, role="muted", wrap=True),
            PlainLabel(size_px=15, wrap=True),
        )
        self.mode = QComboBox()
        self.add, self.test, self.unlock, self.remove = (
            KeyButton("plus"), KeyButton("circle-check"), KeyButton("key-round"), KeyButton("trash-2"),
        )  # fmt: skip
        self.give_up = self.add_button(_("Close this row…"), icon="circle-x")
        self.give_up.clicked.connect(self._on_give_up)
        self.send = self.add_button(_("Send now"), primary=True, icon="send")
        self.send.clicked.connect(self._on_send)
        self.add_button(_("Close")).clicked.connect(self.reject)
        self._build()
        outgoing.sent.connect(self._on_sent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)
        self.look()

    def said(self) -> str:
        """What came of the last wish."""
        return self._said.full_text()

    def selected(self) -> StoredTarget | None:
        """The target whose rows are shown."""
        row = self._targets.currentIndex().row()
        return self._standings[row].target if 0 <= row < len(self._standings) else None

    def look(self) -> None:
        """See how it all stands now; it is shown as soon as it is read."""
        target = self.selected()
        self._tasks.run(lambda: self._read(target.number if target else None), self._show, topic="look")

    def _read(self, number: int | None) -> Seen:
        with self._station.files.reading() as connection:
            found = standings(connection)
            known = [each.target.number for each in found]
            shown = number if number in known else next(iter(known), None)
            rows = [] if shown is None else store.rows(connection, shown)
        return Seen(found, shown, sorted(rows, key=_worth_seeing)[:_MOST_ROWS])

    def _show(self, seen: Seen) -> None:
        now, selected = self._station.clock.now(), self.selected()
        wished = self._wished or (selected.number if selected else seen.target)
        self._standings = seen.standings
        numbers = [each.target.number for each in seen.standings]
        cells = [(each.target.name, each.target.url, sentence(each, now)) for each in seen.standings]
        troubles = {
            (row, 2): "warning"
            for row, each in enumerate(seen.standings)
            if each.refused or each.target.trouble
        }
        if cells != self.targets.rows():
            self.targets.show_rows(cells, troubles)
        if wished in numbers and self._targets.currentIndex().row() != numbers.index(wished):
            self._targets.setCurrentIndex(self.targets.index(numbers.index(wished), 0))
        if self._wished in numbers:
            self._wished = None
        self._show_target(self.selected())
        if (shown := self.selected()) is None or shown.number == seen.target:
            self._show_rows(seen.rows)
        else:
            self.look()

    def reject(self) -> None:
        """Esc or Close."""
        if self._operation is None:
            super().reject()

    def done(self, result: int) -> None:
        self._timer.stop()
        self._tasks.close()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        """A table wants room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for table, shares in ((self._targets, _TARGET_SHARES), (self._rows, _ROW_SHARES)):
            share_width(table, self.width() - 60, shares)

    def _build(self) -> None:
        for mode, caption in MODES.items():
            self.mode.addItem(_(caption), mode)
        self.mode.setAccessibleName(_("When it is sent"))
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button, caption, pressed in (
            (self.add, _("Add…"), self._on_add),
            (self.test, _("Test"), self._on_test),
            (self.unlock, _("Unlock passwords…"), self._on_unlock),
            (self.remove, _("Remove…"), self._on_remove),
        ):
            button.set_caption(caption)
            button.setAutoDefault(False)
            button.clicked.connect(pressed)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.mode)
        self.mode.activated.connect(self._on_mode)
        for table, model, name in (
            (self._targets, self.targets, _("Targets")),
            (self._rows, self.rows, _("Files")),
        ):
            table.setModel(model)
            table.setAccessibleName(name)
            dress_table(table, 34)
        self._targets.setMinimumHeight(96)
        self._rows.setMinimumHeight(96)
        self._targets.selectionModel().currentRowChanged.connect(lambda *_of: self.look())
        self._rows.selectionModel().currentRowChanged.connect(lambda *_of: self._show_row())
        self._said.hide()
        self.content.addWidget(self._text)
        self.content.addLayout(buttons)
        self.content.addWidget(self._targets, 2)
        self.content.addWidget(self._said)
        self.content.addWidget(self._rows, 5)
        self._why = PlainLabel(size_px=14, wrap=True)
        self._why.hide()
        self.content.addWidget(self._why)
        self.add.setFocus()

    def _show_rows(self, rows: list[OutboxRow]) -> None:
        zone = self._station.event.zone
        if rows != self._shown:
            at = self._rows.currentIndex().row()
            self._shown = rows
            roles = {(n, 1): "negative" for n, row in enumerate(rows) if row.state is RowState.REFUSED}
            self.rows.show_rows([row_cells(row, zone) for row in rows], roles)
            if 0 <= at < len(rows):
                self._rows.setCurrentIndex(self.rows.index(at, 0))
        self._show_row()

    def _show_row(self) -> None:
        row = self._row()
        why = reason_text(row) if row is not None else ""
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.give_up.setEnabled(row is not None and row.state not in (RowState.CONFIRMED, RowState.CLOSED))

    def _row(self) -> OutboxRow | None:
        at = self._rows.currentIndex().row()
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def _show_target(self, target: StoredTarget | None) -> None:
        self._text.setText(
            target.trouble
            if target and target.trouble
            else _(
                "The sealed journals and the workbooks go there by themselves as soon as a network is there; the "
                "desk never waits for it. Scans are safe on this laptop all the time."
            )
        )
        self._text.set_role("warning" if target and target.trouble else "muted")
        idle = self._operation is None
        for button in (self.test, self.remove):
            button.setEnabled(target is not None and idle)
        self.send.setEnabled(target is not None and not self._outgoing.courier.is_busy())
        self.mode.setEnabled(target is not None)
        locked = not self._outgoing.courier.credentials.passphrase
        wanted = any(each.target.secret is SecretPlace.PASSWORD for each in self._standings)
        self.unlock.setVisible(wanted and locked)
        if target is not None and not self.mode.view().isVisible():
            self.mode.setCurrentIndex(self.mode.findData(target.mode))

    def _on_add(self) -> None:
        from ui.dialogs.sending.add import AddTargetDialog

        dialog = AddTargetDialog(self._station, self._outgoing.courier.credentials, self)
        if dialog.exec() == AddTargetDialog.DialogCode.Accepted and dialog.added is not None:
            self._wished = dialog.added.number
            self._test(dialog.added)

    def _on_test(self) -> None:
        target = self.selected()
        if target is not None:
            self._test(target)

    def _test(self, target: StoredTarget) -> None:
        if self._operation is not None:
            return
        files, credentials = self._station.files, self._outgoing.courier.credentials

        def work(_progress: Progress) -> str:
            return prove_target(files, credentials, target)

        operation = Operation("target", work, self)
        operation.succeeded.connect(lambda said: self._tell(said, "positive"))
        operation.failed.connect(lambda error: self._tell(str(error), "negative"))
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self._tell(_("{name} is asked…").format(name=target.name), "muted")
        self.look()
        operation.start()

    def _on_finished(self) -> None:
        self._operation = None
        self.look()

    def _on_unlock(self) -> None:
        from ui.dialogs.sending.add import PassphraseDialog

        dialog = PassphraseDialog(self)
        if dialog.exec() == PassphraseDialog.DialogCode.Accepted:
            self._outgoing.courier.credentials.passphrase = dialog.passphrase()
            self._outgoing.courier.send_now()
            self.look()

    def _on_remove(self) -> None:
        target = self.selected()
        if target is None:
            return
        text = _("{name} is forgotten with what waits for it. What arrived there stays there.")
        if MessageDialog.confirm(
            self, _("Remove this target?"), text.format(name=target.name), yes=_("Remove"), no=_("Keep")
        ):
            self._try(lambda: remove_target(self._station.files, self._outgoing.courier.credentials, target))

    def _on_mode(self) -> None:
        target, mode = self.selected(), Mode(self.mode.currentData())
        if target is not None:
            self._try(lambda: self._station.files.write(lambda c: store.set_mode(c, target.number, mode)))

    def _on_send(self) -> None:
        target = self.selected()
        if target is not None:
            self._tell(_("Sending to {name}…").format(name=target.name), "muted")
            self._outgoing.courier.send_now(target.number)
            self.look()

    def _on_sent(self, rounds: object) -> None:
        for each in rounds if isinstance(rounds, list) else ():
            text = _("{name}: {queued} new, {confirmed} sent and proved, {refused} refused.")
            said = text.format(
                name=each.target.name, queued=each.queued, confirmed=each.confirmed, refused=each.refused
            )
            self._tell(each.trouble or said, "negative" if each.trouble or each.refused else "positive")
        self.look()

    def _on_give_up(self) -> None:
        from ui.dialogs.sending.add import CloseRowDialog

        row = self._row()
        if row is None:
            return
        dialog = CloseRowDialog(row.name, self)
        if dialog.exec() == CloseRowDialog.DialogCode.Accepted:
            station = self._station
            self._try(
                lambda: close_row(station.files, station.clock, row.number, dialog.by(), dialog.reason())
            )

    def _try(self, act: object) -> None:
        try:
            act()  # type: ignore[operator]
        except StationError as error:
            self._tell(str(error), "negative")
        self.look()

    def _tell(self, text: str, role: str) -> None:
        self._said.set_role(role)
        self._said.setText(text)
        self._said.show()


def _worth_seeing(row: OutboxRow) -> tuple[int, int]:
    """What somebody has to look at first, then what waits, then what went, the latest first."""
    order = (RowState.REFUSED, RowState.PENDING, RowState.SENT, RowState.CONFIRMED, RowState.CLOSED)
    return order.index(row.state), -row.number
