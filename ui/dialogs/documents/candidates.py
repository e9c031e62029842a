"""Everybody a rule can speak of, as lines to mark: categories, units, sessions, single delegates."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from station.documents.bundles import receives
from station.i18n import N_, _
from station.model.delegate import Delegate
from station.model.document import Entitlement
from station.text import fold, text_key
from ui.dialogs.documents.contents import Contents
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.table import HeadedModel
from ui.wording import session_label

Index = QModelIndex | QPersistentModelIndex
GRANTED, FORBIDDEN, NAME, KIND, COUNT = range(5)
_HEADINGS = (N_("Receives"), N_("Never"), N_("Who"), N_("Kind"), N_("Delegates"))
_BRINGS = (N_("Brings it"), N_("Never brings it"))


class Kind(StrEnum):
    """What a line stands for."""

    CATEGORY = "category"
    SESSION = "session"
    UNIT = "unit"
    CLASS = "class"
    DELEGATE = "delegate"


KIND_NAMES = {
    Kind.CATEGORY: N_("Category"),
    Kind.SESSION: N_("Session"),
    Kind.UNIT: N_("Unit"),
    Kind.CLASS: N_("Category of a unit"),
    Kind.DELEGATE: N_("Delegate"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line to mark.

    Attributes:
        rule: what it means, without a document. folded: what is searched in. count: how many delegates it is.
    """

    rule: Entitlement
    kind: Kind
    name: str
    folded: str
    count: int


def candidates(contents: Contents) -> list[Candidate]:
    """All lines, each kind in Vietnamese order."""
    people = [person for person in contents.people if receives(person)]
    categories = Counter(person.category for person in people)
    units = Counter(person.unit for person in people)
    classes = Counter((person.category, person.unit) for person in people)
    lines = [
        *_named(Kind.CATEGORY, {*categories, *contents.categories}, lambda n: Entitlement("", n), categories),
        *(
            _line(
                Kind.SESSION,
                session_label(session),
                Entitlement("", session=session.id),
                sum(
                    n
                    for (category, unit), n in classes.items()
                    if contents.admits(session.id, category, unit)
                ),
            )
            for session in contents.sessions
        ),
        *_named(Kind.UNIT, units, lambda n: Entitlement("", unit=n), units),
    ]
    for category, unit in sorted(classes, key=lambda key: (text_key(key[1]), text_key(key[0]))):
        if category and unit:
            rule = Entitlement("", category, unit)
            lines.append(_line(Kind.CLASS, f"{category} · {unit}", rule, classes[category, unit]))
    lines += [_of_person(person) for person in contents.people]
    return lines


def _named(
    kind: Kind, names: Iterable[str], rule: Callable[[str], Entitlement], counts: Counter[str]
) -> list[Candidate]:
    ordered = sorted(filter(None, names), key=text_key)
    return [_line(kind, name, rule(name), counts[name]) for name in ordered]


def _of_person(person: Delegate) -> Candidate:
    name = " · ".join(filter(None, (person.name, person.code, person.unit)))
    return _line(Kind.DELEGATE, name, Entitlement("", delegate=person.id), int(receives(person)))


def _line(kind: Kind, name: str, rule: Entitlement, count: int) -> Candidate:
    return Candidate(rule, kind, name, fold(name), count)


