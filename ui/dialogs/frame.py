"""The frame of every dialog: heading, content, and buttons with our own words, for Qt has no Vietnamese ones."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.style.fonts import scaled
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

_WIDEST_PX = 1240  # fits the smallest screen, however large everything is shown


class DialogFrame(QDialog):
    """A dialog with ``content`` (a layout to fill) and a row of buttons; Esc closes it, F1 explains it.

    Attributes:
        for_everybody: what it does a clerk may do too, so it stays as it is when the station is locked.
    """

    for_everybody = False

    def __init__(self, parent: QWidget | None, width_px: int = 480) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self._heading = PlainLabel(size_px=21, weight=QFont.Weight.Bold, wrap=True)
        self.content = QVBoxLayout()
        self.content.setSpacing(12)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        self._buttons.addStretch(1)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(26, 22, 26, 22)
        layout.setSpacing(16)
        layout.addWidget(self._heading)
        layout.addLayout(self.content, 1)
        layout.addLayout(self._buttons)
        # Not on the dialog itself: it would then no longer grow with its content.
        self._heading.setMinimumWidth(min(scaled(width_px), _WIDEST_PX) - 52)
        QShortcut(QKeySequence("F1"), self, self.show_help)

    def showEvent(self, event: QShowEvent) -> None:
        """As large as its content wants; Qt itself would stop at two thirds of a small screen."""
        super().showEvent(event)
        self.fit_content()

    def fit_content(self) -> None:
        """Take the height that the content wants now; for whoever shows or hides a part of it."""
        self._layout.activate()
        room = screen_room(self)
        width = min(self.sizeHint().width(), room.width())
        height = max(self._layout.totalHeightForWidth(width), self._layout.totalMinimumSize().height())
        self.resize(width, min(height, room.height()))

    def show_help(self) -> None:
        """Open the part of the guide that is about this dialog."""
        from ui.dialogs.help import HelpDialog  # which is such a dialog itself
        from ui.dialogs.help.places import place_of

        HelpDialog(self, place_of(self)).exec()

    def set_heading(self, text: str) -> None:
        """The title, in the window's frame too."""
        self._heading.setText(text)
        self.setWindowTitle(text)

    def add_button(self, caption: str, *, primary: bool = False, icon: str = "") -> KeyButton:
        """A button at the foot; the primary one answers to Enter."""
        button = KeyButton(icon, primary=primary)
        button.set_caption(caption)
        button.setAutoDefault(primary)
        button.setDefault(primary)
        self._buttons.addWidget(button)
        return button


def screen_room(widget: QWidget) -> QSize:
    """What the screen below a widget has room for.

    Not by QWidget.screen(): PySide takes the screen for a child of the widget, and ends it with the widget.
    """
    screen = QGuiApplication.screenAt(widget.geometry().center()) or QGuiApplication.primaryScreen()
    return screen.availableGeometry().size()
