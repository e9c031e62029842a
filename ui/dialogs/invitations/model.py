"""The table of delegates with a tick for whom an invitation is to be made, and how far everybody's is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from station.badges.addressees import Addressee, InvitationState
from station.i18n import N_, _
from station.model.delegate import DelegateStatus
from station.text import fold
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.table import HeadedModel, Index

TICK, CODE, NAME, UNIT, STATE = range(5)
_HEADINGS = ("", N_("Code"), N_("Full name"), N_("Unit"), N_("Invitation"))
_WAYS = {"page": N_("page"), "sheet": N_("sheet"), "picture": N_("picture"), "mail-merge": N_("mail merge")}
_ROLES = {
    InvitationState.NOT_MADE: "accent",
    InvitationState.CHANGED: "warning",
    InvitationState.MADE: "positive",
    InvitationState.WITHOUT_CODE: "negative",
    InvitationState.NOT_INVITED: "muted",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Which lines are to be seen; None and an empty text let everything pass.

    Attributes:
        states: how far the invitation is. new: only those who came after the latest invitations.
        text: words that the line holds, accents or not.
    """

    states: frozenset[InvitationState] | None = None
    new: bool = False
    category: str | None = None
    unit: str | None = None
    text: str = ""

    def holds(self, addressee: Addressee, folded: str) -> bool:
        """Whether a delegate's line is to be seen."""
        person = addressee.badge.delegate
        return (
            (self.states is None or addressee.state in self.states)
            and (not self.new or addressee.is_new)
            and (self.category is None or person.category == self.category)
            and (self.unit is None or person.unit == self.unit)
            and all(word in folded for word in fold(self.text).split())
        )


class PeopleModel(HeadedModel):
    """One row for each delegate that is to be seen; who is ticked stays so, seen or not."""

    def __init__(self, zone: str) -> None:
        super().__init__(_HEADINGS)
        self._zone = ZoneInfo(zone)
        self._people: list[tuple[Addressee, str]] = []
        self._shown: list[Addressee] = []
        self._ticked: set[str] = set()
        self._filter = Shown()

    def show_people(self, people: Sequence[Addressee]) -> None:
        """Show another roster; ticks stay where an invitation is still possible."""
        self._people = [(addressee, _folded(addressee)) for addressee in people]
        self._ticked &= {a.badge.delegate.id for a in people if a.can_be_invited}
        self.keep(self._filter)

    def keep(self, wanted: Shown) -> None:
        """Show only some of them."""
        self.beginResetModel()
        self._filter = wanted
        self._shown = [addressee for addressee, folded in self._people if wanted.holds(addressee, folded)]
        self.endResetModel()

    def people(self) -> list[Addressee]:
        """Everybody, seen or not."""
        return [addressee for addressee, _folded in self._people]

    def shown(self) -> list[Addressee]:
        """Those to be seen, in their order."""
        return self._shown

    def ticked(self) -> list[Addressee]:
        """Those an invitation is to be made for, seen or not."""
        return [a for a in self.people() if a.badge.delegate.id in self._ticked]

    def tick(self, people: Collection[Addressee], *, on: bool = True) -> None:
        """Tick those of these who can be invited, or take their ticks away."""
        identities = {a.badge.delegate.id for a in people if a.can_be_invited}
        self._ticked = self._ticked | identities if on else self._ticked - identities
        if self._shown:
            self.dataChanged.emit(self.index(0, TICK), self.index(len(self._shown) - 1, TICK))

    def tick_only(self, people: Collection[Addressee]) -> None:
        """Tick these and nobody else."""
        self._ticked = set()
        self.tick(people)

    def is_ticked(self, addressee: Addressee) -> bool:
        """Whether an invitation is to be made."""
        return addressee.badge.delegate.id in self._ticked

    def row_total(self) -> int:
        return len(self._shown)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        # The column of ticks has no heading; an empty text is none that could be translated.
        return None if section == TICK else super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == TICK and self._shown[index.row()].can_be_invited:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.tick([self._shown[index.row()]], on=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        addressee, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == TICK and addressee.can_be_invited:
            return Qt.CheckState.Checked if self.is_ticked(addressee) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            person = addressee.badge.delegate
            return ("", person.code, person.name, person.unit, self.state_text(addressee))[column]
        if role == Qt.ItemDataRole.FontRole and column == NAME:
            return font(14, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(_colour(addressee, column))
        return None

    def ways_text(self, addressee: Addressee) -> str:
        """In which ways the latest invitation of a delegate was made, '' for one who has none."""
        return (
            ", ".join(_(_WAYS[way]) for way in addressee.made.ways if way in _WAYS) if addressee.made else ""
        )

    def state_text(self, addressee: Addressee) -> str:
        """How far the invitation of a delegate is, in words."""
        person, made = addressee.badge.delegate, addressee.made
        if addressee.state is InvitationState.NOT_INVITED:
            withdrawn = person.status is DelegateStatus.WITHDRAWN
            return _("withdrawn: gets none") if withdrawn else _("blocked: gets none")
        if addressee.state is InvitationState.WITHOUT_CODE:
            return _("no valid code")
        said = _("not yet made")
        if made is not None:
            when = f"{made.made_at.astimezone(self._zone):%d/%m %H:%M}"
            changed = addressee.state is InvitationState.CHANGED
            said = _("code changed since {when}").format(when=when) if changed else when
        if person.status is DelegateStatus.VANISHED:
            said = _("{said} · no longer in the file").format(said=said)
        return said


def _colour(addressee: Addressee, column: int) -> str:
    if column == STATE:
        return str(getattr(theme(), _ROLES[addressee.state]))
    return theme().text if column == NAME and addressee.can_be_invited else theme().muted


def _folded(addressee: Addressee) -> str:
    person = addressee.badge.delegate
    return fold(f"{person.name} {person.code} {person.unit} {person.category} {person.phone} {person.email}")
