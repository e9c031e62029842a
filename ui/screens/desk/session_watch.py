"""Watches whether the session that was chosen by hand is still the one by the clock, and helps to mend it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from station.app import Station
from station.checkin.rules import session_by_clock
from station.i18n import _, ngettext
from station.model.event import Session
from station.store import checkin
from ui.bridge.tasks import Tasks
from ui.screens.desk.session_strip import SessionStrip

_BACK = timedelta(minutes=10)
_MOST = 300
_OFFERED_MS = 60_000


class SessionWatch(QObject):
    """Says that the clock proposes another session; after the switch, offers to move what was scanned meanwhile.

    Args:
        follow: check into the session by the clock from now on.
        move: (from, to, since) ask which of the latest admissions are to be moved.
    """

    def __init__(
        self,
        station: Station,
        strip: SessionStrip,
        looks: Tasks,
        follow: Callable[[], None],
        move: Callable[[str, str, datetime], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._station = station
        self._strip = strip
        self._looks = looks
        self._follow = follow
        self._move = move
        self._offer: tuple[str, str, datetime, int] | None = None
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.setInterval(_OFFERED_MS)
        self._over.timeout.connect(self._on_over)

    def proposed(self) -> Session | None:
        """What the clock proposes while another session was chosen by hand; None where they agree."""
        chosen = self._station.lane.session
        now = self._station.clock.now()
        proposed = session_by_clock(self._station.desk.sessions(), now) if chosen is not None else None
        return proposed if proposed is not None and proposed.id != chosen else None

    def check(self) -> None:
        """Show or hide the strip, as it is now."""
        proposed, chosen = self.proposed(), self._station.lane.session
        if proposed is not None and chosen is not None:
            self._offer = None
            text = _("Recording into {chosen} – by the clock it is {proposed}")
            said = text.format(chosen=chosen, proposed=proposed.id)
            self._strip.tell(said, _("Follow the clock"), warns=True)
        elif self._offer is not None:
            before, after, _since, count = self._offer
            text = ngettext(
                "Now {after}. In the last minutes {count} admission went to {before}.",
                "Now {after}. In the last minutes {count} admissions went to {before}.",
                count,
            )
            said = text.format(after=after, before=before, count=count)
            self._strip.tell(said, _("Move them"), warns=False)
        else:
            self._strip.hide()

    def switched(self, before: str, proposed: Session | None) -> None:
        """Another session was chosen; ``proposed`` is what the clock said to the one before."""
        self._offer = None
        now = self._station.desk.session(self._station.lane.session)
        if proposed is None or proposed != now:
            return
        since = self._station.clock.now() - _BACK
        self._looks.run(
            lambda: self._count(before, since), lambda count: self._on_counted(before, now.id, since, count)
        )

    def press(self) -> bool:
        """What the strip's button does; False where it says nothing."""
        if self.proposed() is not None:
            self._follow()
        elif self._offer is not None:
            before, after, since, _count = self._offer
            self._on_over()
            self._move(before, after, since)
        else:
            return False
        return True

    def _count(self, session: str, since: datetime) -> int:
        with self._station.files.reading() as connection:
            latest = checkin.latest_admissions(connection, session, self._station.instance, _MOST)
        return sum(admission.at >= since for admission in latest)

    def _on_counted(self, before: str, after: str, since: datetime, count: int) -> None:
        if count and self._station.desk.session(self._station.lane.session).id == after:
            self._offer = (before, after, since, count)
            self._over.start()
        self.check()

    def _on_over(self) -> None:
        self._offer = None
        self.check()
