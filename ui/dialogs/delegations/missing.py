"""Who has not come yet: to paste into a message, as a workbook, as a PDF, or on paper."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from station.app import Station
from station.badges.pdf import Target
from station.i18n import _, ngettext
from station.media.atomic import write_file
from station.model.event import Session
from station.reports.missing import by_unit, missing_table, missing_text, unit_name, write_missing
from station.reports.xlsx import workbook
from station.store.delegations import PersonLine
from ui.dialogs.choose import Choose
from ui.dialogs.delegations.paper import PaperDialog
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel


class MissingDialog(PaperDialog):
    """The four ways, each with its key; the list is the one of the moment at which it was opened."""

    def __init__(
        self, station: Station, session: Session, people: Sequence[PersonLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Delegates not yet here"), parent)
        self._event, self._session, self._people = station.event, session, people
        self._at = station.clock.now()
        self.content.addWidget(PlainLabel(self._summary(), 15, wrap=True))
        grid = QGridLayout()
        grid.setSpacing(10)
        self.copy, self.workbook = KeyButton("copy", "Ctrl+C"), KeyButton("file-down", "Ctrl+S")
        self.pdf, self.paper = KeyButton("file-down", "Ctrl+D"), KeyButton("printer", "Ctrl+P")
        for place, (button, caption, act) in enumerate(
            (
                (self.copy, _("Copy as text"), self._on_copy),
                (self.workbook, _("Save a workbook…"), self._on_workbook),
                (self.pdf, _("Save a PDF…"), self._on_pdf),
                (self.paper, _("Print…"), self._on_print),
            )
        ):
            button.set_caption(caption)
            button.setAutoDefault(False)
            button.setEnabled(bool(people))
            button.clicked.connect(act)
            grid.addWidget(button, place // 2, place % 2)
        self.content.addLayout(grid)
        self.content.addWidget(self._outcome_place)
        self.content.addStretch(1)
        self.add_button(_("Close"), primary=True).clicked.connect(self.reject)

    def _summary(self) -> str:
        units = by_unit(self._people)
        count = ngettext("{count} delegate missing", "{count} delegates missing", len(self._people))
        where = ngettext("{count} unit", "{count} units", len(units)).format(count=len(units))
        said = unit_name(units[0][0]) if len(units) == 1 else where
        return f"{count.format(count=len(self._people))} · {said}"

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(missing_text(self._people, self._event.zone))
        self.tell(_("Copied: paste it into a message."))

    def _on_workbook(self) -> None:
        table = missing_table(self._event, self._session, self._people)
        self.save(
            Choose.new_workbook,
            _("Where should the workbook go?"),
            self._name(".xlsx"),
            lambda to: write_file(to, workbook(table)),
        )

    def _on_pdf(self) -> None:
        self.save(Choose.new_pdf, _("Where should the list go?"), self._name(".pdf"), self._draw)

    def _on_print(self) -> None:
        text = _("A4, by unit, with every phone number.")
        self.print(_("Print the list"), text, self._draw)

    def _name(self, suffix: str) -> str:
        return f"{_('Delegates not yet here')} {self._session.id}{suffix}"

    def _draw(self, target: Target) -> int:
        return write_missing(target, self._event, self._session, self._people, self._at)
