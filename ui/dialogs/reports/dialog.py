"""The organiser's choice of reports, and what official forms say of the organiser; kept with the event."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from station.app import Station
from station.errors import StationError
from station.exchange.headquarters import key_in, lock_for, lock_journals, lock_sentence
from station.i18n import _
from station.reports.choice import keep_choice, read_choice
from station.reports.letterhead import Letterhead
from station.text import clean
from ui.dialogs.frame import DialogFrame
from ui.dialogs.message import MessageDialog
from ui.dialogs.reports.choice import ReportChoice
from ui.widgets.plain_label import PlainLabel

_LONGEST = 300


class ReportsDialog(DialogFrame):
    """What every export of this event holds. Raises EnvironmentFault where the choice cannot be read."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, 860)
        self._station = station
        with station.files.reading() as connection:
            choice = read_choice(connection)
        self.set_heading(_("Reports"))
        said = _("What is ticked is in every export; a field without a tick is left out, for example phones.")
        self.content.addWidget(PlainLabel(said, 14, role="muted", wrap=True))
        self.reports = ReportChoice(choice)
        self.content.addWidget(self.reports, 1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self.content.addLayout(self._grid)
        event, head = station.event, choice.letterhead
        self.superior = self._field(0, 0, _("Superior organisation"), head.superior, "")
        self.organisation = self._field(0, 2, _("Organisation"), head.organisation, event.organiser)
        self.number = self._field(1, 0, _("Number and symbol"), head.number, "……/……")
        self.place = self._field(1, 2, _("Place"), head.place, Letterhead().place_of(event))
        self.form = QComboBox()
        for caption, national in (
            (_("By the language: in Vietnamese with state and motto"), None),
            (_("With state and motto"), True),
            (_("Plain"), False),
        ):
            self.form.addItem(caption, national)
        self.form.setCurrentIndex((None, True, False).index(head.national))
        self._place(2, 0, _("Form of papers"), self.form, columns=3)
        self.journal = QComboBox()
        self.journal.addItem(_("Readable for whoever has the file"), False)
        self.journal.addItem(_("Locked: only headquarters can read it"), True)
        self._lock, self._has_key = lock_for(station.files), key_in(station.folder) is not None
        self.journal.setCurrentIndex(int(self._lock is not None))
        self._place(3, 0, _("Sealed journal"), self.journal, columns=3)
        self._about_journal = PlainLabel("", 13, role="muted", wrap=True)
        self._grid.addWidget(self._about_journal, 4, 1, 1, 3)
        self.journal.currentIndexChanged.connect(self._on_journal_chosen)
        self._on_journal_chosen()
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Save"), primary=True).clicked.connect(self._on_saved)

    def letterhead(self) -> Letterhead:
        """What is typed now."""
        superior, organisation, number, place = (
            clean(field.text()) for field in (self.superior, self.organisation, self.number, self.place)
        )
        return Letterhead(superior, organisation, number, place, self.form.currentData())

    def _field(self, row: int, column: int, caption: str, text: str, instead: str) -> QLineEdit:
        field = QLineEdit(text)
        field.setMaxLength(_LONGEST)
        field.setPlaceholderText(instead)
        self._place(row, column, caption, field)
        return field

    def _place(self, row: int, column: int, caption: str, field: QWidget, columns: int = 1) -> None:
        field.setAccessibleName(caption)
        self._grid.addWidget(PlainLabel(caption, 14), row, column)
        self._grid.addWidget(field, row, column + 1, 1, columns)

    def _on_journal_chosen(self) -> None:
        wanted = bool(self.journal.currentData())
        if wanted and self._lock is None:
            said = _(
                "A key is made in this event folder when you save; event packs made afterwards carry the lock."
            )
        else:
            said = lock_sentence(self._lock if wanted else None, has_key=self._has_key)
        self._about_journal.setText(said)

    def _on_saved(self) -> None:
        choice = replace(self.reports.choice(), letterhead=self.letterhead())
        wanted = bool(self.journal.currentData())
        try:
            self._station.files.write(lambda connection: keep_choice(connection, choice))
            if wanted != (self._lock is not None):
                lock_journals(self._station.files, locked=wanted)
        except StationError as error:
            MessageDialog.tell(self, _("Reports"), str(error))
            return
        self.accept()
