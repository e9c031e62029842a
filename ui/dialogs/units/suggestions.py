"""Names that look like one, each group with the name that all of them would get."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station.i18n import _, ngettext
from station.model.unit import Kind
from station.roster.units import Suggestion
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel


class SuggestionCard(QFrame):
    """One group.

    Signals:
        merge_wanted: (Kind, names, the name they get).
        apart_wanted: (Kind, names) they are different and shall not be suggested again.
    """

    merge_wanted = Signal(object, object, str)
    apart_wanted = Signal(object, object)

    def __init__(self, kind: Kind, suggestion: Suggestion) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.kind = kind
        self.names = [name for name, _count in suggestion.spellings]
        self.into = fill_choice(Choice(), [(name, name) for name in self.names], suggestion.usual)
        self.into.setAccessibleName(_("Merge into"))
        self.merge, self.apart = KeyButton("merge", primary=True), KeyButton("x")
        self.merge.set_caption(_("Merge"))
        self.apart.set_caption(_("They are different"))
        self.merge.clicked.connect(
            lambda: self.merge_wanted.emit(kind, self.names, str(self.into.currentData()))
        )
        self.apart.clicked.connect(lambda: self.apart_wanted.emit(kind, self.names))
        for button in (self.merge, self.apart):
            button.setAutoDefault(False)
        self._build(suggestion)

    def _build(self, suggestion: Suggestion) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for row, (name, count) in enumerate(suggestion.spellings):
            said = ngettext("{count} delegate", "{count} delegates", count).format(count=count)
            weight = QFont.Weight.DemiBold if row == 0 else QFont.Weight.Normal
            grid.addWidget(PlainLabel(name, 15, weight, elide=True), row, 0)
            number = PlainLabel(said, 14, role="muted")
            grid.addWidget(number, row, 1, Qt.AlignmentFlag.AlignRight)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(PlainLabel(_("Merge into"), 14, QFont.Weight.Medium))
        foot.addWidget(self.into, 1)
        foot.addWidget(self.merge)
        foot.addWidget(self.apart)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(8)
        layout.addWidget(PlainLabel(_("Unit") if self.kind is Kind.UNIT else _("Category"), 13, role="muted"))
        layout.addLayout(grid)
        layout.addLayout(foot)


class SuggestionsPage(QScrollArea):
    """All groups, one below the other.

    Signals: as those of a card.
    """

    merge_wanted = Signal(object, object, str)
    apart_wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards: list[SuggestionCard] = []

    def show_suggestions(self, suggestions: Sequence[tuple[Kind, Suggestion]]) -> None:
        """Show these."""
        self.cards = [SuggestionCard(kind, suggestion) for kind, suggestion in suggestions]
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(12)
        said = _("What becomes one stays so when a roster comes again. Choose the name that all of them get.")
        layout.addWidget(PlainLabel(said, 15, role="muted", wrap=True))
        for card in self.cards:
            card.merge_wanted.connect(self.merge_wanted)
            card.apart_wanted.connect(self.apart_wanted)
            layout.addWidget(card)
        layout.addStretch(1)
        self.setWidget(inner)  # deletes the one before
