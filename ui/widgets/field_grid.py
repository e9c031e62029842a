"""Fields below one another, each with its caption before it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.plain_label import PlainLabel


def field_grid(fields: Sequence[tuple[str, QWidget]], parent: QWidget | None = None) -> QGridLayout:
    """A grid of captions and fields, which get their captions as accessible names; rows may be added below."""
    grid = QGridLayout()
    if parent is not None:
        parent.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(1, 1)
    for row, (caption, widget) in enumerate(fields):
        label = PlainLabel(caption, 15)
        label.setBuddy(widget)
        widget.setAccessibleName(caption)
        grid.addWidget(label, row, 0)
        grid.addWidget(widget, row, 1)
    return grid
