"""Notices when the machine's clock was set back, and when the machine slept, and says so."""

import time
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from station.clock import Clock
from station.i18n import _
from ui.dialogs.message import MessageDialog
from ui.shell.window import MainWindow
from ui.widgets.toast import Toast

_BACK_S = 30.0  # less is a clock that is kept right by a network, or two processors that disagree
_GAP_S = 30.0


class ClockWatch(QObject):
    """Compares the clock with the machine's own count of seconds, at each :meth:`look`.

    Args:
        zone: of the event, in which times are told. window, toast: where it is said.
        seconds: the machine's count, which nobody can set; tests bring their own.

    Signals:
        woke: much more time went by than the window was awake, or another time holds: the machine slept, or
            its clock was set.
    """

    woke = Signal()

    def __init__(
        self,
        clock: Clock,
        zone: str,
        window: MainWindow,
        toast: Toast,
        parent: QObject,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._zone = ZoneInfo(zone)
        self._window = window
        self._toast = toast
        self._seconds = seconds
        self._told: datetime = clock.now()
        self._counted_s = seconds()
        self._set_back: tuple[datetime, datetime] | None = None
        window.header.clock_notice_chosen.connect(self._on_notice_chosen)

    def look(self) -> None:
        """Compare with the time of the last look."""
        now, counted_s = self._clock.now(), self._seconds()
        told, passed_s = self._told, counted_s - self._counted_s
        gone_s = (now - told).total_seconds()
        self._told, self._counted_s = now, counted_s
        if gone_s < min(0.0, passed_s - _BACK_S):
            self._warn(told, now)
            self.woke.emit()
        elif gone_s > _GAP_S or passed_s > _GAP_S:
            self.woke.emit()

    def sentence(self) -> str:
        """What is known of the latest time that the clock went back, '' for nothing."""
        if self._set_back is None:
            return ""
        before, now = (f"{at.astimezone(self._zone):%H:%M %d/%m/%Y}" for at in self._set_back)
        return _(
            "It was {before}, then {now}. The order of the records is kept, and each bears both times. "
            "Compare the clock with a telephone and set it right in the system's settings."
        ).format(before=before, now=now)

    def _warn(self, before: datetime, now: datetime) -> None:
        self._set_back = (before, now)
        self._window.header.show_clock_notice()
        self._toast.tell(_("The clock of this machine was just set back."), "clock-alert")

    def _on_notice_chosen(self) -> None:
        self._window.header.show_clock_notice(shown=False)
        MessageDialog.tell(self._window, _("Clock set back"), self.sentence())
