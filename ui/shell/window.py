"""The main window hosts screens, nothing more."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.shell.header import Header
from ui.shell.rail import Rail

_COMPACT_BELOW = 620  # pixels of height


class MainWindow(QMainWindow):
    """Header above, navigation at the left, one screen at a time in the middle.

    Signals:
        closed: the person closed the window.
    """

    closed = Signal()

    def __init__(self, header: Header, screens: dict[str, QWidget]) -> None:
        super().__init__()
        self.header = header
        self.rail = Rail()
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
        self.setCentralWidget(canvas)
        self.setMinimumSize(QSize(800, 460))
        next(iter(screens.values())).setFocus()

    def show_screen(self, name: str) -> None:
        """Bring a screen to the front and the keyboard with it."""
        self._stack.setCurrentWidget(self._screens[name])
        self.rail.show_place(name)
        self._screens[name].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = event.size().height() < _COMPACT_BELOW
        self.header.adapt(event.size().width(), compact=compact)
        self.rail.adapt(compact=compact)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
