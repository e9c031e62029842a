"""The right side: what is to be made, how one of them looks, and where all go."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.badges.invitation_cards import PAGE, PHONE_INVITATION, SHEET
from station.badges.invitations import Order
from station.badges.layout import Card
from station.i18n import _
from station.reports.mailing import Kinds
from ui.dialogs.choose import Choose
from ui.dialogs.invitations.picture import InvitationPicture
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

_ROOMY_PX = 430
_CHOICE_PX = 150
_LOOK_AT_PAPER, _LOOK_AT_PICTURE = range(2)


class PaperPage(QWidget):
    """Ticks for what is made, a picture of one invitation, and the folder.

    Args:
        folder: where mailings go unless another folder is chosen.

    Signals:
        changed: something else is to be made, or looked at.
        copy_wanted: the words for the delegate who is looked at are to be put on the clipboard.
    """

    changed = Signal()
    copy_wanted = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._pdf, self._pictures, self._sheet = QCheckBox(), QCheckBox(), QCheckBox()
        self._dividers = QCheckBox()
        self._layout, self._order, self._look = Choice(), Choice(), Choice()
        self.picture = InvitationPicture()
        self.copy = KeyButton("copy")
        self._whose = PlainLabel(size_px=15, weight=QFont.Weight.DemiBold, wrap=True)
        self._about = PlainLabel(size_px=14, role="muted", wrap=True)
        self._folder = QLineEdit(str(folder))
        self._folder.setCursorPosition(0)
        self._browse = KeyButton("folder-open")
        self._dress()
        for label in (self._whose, self._about):
            label.hide()
        for box in (self._pdf, self._pictures, self._sheet):
            box.setChecked(True)
        self._connect()
        self._build()
        self._refresh()

    def kinds(self) -> Kinds:
        """What is to be made."""
        return Kinds(
            self._layout.currentData() if self._pdf.isChecked() else None,
            pictures=self._pictures.isChecked(),
            mail_merge=self._sheet.isChecked(),
            order=self._order.currentData(),
            dividers=self._dividers.isChecked(),
        )

    def folder(self) -> Path:
        """Below which folder the new one is made."""
        return Path(self._folder.text().strip() or ".")

    def card(self) -> Card:
        """The design that is looked at."""
        paper = self._look.currentData() == _LOOK_AT_PAPER
        return self._layout.currentData().card if paper else PHONE_INVITATION

    def show_whose(self, name: str, about: str, *, can_copy: bool) -> None:
        """Say whose invitation is shown."""
        self._whose.setText(name)
        self._about.setText(about)
        self.copy.setEnabled(can_copy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the table says the same of the delegate."""
        super().resizeEvent(event)
        for label in (self._whose, self._about):
            label.setVisible(event.size().height() >= _ROOMY_PX)

    def _dress(self) -> None:
        self._pdf.setText(_("PDF to print"))
        self._pictures.setText(_("A picture each, to be sent (PNG)"))
        self._sheet.setText(_("Mail-merge sheet with messages (Excel)"))
        self._dividers.setText(_("A divider for each unit"))
        fill_choice(
            self._layout,
            [(PAGE, _("one on a page (A5)")), (SHEET, _("four on a sheet (A4), with cut marks"))],
            PAGE,
        )
        fill_choice(
            self._order, [(Order.UNIT, _("by unit, then by name")), (Order.NAME, _("by name"))], Order.UNIT
        )
        fill_choice(
            self._look,
            [(_LOOK_AT_PAPER, _("On paper")), (_LOOK_AT_PICTURE, _("As a picture"))],
            _LOOK_AT_PAPER,
        )
        for widget, name in (
            (self._layout, _("PDF to print")),
            (self._order, _("Order")),
            (self._look, _("What is shown")),
            (self._folder, _("Folder")),
        ):
            widget.setAccessibleName(name)
        self.copy.set_caption(_("Copy the message"))
        self._browse.set_caption(_("Choose…"))

    def _connect(self) -> None:
        for box in (self._pdf, self._pictures, self._sheet):
            box.toggled.connect(self._refresh)
        for choice in (self._layout, self._order, self._look):
            choice.setMinimumWidth(_CHOICE_PX)
            choice.currentIndexChanged.connect(self._refresh)
        self.copy.clicked.connect(self.copy_wanted)
        self._browse.clicked.connect(self._on_browse_clicked)
        for button in (self.copy, self._browse):
            button.setAutoDefault(False)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._what())
        layout.addLayout(self._looks(), 1)
        place = QHBoxLayout()
        place.addWidget(PlainLabel(_("New folder in"), 14))
        place.addWidget(self._folder, 1)
        place.addWidget(self._browse)
        layout.addLayout(place)

    def _what(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.addWidget(self._pdf, 0, 0)
        grid.addWidget(self._layout, 0, 1)
        grid.addWidget(self._pictures, 1, 0, 1, 2)
        grid.addWidget(self._sheet, 2, 0, 1, 2)
        order = PlainLabel(_("Order"), 14)
        order.setIndent(6)  # in line with the ticks above
        grid.addWidget(order, 3, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._order, 3, 1)
        grid.addWidget(self._dividers, 4, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _looks(self) -> QHBoxLayout:
        beside = QVBoxLayout()
        beside.setSpacing(10)
        beside.addWidget(self._look)
        beside.addWidget(self._whose)
        beside.addWidget(self._about)
        beside.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.picture, 1)
        row.addLayout(beside, 1)
        return row

    def _refresh(self) -> None:
        self._layout.setEnabled(self._pdf.isChecked())
        by_unit = self._order.currentData() is Order.UNIT
        self._dividers.setEnabled(self._pdf.isChecked() and by_unit)
        self.changed.emit()

    def _on_browse_clicked(self) -> None:
        chosen = Choose.folder(self, _("Where should the invitations go?"), self.folder())
        if chosen is not None:
            self._folder.setText(str(chosen))
