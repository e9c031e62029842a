"""The help window: contents at the left, the guide at the right, opened at what is on the screen."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.i18n import _
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.help.browser import GuideBrowser
from ui.dialogs.help.contents import known_pages, matching, parts
from ui.dialogs.help.places import DESK
from ui.style.fonts import scaled
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import RowList

_SIZE_PX = (1120, 720)
_LIST_PX = 300


class HelpDialog(DialogFrame):
    """Keys and guide; the arrow keys go through the contents, Enter or Tab into the text, F3 searches.

    Args:
        place: where it opens: page and place, as in ``ui.dialogs.help.places``.
        diagnose: makes the diagnostics file, given the window to ask over; None where that is not offered.
    """

    for_everybody = True

    def __init__(
        self,
        parent: QWidget | None = None,
        place: str = DESK,
        diagnose: Callable[[QWidget], None] | None = None,
    ) -> None:
        super().__init__(parent, 760)
        self.set_heading(_("Help"))
        self._pages = known_pages()
        self._parts = parts(self._pages)
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Search the guide (F3)"))
        self._search.setAccessibleName(_("Search the guide (F3)"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_searched)
        self._search.returnPressed.connect(self._on_search_entered)
        self._nothing = PlainLabel(_("Nothing found: try another word."), 14, role="muted", wrap=True)
        self._nothing.hide()
        self._list = RowList(34, one_click=True)
        self._list.setAccessibleName(_("Contents"))
        self._list.selectionModel().currentChanged.connect(self._on_moved)
        self.browser = GuideBrowser()
        self.browser.setAccessibleName(_("The guide"))
        self._list.chosen.connect(lambda: self.browser.setFocus())
        for key in ("F3", "Ctrl+F"):
            QShortcut(QKeySequence(key), self, self._on_search_wanted)
        self._build()
        if diagnose is not None:
            button = self.add_button(_("Diagnostics file…"), icon="life-buoy")
            button.clicked.connect(lambda: diagnose(self))
        close = self.add_button(_("Close"), primary=True)
        close.setDefault(False)  # Enter goes from the contents into the text
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        self._list.show_rows([part.row() for part in self._parts])
        self._list.setFocus()
        self.go_to(place)

    def show_help(self) -> None:
        """It is open already."""

    def go_to(self, place: str) -> None:
        """Show a place of the guide; one that is not there shows the keys."""
        page, _hash, anchor = place.partition("#")
        if page not in self._pages:
            page, anchor = DESK.split("#")
        rows = range(len(self._parts))
        around = [row for row in rows if self._parts[row].place == place] or [
            row for row in rows if self._parts[row].holds(page, anchor)
        ]
        self._list.select(around[0] if around else 0)
        self._show(page, anchor)

    def place(self) -> str:
        """The page and place on show."""
        return self._place

    def parts_on_show(self) -> list[str]:
        """The places that are listed."""
        return self._listed

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._search)
        left.addWidget(self._nothing)
        left.addWidget(self._list, 1)
        self._search.setFixedWidth(scaled(_LIST_PX))
        self._list.setFixedWidth(scaled(_LIST_PX))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self.browser, 1)
        self.content.addLayout(row, 1)
        self.browser.setMinimumSize(scaled(400), scaled(300))
        self._listed = [part.place for part in self._parts]
        self._place = ""

    def fit_content(self) -> None:
        """Large enough to read in, whatever is on show."""
        room = screen_room(self)
        self.resize(min(scaled(_SIZE_PX[0]), room.width()), min(scaled(_SIZE_PX[1]), room.height()))

    def _show(self, page: str, anchor: str) -> None:
        self._place = f"{page}#{anchor}" if anchor else page
        self.browser.show_page(self._pages[page], anchor)
        # Only a laid out page can be scrolled, and it is laid out when it is shown.
        QTimer.singleShot(0, self.browser, lambda: self.browser.scrollToAnchor(anchor) if anchor else None)

    def _on_moved(self) -> None:
        chosen = self._list.selected()
        if chosen:
            page, _hash, anchor = chosen.partition("#")
            self._show(page, anchor)

    def _on_search_wanted(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _on_search_entered(self) -> None:
        self._list.setFocus()

    def _on_searched(self, text: str) -> None:
        found = matching(self._parts, text)
        self._listed = [part.place for part in found]
        self._nothing.setVisible(not found)
        self._list.show_rows([part.row() for part in found])
        if found:
            self._list.select(0)
            self._on_moved()
