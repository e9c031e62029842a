"""The receipt for what one received for others: which paper, with or without the national heading, file or printer."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from station.badges.pdf import Target
from station.checkin.delegations import Receipt
from station.i18n import _, ngettext
from station.model.event import Event
from station.reports.paper import A4, A5, Paper
from station.reports.receipt import write_receipts
from ui.dialogs.choose import Choose
from ui.dialogs.delegations.paper import PaperDialog
from ui.dialogs.delegations.receive_model import things_label
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel


class ReceiptDialog(PaperDialog):
    """One of the receipts, the latest unless another is chosen, or all of them.

    Args:
        receipts: the latest last; at least one.
    """

    def __init__(
        self, event: Event, receipts: Sequence[Receipt], heading: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(heading, parent)
        self._event = event
        self._summary = PlainLabel(size_px=15, wrap=True)
        newest_first = list(reversed(receipts))
        every = [(tuple(receipts), _("All {count} receipts").format(count=len(receipts)))]
        one_each = [((receipt,), self._label(receipt)) for receipt in newest_first]
        self._which = fill_choice(Choice(), one_each + (every if len(receipts) > 1 else []), None)
        self._paper = fill_choice(Choice(), [(A4, "A4"), (A5, "A5")], None)
        self._heading_box = QCheckBox(_("With the name and motto of the state"))
        self._heading_box.setChecked(True)
        self._lay_out(several=len(receipts) > 1)
        self._which.currentIndexChanged.connect(self._tell_summary)
        self._tell_summary()
        self.add_button(_("Close")).clicked.connect(self.reject)
        self.file = self.add_button(_("Save a PDF…"), icon="file-down")
        self.file.clicked.connect(self._on_save)
        self.printer = self.add_button(_("Print…"), primary=True, icon="printer")
        self.printer.clicked.connect(self._on_print)

    def summary(self) -> str:
        """What the chosen receipts hold."""
        return self._summary.full_text()

    def _lay_out(self, *, several: bool) -> None:
        self.content.addWidget(self._summary)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        fields = [(_("Receipt"), self._which)] if several else []
        for row, (caption, field) in enumerate([*fields, (_("Paper"), self._paper)]):
            label = PlainLabel(caption, 14, QFont.Weight.Medium)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self._heading_box, 2, 1)
        self._which.setVisible(several)
        self.content.addLayout(grid)
        self.content.addWidget(self._outcome_place)
        self.content.addStretch(1)

    def _label(self, receipt: Receipt) -> str:
        at = f"{receipt.at.astimezone(ZoneInfo(self._event.zone)):%H:%M %d/%m}"
        return f"{at} · {receipt.receiver} · {_delegates(len(receipt.lines))}"

    def _tell_summary(self) -> None:
        chosen = self._chosen()
        things = [code for receipt in chosen for line in receipt.lines for code in line.documents]
        names = ", ".join(dict.fromkeys(receipt.receiver for receipt in chosen))
        people = _delegates(sum(len(receipt.lines) for receipt in chosen))
        said = _("{receiver} received {things} for {delegates}.")
        self._summary.setText(said.format(receiver=names, things=things_label(things), delegates=people))

    def _chosen(self) -> tuple[Receipt, ...]:
        return tuple(self._which.currentData())

    def _on_save(self) -> None:
        draw = self._drawing()
        name = f"{_('Receipt for documents')} {self._chosen()[-1].unit}.pdf"
        self.save(Choose.new_pdf, _("Where should the receipt go?"), name, draw)

    def _on_print(self) -> None:
        text = _("To be signed by who hands over and who receives.")
        self.print(_("Print the receipt"), text, self._drawing())

    def _drawing(self) -> Callable[[Target], int]:
        """What draws the receipts as they are chosen now, on any thread."""
        chosen, heading = self._chosen(), self._heading_box.isChecked()
        paper: Paper = self._paper.currentData()

        def draw(target: Target) -> int:
            return write_receipts(target, self._event, chosen, paper, national_heading=heading)

        return draw


def _delegates(count: int) -> str:
    return ngettext("{count} delegate", "{count} delegates", count).format(count=count)
