"""The main window hosts screens, nothing more."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.shell.header import Header
from ui.shell.rail import Rail
from ui.shell.status import StatusStrip
from ui.style.fonts import scale

_COMPACT_BELOW = 620  # pixels of height
_ZOOM_KEYS = (("Ctrl+=", 1), ("Ctrl++", 1), ("Ctrl+-", -1), ("Ctrl+0", 0))


class MainWindow(QMainWindow):
    """Header above, navigation at the left, one screen at a time in the middle, a line of state at the foot.

    Attributes:
        may_close: asked before the window closes.

    Signals:
        closed: the person closed the window.
        lock_wanted: Ctrl+L.
        zoom_wanted: (step) larger for 1, smaller for -1, as designed for 0.
    """

    closed = Signal()
    lock_wanted = Signal()
    zoom_wanted = Signal(int)

    def __init__(self, header: Header, screens: dict[str, QWidget]) -> None:
        super().__init__()
        self.header = header
        self.rail = Rail()
        self.status, self.outgoing = StatusStrip(), StatusStrip("cloud-upload")
        self._screens = screens
        self._stack = QStackedWidget()
        for screen in screens.values():
            self._stack.addWidget(screen)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._stack, 1)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        column = QVBoxLayout(canvas)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addLayout(middle, 1)
        foot = QHBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.outgoing, 1)
        column.addLayout(foot)
        self.setCentralWidget(canvas)
        self.setMinimumSize(QSize(800, 460))
        self.may_close: Callable[[], bool] = lambda: True
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock_wanted.emit)
        for key, step in _ZOOM_KEYS:
            QShortcut(QKeySequence(key), self, lambda step=step: self.zoom_wanted.emit(step))
        next(iter(screens.values())).setFocus()

    def show_screen(self, name: str) -> None:
        """Bring a screen to the front and the keyboard with it."""
        self._stack.setCurrentWidget(self._screens[name])
        self.rail.show_place(name)
        self._screens[name].setFocus()

    def screen_on_show(self) -> QWidget | None:
        """The screen in front."""
        return self._stack.currentWidget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.adapt()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:  # sent with another size of everything too
            self.adapt()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()

    def adapt(self) -> None:
        """Share the window's room out anew."""
        compact = self.height() / scale() < _COMPACT_BELOW
        self.header.adapt(round(self.width() / scale()), compact=compact)
        self.rail.adapt(compact=compact)
