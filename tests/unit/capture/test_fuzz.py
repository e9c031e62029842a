"""A thousand damaged pictures of every kind of symbol: no exception, nothing false, no growth of memory."""

import os
from collections.abc import Callable, Iterator

import numpy as np
import psutil
import pytest
import segno

from station.capture.decoder import decode_grey
from station.capture.engines import load_engines
from station.capture.frame import Frame
from station.capture.opencv import cv2
from station.capture.stream import StreamDecoder
from tests.unit.capture.pictures import Picture, matrix_picture

PICTURES = 1000
WARM_UP = 200
MOST_GROWTH_BYTES = 30_000_000


def symbols() -> list[tuple[segno.QRCode, str]]:
    """One of each kind of content, and its text; "" for a part of a series, which engines tell differently."""
    series = segno.make_sequence("Nâng cao năng lực " * 5, symbol_count=4, encoding="utf-8")
    plain = {
        "10421970000000100000010123456789012345678912": {},
        "Nguyễn Thị Ánh": {"encoding": "utf-8"},
        "Đỗ Ổn": {"encoding": "utf-8", "eci": True},
        "点茗": {},
        "café à": {"encoding": "iso-8859-1", "eci": True},
        "阿啊": {"mode": "hanzi"},
        "ABC-123 $%": {"mode": "alphanumeric"},
    }
    made = [(segno.make(text, micro=False, **options), text) for text, options in plain.items()]
    made += [
        (segno.make(raw, micro=False), "") for raw in (b"\xff\xfe\x80\xc3", bytes(range(256)), b"\0\0\x1d")
    ]
    return made + [(part, "") for part in series]


def blotched(random: np.random.Generator, picture: Picture) -> Picture:
    for _blotch in range(random.integers(1, 6)):
        x, y = random.integers(0, picture.shape[1]), random.integers(0, picture.shape[0])
        cv2.circle(picture, (int(x), int(y)), int(random.integers(2, 14)), int(random.integers(0, 256)), -1)
    return picture


def noisy(random: np.random.Generator, picture: Picture) -> Picture:
    noise = random.normal(0, random.uniform(5, 80), picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def cut(random: np.random.Generator, picture: Picture) -> Picture:
    rows, columns = (
        np.sort(random.integers(0, picture.shape[0], 2)),
        random.integers(1, picture.shape[1] + 1),
    )
    return picture[rows[0] : rows[1] + 1, :columns]


def flipped_modules(random: np.random.Generator, picture: Picture) -> Picture:
    flips = random.random((picture.shape[0] // 4 + 1, picture.shape[1] // 4 + 1)) < random.uniform(0, 0.1)
    mask = flips.repeat(4, 0).repeat(4, 1)[: picture.shape[0], : picture.shape[1]]
    return np.where(mask, 255 - picture, picture).astype(np.uint8)


def smeared(random: np.random.Generator, picture: Picture) -> Picture:
    return cv2.blur(picture, (int(random.integers(1, 7)), int(random.integers(1, 7))))


def bent(random: np.random.Generator, picture: Picture) -> Picture:
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32) * np.array(
        picture.shape[::-1], np.float32
    )
    moved = corners + random.uniform(-30, 30, (4, 2)).astype(np.float32)
    return cv2.warpPerspective(
        picture, cv2.getPerspectiveTransform(corners, moved.astype(np.float32)), (260, 220)
    )


DAMAGES: list[Callable[[np.random.Generator, Picture], Picture]] = [
    blotched,
    noisy,
    cut,
    flipped_modules,
    smeared,
    bent,
]


def damaged_pictures() -> Iterator[tuple[Picture, str]]:
    random = np.random.default_rng(7)
    drawn = [(matrix_picture(symbol, 4), text) for symbol, text in symbols()]
    for number in range(PICTURES):
        picture, text = drawn[number % len(drawn)]
        for damage in random.choice(len(DAMAGES), random.integers(1, 3)):
            picture = DAMAGES[damage](random, picture.copy())
        yield picture, text


@pytest.mark.slow
def test_damaged_pictures_are_read_rightly_or_not_at_all_and_cost_no_memory() -> None:
    engines, stream = load_engines(), StreamDecoder()
    process = psutil.Process(os.getpid())
    read = settled_bytes = 0
    for number, (picture, text) in enumerate(damaged_pictures()):
        codes = decode_grey(engines, picture)
        colour = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
        codes += stream.decode(Frame(colour, number, 0.0, number / 30))
        read += bool(codes)
        if text:
            assert {code.text for code in codes} <= {text}
        if number == WARM_UP:
            settled_bytes = process.memory_info().rss

    assert read > PICTURES / 4, "the damage leaves nothing to read: the test says nothing"
    assert process.memory_info().rss - settled_bytes < MOST_GROWTH_BYTES
