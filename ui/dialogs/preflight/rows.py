"""The results as a list: red first, then amber, what is still being checked, and green."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station.i18n import N_, _
from station.preflight.check import Check, Level
from station.preflight.titles import title_of, word_of
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

MARKS = {
    Level.OK: ("circle-check", "positive"),
    Level.WARN: ("triangle-alert", "warning"),
    Level.FAIL: ("octagon-x", "negative"),
}
_GROUPS = {Level.FAIL: N_("Must be mended"), Level.WARN: N_("Look at it"), Level.OK: N_("Good")}
_MARK_DOWN_PX = 3  # onto the line of the title, which has room above for Ễ
_BUTTON_PX = 190


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the program can do about a check.

    Attributes:
        caption: marked for translation. always: offered also where all is well.
    """

    caption: str
    icon: str
    act: Callable[[], None]
    always: bool = False


class ResultList(QScrollArea):
    """Shows results and what is still to come; a row has a button where there is a remedy.

    Args:
        remedies: by the name of the check.
    """

    def __init__(self, remedies: Mapping[str, Remedy]) -> None:
        super().__init__()
        self._remedies = remedies
        self._buttons: dict[str, KeyButton] = {}
        self._returns_to = ""  # the row whose button had the focus before it could not be pressed
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Results"))

    def show_results(self, checks: Sequence[Check], waiting: Sequence[str], *, idle: bool) -> None:
        """Show these instead; where the person was in the list, they stay.

        Buttons can be pressed only while ``idle``: not while the same devices are being checked.
        """
        for name, button in self._buttons.items():
            if self.window().focusWidget() is button:  # also while another window is in front
                self._returns_to = name
                self.setFocus()
        place = self.verticalScrollBar().value()
        self._buttons = {}
        page = QWidget()
        layout = QVBoxLayout(page)
        self._fill(layout, checks, waiting)
        self.setWidget(page)
        layout.activate()
        self.verticalScrollBar().setValue(place)
        for button in self._buttons.values():
            button.setEnabled(idle)
        if idle:
            self._return_focus()

    def _return_focus(self) -> None:
        button = self._buttons.get(self._returns_to)
        if button is not None and self.window().focusWidget() is self:
            button.setFocus()
            self.ensureWidgetVisible(button)
        self._returns_to = ""

    def button(self, name: str) -> KeyButton | None:
        """The button in the row of a check."""
        return self._buttons.get(name)

    def _fill(self, layout: QVBoxLayout, checks: Sequence[Check], waiting: Sequence[str]) -> None:
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(6)
        for level, caption in _GROUPS.items():
            found = [check for check in checks if check.level is level]
            if level is Level.OK and waiting:
                self._add_waiting(layout, waiting)
            if found:
                _add_caption(layout, f"{_(caption)} · {len(found)}", MARKS[level][1])
            for check in found:
                layout.addWidget(self._row(check))
        layout.addStretch(1)

    def _add_waiting(self, layout: QVBoxLayout, waiting: Sequence[str]) -> None:
        _add_caption(layout, _("Still to be checked · {count}").format(count=len(waiting)), "muted")
        names = ", ".join(title_of(name) for name in waiting)
        layout.addWidget(PlainLabel(names, 14, role="muted", wrap=True))

    def _row(self, check: Check) -> QWidget:
        row = QWidget()
        row.setObjectName("surface")
        row.setAccessibleName(f"{word_of(check.level)}: {title_of(check.name)}. {check.text}")
        line = QHBoxLayout(row)
        line.setContentsMargins(14, 8, 12, 10)
        line.setSpacing(12)
        marks = QVBoxLayout()
        marks.setContentsMargins(0, _MARK_DOWN_PX, 0, 0)
        marks.addWidget(IconMark(22, *MARKS[check.level]))
        marks.addStretch(1)
        line.addLayout(marks)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(PlainLabel(title_of(check.name), 15, QFont.Weight.DemiBold))
        texts.addWidget(PlainLabel(check.message, 14, wrap=True))
        if check.advice:
            texts.addWidget(PlainLabel(check.advice, 14, role="muted", wrap=True))
        line.addLayout(texts, 1)
        self._add_remedy(line, check)
        return row

    def _add_remedy(self, line: QHBoxLayout, check: Check) -> None:
        remedy = self._remedies.get(check.name)
        if remedy is None or (check.level is Level.OK and not remedy.always):
            return
        button = KeyButton(remedy.icon)
        button.set_caption(_(remedy.caption))
        button.setAutoDefault(False)
        button.setMinimumWidth(_BUTTON_PX)
        button.clicked.connect(lambda _checked=False: remedy.act())
        line.addWidget(button)
        self._buttons[check.name] = button


def _add_caption(layout: QVBoxLayout, text: str, role: str) -> None:
    if layout.count():
        layout.addSpacing(8)
    layout.addWidget(PlainLabel(text, 13, QFont.Weight.DemiBold, role=role))