class CandidatesModel(HeadedModel):
    """The lines that are to be seen, with their marks; ``brings``: of what is brought in instead of received."""

    def __init__(self, *, brings: bool = False) -> None:
        super().__init__((*_BRINGS, *_HEADINGS[2:]) if brings else _HEADINGS)
        self._every: Sequence[Candidate] = ()
        self._shown: list[Candidate] = []
        self._everybody = True
        self._granted: set[Entitlement] = set()
        self._forbidden: set[Entitlement] = set()

    def show(self, every: Sequence[Candidate], rules: Iterable[Entitlement]) -> None:
        """Show these lines, marked as the rules of a document say; what is marked comes first."""
        plain = {
            replace(rule, document="", forbids=False): rule.forbids for rule in rules if not rule.forbids
        }
        forbidden = {replace(rule, document="", forbids=False) for rule in rules if rule.forbids}
        known = {candidate.rule for candidate in every}
        self._everybody = Entitlement("") in plain
        self._granted = {rule for rule in plain if rule in known}
        self._forbidden = forbidden & known
        self._every = sorted(every, key=lambda c: c.rule not in self._granted | self._forbidden)
        self.keep("", None, False)

    def keep(self, text: str, kind: Kind | None, marked: bool) -> None:
        """Show the lines that hold every word of a text, of a kind (None: of all), marked ones only if asked."""
        words = fold(text).split()
        self.beginResetModel()
        marks = self._forbidden if self._everybody else self._granted | self._forbidden
        self._shown = [
            candidate
            for candidate in self._every
            if (kind is None or candidate.kind is kind)
            and (not marked or candidate.rule in marks)
            and all(word in candidate.folded for word in words)
        ]
        self.endResetModel()

    def set_everybody(self, everybody: bool) -> None:
        """Whether all receive it, or only those marked."""
        self._everybody = everybody
        self._redraw()

    def is_everybody(self) -> bool:
        """Whether all receive it."""
        return self._everybody

    def toggle(self, row: int, column: int) -> None:
        """Mark a line, or take its mark away; a line has one mark at most."""
        if not 0 <= row < len(self._shown) or (column == GRANTED and self._everybody):
            return
        rule = self._shown[row].rule
        one, other = self._granted, self._forbidden
        if column == FORBIDDEN:
            one, other = other, one
        other.discard(rule)
        if rule in one:
            one.discard(rule)
        else:
            one.add(rule)
        self._redraw()

    def rules(self) -> list[Entitlement]:
        """What is marked, as rules without a document."""
        granted = (
            [Entitlement("")] if self._everybody else [c.rule for c in self._every if c.rule in self._granted]
        )
        forbidden = [replace(c.rule, forbids=True) for c in self._every if c.rule in self._forbidden]
        return [*granted, *forbidden]

    def names(self) -> list[str]:
        """The lines on show."""
        return [candidate.name for candidate in self._shown]

    def row_total(self) -> int:
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        candidate, column = self._shown[index.row()], index.column()
        granted = candidate.rule in self._granted and not self._everybody
        forbidden = candidate.rule in self._forbidden
        if role == Qt.ItemDataRole.DisplayRole:
            marks = ("✓" if granted else "", "✕" if forbidden else "")
            rest = (candidate.name, _(KIND_NAMES[candidate.kind]), str(candidate.count))
            return (*marks, *rest)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == COUNT:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and (granted or forbidden):
            return font(14, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme().text if column == NAME else theme().muted)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (GRANTED, FORBIDDEN, COUNT):
            aside = Qt.AlignmentFlag.AlignRight if section == COUNT else Qt.AlignmentFlag.AlignHCenter
            return int(aside | Qt.AlignmentFlag.AlignVCenter)
        return super().headerData(section, orientation, role)

    def _redraw(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, COUNT))


class MarkPainter(QStyledItemDelegate):
    """A box that holds a tick or a cross."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = bare.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        colours, marked = theme(), bool(index.data())
        ink = colours.positive if index.column() == GRANTED else colours.negative
        middle = QRectF(option.rect).center()
        box = QRectF(middle.x() - 9, middle.y() - 9, 18, 18)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ink if marked else colours.strong_line), 1.6))
        painter.setBrush(QColor(ink if marked else colours.surface))
        painter.drawRoundedRect(box, 5, 5)
        if marked:
            icon = "check" if index.column() == GRANTED else "x"
            paint_icon(painter, icon, box.adjusted(2, 2, -2, -2), colours.surface, 3.6)
        painter.restore()
