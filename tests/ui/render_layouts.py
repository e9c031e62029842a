"""The states of the layout editor, for render_screens.py."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from station.badges.layouts.folder import READY_MADE, read_layout
from station.badges.layouts.model import BadgeLayout, Code, Place
from station.badges.layouts.parts import kind_of, place_of
from station.badges.layouts.start import blank_layout
from ui.dialogs.layouts.editor import EditorDialog
from ui.dialogs.layouts.library import LayoutsDialog
from ui.dialogs.layouts.paper import PaperDialog

_MOST_S = 20.0


def layout_states(studio: Any) -> dict[str, Callable[[], QWidget]]:
    """Every state by name."""
    states: dict[str, Callable[[], QWidget]] = {
        "layouts": lambda: studio._dialog(LayoutsDialog(studio.event.station, studio.event.window)),
        "layouts-paper": lambda: studio._dialog(
            PaperDialog(blank_layout("", "Thẻ đại biểu"), studio.event.window, asks_title=True)
        ),
        "layouts-empty": lambda: _editor(studio, blank_layout("mine", "Thẻ đại biểu")),
        "layouts-full": lambda: _dragged(studio),
        "layouts-warnings": lambda: _warned(studio),
        "layouts-back": lambda: _back(studio),
        "layouts-several": lambda: _several(studio),
    }
    for kind in ("text", "column", "code", "photo", "logo", "line", "box", "band", "ticks"):
        states[f"layouts-{kind}"] = lambda kind=kind: _chosen(studio, kind)  # type: ignore[misc]
    return states


def _editor(studio: Any, layout: BadgeLayout) -> EditorDialog:
    editor = EditorDialog(studio.event.station, layout, "", studio.event.window)
    studio._dialog(editor)
    editor.canvas.setFocus()
    _settle(editor)
    editor.reject = editor._end  # type: ignore[method-assign]  # closed without a question
    return editor


def _settle(editor: EditorDialog) -> None:
    until = time.monotonic() + _MOST_S
    while editor.is_working() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.01)
    QApplication.processEvents()


def _ready(name: str = "card") -> BadgeLayout:
    return replace(read_layout(READY_MADE / f"{name}.toml"), name="ours")


def _dragged(studio: Any) -> EditorDialog:
    """The code on its way, caught by the middle of the card."""
    editor = _editor(studio, _ready())
    parts = editor.draft.parts()
    number = next(n for n, part in enumerate(parts) if isinstance(part[0], Code))
    editor.draft.choose([number])
    place = place_of(parts[number])
    port, canvas = editor.canvas.viewport(), editor.canvas
    middle = place.x_mm + place.width_mm / 2, place.y_mm + place.height_mm / 2
    start = canvas.mapFromScene(QPointF(*middle))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, canvas.mapFromScene(QPointF(middle[0] + 4, middle[1])))
    QTest.mouseMove(port, canvas.mapFromScene(QPointF(52.6, middle[1] + 0.2)))
    _settle(editor)
    return editor


def _warned(studio: Any) -> EditorDialog:
    editor = _editor(studio, _ready())
    for number, part in enumerate(editor.draft.parts()):
        place = place_of(part)
        editor.draft.choose([number])
        if kind_of(part) == "code":
            editor.draft.put([Place(place.x_mm, place.y_mm, 18, 18)])
        elif kind_of(part) == "column" and place.height_mm > 50:
            editor.draft.put([replace(place, width_mm=34, height_mm=30)])
    _settle(editor)
    return editor


def _back(studio: Any) -> EditorDialog:
    editor = _editor(studio, _ready("lanyard-a6-fold"))
    editor.draft.show_side("back")
    _settle(editor)
    return editor


def _several(studio: Any) -> EditorDialog:
    editor = _editor(studio, _ready())
    editor.draft.choose([5, 6, 7])
    return editor


def _chosen(studio: Any, kind: str) -> EditorDialog:
    editor = _editor(studio, _ready("lanyard-a6-fold"))
    if kind in ("text", "ticks"):
        editor.draft.show_side("back")
    parts = editor.draft.parts()
    found = [n for n, part in enumerate(parts) if kind_of(part) == kind]
    editor.draft.choose(found[-1:])
    _settle(editor)
    return editor
