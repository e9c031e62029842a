"""Which of the latest admissions belong to another session, and to which."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from station.app import Station
from station.i18n import _, ngettext
from station.store import checkin
from ui.dialogs.frame import DialogFrame
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel
from ui.wording import session_label

_OFFERED = 300


class MoveDialog(DialogFrame):
    """The admissions of this desk to a session, the newest first; a run of them is marked with Shift.

    Args:
        session: the one they were scanned into.
    """

    def __init__(self, station: Station, session: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, 640)
        self.set_heading(_("Scanned into the wrong session"))
        chosen = station.desk.session(session)
        text = _("Mark the admissions to {session} that belong elsewhere. They keep their times.")
        self.content.addWidget(PlainLabel(text.format(session=session_label(chosen)), 15, wrap=True))
        self._list = QListWidget()
        self._list.setAccessibleName(_("Latest"))
        self._list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self._list.setMinimumHeight(280)
        with station.files.reading() as connection:
            admissions = checkin.latest_admissions(connection, session, station.instance, _OFFERED)
        zone = ZoneInfo(station.event.zone)
        for admission in admissions:
            item = QListWidgetItem(f"{admission.at.astimezone(zone):%H:%M:%S}   {admission.name}")
            item.setData(Qt.ItemDataRole.UserRole, admission.entry)
            self._list.addItem(item)
        self._list.selectAll()
        self.content.addWidget(self._list, 1)
        others = [
            (other.id, session_label(other)) for other in station.desk.sessions() if other.id != session
        ]
        self.content.addWidget(PlainLabel(_("Move them to"), 14))
        self._target = fill_choice(Choice(), others, None)
        self._target.setAccessibleName(_("Move them to"))
        self.content.addWidget(self._target)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self._done = self.add_button(_("Move"), primary=True)
        self._done.clicked.connect(self.accept)
        self._list.itemSelectionChanged.connect(self._on_selected)
        self._on_selected()
        self._list.setFocus()

    def entries(self) -> list[str]:
        """The entries of the marked admissions, the oldest first."""
        marked = [str(item.data(Qt.ItemDataRole.UserRole)) for item in self._list.selectedItems()]
        return marked[::-1]

    def target(self) -> str:
        """The session they belong to."""
        return str(self._target.currentData())

    def _on_selected(self) -> None:
        count = len(self._list.selectedItems())
        self._done.setEnabled(count > 0)
        self._done.set_caption(ngettext("Move {count}", "Move {count}", count).format(count=count))
