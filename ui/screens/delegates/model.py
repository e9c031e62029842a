"""The table of delegates: sorted in Vietnamese order, filtered without accents."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QFont, QPixmap

from station.checkin.told import RosterLine
from station.i18n import N_, _
from station.text import fold, sort_key, text_key
from ui.style.fonts import font
from ui.style.theme import theme
from ui.widgets.swatch import swatch_pixmap
from ui.widgets.table import HeadedModel, Index

CODE, NAME, POSITION, UNIT, CATEGORY, SEAT, PRESENT = range(7)
_HEADINGS = (
    N_("Code"),
    N_("Full name"),
    N_("Position"),
    N_("Unit"),
    N_("Category"),
    N_("Seat"),
    N_("Present since"),
)
_MARK_PX = 12
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
SORT_ROLE = LINE_ROLE + 1


class DelegatesModel(HeadedModel):
    """One row a delegate; the sort ranks of a column are worked out once, when it is first needed."""

    def __init__(self, zone: str) -> None:
        super().__init__(_HEADINGS)
        self._zone = ZoneInfo(zone)
        self._lines: tuple[RosterLine, ...] = ()
        self._ranks: dict[int, list[int]] = {}
        self._marked: set[int] = set()
        self._pixmaps: dict[str, QPixmap] = {}
        self.ratio = 1.0
        self.folded: list[str] = []

    def show_lines(self, lines: Sequence[RosterLine]) -> None:
        """Show another roster."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self._ranks.clear()
        self._pixmaps.clear()
        self._marked = {UNIT} if any(line.unit_colour for line in lines) else set()
        self._marked |= {CATEGORY} if any(line.category_colour for line in lines) else set()
        self.folded = [_folded(line) for line in lines]
        self.endResetModel()

    def lines(self) -> tuple[RosterLine, ...]:
        """The roster on show."""
        return self._lines

    def row_total(self) -> int:
        return len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column())
        if role == LINE_ROLE:
            return line
        if role == SORT_ROLE:
            return self._rank(index.column())[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._mark(line, index.column())
        if role == Qt.ItemDataRole.FontRole and index.column() == NAME:
            return font(14, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._colour(line, index.column()))
        return None

    def _text(self, line: RosterLine, column: int) -> str:
        delegate = line.delegate
        if column == PRESENT:
            if line.last_out and not line.present:
                return _("left {time}").format(time=_time(line.last_out, self._zone))
            return _time(line.first_in, self._zone) if line.present else ""
        return (
            delegate.code,
            delegate.name,
            delegate.position,
            delegate.unit,
            delegate.category,
            delegate.seat,
        )[column]

    def _mark(self, line: RosterLine, column: int) -> QPixmap | None:
        """The colour of a unit or category; where others have one, who has none keeps the room for it."""
        if column not in self._marked:
            return None
        colour = line.unit_colour if column == UNIT else line.category_colour
        if colour not in self._pixmaps:
            self._pixmaps[colour] = swatch_pixmap(colour, _MARK_PX, self.ratio, empty=True)
        return self._pixmaps[colour]

    def _colour(self, line: RosterLine, column: int) -> str:
        if column == PRESENT and line.present:
            return theme().positive
        return theme().text if column in (NAME, UNIT) else theme().muted

    def _rank(self, column: int) -> list[int]:
        if column not in self._ranks:
            key = _KEYS[column]
            order = sorted(range(len(self._lines)), key=lambda row: key(self._lines[row]))
            ranks = [0] * len(order)
            for rank, row in enumerate(order):
                ranks[row] = rank
            self._ranks[column] = ranks
        return self._ranks[column]


def _time(instant: datetime | None, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%H:%M · %d/%m}" if instant else ""


def _folded(line: RosterLine) -> str:
    delegate = line.delegate
    parts = (delegate.name, delegate.unit, delegate.position, delegate.code, delegate.category, delegate.seat)
    return fold(" ".join(parts))


_KEYS: dict[int, Callable[[RosterLine], Any]] = {
    CODE: lambda line: line.delegate.code,
    NAME: lambda line: sort_key(line.delegate.name),
    POSITION: lambda line: text_key(line.delegate.position),
    UNIT: lambda line: (text_key(line.delegate.unit), sort_key(line.delegate.name)),
    CATEGORY: lambda line: (text_key(line.delegate.category), sort_key(line.delegate.name)),
    SEAT: lambda line: (line.delegate.seat == "", text_key(line.delegate.seat)),
    PRESENT: lambda line: (not line.present, line.first_in.timestamp() if line.first_in else 0.0),
}


class DelegatesFilter(QSortFilterProxyModel):
    """Keeps the rows that hold every typed word, accents or not, and perhaps only the present or absent ones."""

    def __init__(self, source: DelegatesModel) -> None:
        super().__init__(source)
        self._source = source
        self._words: list[str] = []
        self._presence: bool | None = None
        self.setSourceModel(source)
        self.setSortRole(SORT_ROLE)

    def keep(self, text: str, presence: bool | None) -> None:
        """Filter by words and by presence (None: everybody)."""
        self._words = fold(text).split()
        self._presence = presence
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if self._presence is not None and self._source.lines()[source_row].present is not self._presence:
            return False
        folded = self._source.folded[source_row]
        return all(word in folded for word in self._words)
