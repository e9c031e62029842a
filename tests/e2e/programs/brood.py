"""Acts on an event folder in forked children of one warm process, so that a test can kill hundreds in seconds.

Reads one JSON list a line: ``[held, act, argument…]``; forks a child for it and waits for it. The child's first
line is ``{"pid": n}``; held, it then waits for the signal GO. The last line is ``{"ended": exit code}``,
negative for a signal. In between come the lines of the act, each one only after what it says is recorded.
Run with ``python -m tests.e2e.programs.brood``; ``tests/e2e/brood.py`` talks to it.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from station.app import Station, open_station
from station.commands import main
from station.errors import StationError
from station.model.entry import EntryKind
from station.model.verdict import Source
from station.store import journal, projections
from station.store.connection import DATABASE_NAME, WriteConnection, faults_named
from station.store.journal import Note
from station.store.writer import Writer
from tests.builders import DELEGATES, INSTANCE, MORNING, HandClock, payload

GO = signal.SIGUSR1
NO_END = 1_000_000
FAULT, BUG = 3, 70  # exit codes


def tell(**line: Any) -> None:
    """One line in one write: a child that is killed never leaves half of one."""
    os.write(1, json.dumps(line).encode() + b"\n")


def work(folder: str, acts: str = str(NO_END)) -> None:
    """Scan, hand out and take back; tell the newest entry after each act."""
    station = open_station(Path(folder), clock=HandClock())
    for act, _number in zip(_acts(station), range(int(acts)), strict=False):
        act()
        with station.files.reading() as connection:
            newest = journal.last_entry(connection, station.instance)
        assert newest is not None
        tell(entry=newest.id, hash=newest.hash)
    station.close()


def _acts(station: Station) -> Iterator[Callable[[], object]]:
    desk = station.desk
    for number in range(NO_END):
        serial = 1 + number % len(DELEGATES)
        delegate = f"{INSTANCE}-{serial}"
        yield lambda serial=serial: desk.redeem(payload(serial), Source.CAMERA)
        yield lambda delegate=delegate: desk.hand_out(delegate)
        yield lambda delegate=delegate: desk.take_back(delegate, "TL01")
        yield lambda: desk.redeem(b"https://example.org", Source.CAMERA)


def work_told_too_early(folder: str) -> None:
    """The mistake that killing must find: tells an entry while its transaction is still open."""
    station = open_station(Path(folder), clock=HandClock())

    def work(connection: WriteConnection) -> None:
        entry = journal.append(connection, station.instance, Note(EntryKind.SCAN, MORNING))
        tell(entry=entry.id, hash=entry.hash)
        projections.rebuild(connection)

    while True:
        station.files.write(work)


def write(folder: str, notes: str) -> None:
    """The writer alone, from opening to closing: append notes, and tell each one's entry or its fault."""
    database = Path(folder) / DATABASE_NAME
    with faults_named(database):
        writer = Writer(database)
    for number in range(int(notes)):
        note = Note(EntryKind.BADGE_PRINTED, MORNING, body={"number": number, "padding": "." * 500})
        try:
            entry = writer.run(lambda connection, note=note: journal.append(connection, INSTANCE, note))
        except StationError as error:
            tell(number=number, fault=str(error))
        else:
            tell(number=number, entry=entry.id, hash=entry.hash)
    writer.close()


def command(*arguments: str) -> int:
    """A headless command as a script calls it."""
    return main(arguments)


ACTS: dict[str, Callable[..., int | None]] = {
    act.__name__: act for act in (work, work_told_too_early, write, command)
}


def _child(held: bool, act: str, arguments: list[str]) -> int:
    sys.stdin.close()
    signal.pthread_sigmask(signal.SIG_BLOCK, {GO})  # before anybody can send it
    tell(pid=os.getpid())
    if held:
        signal.sigwait({GO})
    try:
        return ACTS[act](*arguments) or 0
    except SystemExit as stop:
        return int(stop.code or 0)
    except StationError as error:
        tell(fault=str(error))
        return FAULT
    except BaseException:  # edge: the mother looks for tracebacks
        traceback.print_exc()
        return BUG
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _ended(child: int) -> int:
    """Wait for a child's end; it is buried only later, so that its number means nobody else until then."""
    end = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert end is not None
    return end.si_status if end.si_code == os.CLD_EXITED else -end.si_status


if __name__ == "__main__":
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(_child(request[0], request[1], request[2:]))
        tell(ended=_ended(child))
        sys.stdin.readline()  # the test is done with the child
        os.waitpid(child, 0)
