"""The form for one session of the programme: what is typed here is on its card at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from station.i18n import _
from station.model.event import Audience, Repeats
from station.programme.lines import SessionLine
from ui.dialogs.programme.grid import day_label
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.wording import audience_label

_ROW_GAP_PX = 8


class SessionForm(QScrollArea):
    """Shows one line; a field that Enter leaves gives way to the next, and the last one asks for a new session.

    Signals:
        edited: (SessionLine) another text or choice. settled: a field was left, or the day is another one.
        audience_requested: who may enter is to be chosen. next_requested: Enter in the last field.
        paste_requested: rows of a spreadsheet were pasted into a field.
    """

    edited = Signal(object)
    settled = Signal()
    audience_requested = Signal()
    next_requested = Signal()
    paste_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = SessionLine()
        self._filling = False
        self.code, self.title, self.title_en = QLineEdit(), QLineEdit(), QLineEdit()
        self.opens, self.closes = QLineEdit(), QLineEdit()
        self.grace_before, self.grace_after = QLineEdit(), QLineEdit()
        self.day, self.repeats = Choice(), Choice()
        self.exits, self.re_entry = (
            QCheckBox(_("Exits are recorded, too")),
            QCheckBox(_("Who left may come in again")),
        )
        self._audience = PlainLabel(size_px=14, wrap=True)
        self._unknown = PlainLabel(size_px=13, role="warning", wrap=True)
        self._choose = KeyButton("users-round")
        self._choose.set_caption(_("Choose…"))
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self.audience_requested)
        self._chain = (self.title, self.opens, self.closes)
        self._build()
        self._connect()

    def show_line(self, line: SessionLine, unknown: Sequence[str] = ()) -> None:
        """Show a session; ``unknown`` are the names among those who may enter that the roster does not have."""
        self._filling, self._line = True, line
        for field, text in self._texts(line):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        self._choose_day(line.day)
        self.repeats.setCurrentIndex(self.repeats.findData(line.repeats))
        self.exits.setChecked(line.exits)
        self.re_entry.setChecked(line.re_entry)
        self._filling = False
        self._follow(line, unknown)

    def offer_days(self, days: Sequence[date]) -> None:
        """The days of the event to choose from."""
        self._filling = True
        items: list[tuple[str, str]] = [("", day_label(None))]
        items += [(f"{day:%d/%m/%Y}", day_label(day)) for day in days]
        fill_choice(self.day, items, self._line.day)
        self._choose_day(self._line.day)
        self._filling = False

    def begin(self) -> None:
        """Put the cursor where one begins to write."""
        self.title.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.title.selectAll()

    def show_problem(self, column: str | None) -> None:
        """Put the cursor into the field of a problem."""
        field = dict(self._columns()).get(column or "", self.title)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on instead of ending the dialog; rows of a spreadsheet are not for one field."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit)
        ):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_on(watched)
                return True
            if event.matches(QKeySequence.StandardKey.Paste) and is_table(QGuiApplication.clipboard().text()):
                self.paste_requested.emit()
                return True
        return super().eventFilter(watched, event)

    def _go_on(self, field: QLineEdit) -> None:
        self.settled.emit()
        if field is self.closes:
            self.next_requested.emit()
        elif field in self._chain:
            following = self._chain[self._chain.index(field) + 1]
            following.setFocus(Qt.FocusReason.TabFocusReason)
            following.selectAll()
        else:
            self.focusNextChild()

    def _build(self) -> None:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(2, 0, 8, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        fill_choice(
            self.repeats,
            [
                (Repeats.ONCE, _("Once")),
                (Repeats.DAILY, _("Once a day")),
                (Repeats.ALWAYS, _("Any number of times")),
            ],
            Repeats.ONCE,
        )
        rows: list[list[tuple[str, QWidget, int]]] = [  # caption, field, columns of four
            [(_("Short code"), self.code, 1), (_("Day"), self.day, 3)],
            [(_("Topic"), self.title, 4)],
            [(_("From"), self.opens, 1), (_("Until"), self.closes, 1),
             (_("Early, min."), self.grace_before, 1), (_("Late, min."), self.grace_after, 1)],
            [(_("In English"), self.title_en, 4)],
            [(_("Who may enter"), self._audience_row(), 4)],
            [(_("One delegate may come in"), self.repeats, 4)],
        ]  # fmt: skip
        for number, fields in enumerate(rows):
            column = 0
            for caption, field, columns in fields:
                label = PlainLabel(caption, 13, QFont.Weight.Medium, elide=columns == 1)
                label.setBuddy(field)
                field.setAccessibleName(caption)
                grid.addWidget(label, 3 * number, column, 1, columns)
                grid.addWidget(field, 3 * number + 1, column, 1, columns)
                column += columns
            grid.setRowMinimumHeight(3 * number + 2, _ROW_GAP_PX)
        below = 3 * len(rows)
        grid.addWidget(self.exits, below, 0, 1, 4)
        grid.addWidget(self.re_entry, below + 1, 0, 1, 4)
        grid.setRowStretch(below + 2, 1)
        for column in range(4):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 66)
        self.setWidget(box)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _audience_row(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._audience, 1)
        row.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self._unknown)
        box.setFocusProxy(self._choose)
        return box

    def _connect(self) -> None:
        for field, _text in self._texts(self._line):
            field.installEventFilter(self)
            field.textEdited.connect(self._on_edited)
            field.editingFinished.connect(self._on_settled)
        self.day.activated.connect(self._on_chosen)
        self.repeats.activated.connect(self._on_edited)
        self.exits.toggled.connect(self._on_edited)
        self.re_entry.toggled.connect(self._on_edited)

    def _columns(self) -> list[tuple[str, QWidget]]:
        """The fields by their names in a session line."""
        return [
            ("code", self.code), ("title", self.title), ("title_en", self.title_en), ("day", self.day),
            ("opens", self.opens), ("closes", self.closes), ("grace_before", self.grace_before),
            ("grace_after", self.grace_after), ("admits", self._choose), ("re_entry", self.re_entry),
        ]  # fmt: skip

    def _texts(self, line: SessionLine) -> list[tuple[QLineEdit, str]]:
        return [
            (field, getattr(line, name)) for name, field in self._columns() if isinstance(field, QLineEdit)
        ]

    def _choose_day(self, day: str) -> None:
        place = self.day.findData(day.strip())
        if place < 0:  # a day that is none of the event's: shown as it was typed
            self.day.addItem(day.strip(), day.strip())
            place = self.day.count() - 1
        self.day.setCurrentIndex(place)

    def _typed(self) -> SessionLine:
        return replace(
            self._line,
            code=self.code.text(),
            title=self.title.text(),
            title_en=self.title_en.text(),
            day=self.day.currentData(),
            opens=self.opens.text(),
            closes=self.closes.text(),
            grace_before=self.grace_before.text(),
            grace_after=self.grace_after.text(),
            exits=self.exits.isChecked(),
            repeats=Repeats(self.repeats.currentData()),
            re_entry=self.re_entry.isChecked() and self.exits.isChecked(),
        )

    def _follow(self, line: SessionLine, unknown: Sequence[str]) -> None:
        """What depends on other fields."""
        self._audience.setText(audience_text(line.admits))
        said = _("Not on the roster yet: {names}.").format(names=", ".join(unknown))
        self._unknown.setText(said if unknown else "")
        self._unknown.setVisible(bool(unknown))
        self.re_entry.setEnabled(line.exits)
        for field in (self.opens, self.closes, self.grace_before, self.grace_after):
            field.setEnabled(bool(line.day.strip()))

    def _on_edited(self) -> None:
        if not self._filling:
            self._line = self._typed()
            self.re_entry.setEnabled(self._line.exits)
            self.edited.emit(self._line)

    def _on_chosen(self) -> None:
        self._on_edited()
        self._on_settled()

    def _on_settled(self) -> None:
        if not self._filling:
            self.settled.emit()


def is_table(text: str) -> bool:
    """Whether a text has cells or lines, as what a spreadsheet copies."""
    return "\t" in text or "\n" in text.strip()


def audience_text(admits: Sequence[Audience], most: int = 3) -> str:
    """Who may enter, in a few words."""
    if not admits:
        return _("Everybody")
    names = [audience_label(rule) for rule in admits[:most]]
    more = len(admits) - len(names)
    return ", ".join(names) + (f" +{more}" if more > 0 else "")
