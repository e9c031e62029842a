"""The buttons above the card and their keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.i18n import _
from ui.dialogs.layouts.canvas import Canvas
from ui.dialogs.layouts.draft import Draft
from ui.style.fonts import scaled
from ui.widgets.key_button import KeyButton

_MANY = 100  # layers: to the very top or bottom


class Tools(QWidget):
    """Buttons with icons; each says in its tip what it does and with which key."""

    def __init__(self, draft: Draft, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._canvas = draft, canvas
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self.undo = self._add("undo-2", _("Undo"), draft.undo, "Ctrl+Z")
        self.redo = self._add("redo-2", _("Redo"), draft.redo, "Ctrl+Y", "Ctrl+Shift+Z")
        self._gap()
        self.duplicate = self._add("copy", _("Duplicate"), draft.duplicate, "Ctrl+D")
        self.remove = self._add("trash-2", _("Delete"), draft.remove, told="Del")
        self._gap()
        self._aligning = [
            self._add("align-start-vertical", _("Align left"), lambda: draft.align("left")),
            self._add("align-center-vertical", _("Align centres"), lambda: draft.align("centre")),
            self._add("align-end-vertical", _("Align right"), lambda: draft.align("right")),
            self._add("align-start-horizontal", _("Align tops"), lambda: draft.align("top")),
            self._add("align-center-horizontal", _("Align middles"), lambda: draft.align("middle")),
            self._add("align-end-horizontal", _("Align bottoms"), lambda: draft.align("bottom")),
        ]
        self._gap()
        even, alike = draft.distribute, draft.make_alike
        self._spacing = [
            self._add("align-horizontal-space-between", _("Even gaps across"), lambda: even(across=True)),
            self._add("align-vertical-space-between", _("Even gaps down"), lambda: even(across=False)),
        ]
        self._alike = [
            self._add("stretch-horizontal", _("Same width"), lambda: alike(across=True)),
            self._add("stretch-vertical", _("Same height"), lambda: alike(across=False)),
        ]
        self._gap()
        self._layering = [
            self._add("arrow-up", _("One layer forward"), lambda: draft.raise_by(1), "Ctrl+]"),
            self._add("arrow-down", _("One layer back"), lambda: draft.raise_by(-1), "Ctrl+["),
            self._add("bring-to-front", _("To the front"), lambda: draft.raise_by(_MANY)),
            self._add("send-to-back", _("To the back"), lambda: draft.raise_by(-_MANY)),
        ]
        self._gap()
        self._add("zoom-out", _("Smaller"), canvas.zoom_out, "Ctrl+-")
        self._add("zoom-in", _("Larger"), canvas.zoom_in, "Ctrl++", "Ctrl+=")
        self._add("maximize", _("The whole card"), canvas.fit_card, "Ctrl+0")
        self._row.addStretch(1)
        QShortcut(QKeySequence("Ctrl+A"), canvas, draft.choose_all, context=Qt.ShortcutContext.WidgetShortcut)
        draft.changed.connect(self.refresh)
        draft.selected.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Only what makes sense for what is selected."""
        draft, chosen = self._draft, len(self._draft.chosen)
        self.undo.setEnabled(draft.can_undo())
        self.redo.setEnabled(draft.can_redo())
        for least, buttons in (
            (1, [self.duplicate, self.remove, *self._aligning, *self._layering]),
            (2, self._alike),
            (3, self._spacing),
        ):
            for button in buttons:
                button.setEnabled(chosen >= least)

    def _add(self, icon: str, said: str, act: Callable[[], object], *keys: str, told: str = "") -> KeyButton:
        button = KeyButton(icon)
        button.setFixedWidth(scaled(34))
        button.setAccessibleName(said)
        shown = keys[0] if keys else told
        button.setToolTip(f"{said} ({shown})" if shown else said)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())
        for key in keys:
            QShortcut(QKeySequence(key), self.window(), act)
        self._row.addWidget(button)
        return button

    def _gap(self) -> None:
        self._row.addSpacing(scaled(6))
