"""Keeps Python's garbage collector on the GUI thread, where alone Qt's objects may be destroyed."""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500
_OLDER_EACH, _OLDEST_EACH = 10, 100  # times: after 5 s what survived once, after 50 s everything


class GarbageCollector(QObject):
    """Collects now and then from the event loop, instead of wherever memory is being allocated.

    WORKAROUND: a dialog that was closed often lies in a reference cycle. Python would destroy it on the thread
    that happens to allocate, for example the one that draws badges, and Qt's event loop then dies of a
    segmentation fault: 5 of 60 runs of the tests did. pyqtgraph and Anki collect on a timer for the same reason.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.collect()
        gc.freeze()  # all modules: looking through them again would cost 30 ms of a verdict's time
        gc.disable()
        self._times = 0
        timer = QTimer(self)
        timer.timeout.connect(self._on_timeout)
        timer.start(_EVERY_MS)

    def _on_timeout(self) -> None:
        """As Python itself does: the youngest objects often, the old ones seldom."""
        self._times += 1
        generation = 2 if self._times % _OLDEST_EACH == 0 else 1 if self._times % _OLDER_EACH == 0 else 0
        gc.collect(generation)
