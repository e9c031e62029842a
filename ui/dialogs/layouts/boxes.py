"""The plain boxes and buttons that the editor's windows are made of."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.style.fonts import scaled
from ui.widgets.key_button import KeyButton


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
