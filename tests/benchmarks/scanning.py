"""What the scan engine reads beside its peers: ``python -m tests.benchmarks scanning [--corpus DIR] [--quick]``.

Stills: right texts, wrong texts and milliseconds on every set of pictures, in the time of the thread. The sets drawn
by ``stress.py`` are always there; ``--corpus`` adds folders that hold a ``manifest.csv`` (file, codes, expected_json).
Stream: sequences of 30 frames played in real time; a schedule that takes longer than a frame misses the next ones.
"""

import argparse
import csv
import json
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from station.capture.decoder import ALWAYS, UNTIL_READ, decode_grey, grey_of
from station.capture.engines import Engines, load_engines
from station.capture.frame import Frame, Grey, Image
from station.capture.opencv import cv2
from station.capture.passes import Pass, attempt, zxing_double_pass, zxing_pass
from station.capture.retry import PREPARATIONS, Preparation, retry
from station.capture.stream import StreamDecoder, processors
from tests.benchmarks import peers, stress
from tests.benchmarks.peers import Peer
from tests.unit.capture.pictures import code_picture

LONGEST_SIDE = 1280
FRAME_S = 1 / 30
ALL_PASSES = (*ALWAYS, *UNTIL_READ)


@dataclass(frozen=True, slots=True)
class Case:
    """A grey picture, the texts in it (empty if nobody wrote them down), and whether it holds any code."""

    grey: Grey
    texts: frozenset[str]
    holds_code: bool


@dataclass(slots=True)
class Score:
    """What a decoder made of a set."""

    right: int = 0
    wrong: int = 0
    took_ms: list[float] = field(default_factory=list)


def corpus_sets(folder: Path) -> Iterator[tuple[str, list[Case]]]:
    """The sets in the folders of a corpus."""
    for manifest in sorted(folder.glob("*/manifest.csv")):
        with manifest.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        yield manifest.parent.name, [_case(manifest.parent, row) for row in rows]


def _case(folder: Path, row: dict[str, str]) -> Case:
    grey = cv2.imdecode(np.fromfile(folder / row["file"], np.uint8), cv2.IMREAD_GRAYSCALE)
    scale = LONGEST_SIDE / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return Case(grey, frozenset(json.loads(row["expected_json"] or "[]")), row["codes"] != "0")


def drawn_sets(count: int) -> Iterator[tuple[str, list[Case]]]:
    """The sets that are drawn."""
    for name, difficulty in (("drawn easy", stress.EASY), ("drawn hard", stress.HARD)):
        yield name, [_drawn(*stress.still(number, difficulty)) for number in range(count)]


def _drawn(picture: Image, text: str) -> Case:
    return Case(grey_of(picture), frozenset([text]), True)


def scored(read: Peer, cases: Iterable[Case]) -> Score:
    """Texts and times of one decoder on one set; a text beside the expected ones is wrong."""
    score = Score()
    for case in cases:
        began_at = time.thread_time()
        texts = read(case.grey)
        score.took_ms.append((time.thread_time() - began_at) * 1000)
        score.right += bool(case.texts) and case.texts <= texts
        score.wrong += (bool(case.texts) or not case.holds_code) and bool(texts - case.texts)
    return score


def stills(sets: Iterable[tuple[str, list[Case]]]) -> None:
    """Print the table of still pictures."""
    readers = peers.ALONE | peers.PIPELINES | {"this station": peers.ours}
    for name, cases in sets:
        known = sum(bool(case.texts) for case in cases)
        print(f"\n{name}: {len(cases)} pictures, {known} with known texts")
        print(f"{'':22}{'right':>8}{'':>8}{'wrong':>8}{'mean ms':>10}{'p95 ms':>10}")
        for reader, read in readers.items():
            score = scored(read, cases)
            share = f"{100 * score.right / known:.1f} %" if known else ""
            print(
                f"{reader:22}{score.right:>8}{share:>8}{score.wrong:>8}"
                f"{statistics.mean(score.took_ms):>10.1f}{_p95(score.took_ms):>10.1f}"
            )


