"""Who may enter a session: everybody, or categories and units ticked in one list that can be searched."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from station.i18n import _
from station.model.event import Audience
from station.text import clean, fold
from ui.dialogs.frame import DialogFrame
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList
from ui.wording import audience_label

_LIST_PX = 300
_NEW_CATEGORY, _NEW_UNIT = "+category", "+unit"


class AudienceDialog(DialogFrame):
    """Nothing ticked is everybody. A name that the roster does not have yet can be typed.

    Args:
        admits: the rules so far. categories, units: those of the roster.

    Signals:
        agreed: (tuple of Audience) the rules now.
    """

    agreed = Signal(object)

    def __init__(
        self,
        session: str,
        admits: Sequence[Audience],
        categories: Sequence[str],
        units: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, 560)
        self.set_heading(_("Who may enter {session}?").format(session=session))
        self._ticked = _singles(admits)
        self._pairs = {rule for rule in admits if rule not in self._ticked}
        self._known = _known(categories, units, self._ticked | self._pairs)
        self._rows: list[Audience] = []
        said = _("Without a tick everybody may enter. Otherwise whoever one of the ticks holds for.")
        self.content.addWidget(PlainLabel(said, 14, role="muted", wrap=True))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Search a category or unit, or type a new one"))
        self.field.setAccessibleName(_("Search a category or unit, or type a new one"))
        self.field.textChanged.connect(self._show)
        self.field.installEventFilter(self)
        self.list = RowList(36)
        self.list.setMinimumHeight(_LIST_PX)
        self.list.chosen.connect(self._on_chosen)
        self.list.installEventFilter(self)
        self.both = QCheckBox(_("Only the ticked categories of the ticked units"))
        self._sum = PlainLabel(size_px=14, wrap=True)
        for widget in (self.field, self.list, self.both, self._sum):
            self.content.addWidget(widget)
        self._begin_with_pairs()
        self.both.toggled.connect(self._tell)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Take over"), primary=True).clicked.connect(self._on_agreed)
        self._show()
        self.field.setFocus()

    def rules(self) -> tuple[Audience, ...]:
        """Who may enter as it is ticked."""
        if self.both.isChecked() and self._can_pair():
            categories = [rule.category for rule in self._ticked if rule.category]
            units = [rule.unit for rule in self._ticked if rule.unit]
            paired = {Audience(category, unit) for category in categories for unit in units}
            return tuple(sorted(paired | self._pairs))
        return tuple(sorted(self._ticked | self._pairs))

    def rows(self) -> list[Row]:
        """The lines on show."""
        return self.list.rows()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field the arrows move in the list and Enter ticks; in the list the space bar ticks, too."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if watched is self.field and step:
                at = self.list.currentIndex().row() + step
                self.list.select(max(0, min(len(self.list.rows()) - 1, at)))
                return True
            ticks = (Qt.Key.Key_Return, Qt.Key.Key_Enter) if self.field.text().strip() else ()
            if (watched is self.field and event.key() in ticks) or (
                watched is self.list and event.key() == Qt.Key.Key_Space
            ):
                self.list.choose_current()
                return True
        return super().eventFilter(watched, event)

    def _begin_with_pairs(self) -> None:
        """Rules that are exactly some categories of some units are shown as these ticks."""
        categories, units = {rule.category for rule in self._pairs}, {rule.unit for rule in self._pairs}
        product = {Audience(category, unit) for category in categories for unit in units}
        if self._pairs and not self._ticked and product == self._pairs:
            self._ticked = {Audience(category) for category in categories} | {Audience("", u) for u in units}
            self._pairs = set()
            self.both.setChecked(True)

    def _can_pair(self) -> bool:
        return any(rule.category for rule in self._ticked) and any(rule.unit for rule in self._ticked)

    def _show(self) -> None:
        """The lines that hold every typed word, and what may be added of the typed text."""
        typed = clean(self.field.text())
        words = fold(typed).split()
        self._rows = [
            rule for rule in self._known if all(word in fold(audience_label(rule)) for word in words)
        ]
        rows = [self._row(number, rule) for number, rule in enumerate(self._rows)]
        names = {name for rule in self._known for name in rule}
        if typed and typed not in names:
            rows += [
                Row(
                    _("Add the category “{name}”").format(name=typed),
                    icon="plus",
                    role="accent",
                    key=_NEW_CATEGORY,
                ),
                Row(_("Add the unit “{name}”").format(name=typed), icon="plus", role="accent", key=_NEW_UNIT),
            ]
        at = max(0, self.list.currentIndex().row())
        self.list.show_rows(rows)
        if rows:
            self.list.select(min(at, len(rows) - 1))
        self._tell()

    def _row(self, number: int, rule: Audience) -> Row:
        ticked = rule in self._ticked or rule in self._pairs
        kind = _("Category") if not rule.unit else _("Unit") if not rule.category else _("Category and unit")
        return Row(
            audience_label(rule),
            note=kind,
            icon="square-check-big" if ticked else "square",
            role="accent" if ticked else "muted",
            key=str(number),
        )

    def _tell(self) -> None:
        self.both.setVisible(self._can_pair())
        rules = self.rules()
        names = ", ".join(audience_label(rule) for rule in rules[:4])
        more = f" +{len(rules) - 4}" if len(rules) > 4 else ""
        self._sum.setText(_("May enter: {names}").format(names=(names or _("everybody")) + more))

    def _on_chosen(self, key: str) -> None:
        if key in (_NEW_CATEGORY, _NEW_UNIT):
            name = clean(self.field.text())
            rule = Audience(name) if key == _NEW_CATEGORY else Audience("", name)
            self._known.append(rule)
            self._ticked.add(rule)
            self.field.clear()
        else:
            rule = self._rows[int(key)]
            (self._ticked if rule in self._ticked or "" in rule else self._pairs).symmetric_difference_update(
                {rule}
            )
        self._show()

    def _on_agreed(self) -> None:
        self.accept()
        self.agreed.emit(self.rules())


def _singles(admits: Sequence[Audience]) -> set[Audience]:
    return {rule for rule in admits if "" in rule}


def _known(categories: Sequence[str], units: Sequence[str], rules: set[Audience]) -> list[Audience]:
    """Everything that can be ticked: categories, units, then pairs; those of the rules that the roster lacks too."""
    listed = [Audience(name) for name in categories] + [Audience("", name) for name in units]
    more = sorted(rules - set(listed), key=lambda rule: (bool(rule.unit), bool(rule.category), rule))
    product_free = [rule for rule in more if "" in rule]
    return listed + product_free + [rule for rule in more if "" not in rule]
