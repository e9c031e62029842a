"""Looks for what would go wrong on paper while a layout is being changed, beside the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from station.badges.layouts.model import BadgeLayout
from station.badges.layouts.warnings import LayoutWarning
from ui.bridge.operation import Operation, Progress

_DELAY_MS = 250
Check = Callable[[BadgeLayout, Progress], list[LayoutWarning]]


class Checking(QObject):
    """One look at a time; of what is asked for meanwhile only the last is looked at.

    Args:
        check: looks at a layout, on a worker.

    Signals:
        found: (list of LayoutWarning).
    """

    found = Signal(object)

    def __init__(self, check: Check, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._check = check
        self._wanted: BadgeLayout | None = None
        self._operation: Operation | None = None
        self._ended = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._begin)

    def look_at(self, layout: BadgeLayout) -> None:
        """Say soon what is wrong with it."""
        self._wanted = layout
        self._timer.start()

    def is_working(self) -> bool:
        """Whether something is still to be said."""
        return self._operation is not None or self._timer.isActive()

    def end(self) -> None:
        """Nothing is said any more; the look under way is broken off."""
        self._ended = True
        self._timer.stop()
        if self._operation is not None:
            self._operation.cancel()
            self._operation.wait()

    def _begin(self) -> None:
        layout = self._wanted
        if self._operation is not None or layout is None or self._ended:
            return
        self._wanted = None
        self._operation = Operation("layout-check", lambda progress: self._check(layout, progress), self)
        self._operation.succeeded.connect(self._on_found)
        self._operation.finished.connect(self._on_finished)
        self._operation.start()

    def _on_found(self, warnings: object) -> None:
        if not self._ended:
            self.found.emit(warnings)

    def _on_finished(self) -> None:
        self._operation = None
        if self._wanted is not None:
            self._begin()