def passes(sets: Iterable[tuple[str, list[Case]]]) -> None:
    """Print what each pass reads, what nothing else reads, and what it costs: whether it earns its place."""
    engines = load_engines()
    cases = [case for _name, cases in sets for case in cases if case.texts]
    readers = {look.__name__.removesuffix("_pass"): _reader(engines, look) for look in ALL_PASSES}
    readers |= {name: _second_reader(engines, (name, prepare)) for name, prepare in PREPARATIONS}
    readers |= {"(not used) cv2 Aruco": peers.aruco_alone, "(not used) cv2 QRCode": peers.classic_alone}
    right: dict[str, set[int]] = {}
    mean_ms: dict[str, float] = {}
    for name, read in readers.items():
        began_at = time.thread_time()
        right[name] = {number for number, case in enumerate(cases) if case.texts <= read(case.grey)}
        mean_ms[name] = (time.thread_time() - began_at) * 1000 / len(cases)
    print(
        f"\nEach pass alone on {len(cases)} pictures with known texts; retries include finding where to look"
    )
    print(f"{'':22}{'right':>8}{'only this one':>15}{'mean ms':>10}")
    for name, numbers in right.items():
        others = set().union(*(right[other] for other in right if other != name))
        print(f"{name:22}{len(numbers):>8}{len(numbers - others):>15}{mean_ms[name]:>10.1f}")


def _reader(engines: Engines, look: Pass) -> Peer:
    return lambda grey: {code.text for code in attempt(look, engines, grey).codes}


def _second_reader(engines: Engines, preparation: tuple[str, Preparation]) -> Peer:
    def read(grey: Grey) -> set[str]:
        places = attempt(zxing_pass, engines, grey).unread + attempt(zxing_double_pass, engines, grey).unread
        codes = [retry(engines, grey, corners, (preparation,)) for corners in places[:6]]
        return {code.text for code in codes if code is not None}

    return read


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


class ZbarEveryFrame:
    """The usual station: ``pyzbar`` on every frame."""

    def texts(self, frame: Frame) -> set[str]:
        return peers.zbar_alone(grey_of(frame.image))


class ZxingEveryFrame:
    """zxing-cpp on every frame, and on one and a half times its size."""

    def texts(self, frame: Frame) -> set[str]:
        grey = grey_of(frame.image)
        larger = cv2.resize(grey, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_LINEAR)
        return peers.zxing_alone(grey) | peers.zxing_alone(larger)


class PipelineBEveryFrame:
    """Pipeline B on every frame."""

    def texts(self, frame: Frame) -> set[str]:
        return peers.pipeline_b(grey_of(frame.image))


class Ours:
    """The station's schedule, on one thread or with zbar beside it."""

    def __init__(self, *, beside: bool) -> None:
        self._decoder = StreamDecoder(beside=beside)

    def texts(self, frame: Frame) -> set[str]:
        return {code.text for code in self._decoder.decode(frame)}

    def close(self) -> None:
        self._decoder.close()


Schedule = ZbarEveryFrame | ZxingEveryFrame | PipelineBEveryFrame | Ours


def first_read_s(schedule: Schedule, pictures: list[Image], text: str) -> float | None:
    """Seconds until a text was read, from a sequence played in real time; None if it was not."""
    began_at = time.perf_counter()
    last = -1
    while True:
        number = min(len(pictures) - 1, int((time.perf_counter() - began_at) / FRAME_S))
        if number == last:
            if number == len(pictures) - 1:
                return None
            time.sleep(max(0.0, (number + 1) * FRAME_S - (time.perf_counter() - began_at)))
            continue
        last = number
        frame = Frame(pictures[number], number, 0.0, number * FRAME_S)
        if text in schedule.texts(frame):
            return time.perf_counter() - began_at


def sequences(count: int) -> None:
    """Print what the schedules read of sequences within a second."""
    schedules: dict[str, Callable[[], Schedule]] = {
        "zbar (pyzbar) every frame": ZbarEveryFrame,
        "zxing-cpp + x1.5 every frame": ZxingEveryFrame,
        "pipeline B every frame": PipelineBEveryFrame,
        "this station, one thread": lambda: Ours(beside=False),
        "this station, zbar beside": lambda: Ours(beside=True),
    }
    print(f"\nSequences of 30 frames in real time, {count} easy and {count} hard; {processors()} processors")
    print(f"{'':30}{'easy':>8}{'median ms':>11}{'hard':>8}{'median ms':>11}")
    results: dict[str, list[list[float | None]]] = {name: [[], []] for name in schedules}
    for kind, difficulty in enumerate((stress.EASY, stress.HARD)):
        for number in range(count):
            pictures, texts = zip(*stress.sequence(number, difficulty), strict=True)
            for name, make in schedules.items():
                schedule = make()
                results[name][kind].append(first_read_s(schedule, list(pictures), texts[0]))
                if isinstance(schedule, Ours):
                    schedule.close()
    for name, kinds in results.items():
        print(f"{name:30}" + "".join(_told(times) for times in kinds))


