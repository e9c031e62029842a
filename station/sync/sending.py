"""Empties the outbox: each row on its way from pending to confirmed, none of them in the way of another."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from station.clock import Clock
from station.errors import EnvironmentFault, Refusal
from station.i18n import _
from station.model.sending import Mode, RowState
from station.right_of_way import give_way
from station.store import event as event_store
from station.store import outbox as store
from station.store.connection import WriteConnection
from station.store.folder import EventFolder
from station.store.outbox import OutboxRow, StoredTarget
from station.sync import outbox
from station.sync.target import Item, Refused, Target, Unreachable

FIRST_WAIT_S, LONGEST_WAIT_S = 15.0, 900.0
_LONGEST_ASKED_S = 3600.0
_AT_ONCE, _AT_LEAST_EVERY_S = 100, 1.0  # confirmations to a transaction: one that is lost is proved again
_ROWS_A_LOOK = 100
Opened = Callable[[StoredTarget], Target]


@dataclass(slots=True)
class Round:
    """What one round did at one target.

    Attributes:
        queued, confirmed, refused: how many files. trouble: why it stopped, '' where it did not.
    """

    target: StoredTarget
    queued: int = 0
    confirmed: int = 0
    refused: int = 0
    trouble: str = ""


@dataclass(slots=True)
class _Done:
    """Rows that are confirmed and not written down yet."""

    rows: list[OutboxRow] = field(default_factory=list)
    since: float = field(default_factory=monotonic)


class _Lost(EnvironmentFault):
    """The file of a row is not here, or not as it was queued."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("{file} was changed after it was queued.").format(file=path))


