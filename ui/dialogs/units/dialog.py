"""Categories and units: their colours and names, and the spellings that become one. Each act is done at once."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from station.app import Station
from station.errors import StationError
from station.i18n import _, ngettext
from station.model.unit import LONGEST_NAME, Division, Kind
from station.roster.aliases import suggestions_of
from station.roster.units import Suggestion
from station.store import units
from station.store.connection import WriteConnection
from ui.bridge.operation import Operation
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.message import MessageDialog
from ui.dialogs.units.asking import MergeDialog, NameDialog, merge_sentence
from ui.dialogs.units.lists import DivisionsList
from ui.dialogs.units.suggestions import SuggestionsPage
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

_NARROWEST_PX = 780
_SIZE_PX = (1160, 660)
_EDGE_PX = 40  # of the screen, for the window's frame
_SHARES = {Kind.CATEGORY: 5, Kind.UNIT: 6}
LISTS, SUGGESTIONS = range(2)
Change = Callable[[WriteConnection], object]
Looked = tuple[dict[Kind, list[Division]], list[tuple[Kind, Suggestion]]]


class UnitsDialog(DialogFrame):
    """Two faces: both lists, and the names that look like one."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self._station = station
        self._operation: Operation | None = None
        self._closing = False
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self.lists = {kind: DivisionsList(kind) for kind in (Kind.CATEGORY, Kind.UNIT)}
        self.suggestions = SuggestionsPage()
        self.look = KeyButton("merge", primary=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._lists_page())
        self._pages.addWidget(self.suggestions)
        self.content.addWidget(self._trouble)
        self.content.addWidget(self._pages, 1)
        self._buttons.insertWidget(0, self.look)
        self.back = self.add_button(_("Back"))
        self._close = self.add_button(_("Close"))
        for button in (self.look, self.back, self._close):
            button.setAutoDefault(False)
        self._connect()
        self._show(self._look())
        self._show_page(LISTS)

    def page(self) -> int:
        """LISTS or SUGGESTIONS."""
        return self._pages.currentIndex()

    def trouble(self) -> str:
        """What went wrong, '' for nothing."""
        return self._trouble.full_text()

    def is_working(self) -> bool:
        """Whether something is being stored."""
        return self._operation is not None

    def reject(self) -> None:
        """What is being stored is stored to its end first."""
        if self._operation is None:
            super().reject()
        else:
            self._closing = True

    def showEvent(self, event: QShowEvent) -> None:
        """Lists want room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    # The faces.

    def _lists_page(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(22)
        for kind, share in _SHARES.items():
            row.addWidget(self.lists[kind], share)
        return page

    def _connect(self) -> None:
        self.look.clicked.connect(lambda: self._show_page(SUGGESTIONS))
        self.back.clicked.connect(lambda: self._show_page(LISTS))
        self._close.clicked.connect(self.reject)
        self.suggestions.merge_wanted.connect(self._on_suggestion_taken)
        self.suggestions.apart_wanted.connect(self._on_told_apart)
        for shown in self.lists.values():
            shown.colour_chosen.connect(self._on_colour_chosen)
            shown.name_typed.connect(self._on_name_typed)
            shown.short_name_typed.connect(self._on_short_name_typed)
            shown.merge_wanted.connect(self._on_merge_wanted)
            shown.addition_wanted.connect(self._on_addition_wanted)
            shown.removal_wanted.connect(self._on_removal_wanted)
            shown.forgetting_wanted.connect(self._on_forgetting_wanted)

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._tell("")
        self.set_heading(_("Categories and units") if page == LISTS else _("Names that look like one"))
        self.back.setVisible(page == SUGGESTIONS)
        self.look.setVisible(page == LISTS and bool(self.suggestions.cards))
        if page == LISTS:
            self.lists[Kind.CATEGORY].setFocus()
        elif self.suggestions.cards:
            self.suggestions.cards[0].merge.setFocus()

    def _tell(self, trouble: str) -> None:
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    def _look(self) -> Looked:
        """The lists and the suggestions as they stand. Raises EnvironmentFault."""
        with self._station.files.reading() as connection:
            divisions = {kind: units.divisions(connection, kind) for kind in self.lists}
            found = [(kind, each) for kind in self.lists for each in suggestions_of(connection, kind)]
        return divisions, found

    def _show(self, looked: Looked, kind: Kind | None = None, chosen: str = "") -> None:
        divisions, found = looked
        for each, shown in self.lists.items():
            shown.show_divisions(divisions[each], chosen if each is kind else "")
        self.suggestions.show_suggestions(found)
        text = ngettext(
            "{count} name in several spellings…", "{count} names in several spellings…", len(found)
        )
        self.look.set_caption(text.format(count=len(found)))
        self.look.setVisible(self.page() == LISTS and bool(found))
        if self.page() == SUGGESTIONS:
            self._show_page(SUGGESTIONS if found else LISTS)

    # The acts.

    def _change(self, change: Change, kind: Kind | None = None, chosen: str = "") -> None:
        """Store something, then show the lists anew with one name chosen."""
        if self._operation is not None:
            return

        def work(_progress: object) -> Any:
            self._station.files.write(change)
            return self._look()

        operation = Operation("units", work, self)
        operation.succeeded.connect(lambda looked: self._show(looked, kind, chosen))
        operation.failed.connect(self._on_failed)
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self._tell("")
        operation.start()

    def _on_failed(self, error: StationError) -> None:
        self._tell(str(error))

    def _on_finished(self) -> None:
        self._operation = None
        if self._closing:
            super().reject()

    def _on_colour_chosen(self, division: Division, colour: str) -> None:
        kind, name = division.kind, division.name
        self._change(lambda c: units.set_colour(c, kind, name, colour), kind, name)

    def _on_short_name_typed(self, division: Division, short_name: str) -> None:
        name = division.name
        self._change(lambda c: units.set_short_name(c, name, short_name), division.kind, name)

    def _on_name_typed(self, division: Division, name: str) -> None:
        if name in (other.name for other in self.lists[division.kind].model.divisions()):
            question = _("“{name}” is there already. Merge both?").format(name=name)
            text = merge_sentence(division.name, division.delegates)
            if not MessageDialog.confirm(self, question, text, yes=_("Merge"), no=_("Keep both")):
                return
        self._change(lambda c: units.rename(c, division.kind, division.name, name), division.kind, name)

    def _on_merge_wanted(self, division: Division) -> None:
        others = [other.name for other in self.lists[division.kind].model.divisions() if other != division]
        into = MergeDialog.ask(self, division, others)
        if into:
            self._change(lambda c: units.merge(c, division.kind, division.name, into), division.kind, into)

    def _on_suggestion_taken(self, kind: Kind, names: Sequence[str], into: str) -> None:
        def change(connection: WriteConnection) -> None:
            for name in names:
                if name != into:
                    units.merge(connection, kind, name, into)

        self._change(change, kind, into)

    def _on_told_apart(self, kind: Kind, names: Sequence[str]) -> None:
        self._change(lambda c: units.tell_apart(c, kind, names))

    def _on_addition_wanted(self, kind: Kind) -> None:
        heading = _("One more unit") if kind is Kind.UNIT else _("One more category")
        name = NameDialog.ask(self, heading, _("Name"), LONGEST_NAME[kind], _("Add"))
        if name:
            self._change(lambda c: units.add(c, kind, name), kind, name.strip())

    def _on_removal_wanted(self, division: Division) -> None:
        kind, name = division.kind, division.name
        question = _("Remove “{name}”?").format(name=name)
        text = _("Nobody belongs to it. It comes back when a roster names it.")
        sure = division.delegates or MessageDialog.confirm(
            self, question, text, yes=_("Remove"), no=_("Keep it")
        )
        if sure:  # where somebody belongs to it, the refusal says what to do instead
            self._change(lambda c: units.remove(c, kind, name))

    def _on_forgetting_wanted(self, division: Division) -> None:
        said = ", ".join(f"“{spelling}”" for spelling in division.spellings)
        question = _("Forget the spellings of “{name}”?").format(name=division.name)
        text = _("A roster that says {spellings} means just that again. Nobody on the roster changes now.")
        text = text.format(spellings=said)

        def change(connection: WriteConnection) -> None:
            for spelling in division.spellings:
                units.forget_spelling(connection, division.kind, spelling)

        if MessageDialog.confirm(self, question, text, yes=_("Forget"), no=_("Keep them")):
            self._change(change, division.kind, division.name)
