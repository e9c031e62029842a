"""Conflicts between desks: the list, what each desk recorded, and the buttons that decide."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station.app import Station
from station.errors import StationError
from station.exchange.conflicts import Claim, Conflict, ConflictKind, conflicts, resolve
from station.exchange.unpack import local_text
from station.exchange.wording import choice_text, field_text, kind_text, meaning_text
from station.i18n import _, ngettext
from ui.bridge.tasks import Tasks
from ui.dialogs.frame import DialogFrame, screen_room
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_NARROWEST_PX, _SIZE_PX, _EDGE_PX = 820, (1120, 640), 40
_ICONS = {
    ConflictKind.ADMITTED_TWICE: "log-in",
    ConflictKind.SAME_PERSON: "users",
    ConflictKind.CORRECTED_TWICE: "pencil",
    ConflictKind.CANCELLED_THEN_SCANNED: "undo-2",
}


class ConflictsDialog(DialogFrame):
    """At the left what is open, at the right the one that is chosen."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self.set_heading(_("Conflicts between desks"))
        self._station = station
        self._found: list[Conflict] = []
        self._tasks = Tasks("conflicts", self)
        self._tasks.failed.connect(lambda error: self._tell(str(error), "negative"))
        self._count = PlainLabel(size_px=15, role="muted", wrap=True)
        self.list = RowList(62)
        self.list.setAccessibleName(_("Open conflicts"))
        self._panel = QScrollArea()
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._choices.setSpacing(10)
        self.buttons: list[KeyButton] = []
        self._build()
        self._read()

    def shown(self) -> list[Conflict]:
        """What is open."""
        return self._found

    def said(self) -> str:
        """What stands above the list."""
        return self._count.full_text()

    def current(self) -> Conflict | None:
        """The one that is chosen."""
        key = self.list.selected()
        return next((one for one in self._found if one.id == key), None)

    def decide(self, choice: str) -> None:
        """Decide the one that is chosen."""
        conflict, station = self.current(), self._station
        if conflict is None:
            return
        for button in self.buttons:
            button.setEnabled(False)

        def work() -> None:
            resolve(station.files, station.clock, conflict.id, choice)
            station.desk.reload()

        self._tasks.run(work, lambda _result: self._read(), self._on_failed)

    def showEvent(self, event: QShowEvent) -> None:
        """Two columns want room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def done(self, result: int) -> None:
        self._tasks.close()
        super().done(result)

    def _build(self) -> None:
        self._panel.setWidgetResizable(True)
        self._panel.setFrameShape(QFrame.Shape.NoFrame)
        self._panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(self.list, 5)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._panel, 1)
        right.addLayout(self._choices)  # below the panel, not in it: what decides is never scrolled away
        columns.addLayout(right, 6)
        self.content.addWidget(self._count)
        self.content.addLayout(columns, 1)
        close = self.add_button(_("Close"))
        close.clicked.connect(self.reject)

    def _read(self) -> None:
        def work() -> list[Conflict]:
            with self._station.files.snapshot() as connection:
                return conflicts(connection)

        self._tasks.run(work, self._on_read, topic="read")

    def _on_read(self, found: list[Conflict]) -> None:
        place = max(0, self.list.currentIndex().row())
        self._found = found
        self.list.show_rows([self._row(one) for one in found])
        text = ngettext(
            "{count} conflict is open. Each decision is recorded, and holds at every desk after the next merge.",
            "{count} conflicts are open. Each decision is recorded, and holds at every desk after the next merge.",
            len(found),
        )
        if found:
            self._tell(text.format(count=len(found)))
            self.list.select(min(place, len(found) - 1))
            self.list.setFocus()
        else:
            self._tell(_("No conflicts: the journals of all desks agree."), "positive")
        self._show_current()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, StationError):
            raise error
        self._tell(str(error), "negative")
        self._show_current()

    def _row(self, one: Conflict) -> Row:
        return Row(one.name, kind_text(one), icon=_ICONS[one.kind], role="warning", key=one.id)

    def _show_current(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 2, 8, 2)
        column.setSpacing(12)
        for button in self.buttons:
            self._choices.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        one = self.current()
        if one is not None:
            self._fill(column, one)
        column.addStretch(1)
        self._panel.setWidget(page)

    def _fill(self, column: QVBoxLayout, one: Conflict) -> None:
        about = [one.name, one.code, one.session, field_text(one.field)]
        column.addWidget(PlainLabel(kind_text(one), 18, QFont.Weight.Bold, wrap=True))
        column.addWidget(PlainLabel(" · ".join(filter(None, about)), 15, wrap=True))
        for claim in one.claims:
            column.addLayout(self._claim(one, claim))
        column.addWidget(PlainLabel(meaning_text(one), 14, role="muted", wrap=True))
        self._add_choices(one)

    def _add_choices(self, one: Conflict) -> None:
        """Side by side; corrections, which may be long, one below the other."""
        is_long = one.kind is ConflictKind.CORRECTED_TWICE
        direction = QBoxLayout.Direction
        self._choices.setDirection(direction.TopToBottom if is_long else direction.LeftToRight)
        for number, choice in enumerate(one.choices, 1):
            button = KeyButton("", f"Alt+{number}" if number < 10 else "")
            button.set_caption(choice_text(one, choice))
            button.setAutoDefault(True)
            button.clicked.connect(lambda _checked=False, choice=choice: self.decide(choice))
            self.buttons.append(button)
            self._choices.addWidget(button, 0 if is_long else 1)

    def _claim(self, one: Conflict, claim: Claim) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        icon, role = ("circle-check", "positive") if claim.counts else ("circle", "muted")
        row.addWidget(IconMark(22, icon, role), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        said = _claimed(one, claim)
        texts.addWidget(PlainLabel(said, 15, QFont.Weight.DemiBold, wrap=True))
        when = local_text(claim.at, self._station.event.zone)
        detail = _("{station}, {when}, entry {entry}")
        texts.addWidget(
            PlainLabel(
                detail.format(station=claim.station, when=when, entry=claim.entry),
                13,
                role="muted",
                wrap=True,
            )
        )
        row.addLayout(texts, 1)
        return row

    def _tell(self, text: str, role: str = "muted") -> None:
        self._count.set_role(role)
        self._count.setText(text)


def _claimed(one: Conflict, claim: Claim) -> str:
    """What a desk recorded, in a few words."""
    if claim.text:
        return claim.text
    if one.kind is ConflictKind.CANCELLED_THEN_SCANNED:
        if claim is one.claims[0]:
            return _("Admission cancelled")
        return _("Admitted") if claim.counts else _("Scanned: was in already")
    return _("Admitted, counts") if claim.counts else _("Admitted")
