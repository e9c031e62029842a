"""Printing sign-in sheets: of which sessions, what stands on them, into a file or onto paper."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QWidget

from station.app import Station
from station.badges.pdf import Target
from station.i18n import _, ngettext
from station.model.event import Session
from station.reports.sheet_making import make_sheets
from station.reports.sign_in import SheetLook, SheetOrder
from station.store.delegations import unit_lines
from ui.bridge.operation import Progress
from ui.dialogs.badges.profile import INSET
from ui.dialogs.choose import Choose
from ui.dialogs.delegations.paper import PaperDialog
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.field_grid import field_grid
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.wording import session_label

_ALL = ""
_MOST_BLANK = 40
_NARROWEST = 12  # characters of a session's name before it is cut


class SheetsDialog(PaperDialog):
    """Every print is a sheet with a number of its own, so that its row numbers mean who was printed.

    Signals:
        taking_in_wanted: signatures are to be taken in instead.
    """

    taking_in_wanted = Signal()

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(_("Sign-in sheets"), parent)
        self._station = station
        sessions = station.desk.sessions()
        items = [(session.id, session_label(session)) for session in sessions]
        if len(items) > 1:
            items.insert(0, (_ALL, _("All sessions")))
        self.session = fill_choice(Choice(), items, _ALL)
        self.session.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.session.setMinimumContentsLength(_NARROWEST)
        orders = [(SheetOrder.UNIT, _("By unit")), (SheetOrder.NAME, _("By given name"))]
        self.order = fill_choice(Choice(), orders, SheetOrder.UNIT)
        self.blank = QSpinBox()
        self.blank.lineEdit().setTextMargins(*INSET)
        self.blank.setRange(0, _MOST_BLANK)
        self.blank.setValue(SheetLook().blank_rows)
        self.phones = QCheckBox(_("With telephone numbers"))
        self.state = QCheckBox(_("With the name and motto of the state"))
        self.state.setChecked(True)
        self._said = PlainLabel(size_px=14, role="muted", wrap=True)
        self._build()
        self.session.currentIndexChanged.connect(self._show)
        self._show()

    def look(self) -> SheetLook:
        """What is wished."""
        return SheetLook(
            SheetOrder(self.order.currentData()),
            self.phones.isChecked(),
            self.blank.value(),
            self.state.isChecked(),
        )

    def sessions(self) -> Sequence[Session]:
        """Those whose sheets are wished."""
        chosen: str = self.session.currentData()
        return self._station.desk.sessions() if chosen == _ALL else [self._station.desk.session(chosen)]

    def said(self) -> str:
        """How many rows there will be."""
        return self._said.full_text()

    def _build(self) -> None:
        about = _(
            "For the day on which no computer works: each row has a small code, with which the signature is taken "
            "in afterwards. Print the sheets before the event."
        )
        self.content.addWidget(PlainLabel(about, 15, wrap=True))
        fields = [
            (_("Session"), self.session),
            (_("Order"), self.order),
            (_("Blank rows for others"), self.blank),
        ]
        self.content.addLayout(field_grid(fields))
        self.content.addWidget(self.phones)
        self.content.addWidget(self.state)
        self.content.addWidget(self._said)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.pdf, self.paper = KeyButton("file-down", "Ctrl+D"), KeyButton("printer", "Ctrl+P", primary=True)
        for button, caption, act in (
            (self.pdf, _("Save a PDF…"), self._on_pdf),
            (self.paper, _("Print…"), self._on_print),
        ):
            button.set_caption(caption)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            row.addWidget(button, 1)
        self.content.addLayout(row)
        self.content.addWidget(self._outcome_place)
        self.content.addStretch(1)
        taking = self.add_button(_("Take in paper sheets…"), icon="signature")
        taking.clicked.connect(self._on_taking_in)
        self.add_button(_("Close")).clicked.connect(self.reject)

    def _show(self) -> None:
        sessions = self.sessions()
        with self._station.files.reading() as connection:
            rows = sum(line.expected for each in sessions for line in unit_lines(connection, each.id))
        sheets = ngettext("{count} sheet", "{count} sheets", len(sessions)).format(count=len(sessions))
        text = ngettext("{count} row for delegates", "{count} rows for delegates", rows).format(count=rows)
        self._said.setText(f"{sheets} · {text}")

    def _on_pdf(self) -> None:
        chosen = self.session.currentData()
        name = " ".join(filter(None, (_("Sign-in sheet"), chosen))) + ".pdf"
        draw = self._drawer()
        self.save(Choose.new_pdf, _("Where should the sheets go?"), name, draw, slowly=draw)

    def _on_print(self) -> None:
        text = _("A4, upright, at 100 %: the codes must keep their size.")
        self.print(_("Print sign-in sheets"), text, self._drawer())

    def _drawer(self) -> "_Draw":
        return _Draw(self._station, self.sessions(), self.look())

    def _on_taking_in(self) -> None:
        if not self.is_working():
            self.reject()
            self.taking_in_wanted.emit()


class _Draw:
    """What is wished at the moment, to be drawn on a worker."""

    def __init__(self, station: Station, sessions: Sequence[Session], look: SheetLook) -> None:
        self._station, self._sessions, self._look = station, sessions, look

    def __call__(self, target: Target, progress: Progress | None = None) -> object:
        station, sessions, look = self._station, self._sessions, self._look
        return make_sheets(
            station.files, station.event, station.key, station.clock, sessions, look, target, progress
        )
