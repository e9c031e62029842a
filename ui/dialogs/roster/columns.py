"""The second step: which sheet, which heading row, and what each column means."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station.i18n import _
from station.roster.heading_names import EXTRA, FIELDS
from station.roster.lines import field_caption
from station.roster.table import TableChoice, TableView
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel

_EXAMPLES_JOINED = "  ·  "
_ROW_CHARACTERS = 90


class ColumnsPage(QWidget):
    """Shows a table's columns with examples and takes what a person chooses for them.

    Signals:
        chosen: (TableChoice) something was chosen otherwise.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._view: TableView | None = None
        self._fields: dict[int, Choice] = {}
        self._sheet, self._row = Choice(), Choice()
        self._sheet.activated.connect(lambda place: self.chosen.emit(TableChoice(sheet=place)))
        self._row.activated.connect(self._on_row_chosen)
        self._sheet_caption = PlainLabel(_("Sheet"), 14, QFont.Weight.Medium)
        self._row_caption = PlainLabel(_("Headings are in row"), 14, QFont.Weight.Medium)
        for caption, field in ((self._sheet_caption, self._sheet), (self._row_caption, self._row)):
            caption.setBuddy(field)
            field.setAccessibleName(caption.full_text())
        self._notices = PlainLabel(size_px=14, role="warning", wrap=True)
        for choice in (self._sheet, self._row):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(12)
        self._area = QScrollArea()
        self._area.setAccessibleName(_("Roster"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._build()

    def show_view(self, view: TableView) -> None:
        """Show how the file looks."""
        self._view = view
        fill_choice(self._sheet, list(enumerate(view.sheets)), view.sheet)
        for widget in (self._sheet_caption, self._sheet):
            widget.setVisible(len(view.sheets) > 1)
        rows = [(number, f"{number}: {text[:_ROW_CHARACTERS]}") for number, text in view.first_rows]
        fill_choice(self._row, rows, view.heading_row)
        self._show_columns(view)
        self._show_notices()

    def fields(self) -> dict[int, str]:
        """What every column means now."""
        return {place: choice.currentData() for place, choice in self._fields.items()}

    def notices(self) -> str:
        """What is said above the columns."""
        return self._notices.full_text()

    def choice_of(self, place: int) -> Choice:
        """The box in which a column's meaning is chosen."""
        return self._fields[place]

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._sheet_caption)
        head.addWidget(self._sheet, 1)
        head.addWidget(self._row_caption)
        head.addWidget(self._row, 2)
        box = QFrame()
        box.setObjectName("surface")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(14, 8, 6, 8)
        inside.addWidget(self._area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._notices)
        layout.addWidget(box, 1)

    def _show_columns(self, view: TableView) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, caption in enumerate((_("Column in the file"), _("Meaning"), _("Examples"))):
            grid.addWidget(PlainLabel(caption, 13, QFont.Weight.DemiBold, role="muted"), 0, place)
        self._fields = {}
        meanings = [("", _("Leave out")), *((field, field_caption(field)) for field in (*FIELDS, EXTRA))]
        for line, column in enumerate(view.columns, 1):
            title = column.title or _("Column {letter}").format(letter=column.letter)
            choice = fill_choice(Choice(), meanings, column.field)
            choice.setAccessibleName(title)
            choice.activated.connect(lambda _row, place=column.place: self._on_field_chosen(place))
            choice.setMinimumWidth(210)
            grid.addWidget(PlainLabel(title, 14, QFont.Weight.DemiBold, elide=True), line, 0)
            grid.addWidget(choice, line, 1)
            examples = _EXAMPLES_JOINED.join(column.examples)
            grid.addWidget(PlainLabel(examples, 14, role="muted", elide=True), line, 2)
            self._fields[column.place] = choice
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        grid.setRowStretch(len(view.columns) + 1, 1)
        self._area.setWidget(inside)

    def _show_notices(self) -> None:
        assert self._view is not None
        fields = set(self.fields().values())
        lines = [notice.message for notice in self._view.notices]
        if "name" not in fields:
            lines.append(_("Say which column holds the full names; without it there is no roster."))
        if "citizen_id" in fields:
            lines.append(
                _(
                    "Numbers of identity cards are personal data under protection. "
                    "Leave them out unless delegates are to check in with their identity card."
                )
            )
        self._notices.setText("\n".join(lines))
        self._notices.setVisible(bool(lines))

    def _on_row_chosen(self) -> None:
        self.chosen.emit(TableChoice(sheet=self._sheet.currentIndex(), heading_row=self._row.currentData()))

    def _on_field_chosen(self, place: int) -> None:
        """Several columns can be parts of the name or kept; any other field has one: the column chosen last."""
        field = self._fields[place].currentData()
        for other, choice in self._fields.items():
            if other != place and field not in ("", "name", EXTRA) and choice.currentData() == field:
                choice.setCurrentIndex(0)
        self._show_notices()
        self.chosen.emit(
            TableChoice(
                sheet=self._sheet.currentIndex(), heading_row=self._row.currentData(), fields=self.fields()
            )
        )
