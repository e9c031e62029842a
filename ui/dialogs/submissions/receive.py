"""What one delegate was to bring in, received at the desk: copied from a stick, on paper, or none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from station.app import Station
from station.checkin.submissions import receive_file, receive_without_file
from station.documents.files import StoredFile
from station.documents.submissions import Expected, expected_of, owed
from station.errors import StationError
from station.i18n import _
from station.media.drives import removable_drives
from station.model.delegate import Delegate
from station.model.submission import How
from station.reports.owing import HOW_NAMES, KIND_NAMES, due_of
from ui.bridge.operation import Operation, Progress
from ui.dialogs.choose import Choose
from ui.dialogs.frame import DialogFrame
from ui.screens.desk.wording import local_time
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_ROW_PX, _MOST_ROWS = 58, 6


class ReceiveDialog(DialogFrame):
    """The list, and three ways to receive the chosen one; several can be received one after the other."""

    def __init__(self, station: Station, delegate: Delegate, parent: QWidget | None = None) -> None:
        super().__init__(parent, 720)
        self.set_heading(_("Take in a submission"))
        self._station, self._delegate = station, delegate
        self._lines: list[Expected] = []
        self._operation: Operation | None = None
        self._list = RowList(_ROW_PX, one_click=False)
        self._list.setAccessibleName(_("Submissions"))
        self._list.chosen.connect(lambda _key: self._on_file_wanted())
        self._said = PlainLabel(size_px=15, wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._file, self._paper, self._none = (
            KeyButton("usb", "Ctrl+O", primary=True),
            KeyButton(),
            KeyButton(),
        )
        self._build()
        self._read()
        self._list.setFocus()

    def lines(self) -> list[Expected]:
        """What is expected, received or owed."""
        return self._lines

    def said(self) -> str:
        """What became of the latest wish, '' for none yet."""
        return self._said.full_text()

    def is_working(self) -> bool:
        """Whether a file is being copied."""
        return self._operation is not None

    def take(self, path: Path) -> None:
        """Copy a file as the chosen submission."""
        line = self._chosen()
        if line is None or self._operation is not None:
            return
        station, who, code = self._station, self._delegate.id, line.submission.code
        work: Callable[[Progress], Any] = lambda progress: receive_file(  # noqa: E731
            station.files, station.clock, who, code, path, progress
        )
        operation = Operation("take submission", work, self)
        operation.progressed.connect(self._on_progressed)
        operation.succeeded.connect(self._on_taken)
        operation.failed.connect(lambda error: self._tell(str(error), "negative"))
        operation.cancelled.connect(lambda: self._tell(_("Stopped. Nothing was left half-written."), "muted"))
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self._tell(_("Copying and checking…"), "muted")
        self._refresh()
        operation.start()

    def choose(self, code: str) -> None:
        """Select a submission by its code."""
        codes = [line.submission.code for line in self._lines]
        self._list.select(codes.index(code))

    def reject(self) -> None:
        """What is being copied is stopped first; nothing of it stays."""
        if self._operation is not None:
            self._operation.cancel()
        else:
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list.setFocus()

    def _build(self) -> None:
        self.content.addWidget(PlainLabel(self._delegate.name, 16, role="muted", elide=True))
        self.content.addWidget(self._list, 1)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for button, caption, act in (
            (self._file, _("Copy a file from USB…"), self._on_file_wanted),
            (self._paper, _("Came on paper"), lambda: self._on_other(How.PAPER)),
            (self._none, _("Has none to bring"), lambda: self._on_other(How.NONE)),
        ):
            button.set_caption(caption)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            ways.addWidget(button)
        ways.addStretch(1)
        self.content.addLayout(ways)
        self.content.addWidget(self._bar)
        self.content.addWidget(self._said)
        self._said.hide()
        self._close = self.add_button(_("Close"))
        self._close.clicked.connect(self.reject)

    def _read(self) -> None:
        with self._station.files.reading() as connection:
            self._lines = expected_of(connection, self._delegate)
        before = self._list.selected()
        self._list.show_rows([self._row(line) for line in self._lines])
        self._list.setMinimumHeight(_ROW_PX * max(1, min(_MOST_ROWS, len(self._lines))) + 8)
        debts = owed(self._lines)
        wanted = before if before in {line.submission.code for line in debts} else ""
        wanted = wanted or (debts[0].submission.code if debts else before)
        if self._lines:
            self.choose(wanted or self._lines[0].submission.code)
        self._refresh()

    def _row(self, line: Expected) -> Row:
        now, zone = self._station.clock.now(), self._station.event.zone
        submission, came = line.submission, line.received
        parts = [_(KIND_NAMES[submission.kind])]
        due = due_of(submission, self._station.desk.sessions())
        if submission.session:
            parts.append(submission.session)
        if due is not None:
            parts.append(_("due {time}").format(time=local_time(due, zone, now)))
        if came is None:
            late = due is not None and due < now
            note, icon, role = _("overdue") if late else _("owed"), "inbox", "negative" if late else "warning"
        else:
            note = f"{_(HOW_NAMES[came.how])} · {local_time(came.at, zone, now)}"
            icon, role = "circle-check", "positive"
        detail = " · ".join(parts)
        return Row(submission.title, detail, note, icon, role, submission.code, muted=came is not None)

    def _chosen(self) -> Expected | None:
        code = self._list.selected()
        return next((line for line in self._lines if line.submission.code == code), None)

    def _refresh(self) -> None:
        busy = self._operation is not None
        self._bar.setVisible(busy)
        if busy:
            self._bar.setRange(0, 0)
        for button in (self._file, self._paper, self._none):
            button.setEnabled(not busy and bool(self._lines))
        self._list.setEnabled(not busy)
        self._close.set_caption(_("Stop") if busy else _("Close"))

    def _tell(self, text: str, role: str) -> None:
        self._said.set_role(role)
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self.fit_content()

    def _on_file_wanted(self) -> None:
        drives = removable_drives()
        start = drives[0].path if drives else Path.home()
        path = Choose.document(self, _("The delegate's file"), start)
        if path is not None:
            self.take(path)

    def _on_other(self, how: How) -> None:
        line = self._chosen()
        if line is None:
            return
        try:
            receive_without_file(
                self._station.files, self._station.clock, self._delegate.id, line.submission.code, how
            )
        except StationError as error:
            self._tell(str(error), "negative")
            return
        self._read()
        self._tell(_("Recorded: {title}").format(title=line.submission.title), "positive")

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(1, total // 1024))
        self._bar.setValue(done // 1024)

    def _on_taken(self, stored: StoredFile) -> None:
        said = _("Taken in and read back: {file} ({size} MB)")
        text = said.format(file=stored.name, size=f"{stored.bytes / 1e6:.1f}")
        self._tell("\n".join((text, *stored.notices)), "warning" if stored.notices else "positive")

    def _on_finished(self) -> None:
        self._operation = None
        self._read()
        self._list.setFocus()