def _told(times: list[float | None]) -> str:
    read = [1000 * seconds for seconds in times if seconds is not None]
    median = f"{statistics.median(read):.0f}" if read else "-"
    return f"{100 * len(read) / len(times):>6.0f} %{median:>11}"


def loop(count: int) -> None:
    """Print what a frame costs in the loop on one thread, with a code and without."""
    scenes: dict[str, Callable[[int], Image]] = {
        "frames with a code": lambda number: stress.still(number, stress.EASY)[0],
        "frames with a hard code": lambda number: stress.still(number, stress.HARD)[0],
        "frames without a code": lambda number: cv2.cvtColor(stress.background(number), cv2.COLOR_GRAY2BGR),
    }
    print(f"\nIn the loop at 1280 x 720, one thread, {count} scenes of 10 frames: ms a frame")
    print(f"{'':26}{'mean':>8}{'p95':>8}{'zbar mean':>11}{'ratio':>8}")
    for name, draw in scenes.items():
        ours_ms: list[float] = []
        zbar_ms: list[float] = []
        stream_decoder = StreamDecoder()
        at_s = 0.0
        for number in range(count):
            picture = draw(number)
            zbar_ms.append(_took_ms(partial(peers.zbar_alone, grey_of(picture))))
            for _repeat in range(10):
                at_s += FRAME_S
                frame = Frame(picture, number, 0.0, at_s)
                ours_ms.append(_took_ms(partial(stream_decoder.decode, frame)))
            at_s += 0.2
        ours_mean, zbar_mean = statistics.mean(ours_ms), statistics.mean(zbar_ms)
        print(
            f"{name:26}{ours_mean:>8.1f}{_p95(ours_ms):>8.1f}{zbar_mean:>11.1f}{ours_mean / zbar_mean:>8.2f}"
        )


def _took_ms(work: Callable[[], object]) -> float:
    began_at = time.thread_time()
    work()
    return (time.thread_time() - began_at) * 1000


def others(two: int, names: int, textures: int) -> None:
    """Print the facts that are counted: two codes, names, bytes, and what is read where there is no code."""
    engines = load_engines()

    def read(picture: Image) -> set[str]:
        return {code.text for code in decode_grey(engines, grey_of(picture))}

    both = sum(expected <= read(picture) for picture, expected in map(stress.two_codes, range(two)))
    print(f"\nboth codes of a frame with two: {both} of {two}")
    exact = {"zbar": 0, "this station": 0}
    for number in range(names):
        name = stress.vietnamese_name(number)
        grey = code_picture(name, eci=bool(number % 2))
        exact["zbar"] += peers.pyzbar_text(grey) == name
        exact["this station"] += {code.text for code in decode_grey(engines, grey)} == {name}
    print(
        f"Vietnamese names, half with ECI, half NFD: {exact['this station']} of {names} exact; pyzbar {exact['zbar']}"
    )
    wrong = sum(bool(read(stress.texture(number))) for number in range(textures))
    print(f"something read in textures without a code: {wrong} of {textures}")


def main(arguments: list[str]) -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(
        prog="scanning", description="What the scan engine reads beside its peers."
    )
    parser.add_argument("--corpus", type=Path, help="a folder of folders with a manifest.csv")
    parser.add_argument("--quick", action="store_true", help="a tenth of the pictures")
    parser.add_argument(
        "--only", choices=["stills", "passes", "sequences", "loop", "others"], help="one table"
    )
    chosen = parser.parse_args(arguments)
    part = 10 if chosen.quick else 1
    tables: dict[str, Callable[[], None]] = {
        "stills": lambda: stills(
            [*(corpus_sets(chosen.corpus) if chosen.corpus else []), *drawn_sets(200 // part)]
        ),
        "passes": lambda: passes(
            [*(corpus_sets(chosen.corpus) if chosen.corpus else []), *drawn_sets(200 // part)]
        ),
        "sequences": lambda: sequences(30 // part),
        "loop": lambda: loop(60 // part),
        "others": lambda: others(100 // part, 400 // part, 10_000 // part),
    }
    for name, table in tables.items():
        if chosen.only in (None, name):
            table()
