"""The latest scans and exits, the newest first, each with the icon of its verdict."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station.i18n import _
from station.store.checkin import RecentScan
from ui.screens.desk.wording import ICONS, TONES, short_reason
from ui.style.tokens import Tone
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_ROLES = {Tone.ADMITTED: "positive", Tone.ATTENTION: "warning", Tone.REFUSED: "negative"}


class RecentPanel(QFrame):
    """Choosing a line opens that delegate's card.

    Signals:
        delegate_chosen: (identity) of the delegate in the line.
        search_requested: the clerk wants to find a name.
    """

    delegate_chosen = Signal(str)
    search_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._scans: tuple[RecentScan, ...] = ()
        self._zone = "UTC"
        self._heading = PlainLabel(size_px=15, weight=QFont.Weight.Bold, elide=True)
        self._search = KeyButton("search", "F3")
        self._search.clicked.connect(self.search_requested)
        self._list = RowList(40)
        self._list.chosen.connect(self.delegate_chosen)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._list, 1)
        self._dress()

    def set_zone(self, zone: str) -> None:
        """The event's time zone, in which times are shown."""
        self._zone = zone

    def show_scans(self, scans: Sequence[RecentScan]) -> None:
        """Show the latest scans, the newest first."""
        self._scans = tuple(scans)
        self._list.show_rows([self._row(scan) for scan in scans])

    def adapt(self, scale: float) -> None:
        """Choose the size of the lines."""
        self._list.set_scale(scale)

    def rows(self) -> list[Row]:
        """The lines on show."""
        return self._list.rows()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()
            self.show_scans(self._scans)

    def _dress(self) -> None:
        self._heading.setText(_("Latest"))
        self._search.set_caption(_("Find a name"))
        self._list.setAccessibleName(_("Latest"))

    def _row(self, scan: RecentScan) -> Row:
        tone = TONES[scan.outcome]
        reason = _("Went out") if scan.left else short_reason(scan.reason)
        return Row(
            title=scan.name or reason,
            detail=reason if scan.name else "",
            note=_clock(scan.at, self._zone),
            icon="log-out" if scan.left else ICONS[tone],
            role=_ROLES[tone],
            key=scan.delegate,
        )


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M:%S}"
