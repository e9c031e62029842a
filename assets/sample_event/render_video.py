"""Renders camera.mp4, the sample event's video of delegates at a webcam, and video.json, what it shows when.

    python render_video.py [--out FILE] [--only N] [--without CODE …] [--size 640x360]

The same choices give the same pictures. video.json is written beside the video, under the video's name when
that is not camera.mp4. It is the ground truth for tests and benchmarks; nothing that plays the video reads it.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from python_calamine import CalamineWorkbook

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from rendering.film import NOBODY, Film, surface_of  # noqa: E402  # found through the line above
from rendering.script import SCREENPLAY, VERDICTS, chosen, payload_of  # noqa: E402
from rendering.surfaces import Person, Surface  # noqa: E402
from rendering.timing import FRAMES_PER_SECOND, Take, seen_from_to, takes_of  # noqa: E402

from station.codes.payload import EventKey, event_tag  # noqa: E402

Frame = NDArray[np.uint8]


def read_persons(roster: Path) -> dict[str, Person]:
    """The delegates of the roster by their code."""
    rows = CalamineWorkbook.from_path(str(roster)).get_sheet_by_index(0).to_python()
    persons = {}
    for row in rows:
        cells = [str(cell).strip() for cell in row]
        if cells[1].startswith("DB"):
            persons[cells[1]] = Person(cells[1], cells[2], cells[3], cells[4], cells[8])
    return persons


def truth_of(take: Take, surface: Surface, payload: str) -> dict[str, Any]:
    """What a perfect reader would say about one take."""
    shown = take.presentation
    starts_s, ends_s = seen_from_to(take, surface.code_box)
    verdict, reason = VERDICTS[shown.kind]
    return {
        "kind": shown.kind,
        "code": shown.code or None,
        "surface": shown.surface,
        "payload": payload,
        "starts_s": round(starts_s, 3),
        "ends_s": round(ends_s, 3),
        "verdict": verdict,
        "reason": reason,
    }


def write_with_ffmpeg(frames: Iterable[Frame], out: Path, size: tuple[int, int], ffmpeg: str) -> None:
    """H.264 through the ffmpeg program."""
    command = [
        ffmpeg, "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{size[0]}x{size[1]}",
        "-r", str(FRAMES_PER_SECOND), "-i", "-", "-an", "-c:v", "libx264", "-preset", "slow", "-crf", "26",
        "-pix_fmt", "yuv420p", "-g", "60", "-threads", "2", "-movflags", "+faststart", "-map_metadata", "-1",
        "-fflags", "+bitexact", "-flags:v", "+bitexact", str(out),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for frame in frames:
            process.stdin.write(frame.tobytes())
        process.stdin.close()
    if process.returncode:
        raise SystemExit(f"ffmpeg ended with {process.returncode}")


def write_with_opencv(frames: Iterable[Frame], out: Path, size: tuple[int, int]) -> None:
    """MPEG-4 through OpenCV, where there is no ffmpeg program; a larger file."""
    writer = cv2.VideoWriter(str(out), cv2.VideoWriter.fourcc(*"mp4v"), FRAMES_PER_SECOND, size)
    for frame in frames:
        writer.write(frame)
    writer.release()


def shrunk(frames: Iterable[Frame], size: tuple[int, int], total: int) -> Iterable[Frame]:
    """The frames in the size wanted, with a word about progress now and then."""
    for number, frame in enumerate(frames):
        if number % 150 == 0:
            print(f"frame {number} of {total}", file=sys.stderr, flush=True)
        yield (
            frame
            if size == (1280, 720)
            else np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)
        )


def render(out: Path, only: int | None, without: frozenset[str], size: tuple[int, int]) -> None:
    """Renders the video and its ground truth."""
    event = tomllib.loads((HERE / "event.toml").read_text("utf-8"))
    demo = event["demo"]
    key = EventKey(bytes.fromhex(demo["key"]), event_tag(event["event"]["id"]))
    persons = read_persons(HERE / demo["roster"])
    numbers = {(shown.code, shown.kind): number for number, shown in enumerate(SCREENPLAY)}
    takes = takes_of([(numbers[shown.code, shown.kind], shown) for shown in chosen(without, only)])
    payloads = [payload_of(take.presentation, key, demo["instance"]) for take in takes]
    surfaces = [
        surface_of(take.presentation, persons.get(take.presentation.code, NOBODY), payload, take.number)
        for take, payload in zip(takes, payloads, strict=True)
    ]
    film = Film(takes, surfaces)
    frames = shrunk(film.frames(), size, len(film))
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg:
        write_with_ffmpeg(frames, out, size, ffmpeg)
    else:
        write_with_opencv(frames, out, size)
    truth = {
        "size": list(size),
        "frames_per_second": FRAMES_PER_SECOND,
        "frames": len(film),
        "presentations": [truth_of(*each) for each in zip(takes, surfaces, payloads, strict=True)],
    }
    beside = out.with_name("video.json") if out.name == "camera.mp4" else out.with_suffix(".json")
    beside.write_bytes((json.dumps(truth, ensure_ascii=False, indent=1) + "\n").encode())


def parse_size(text: str) -> tuple[int, int]:
    """``640x360`` as a pair."""
    width, height = text.split("x")
    return int(width), int(height)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Render the sample event's video.")
    parser.add_argument("--out", type=Path, default=HERE / "camera.mp4")
    parser.add_argument("--only", type=int, metavar="N", help="only the first N presentations")
    parser.add_argument("--without", nargs="*", default=[], metavar="CODE", help="leave these delegates out")
    parser.add_argument("--size", type=parse_size, default=(1280, 720), metavar="WIDTHxHEIGHT")
    choices = parser.parse_args()
    render(choices.out, choices.only, frozenset(choices.without), choices.size)


if __name__ == "__main__":
    main()
