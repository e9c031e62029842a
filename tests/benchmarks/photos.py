"""How long taking in many photos of a camera lasts."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
from PIL import Image, ImageChops

from station.app import open_station
from station.model.delegate import Delegate
from station.roster.photos.album import read_pictures
from station.roster.photos.plan import fits_of, plan_photos
from station.sample_event import first_morning
from tests.builders import make_event
from tests.portraits import avatar, encoded

CAMERA_PX = (4000, 3000)
COUNT = 500


def photographs(folder: Path, count: int) -> int:
    """As many JPEGs of 12 MP as wished, grain and all; returns their bytes."""
    folder.mkdir()
    grain = Image.effect_noise(CAMERA_PX, 24).convert("RGB")
    content = encoded(ImageChops.add(avatar(CAMERA_PX), grain, 1, -128), quality=85)
    for number in range(1, count + 1):
        (folder / f"DB{number:05}.jpg").write_bytes(content)
    return count * len(content)


def run() -> Iterator[tuple[str, ...]]:
    """One line a step: what, how many, seconds, seconds of processor time, and the memory at the end."""
    with tempfile.TemporaryDirectory() as place:
        people = [Delegate("", f"DB{n:05}", f"Nguyễn Văn {n}") for n in range(1, COUNT + 1)]
        event = make_event(Path(place, "event"), delegates=people)
        megabytes = photographs(Path(place, "photos"), COUNT) / 1e6
        with closing(open_station(event, clock=first_morning())) as station:
            began = time.perf_counter(), time.process_time()
            pictures = read_pictures([Path(place, "photos")], _unseen)
            yield _row(f"reading and cropping JPEGs of 12 MP, {megabytes:.0f} MB", began)
            began = time.perf_counter(), time.process_time()
            state = station.photos.state()
            plan = plan_photos(pictures, fits_of(pictures, state.delegates), state)
            yield _row("matching and planning", began)
            began = time.perf_counter(), time.process_time()
            station.photos.take(plan, _unseen)
            kept = sum(path.stat().st_size for path in Path(event, "photos").iterdir()) / 1e6
            yield _row(f"taking in, durably, {kept:.1f} MB", began)
            began = time.perf_counter(), time.process_time()
            station.photos.state()
            yield _row("looking whether all are as they were", began)


def _row(what: str, began: tuple[float, float]) -> tuple[str, ...]:
    lasted, worked = time.perf_counter() - began[0], time.process_time() - began[1]
    memory = psutil.Process().memory_info().rss / 1e6
    return what, str(COUNT), f"{lasted:.2f}", f"{worked:.2f}", f"{memory:.0f}"


def _unseen(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""
