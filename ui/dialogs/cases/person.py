"""A few fields about somebody: a walk-in, who comes for a delegate, or what is to be corrected."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QWidget

from station.i18n import _
from station.model.delegate import Delegate
from station.roster.lines import field_caption
from ui.dialogs.frame import DialogFrame
from ui.style.fonts import scaled
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_WAIT_MS = 150  # after the last letter of the name, before namesakes are looked for
_NAMESAKES_SHOWN = 3
_ROW_PX = 46
FIELDS = ("name", "unit", "position", "category", "phone")


class PersonDialog(DialogFrame):
    """Fields with what is known already; Enter goes on only when there is a name.

    Args:
        known: texts by field. units, categories: those on the roster, to choose from.
        reasons: ask for a reason, and suggest these; None for a wish that needs none.
        letter: ask for the number of a letter, too.
        namesakes: finds who has the name already; None where that does not matter.
    """

    def __init__(
        self,
        heading: str,
        advice: str,
        done: str,
        *,
        known: dict[str, str],
        units: Sequence[str],
        categories: Sequence[str],
        reasons: Sequence[str] | None = None,
        letter: bool = False,
        namesakes: Callable[[str], Sequence[Delegate]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, 620)
        self.set_heading(heading)
        self.existing = ""  # the identity of a namesake whom the clerk means
        self._find = namesakes
        self.content.addWidget(PlainLabel(advice, 15, role="muted", wrap=True))
        self._edits = {field: QLineEdit(known.get(field, "")) for field in FIELDS if field != "category"}
        self._category = fill_choice(
            Choice(), [("", "–"), *((name, name) for name in categories)], known.get("category", "")
        )
        self._reason, self._letter = QLineEdit(), QLineEdit()
        self._suggest(self._edits["unit"], units)
        if reasons is not None:
            self._suggest(self._reason, reasons)
        self._build(with_reason=reasons is not None, with_letter=letter)
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self.content.addWidget(self._trouble)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self._done = self.add_button(done, primary=True)
        self._done.clicked.connect(self.accept)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._on_name_settled)
        for edit in (self._edits["name"], self._reason):
            edit.textChanged.connect(self._refresh)
        self._with_reason = reasons is not None
        self._refresh()
        self._edits["name"].setFocus()

    def values(self) -> dict[str, str]:
        """The texts by field."""
        texts = {field: edit.text().strip() for field, edit in self._edits.items()}
        return {**texts, "category": str(self._category.currentData())}

    def reason(self) -> str:
        """Why."""
        return self._reason.text().strip()

    def letter(self) -> str:
        """The number of the letter."""
        return self._letter.text().strip()

    def say(self, trouble: str) -> None:
        """Say what is wrong with what was typed."""
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    def names_shown(self) -> list[str]:
        """The namesakes on show."""
        return [] if self._list.isHidden() else [row.title for row in self._list.rows()]

    def _build(self, *, with_reason: bool, with_letter: bool) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        fields: list[tuple[str, QWidget, int, int, int]] = [
            (field_caption("name"), self._edits["name"], 0, 0, 2),
            (field_caption("unit"), self._edits["unit"], 2, 0, 2),
            (field_caption("position"), self._edits["position"], 3, 0, 2),
            (field_caption("category"), self._category, 4, 0, 1),
            (field_caption("phone"), self._edits["phone"], 4, 1, 1),
        ]
        if with_reason:
            fields.append((_("Reason"), self._reason, 5, 0, 1 if with_letter else 2))
        if with_letter:
            fields.append((_("Number of the letter"), self._letter, 5, 1, 1))
        for caption, field, line, column, columns in fields:
            label = PlainLabel(caption, 14, QFont.Weight.Medium)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            grid.addWidget(label, 3 * line, column, 1, columns)
            grid.addWidget(field, 3 * line + 1, column, 1, columns)
            grid.setRowMinimumHeight(3 * line + 2, 6)
        self._warning = PlainLabel(size_px=14, weight=QFont.Weight.DemiBold, role="warning", wrap=True)
        self._list = RowList(_ROW_PX)
        self._list.setAccessibleName(_("Delegates"))
        self._list.chosen.connect(self._on_namesake_chosen)
        grid.addWidget(self._warning, 3, 0, 1, 2)
        grid.addWidget(self._list, 4, 0, 1, 2)
        self._warning.hide()
        self._list.hide()
        for column in range(2):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(20, 1)
        self.content.addLayout(grid)

    def _suggest(self, edit: QLineEdit, texts: Sequence[str]) -> None:
        completer = QCompleter(list(texts), edit)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        edit.setCompleter(completer)

    def _refresh(self) -> None:
        has_name = any(character.isalpha() for character in self._edits["name"].text())
        self._done.setEnabled(has_name and (not self._with_reason or bool(self.reason())))
        if self._find is not None:
            self._timer.start()

    def _on_name_settled(self) -> None:
        name = self._edits["name"].text().strip()
        found = self._find(name)[:_NAMESAKES_SHOWN] if self._find is not None and name else []
        self._list.show_rows(
            [Row(person.name, person.unit or person.position, person.code, key=person.id) for person in found]
        )
        self._warning.setText(_("On the roster already. Is it them? Then open the card."))
        for widget in (self._warning, self._list):
            widget.setVisible(bool(found))
        self._list.setFixedHeight(scaled(_ROW_PX) * len(found) + 8)
        room = self._layout.totalHeightForWidth(self.width())
        self.resize(QSize(self.width(), max(self.height(), room)))

    def _on_namesake_chosen(self, identity: str) -> None:
        self.existing = identity
        self.accept()
