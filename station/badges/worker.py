"""The thread that brings wished badges to printers, beside the scans and never in their way."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from station.badges.printers import Doubtful, Fate, PrinterAway, Printers, Sheet
from station.badges.profiles import Printing, Profile
from station.badges.spool import record_printed
from station.badges.texts import BadgeData
from station.clock import Clock
from station.errors import StationError
from station.i18n import _
from station.media.names import safe_name
from station.model.print_job import Job, JobState
from station.store import badges as badge_store
from station.store.connection import WriteConnection
from station.store.folder import EventFolder

RETRY_S = 5.0
_WATCH_S = 1.0
Work = Callable[[WriteConnection], object]


@dataclass(frozen=True, slots=True)
class Hold:
    """A printer that gets nothing for now; until: seconds of the monotonic clock, None until a person resumes it."""

    reason: str
    until: float | None = None


class Spool:
    """Sends queued jobs in the order of the wishes; every step is recorded before it is made.

    A job is said to be on its way before its first byte goes to the printer: killed at any moment, nothing is
    printed twice, and what may have come out is shown as unknown after the next start.

    Args:
        badge_of: what is printed for a delegate, None where there is no code for them.
        draw: the pages of a badge as a printer's profile wants them.
        printing: the choices in force. changed: called on the worker thread whenever something is new to show.
    """

    def __init__(
        self,
        files: EventFolder,
        clock: Clock,
        printers: Printers,
        badge_of: Callable[[str], BadgeData | None],
        draw: Callable[[BadgeData, Profile], bytes],
        printing: Callable[[], Printing],
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._files = files
        self._draw = draw
        self._clock = clock
        self._printers = printers
        self._badge_of = badge_of
        self._printing = printing
        self._changed = changed
        self._bell = threading.Event()
        self._closing = False
        self._lock = threading.Lock()  # over what threads of both sides change
        self._holds: dict[str, Hold] = {}
        self._released: set[int] = set()
        self._unrecorded: list[Work] = []  # what came of a job whose record the disk did not take
        self._has_tickets = True  # perhaps, from before the start
        self._fault = ""
        self._thread = threading.Thread(target=self._run, name="badge-spool", daemon=True)

    def start(self) -> None:
        """Begin; what was on its way when the program ended is unknown from now on. Raises EnvironmentFault."""
        self._files.write(badge_store.doubt_sent)
        self._files.written = self.poke
        self._thread.start()
        self.poke()

    def close(self) -> None:
        """Finish the job under way and end the thread; what waits goes on waiting."""
        self._closing = True
        self._bell.set()
        if self._thread.ident is not None:
            self._thread.join()
        self._files.written = lambda: None

    def poke(self) -> None:
        """Look at the queue soon."""
        self._bell.set()

    def print_now(self, number: int | None = None) -> None:
        """Send a job, or everything that waits, although badges wait for a person otherwise; ask its printer again."""
        with self._files.reading() as connection:
            jobs = [job for job in badge_store.open_jobs(connection) if number in (None, job.number)]
        with self._lock:
            self._released |= {job.number for job in jobs if job.state is JobState.QUEUED}
            self._holds = {name: hold for name, hold in self._holds.items() if hold.until is None}
        self.poke()

    def retry(self, number: int) -> None:
        """Queue a failed or unknown job again and send it: a person decided so. Raises EnvironmentFault."""
        self._files.write(lambda c: badge_store.set_state(c, number, JobState.QUEUED))
        self.print_now(number)

    def settle(self, number: int) -> None:
        """A person saw that an unknown job came out. Raises EnvironmentFault."""
        self._files.write(
            lambda c: record_printed(c, self._files, self._clock, number, labels=1, confirmed=True)
        )

    def cancel(self, number: int) -> None:
        """Close a job that is not printed. Raises EnvironmentFault."""
        self._files.write(lambda c: badge_store.set_state(c, number, JobState.CANCELLED))

    def pause(self, printer: str) -> None:
        """Send nothing to a printer until it is resumed."""
        self._hold(printer, Hold(_("Paused at this desk.")))

    def resume(self, printer: str) -> None:
        """Send to a printer again, at once."""
        with self._lock:
            self._holds.pop(printer, None)
        self._changed()
        self.poke()

    def holds(self) -> dict[str, Hold]:
        """The printers that get nothing now, and why."""
        with self._lock:
            return dict(self._holds)

    def fault(self) -> str:
        """Why nothing at all is printed, '' while all is well."""
        return self._fault

    def _run(self) -> None:
        wait_s: float | None = None
        while True:
            self._bell.wait(wait_s)
            self._bell.clear()
            if self._closing:
                return
            before = self._fault
            try:
                wait_s = self._turn()
                self._fault = ""
            except StationError as error:
                self._fault, wait_s = str(error), RETRY_S
            except Exception:  # edge: thread loop
                logging.getLogger(__name__).exception("the badge spool stumbled")
                self._fault, wait_s = _("The program made a mistake."), RETRY_S
            if self._fault != before:
                self._changed()

    def _turn(self) -> float | None:
        """Look at everything once; returns after how many seconds to look again, None if only a poke brings news."""
        self._record_late()
        printing = self._printing()
        if not (printing.at_once or self._released or self._has_tickets):
            return None  # badges wait for a person: a scan costs nothing here
        with self._files.reading() as connection:
            jobs = badge_store.open_jobs(connection)
        for job in [job for job in jobs if job.state is JobState.SENT and job.ticket]:
            self._watch(job, printing)
        for job in [job for job in jobs if job.state is JobState.QUEUED]:
            if self._closing:
                return None
            printer = printing.printer_for(job.category)
            if printer and self._may_send(job, printer, printing):
                self._send(job, printer, printing)
        return self._next_look(printing)

    def _next_look(self, printing: Printing) -> float | None:
        with self._files.reading() as connection:
            jobs = badge_store.open_jobs(connection)
        self._has_tickets = any(job.state is JobState.SENT and job.ticket for job in jobs)
        with self._lock:
            self._released &= {job.number for job in jobs}
        if self._has_tickets:
            return _WATCH_S
        queued = {printing.printer_for(job.category) for job in jobs if job.state is JobState.QUEUED}
        held = [hold.until for name, hold in self.holds().items() if hold.until and name in queued]
        return max(0.05, min(held) - time.monotonic()) if held else None

    def _may_send(self, job: Job, printer: str, printing: Printing) -> bool:
        with self._lock:
            hold = self._holds.get(printer)
            if hold is not None and (hold.until is None or hold.until > time.monotonic()):
                return False
            return printing.at_once or job.number in self._released

    def _send(self, job: Job, printer: str, printing: Printing) -> None:
        badge = self._badge_of(job.delegate)
        if badge is None:
            self._end(job, JobState.FAILED, _("There is no code for this delegate."))
            return
        profile = printing.profile(printer)
        try:
            sheet = self._sheet(job, badge, printing, printer)
        except StationError as error:
            self._end(job, JobState.FAILED, str(error))
            return
        if not self._files.write(lambda c: badge_store.send(c, job.number, printer)):
            return  # cancelled, or printed on a sheet meanwhile
        self._changed()
        try:
            ticket, confirmed = self._printers.send(printer, sheet, profile)
        except PrinterAway as error:
            self._hold(printer, Hold(str(error), time.monotonic() + RETRY_S))
            self._end(job, JobState.QUEUED, str(error))
        except Doubtful as error:
            self._end(job, JobState.UNKNOWN, str(error))
        except StationError as error:
            self._end(job, JobState.FAILED, str(error))
        else:
            self._handed_over(job, printer, ticket, profile.labels, confirmed=confirmed)

    def _sheet(self, job: Job, badge: BadgeData, printing: Printing, printer: str) -> Sheet:
        pdf = self._draw(badge, printing.profile(printer))
        title = f"{job.code} – {job.name}"
        return Sheet(pdf, title, f"{job.number:05d}-{safe_name(title)}.pdf")

    def _handed_over(self, job: Job, printer: str, ticket: str, labels: int, *, confirmed: bool) -> None:
        """The printer took everything: done, unless its queue can be asked."""
        self._resume_quietly(printer)
        if ticket:
            self._record(lambda c: badge_store.set_ticket(c, job.number, ticket))
        else:
            self._record(
                lambda c: record_printed(
                    c, self._files, self._clock, job.number, labels=labels, confirmed=confirmed
                )
            )

    def _watch(self, job: Job, printing: Printing) -> None:
        """Ask the printer's own queue what became of a job."""
        fate, reason = self._printers.fate(job.printer, job.ticket)
        if fate is Fate.PRINTED:
            labels = printing.profile(job.printer).labels
            self._record(
                lambda c: record_printed(
                    c, self._files, self._clock, job.number, labels=labels, confirmed=True
                )
            )
        elif fate is Fate.REFUSED:
            self._end(job, JobState.FAILED, reason)
        elif fate is Fate.UNKNOWN:
            self._end(job, JobState.UNKNOWN, reason)
        elif reason != job.reason:
            self._end(job, JobState.SENT, reason)

    def _end(self, job: Job, state: JobState, reason: str) -> None:
        self._record(lambda c: badge_store.set_state(c, job.number, state, reason))

    def _record(self, work: Work) -> None:
        """Record what came of a job; where the disk does not take it, later, and nothing is printed until then."""
        self._unrecorded.append(work)
        self._record_late()

    def _record_late(self) -> None:
        while self._unrecorded:
            self._files.write(self._unrecorded[0])
            del self._unrecorded[0]
            self._changed()

    def _hold(self, printer: str, hold: Hold) -> None:
        with self._lock:
            self._holds[printer] = hold
        self._changed()

    def _resume_quietly(self, printer: str) -> None:
        with self._lock:
            hold = self._holds.get(printer)
            if hold is not None and hold.until is not None:
                del self._holds[printer]
