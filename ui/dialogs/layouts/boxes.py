"""The plain boxes and buttons that the editor's windows are made of."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.dialogs.frame import screen_room
from ui.style.fonts import scaled
from ui.widgets.key_button import KeyButton

_EDGE_PX = 40  # of the screen, for the window's frame
_LARGEST_PX = (1720, 1000)


def column(width_px: int, *widgets: tuple[QWidget, int]) -> QWidget:
    """Widgets below one another with their shares of the height; ``width_px`` 0 for any width."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget, stretch in widgets:
        layout.addWidget(widget, stretch)
    if width_px:
        box.setFixedWidth(scaled(width_px))
    return box


def plain_button(icon: str, caption: str) -> KeyButton:
    """A button that Enter elsewhere in the dialog does not press."""
    button = KeyButton(icon)
    button.set_caption(caption)
    button.setAutoDefault(False)
    return button


def fill_screen(window: QWidget) -> None:
    """As large as the screen allows, and in its middle.

    Qt placed it for the size it had: what is larger now would reach over the edge of the screen.
    """
    room = screen_room(window)
    window.resize(min(_LARGEST_PX[0], room.width() - _EDGE_PX), min(_LARGEST_PX[1], room.height() - _EDGE_PX))
    # Not window.screen(): PySide would end the screen together with the widget.
    screen = QGuiApplication.screenAt(window.geometry().center()) or QGuiApplication.primaryScreen()
    place = window.frameGeometry()
    place.moveCenter(screen.availableGeometry().center())
    window.move(place.topLeft())
