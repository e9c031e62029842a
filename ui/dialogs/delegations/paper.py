"""What dialogs share that put something into a file or on paper: one thing at a time, and how it ended."""

import io
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.errors import StationError
from station.i18n import _
from station.media.names import safe_name
from ui.bridge.operation import Operation, Progress
from ui.dialogs.frame import DialogFrame
from ui.dialogs.printing import PrintDialog
from ui.widgets.icon_mark import IconMark
from ui.widgets.plain_label import PlainLabel

_WIDTH_PX = 620
Ask = Callable[[QWidget | None, str, Path], Path | None]


class PaperDialog(DialogFrame):
    """A dialog whose ``content`` is filled by who derives from it; the outcome stands below."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH_PX)
        self.set_heading(heading)
        self._operation: Operation | None = None
        self._mark = IconMark(20)
        self._outcome = PlainLabel(size_px=14, wrap=True)
        self._outcome_place = QWidget()
        row = QHBoxLayout(self._outcome_place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._outcome, 1)
        self._outcome_place.hide()

    def outcome(self) -> str:
        """What was said last, '' for nothing."""
        return self._outcome.full_text()

    def is_working(self) -> bool:
        """Whether a file is being written."""
        return self._operation is not None

    def tell(self, text: str, icon: str = "circle-check", role: str = "positive") -> None:
        """Say how something ended."""
        self._mark.set_icon(icon, role)
        self._outcome.setText(text)
        self._outcome_place.show()

    def save(
        self,
        ask: Ask,
        question: str,
        name: str,
        write: Callable[[Path], object],
        slowly: Callable[[Path, Progress], object] | None = None,
    ) -> None:
        """Ask for a file of this name and write it off the GUI thread; ``slowly`` instead tells its progress, and
        can be cancelled."""
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        to = None if self._operation is not None else ask(self, question, folder / safe_name(name))
        if to is None:
            return
        work = (lambda _progress: write(to)) if slowly is None else (lambda progress: slowly(to, progress))
        operation = Operation("paper", work, self)
        operation.progressed.connect(self._on_progressed)
        operation.cancelled.connect(
            lambda: self.tell(_("Stopped. Nothing was left half-written."), "info", "muted")
        )
        operation.succeeded.connect(lambda _result: self.tell(_("It is in {file}.").format(file=to)))
        operation.failed.connect(self._on_failed)
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self.tell(_("Writing…"), "clock", "muted")
        operation.start()

    def print(self, heading: str, text: str, draw: Callable[[io.BytesIO], object]) -> None:
        """Put on paper what ``draw`` writes as a PDF."""

        def drawn(_paper: object) -> bytes:
            pdf = io.BytesIO()
            draw(pdf)
            return pdf.getvalue()

        PrintDialog(self, heading, text, drawn).exec()

    def reject(self) -> None:
        """A file under way is finished first, or stopped where that can be."""
        if self._operation is None:
            super().reject()
        else:
            self._operation.cancel()

    def _on_progressed(self, done: int, total: int) -> None:
        self.tell(_("Writing… {done} of {total}").format(done=done, total=total), "clock", "muted")

    def _on_failed(self, error: StationError) -> None:
        self.tell(str(error), "octagon-x", "negative")

    def _on_finished(self) -> None:
        self._operation = None
