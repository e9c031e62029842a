"""Emptying the outbox, beside the target's own pace; and redeeming meanwhile.

The pace is that of a bare loop with the same client on the same server: send, then ask whether it is there.
"""

import hashlib
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from station.app import Station, open_station
from station.model.delegate import Delegate
from station.model.verdict import Source
from station.store import outbox as store
from station.store.outbox import Queued
from station.sync import outbox
from station.sync.endpoint import EndpointTarget
from station.sync.folder import FolderTarget
from station.sync.sending import Sender
from station.sync.target import Address, Item, Kind, Target
from station.sync.webdav import WebDavTarget
from tests.benchmarks.busy import SWITCH_S, Stop, _in_turns, _p95
from tests.builders import HandClock, make_event, payload
from tests.certificates import Certificates, make_certificates
from tests.web import PASSWORD, TOKEN, USER, Web, results_server, webdav_server

Server = Callable[[Path, Certificates], AbstractContextManager[Web]]

SEGMENTS, TURNS, BYTES, PEOPLE = 1_000, 5, 6_000, 5_000
SHARE, BESIDE_LIMIT = 0.8, 2.0


def run() -> list[tuple[str, ...]]:
    """Rows: what, how many, files a second, share of the pace."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        with (
            tempfile.TemporaryDirectory(dir=Path.cwd(), ignore_cleanup_errors=True) as folder,
            ExitStack() as stack,
        ):
            top = Path(folder)
            keys = make_certificates(top)
            cloud = stack.enter_context(_elsewhere(webdav_server, top / "cloud", keys))
            results = stack.enter_context(_elsewhere(results_server, top / "results", keys))
            (top / "nas").mkdir()
            kinds: dict[str, Callable[[], Target]] = {
                "folder": lambda: FolderTarget(Address(Kind.FOLDER, str(top / "nas"))),
                "WebDAV over TLS": lambda: WebDavTarget(
                    Address(Kind.WEBDAV, cloud.url, USER, cloud.ca), PASSWORD
                ),
                "HTTPS endpoint": lambda: EndpointTarget(
                    Address(Kind.ENDPOINT, results.url, "", results.ca), TOKEN
                ),
            }
            rows: list[tuple[str, ...]] = []
            for number, (name, opened) in enumerate(kinds.items()):
                rows += _drained(top / f"event {number}", name, opened)
            return [*rows, *_beside(top / "busy", kinds["WebDAV over TLS"])]
    finally:
        sys.setswitchinterval(before)


@contextmanager
def _elsewhere(server: Server, folder: Path, keys: Certificates) -> Iterator[Web]:
    """A server in a process of its own, as servers are: it takes no turns of the interpreter that sends."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(server, folder, keys, there), daemon=True)
    process.start()
    try:
        url, ca = here.recv()
        yield Web(folder, url, ca)
    finally:
        here.send("end")
        process.join(10)


def _serve(server: Server, folder: Path, keys: Certificates, door: Connection) -> None:
    with server(folder, keys) as web:
        door.send((web.url, web.ca))
        door.recv()


def _drained(folder: Path, name: str, opened: Callable[[], Target]) -> list[tuple[str, ...]]:
    make_event(folder)
    bare_s = ours_s = 0.0
    chance = random.Random(1)
    with closing(open_station(folder, clock=HandClock())) as station:
        sender = Sender(station.files, station.clock, lambda _stored: opened())
        for _turn in range(TURNS):
            items = _files(station, SEGMENTS // TURNS, chance)
            began = time.perf_counter()
            with closing(opened()) as target:
                for item in items:
                    target.send(item)
                    assert target.holds(item)
            bare_s += time.perf_counter() - began
            number = _queue(station, SEGMENTS // TURNS, chance)
            began = time.perf_counter()
            (done,) = sender.round(number)
            ours_s += time.perf_counter() - began
            assert done.confirmed >= SEGMENTS // TURNS, done
    pace, ours = SEGMENTS / bare_s, SEGMENTS / ours_s
    share = ours / pace
    verdict = "" if share >= SHARE else f", less than {SHARE:g}"
    return [
        (f"{name}: its own pace", f"{SEGMENTS:,}", f"{pace:.0f}", "1.00"),
        (f"{name}: the outbox", f"{SEGMENTS:,}", f"{ours:.0f}", f"{share:.2f}{verdict}"),
    ]


def _files(station: Station, count: int, chance: random.Random, target: int = 0) -> list[Item]:
    place = outbox.folder_of(station.files, target)
    place.mkdir(parents=True, exist_ok=True)
    items = []
    for number in range(count):
        content = chance.randbytes(BYTES)
        digest = hashlib.sha256(content).hexdigest()
        name = f"journal-{station.instance}-{number}-{number}-{digest[:8]}.segment"
        (place / name).write_bytes(content)
        items.append(Item(name, place / name, BYTES, digest, outbox.SEGMENT_TYPE, station.event.id))
    return items


def _queue(station: Station, count: int, chance: random.Random) -> int:
    """A new target with so many segments that wait, as if they were sealed one after the other; its number."""

    def work(connection: store.WriteConnection) -> int:
        target = store.add_target(connection, f"target {chance.random()}", Kind.FOLDER, "", "", "", "metered")  # type: ignore[arg-type]
        for item in _files(station, count, chance, target):
            what = Queued(item.name, item.bytes, item.sha256, station.instance, 1, 1)
            store.queue(connection, target, what, station.clock.now())
        return target

    return station.files.write(work)


def _beside(folder: Path, opened: Callable[[], Target]) -> list[tuple[str, ...]]:
    people = [Delegate("", f"DB{n:06d}", f"Nguyễn Văn {n}", unit="Đơn vị") for n in range(1, PEOPLE + 1)]
    make_event(folder, delegates=people)
    serials = iter(random.Random(1).sample(range(1, PEOPLE + 1), 4_000))
    with closing(open_station(folder, clock=HandClock())) as station:
        chance = random.Random(3)
        waiting = [_queue(station, 300, chance) for _target in range(12)]

        def scan() -> float:
            raw = payload(next(serials))
            began = time.perf_counter()
            station.desk.redeem(raw, Source.CAMERA)
            return (time.perf_counter() - began) * 1000

        def job(stop: Stop) -> object:
            number = waiting.pop()
            sender = Sender(station.files, station.clock, lambda _stored: opened())
            done = sender.round(number)
            stop(0, 0)
            return done

        idle, busy = _in_turns(scan, job)
    ratio = _p95(busy) / _p95(idle)
    verdict = "" if ratio <= BESIDE_LIMIT else f", more than {BESIDE_LIMIT:g}"
    return [
        ("redeeming, nothing beside, p95", "600", f"{_p95(idle):.2f} ms", "1.00"),
        (
            "redeeming while the outbox is emptied, p95",
            "600",
            f"{_p95(busy):.2f} ms",
            f"{ratio:.2f}{verdict}",
        ),
    ]