class Sender:
    """Sends from one event folder; one round at a time.

    Args:
        opened: a target from what is stored of it. Raises Refusal, EnvironmentFault.
        chance: of the jitter.
    """

    def __init__(
        self, files: EventFolder, clock: Clock, opened: Opened, chance: random.Random | None = None
    ) -> None:
        self._files, self._clock, self._opened = files, clock, opened
        self._chance = chance or random.Random()
        self._gate = threading.Lock()
        self._stopped = threading.Event()
        self._place: Target | None = None
        with files.reading() as connection:
            self._event = event_store.event_of(connection).id

    def stop(self) -> None:
        """End the round under way, the file under way too, and begin none any more."""
        self._stopped.set()
        if (place := self._place) is not None:
            place.close()

    def round(self, only: int | None = None, *, by_hand: bool = False) -> list[Round]:
        """Fill and empty the outbox of every target whose time has come.

        Args:
            only: one target. by_hand: a person asks: nothing waits for its time, and manual targets go too.

        Raises EnvironmentFault where this laptop's own disk fails.
        """
        with self._gate:
            if by_hand:
                self._write(lambda connection: store.try_at_once(connection, only))
            with self._files.reading() as connection:
                wanted = [each for each in store.targets(connection) if only in (None, each.number)]
            return [
                self._at(target, by_hand=by_hand)
                for target in wanted
                if not self._stopped.is_set() and (by_hand or self._is_due(target))
            ]

    def _is_due(self, target: StoredTarget) -> bool:
        if target.mode is Mode.MANUAL:
            return False
        wait = target.next_try_at - self._clock.now() if target.next_try_at else timedelta()
        return wait <= timedelta() or wait > timedelta(seconds=2 * _LONGEST_ASKED_S)  # the clock was put back

    def _at(self, target: StoredTarget, *, by_hand: bool) -> Round:
        done = Round(target)
        if by_hand or self._is_time_to_fill(target, outbox.SEGMENT_EVERY, workbook=False):
            books = by_hand or (
                target.mode is Mode.AUTOMATIC
                and self._is_time_to_fill(target, outbox.WORKBOOK_EVERY, workbook=True)
            )
            done.queued = outbox.fill(self._files, self._clock, target, workbooks=books)
        if not self._next(target, 0):
            return done
        try:
            place = self._opened(target)
        except (Refusal, EnvironmentFault) as trouble:  # its password, too, holds up no other target
            return self._in_vain(done, trouble)
        self._place = place
        try:
            return self._empty(place, done)
        finally:
            self._place = None
            place.close()

    def _is_time_to_fill(self, target: StoredTarget, every: timedelta, *, workbook: bool) -> bool:
        with self._files.reading() as connection:
            last = store.queued_last(connection, target.number, workbook=workbook)
        return last is None or not timedelta() <= self._clock.now() - last.queued_at < every

    def _empty(self, place: Target, done: Round) -> Round:
        confirmed = _Done()
        try:
            for row in self._open_rows(done.target):
                give_way()
                try:
                    self._send(place, row)
                except _Lost:
                    outbox.make_again(self._files, self._clock, row)
                except (Refused, EnvironmentFault) as trouble:
                    if not self._set_aside(place, row, trouble, done):
                        return done
                else:
                    done.confirmed += 1
                    confirmed.rows.append(row)
                    if len(confirmed.rows) >= _AT_ONCE or monotonic() - confirmed.since > _AT_LEAST_EVERY_S:
                        self._confirm(confirmed)
                        confirmed = _Done()
        finally:
            self._confirm(confirmed)
        self._write(lambda connection: store.note_answer(connection, done.target.number))
        return done

    def _open_rows(self, target: StoredTarget) -> Iterator[OutboxRow]:
        """Every row whose time has come, once, until somebody stops the courier."""
        after = 0
        while rows := self._next(target, after):
            for row in rows:
                if self._stopped.is_set():
                    return
                after = row.number
                yield row

    def _send(self, place: Target, row: OutboxRow) -> None:
        """Until the target proved to have it."""
        media_type = outbox.SEGMENT_TYPE if row.instance else outbox.WORKBOOK_TYPE
        path = outbox.folder_of(self._files, row.target) / row.name
        try:
            size = path.stat().st_size
        except OSError:
            size = -1
        if size != row.bytes:
            raise _Lost(path)
        item = Item(row.name, path, row.bytes, row.sha256, media_type, self._event)
        if row.state is RowState.SENT and place.holds(item):
            return
        place.send(item)
        try:
            there = place.holds(item)
        except Unreachable:
            now = self._clock.now()
            self._write(lambda connection: store.set_state(connection, row.number, RowState.SENT, now))
            raise
        if not there:
            text = _("{name} was sent, and is not there as it was sent. It is sent again.")
            raise Unreachable(text.format(name=row.name))

    def _set_aside(
        self, place: Target, row: OutboxRow, trouble: EnvironmentFault | Refused, done: Round
    ) -> bool:
        """Whether it is this row's trouble alone, so that the next one goes on; the target's own word says it."""
        now = self._clock.now()
        if self._stopped.is_set():
            return False  # the file was cut off here
        try:
            if isinstance(trouble, (Unreachable, Refused)):
                place.test()
        except (Unreachable, Refused) as general:
            self._in_vain(done, general)
            return False
        said = str(trouble)
        if isinstance(trouble, Unreachable):
            wait = now + timedelta(seconds=self._wait_s(row.failures, trouble))
            self._write(lambda c: store.note_row_trouble(c, row.number, said, wait, now))
        else:
            done.refused += 1
            self._write(lambda c: store.set_state(c, row.number, RowState.REFUSED, now, said))
        return True

    def _in_vain(self, done: Round, trouble: Refusal | EnvironmentFault) -> Round:
        """The target itself does not answer, or lets nobody in: everything waits."""
        wait = timedelta(seconds=self._wait_s(done.target.failures, trouble))
        login = isinstance(trouble, Unreachable) and trouble.wants_login
        done.trouble = str(trouble)
        at: datetime = self._clock.now() + wait
        self._write(lambda c: store.note_trouble(c, done.target.number, done.trouble, at, wants_login=login))
        return done

    def _wait_s(self, failures: int, trouble: Refusal | EnvironmentFault) -> float:
        """Twice as long each time, spread so that many stations do not come at once; or what the target asked for."""
        asked_s = trouble.retry_after_s if isinstance(trouble, Unreachable) else None
        if asked_s is not None:
            return min(asked_s, _LONGEST_ASKED_S) * self._chance.uniform(1.0, 1.1)
        return min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(failures, 16)) * self._chance.uniform(0.5, 1.0)

    def _next(self, target: StoredTarget, after: int) -> list[OutboxRow]:
        with self._files.reading() as connection:
            return store.next_rows(connection, target.number, after, self._clock.now(), _ROWS_A_LOOK)

    def _confirm(self, confirmed: _Done) -> None:
        if not confirmed.rows:
            return
        now = self._clock.now()

        def work(connection: WriteConnection) -> None:
            for row in confirmed.rows:
                store.set_state(connection, row.number, RowState.CONFIRMED, now)

        self._write(work)
        for row in confirmed.rows:
            with suppress(OSError):  # one that is held just now goes with the next that is queued
                (outbox.folder_of(self._files, row.target) / row.name).unlink()

    def _write(self, work: Callable[[WriteConnection], None]) -> None:
        self._files.write(work, beside=True)


def close_row(files: EventFolder, clock: Clock, number: int, by: str, reason: str) -> None:
    """A person gives up a row that was refused, and says why; it stays in the list. Raises Refusal."""
    by, reason = by.strip(), reason.strip()
    if not by or not reason:
        raise Refused(_("Say who closes this row, and why."))

    def work(connection: WriteConnection) -> None:
        row = store.row_of(connection, number)
        if row is None or row.state in (RowState.CONFIRMED, RowState.CLOSED):
            raise Refused(_("This row is through already."))
        store.set_state(connection, number, RowState.CLOSED, clock.now(), reason[:500], by[:200])

    files.write(work)
    outbox.forget_files(files)
