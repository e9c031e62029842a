"""A dialog around one long operation: says what will happen, shows progress, and says plainly how it ended."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from station.errors import StationError
from station.i18n import _
from ui.bridge.operation import Operation, Progress
from ui.dialogs.frame import DialogFrame
from ui.widgets.icon_mark import IconMark
from ui.widgets.plain_label import PlainLabel

_PROGRESS_AFTER_MS = 500  # quicker work shows no bar at all


class WorkDialog(DialogFrame):
    """Three faces: the wish, the work, the outcome. Closing it during the work cancels the work."""

    def __init__(self, parent: QWidget | None, heading: str, explanation: str, start: str) -> None:
        super().__init__(parent, 580)
        self.set_heading(heading)
        self._operation: Operation | None = None
        self._is_stopping = False
        self._headline = PlainLabel(size_px=18, weight=QFont.Weight.Bold, wrap=True)
        self._text = PlainLabel(explanation, 15, wrap=True)
        self._mark = IconMark(40)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._build()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PROGRESS_AFTER_MS)
        self._delay.timeout.connect(self._bar.show)
        self._close = self.add_button(_("Cancel"))
        self._close.clicked.connect(self.reject)
        self._start = self.add_button(start, primary=True)
        self._start.clicked.connect(self.begin)

    def begin(self) -> None:
        """The person pressed the primary button; a dialog overrides this and calls :meth:`run`."""
        raise NotImplementedError

    def run(
        self, name: str, work: Callable[[Progress], Any], told: Callable[[Any], tuple[str, str]], busy: str
    ) -> None:
        """Start the work; ``told`` makes headline and text of its result, ``busy`` is said meanwhile."""
        operation = Operation(name, work, self)
        operation.progressed.connect(self._on_progressed)
        operation.succeeded.connect(lambda result: self._end("circle-check", "positive", *told(result)))
        operation.failed.connect(self._on_failed)
        operation.cancelled.connect(self._on_cancelled)
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self._is_stopping = False
        self._mark.hide()
        self._headline.hide()
        self._text.setText(busy)
        self._start.setEnabled(False)
        self._bar.setRange(0, 0)
        self._delay.start()
        operation.start()

    def is_working(self) -> bool:
        """Whether the operation is under way."""
        return self._operation is not None

    def outcome(self) -> str:
        """The headline of how it ended; empty before."""
        return "" if self._headline.isHidden() else self._headline.full_text()

    def text(self) -> str:
        """The explanation on show."""
        return self._text.full_text()

    def reject(self) -> None:
        """Esc, Cancel or the window's cross: first the work is stopped."""
        if self._operation is not None:
            self._is_stopping = True
            self._text.setText(_("Stopping…"))
            self._operation.cancel()
        else:
            super().reject()

    def _build(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addWidget(self._headline)
        texts.addWidget(self._text)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._mark)
        row.addLayout(texts, 1)
        self.content.addLayout(row)
        self.content.addWidget(self._bar)
        self.content.addStretch(1)
        for widget in (self._headline, self._mark, self._bar):
            widget.hide()

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        self._operation = None
        self._delay.stop()
        self._bar.hide()
        self._mark.set_icon(icon, role)
        self._mark.show()
        self._headline.setText(headline)
        self._headline.show()
        self._text.setText(text)
        done = icon == "circle-check"
        self._start.setEnabled(not done)
        self._start.setVisible(not done)
        self._close.set_caption(_("Close"))
        self._close.setFocus()

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_failed(self, error: StationError) -> None:
        self._end("octagon-x", "negative", _("It was not done"), str(error))

    def _on_finished(self) -> None:
        if self._operation is not None:  # none of the three ends above: a bug, kept by the exception hook
            self._end("octagon-x", "negative", _("It was not done"), _("The program made a mistake."))

    def _on_cancelled(self) -> None:
        self._end("info", "muted", _("Stopped"), _("Nothing was left half-written."))
