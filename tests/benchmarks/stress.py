"""Draws what a webcam sees at a desk, from a number: one frame or a second of frames, easy or hard, with its truth.

The same number always gives the same picture. Everything a real desk does to a code can happen: print and telephones
(also in dark mode), turning and tilting, paper that waves, half a shadow, a lamp's reflection, little light, noise,
lenses that are out of focus, hands that move. The ranges of ``EASY`` and ``HARD`` are drawn from evenly.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import segno
from numpy.typing import NDArray

from station.capture.opencv import cv2

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]
Range = tuple[float, float]

WIDTH, HEIGHT = 1280, 720
_CARD_MODULE = 12  # pixels a module of the card before it is moved into the frame
_NAME_PARTS = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Lý", "Vũ"),
    ("Thị", "Văn", "Hữu", "Đức", "Ngọc", "Quỳnh", "Phước", "Bảo"),
    ("Ánh", "Ổn", "Sơn", "Đạt", "Cường", "Yến", "Ưng", "Ẩn", "Tuyết", "Hạnh", "Thảo", "Lê"),
    ("", "Ý", "Nguyệt", "Ngân"),
)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Difficulty:
    """From where to where each hardship may reach; lengths in modules unless they say otherwise."""

    module_px: Range
    tilt_degrees: Range
    defocus: Range
    motion: Range
    noise: Range  # grey levels
    light: Range  # part of full brightness
    wave: Range
    inverted: float  # how probable
    shadow: float
    glare: float
    text_length: tuple[int, int]


EASY = Difficulty((3.5, 7), (0, 30), (0, 0.35), (0, 0.6), (1, 7), (0.6, 1), (0, 0.2), 0.2, 0.1, 0.0, (18, 44))
HARD = Difficulty(
    (2.2, 5), (5, 48), (0.1, 0.6), (0.2, 1.2), (3, 12), (0.2, 0.8), (0, 0.6), 0.4, 0.3, 0.1, (18, 60)
)


@dataclass(frozen=True, slots=True)
class _Hardships:
    module_px: float
    tilt: float
    tilt_towards: float
    turn: float
    defocus: float
    motion: float
    motion_towards: float
    noise: float
    light: float
    wave: float
    inverted: bool
    shadow: bool
    glare: bool
    centre: tuple[float, float]


def still(number: int, difficulty: Difficulty) -> tuple[Picture, str]:
    """One frame, 720 × 1280 × 3, and the text in it."""
    random = np.random.default_rng((number, 1))
    text = _text(random, difficulty)
    hardships = _drawn(random, difficulty)
    card, _side = _card(text, hardships.inverted)
    return _frame(random, background(number), [(card, hardships)]), text


def two_codes(number: int) -> tuple[Picture, set[str]]:
    """One easy frame with two codes side by side, and their texts."""
    random = np.random.default_rng((number, 2))
    texts = [_text(random, EASY), _text(random, EASY)]
    cards = []
    for text, x in zip(texts, (0.27, 0.73), strict=True):
        hardships = replace(_drawn(random, EASY), module_px=4, centre=(x * WIDTH, random.uniform(300, 420)))
        cards.append((_card(text, hardships.inverted)[0], hardships))
    return _frame(random, background(number), cards), set(texts)


def sequence(number: int, difficulty: Difficulty, frames: int = 30) -> Iterator[tuple[Picture, str]]:
    """A second of frames in which hand, focus and light change, each with the text that is shown."""
    random = np.random.default_rng((number, 3))
    text = _text(random, difficulty)
    begin, end = _drawn(random, difficulty), _drawn(random, difficulty)
    card, _side = _card(text, begin.inverted)
    ground = background(number)
    sway = random.uniform(0.5, 2, 4)
    for at in range(frames):
        part = at / max(1, frames - 1)
        wave = 0.5 + 0.5 * np.sin(2 * np.pi * (sway * part + sway))
        now = replace(
            begin,
            **{
                name: float(getattr(begin, name) + (getattr(end, name) - getattr(begin, name)) * weight)
                for name, weight in (
                    ("defocus", wave[0]),
                    ("motion", wave[1]),
                    ("light", wave[2]),
                    ("tilt", wave[3]),
                )
            },
            module_px=begin.module_px * (1 + 0.15 * wave[1]),
            turn=begin.turn + 8 * part,
            centre=(begin.centre[0] + 60 * (wave[3] - 0.5), begin.centre[1] + 40 * (wave[0] - 0.5)),
        )
        yield _frame(random, ground, [(card, now)]), text


def background(number: int) -> Picture:
    """A picture without a code: wall, cloth, print, boxes or noise; 720 × 1280, grey."""
    random = np.random.default_rng((number, 4))
    kind = number % 5
    ground = np.full((HEIGHT, WIDTH), random.uniform(60, 200), np.float32)
    ground += np.linspace(-30, 30, WIDTH, dtype=np.float32) * random.uniform(-1, 1)
    if kind == 1:
        _weave(random, ground)
    elif kind == 2:
        _print(random, ground)
    elif kind == 3:
        _boxes(random, ground)
    elif kind == 4:
        coarse = random.normal(0, 60, (HEIGHT // 8, WIDTH // 8)).astype(np.float32)
        ground += cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.clip(ground, 0, 255).astype(np.uint8)


def texture(number: int) -> Picture:
    """Random matter without a code, 270 × 480 × 3, of many kinds and scales: for false readings."""
    random = np.random.default_rng((number, 5))
    scale = int(random.integers(1, 12))
    size = (270 // scale + 1, 480 // scale + 1)
    grid = random.random(size) < random.uniform(0.2, 0.8) if number % 2 else random.random(size)
    large = cv2.resize(
        grid.astype(np.float32) * 255,
        (480, 270),
        interpolation=cv2.INTER_NEAREST if number % 3 else cv2.INTER_LINEAR,
    )
    noisy = large * random.uniform(0.3, 1) + random.normal(0, random.uniform(0, 25), large.shape)
    return _bgr(np.clip(noisy, 0, 255).astype(np.uint8))


def vietnamese_name(number: int) -> str:
    """A name of four syllables with many marks; every fourth as decomposed characters (NFD)."""
    random = np.random.default_rng((number, 6))
    name = " ".join(str(random.choice(part)) for part in _NAME_PARTS).strip()
    return unicodedata.normalize("NFD", name) if number % 4 > 1 else name


def _bgr(grey: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)


def _text(random: np.random.Generator, difficulty: Difficulty) -> str:
    length = int(random.integers(difficulty.text_length[0], difficulty.text_length[1] + 1))
    return "".join(random.choice(list(_LETTERS), length))


def _drawn(random: np.random.Generator, difficulty: Difficulty) -> _Hardships:
    def within(range_: Range) -> float:
        return float(random.uniform(*range_))

    return _Hardships(
        module_px=within(difficulty.module_px),
        tilt=within(difficulty.tilt_degrees),
        tilt_towards=within((0, 360)),
        turn=within((0, 360)),
        defocus=within(difficulty.defocus),
        motion=within(difficulty.motion),
        motion_towards=within((0, 180)),
        noise=within(difficulty.noise),
        light=within(difficulty.light),
        wave=within(difficulty.wave),
        inverted=bool(random.random() < difficulty.inverted),
        shadow=bool(random.random() < difficulty.shadow),
        glare=bool(random.random() < difficulty.glare),
        centre=(within((0.3, 0.7)) * WIDTH, within((0.38, 0.62)) * HEIGHT),
    )


def _card(text: str, inverted: bool) -> tuple[Picture, int]:
    """A ticket with margin, caption and code, grey; and the side of the code in modules."""
    matrix = np.array([list(row) for row in segno.make(text, micro=False, error="m").matrix], np.uint8)
    side = matrix.shape[0]
    card = np.full((side + 12, side + 8), 0, np.uint8)
    card[8 : 8 + side, 4 : 4 + side] = matrix
    ink, paper = (245, 18) if inverted else (18, 245)
    large = np.where(card, ink, paper).astype(np.uint8).repeat(_CARD_MODULE, 0).repeat(_CARD_MODULE, 1)
    cv2.putText(large, "Nguyen Thi", (4 * _CARD_MODULE, 5 * _CARD_MODULE), 0, 1.3, ink, 3)
    cv2.rectangle(large, (0, 0), (large.shape[1] - 1, large.shape[0] - 1), 90, 6)
    return large, side


def _frame(random: np.random.Generator, ground: Picture, cards: list[tuple[Picture, _Hardships]]) -> Picture:
    scene = ground.astype(np.float32)
    for card, hardships in cards:
        scene = _laid(scene, card, hardships, random)
    hardships = cards[0][1]
    scene = _through_the_lens(scene, hardships)
    if hardships.shadow:
        edge = np.linspace(-1, 1, WIDTH, dtype=np.float32) * 12 + (hardships.centre[0] / WIDTH * -24 + 12)
        scene *= 0.35 + 0.65 / (1 + np.exp(-np.clip(edge, -20, 20)))
    scene = scene * hardships.light + random.normal(
        0, hardships.noise * max(0.4, hardships.light), scene.shape
    )
    return _bgr(np.clip(scene, 0, 255).astype(np.uint8))


def _laid(scene: Plane, card: Picture, hardships: _Hardships, random: np.random.Generator) -> Plane:
    """The card in the scene, turned, tilted and waved, with a reflection."""
    high, wide = card.shape
    if hardships.wave > 0.05:
        y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
        phase = random.uniform(0, 6)
        shift = hardships.wave * _CARD_MODULE * np.sin(x / wide * 9 + phase).astype(np.float32)
        card = cv2.remap(card, x, y + shift, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    scale = hardships.module_px / _CARD_MODULE
    corners = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    centred = (corners - (wide / 2, high / 2)) * scale
    moved = _turned(centred, hardships) + np.array(hardships.centre)
    transform = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    # Shrunk first: a perspective takes single pixels and would make sharp steps of what a lens makes soft.
    blurred = cv2.GaussianBlur(card, (0, 0), max(0.1, 0.42 / scale))
    laid = cv2.warpPerspective(blurred, transform, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(np.full_like(card, 255), transform, (WIDTH, HEIGHT)).astype(np.float32) / 255
    result = scene * (1 - cover) + laid.astype(np.float32) * cover
    if hardships.glare:
        y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        radius = hardships.module_px * 4
        away = (x - hardships.centre[0]) ** 2 + (y - hardships.centre[1]) ** 2
        result += 190 * np.exp(-away / (2 * radius**2))
    return np.minimum(result, 255).astype(np.float32)


def _turned(corners: NDArray[np.float32], hardships: _Hardships) -> NDArray[np.float32]:
    turn, tilt, towards = np.radians([hardships.turn, hardships.tilt, hardships.tilt_towards])
    x = corners[:, 0] * np.cos(turn) - corners[:, 1] * np.sin(turn)
    y = corners[:, 0] * np.sin(turn) + corners[:, 1] * np.cos(turn)
    along = x * np.cos(towards) + y * np.sin(towards)
    across = -x * np.sin(towards) + y * np.cos(towards)
    distance = 900.0
    nearer = distance / (distance + along * np.sin(tilt))
    along, across = along * np.cos(tilt) * nearer, across * nearer
    return np.stack(
        [
            along * np.cos(towards) - across * np.sin(towards),
            along * np.sin(towards) + across * np.cos(towards),
        ],
        axis=1,
    )


def _through_the_lens(scene: Plane, hardships: _Hardships) -> Plane:
    blur_px = hardships.defocus * hardships.module_px
    if blur_px > 0.3:
        radius = int(np.ceil(blur_px * 1.5))
        y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
        disc = np.clip(blur_px * 1.2 + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
        scene = cv2.filter2D(scene, -1, disc / disc.sum())
    reach = hardships.motion * hardships.module_px
    if reach > 1:
        size = int(np.ceil(reach)) | 1
        kernel = np.zeros((size + 2, size + 2), np.float32)
        towards = np.radians(hardships.motion_towards)
        for at in np.linspace(-reach / 2, reach / 2, 6 * size):
            x, y = (size + 1) / 2 + at * np.cos(towards), (size + 1) / 2 + at * np.sin(towards)
            kernel[round(y), round(x)] += 1
        scene = cv2.filter2D(scene, -1, kernel / kernel.sum())
    return np.asarray(scene, np.float32)


def _weave(random: np.random.Generator, ground: Plane) -> None:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    period, turn = random.uniform(7, 26), random.uniform(0, 3)
    one, other = x * np.cos(turn) + y * np.sin(turn), -x * np.sin(turn) + y * np.cos(turn)
    ground += random.uniform(15, 60) * (np.sin(one * 6.3 / period) * np.sin(other * 6.3 / period))


def _print(random: np.random.Generator, ground: Plane) -> None:
    size = random.uniform(0.5, 1.4)
    page = np.zeros((HEIGHT, WIDTH), np.uint8)
    for y in np.arange(20, HEIGHT + 30, 34 * size):
        words = " ".join(
            "".join(random.choice(list(_LETTERS), int(random.integers(2, 9)))) for _word in range(16)
        )
        cv2.putText(page, words, (int(random.uniform(-40, 0)), int(y)), 0, size, 255, 2)
    ground -= page * random.uniform(0.2, 0.6)


def _boxes(random: np.random.Generator, ground: Plane) -> None:
    for _box in range(60):
        x, y = random.uniform(0, WIDTH), random.uniform(0, HEIGHT)
        size = random.uniform(10, 160, 2)
        corners = (int(x), int(y)), (int(x + size[0]), int(y + size[1]))
        cv2.rectangle(ground, *corners, random.uniform(0, 255), -1 if random.random() < 0.7 else 3)
