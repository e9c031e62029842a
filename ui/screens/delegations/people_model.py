"""The table of one delegation's people: first who is missing, with the number to dial, then who is here."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from station.i18n import N_, _
from station.model.delegate import DelegateStatus
from station.reports.missing import readable_phone
from station.store.delegations import PersonLine
from ui.style.fonts import font
from ui.style.icons import icon
from ui.style.theme import theme
from ui.widgets.table import HeadedModel, Index

STATE, NAME, POSITION, CATEGORY, PHONE = range(5)
_HEADINGS = (N_("State"), N_("Full name"), N_("Position"), N_("Category"), N_("Phone"))
_PHONE_PX, _TEXT_PX = 21, 14


class UnitPeopleModel(HeadedModel):
    """One row a delegate."""

    def __init__(self, zone: str) -> None:
        super().__init__(_HEADINGS)
        self._zone = ZoneInfo(zone)
        self._lines: tuple[PersonLine, ...] = ()

    def show_lines(self, lines: Sequence[PersonLine]) -> None:
        """Show another delegation."""
        self.beginResetModel()
        self._lines = ordered(lines)
        self.endResetModel()

    def lines(self) -> tuple[PersonLine, ...]:
        """The people in their order."""
        return self._lines

    def row_total(self) -> int:
        return len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.DecorationRole and column == STATE:
            mark, ink = _mark(line)
            return icon(mark, getattr(theme(), ink))
        if role == Qt.ItemDataRole.FontRole:
            if column == PHONE and line.missing:
                return font(_PHONE_PX, QFont.Weight.Bold)
            heavy = column == NAME or (column == STATE and line.missing)
            return font(_TEXT_PX, QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(_colour(line, column))
        return None

    def state_text(self, line: PersonLine) -> str:
        """How a person stands, in words."""
        parts = [self._standing(line)]
        if line.stands_for:
            parts.append(_("for {name}").format(name=line.stands_for))
        elif line.approval is not None:
            parts.append(_("walk-in"))
        return " · ".join(parts)

    def _standing(self, line: PersonLine) -> str:
        if line.present:
            return _("Present since {time}").format(time=self._time(line.first_in))
        if line.substitute:
            return _("{name} comes instead").format(name=line.substitute)
        if line.delegate.status is DelegateStatus.WITHDRAWN:
            return _("Withdrawn")
        if line.delegate.status is DelegateStatus.BLOCKED:
            return _("Blocked")
        if line.last_out is not None:
            return _("Left at {time}").format(time=self._time(line.last_out))
        return _("Not yet here") if line.expected else _("Not in this session")

    def _text(self, line: PersonLine, column: int) -> str:
        person = line.delegate
        phone = readable_phone(person.phone)
        return (self.state_text(line), person.name, person.position, person.category, phone)[column]

    def _time(self, instant: datetime | None) -> str:
        return f"{instant.astimezone(self._zone):%H:%M}" if instant else ""


def ordered(lines: Sequence[PersonLine]) -> tuple[PersonLine, ...]:
    """Who is missing first, then who is present, then who does not come; by name within."""
    return tuple(sorted(lines, key=lambda line: (not line.missing, not line.present, line.delegate.sort_key)))


def _mark(line: PersonLine) -> tuple[str, str]:
    """The icon of a state, and the colour of the theme it wears."""
    if line.present:
        return "circle-check", "positive"
    if line.substitute:
        return "arrow-left-right", "muted"
    if not line.expected:
        return "user-round-x", "muted"
    return ("log-out", "warning") if line.last_out else ("clock", "negative")


def _colour(line: PersonLine, column: int) -> str:
    colours = theme()
    if column == STATE:
        return str(getattr(colours, _mark(line)[1]))
    if column in (NAME, PHONE) and line.expected:
        return colours.text
    return colours.muted
