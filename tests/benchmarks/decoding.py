"""What decoding a frame costs beside the naive way: ``python tests/benchmarks/decoding.py [VIDEO]``.

The naive way is ``pyzbar.decode`` on the whole grey frame. Both are measured in turn, in the time of this thread, so
that other programs disturb neither more than the other; only the ratio is comparable between machines.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pyzbar import pyzbar

from station.capture.decoder import grey_of
from station.capture.files import frames_of_video
from station.capture.frame import Frame
from station.capture.opencv import cv2
from station.capture.stream import StreamDecoder
from tests.unit.capture.pictures import PAYLOAD, Picture, code_picture, empty, scene

SAMPLE_VIDEO = Path(__file__).resolve().parents[2] / "assets" / "sample_event" / "camera.mp4"
FRAMES = 40
EVERY_NTH_OF_VIDEO = 15


def run(video: Path = SAMPLE_VIDEO) -> list[tuple[str, ...]]:
    """Rows: scene, frames, naive ms, frames read so, our ms, frames read so, ratio; the video where it exists."""
    busy = _busy()
    with_code = busy.copy()
    code = code_picture(PAYLOAD)
    with_code[250 : 250 + code.shape[0], 500 : 500 + code.shape[1]] = code[:, :, None]
    scenes = {
        "a wall": empty(1280, 720),
        "a wall and a code": scene(code_picture(PAYLOAD), width=1280, height=720),
        "a wall and an inverted code": scene(code_picture(PAYLOAD, inverted=True), width=1280, height=720),
        "print everywhere": busy,
        "print everywhere and a code": with_code,
    }
    rows = [_measured(what, [picture] * FRAMES) for what, picture in scenes.items()]
    if video.exists():
        frames = (frame.image for frame in islice(frames_of_video(video), None, None, EVERY_NTH_OF_VIDEO))
        rows.append(_measured(video.name, frames))
    return rows


def _busy() -> Picture:
    """A page full of letters, the worst that can stand behind a code."""
    picture = empty(1280, 720)
    for line in range(30):
        cv2.putText(picture, "Tong Lien doan Lao dong " * 5, (0, 24 * line), 0, 0.7, (30, 30, 30), 2)
    return picture


def _measured(what: str, pictures: Iterable[Picture]) -> tuple[str, ...]:
    decoder = StreamDecoder()
    naive, stream = _Stopwatch(_naive), _Stopwatch(decoder.decode)
    for number, picture in enumerate(pictures):
        frame = Frame(picture, number, 0.0, number / 30)
        naive.time(frame)
        stream.time(frame)
    return (
        what,
        str(len(naive.took_ms)),
        f"{naive.mean_ms:.1f} ms",
        str(naive.read),
        f"{stream.mean_ms:.1f} ms",
        str(stream.read),
        f"{naive.mean_ms / stream.mean_ms:.1f}",
    )


def _naive(frame: Frame) -> list[pyzbar.Decoded]:
    return pyzbar.decode(grey_of(frame.image), symbols=[pyzbar.ZBarSymbol.QRCODE])


class _Stopwatch:
    def __init__(self, decode: Callable[[Frame], list[object]]) -> None:
        self._decode = decode
        self.took_ms: list[float] = []
        self.read = 0

    def time(self, frame: Frame) -> None:
        began_at = time.thread_time()
        codes = self._decode(frame)
        self.took_ms.append((time.thread_time() - began_at) * 1000)
        self.read += bool(codes)

    @property
    def mean_ms(self) -> float:
        return statistics.mean(self.took_ms)


def main() -> None:
    """Print the table."""
    heading = ("scene, 1280 × 720", "frames", "naive", "read", "stream", "read", "ratio")
    for what, *figures in [heading, *run(*map(Path, sys.argv[1:2]))]:
        print(f"{what:<32}" + "".join(f"{figure:>10}" for figure in figures))


if __name__ == "__main__":
    main()
