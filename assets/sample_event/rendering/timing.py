"""When everything happens and how it moves: keyframes, tremor, focus, glare, light, and the ground truth."""

from dataclasses import dataclass

import numpy as np

from rendering.backdrop import HEIGHT, WIDTH
from rendering.camera import Pose, corners_of, project
from rendering.script import Presentation

FRAMES_PER_SECOND = 30
LEAD_S, TAIL_S = 0.9, 1.2
ENTER_S, LEAVE_S = 0.52, 0.42
REAIM_S = 0.3  # a hand that moves on to another place
DAY_NOISE, DIM_NOISE = 2.0, 5.5


@dataclass(frozen=True)
class Take:
    """A presentation with its place in time.

    Attributes:
        number: place in the screenplay; seeds everything random about it.
        starts_s: when the hand begins to move in; rests_s, leaves_s, ends_s: when it holds still, begins to
            move out, is gone.
    """

    presentation: Presentation
    number: int
    starts_s: float

    @property
    def rests_s(self) -> float:
        return self.starts_s + ENTER_S

    @property
    def leaves_s(self) -> float:
        return self.rests_s + self.presentation.holds_s

    @property
    def ends_s(self) -> float:
        return self.leaves_s + LEAVE_S


def takes_of(presentations: list[tuple[int, Presentation]]) -> list[Take]:
    """One after the other with a short gap; those beside another come 0.35 s after it."""
    takes: list[Take] = []
    free_s = LEAD_S
    for number, presentation in presentations:
        random = np.random.default_rng([7, number])
        starts = takes[-1].starts_s + 0.35 if presentation.beside and takes else free_s
        takes.append(Take(presentation, number, starts))
        free_s = max(free_s, takes[-1].ends_s) + float(random.uniform(0.22, 0.55))
    return takes


def eased(share: float) -> float:
    """0 to 1 with minimum jerk (Flash and Hogan, 1985): how hands move."""
    share = min(max(share, 0.0), 1.0)
    return share**3 * (10 - 15 * share + 6 * share**2)


def _mixed(first: Pose, second: Pose, share: float) -> Pose:
    return Pose(*(a + (b - a) * share for a, b in zip(first, second, strict=True)))


class Movement:
    """The pose of a thing at a second: keyframes joined by eased moves, and the hand's tremor on top."""

    def __init__(self, take: Take) -> None:
        random = np.random.default_rng([11, take.number])
        shown = take.presentation
        rest = Pose(shown.x, shown.y, shown.distance, shown.pitch, shown.yaw, shown.roll)
        side = 1.0 if shown.holder.left_handed else -1.0
        below = rest.distance * HEIGHT / 2 / 1050 + 120

        def off(turn: float, push: float) -> Pose:
            return rest._replace(
                x=rest.x + side * push,
                y=rest.y + below,
                distance=rest.distance + 45,
                roll=rest.roll + side * turn,
            )

        def wander(size: float) -> Pose:
            step = random.uniform(-1, 1, 6) * np.array([8, 6, 14, 4, 6, 5]) * size
            return Pose(*(a + float(b) for a, b in zip(rest, step, strict=True)))

        first, second = wander(1.0), wander(2.2)
        aims_again = take.rests_s + shown.holds_s * float(random.uniform(0.45, 0.6))
        self._keys = [
            (take.starts_s, off(24, 60)),
            (take.rests_s, first),
            (aims_again - REAIM_S / 2, wander(0.4)),
            (aims_again + REAIM_S / 2, second),
            (take.leaves_s, _mixed(second, rest, 0.4)),
            (take.ends_s, off(-14, 30)),
        ]
        self._phases = random.uniform(0, 2 * np.pi, (6, 3))
        self._shake = shown.shake

    def __call__(self, second: float) -> Pose:
        pose = self._keys[0][1]
        for (begin, first), (end, second_pose) in zip(self._keys, self._keys[1:], strict=False):
            if second >= begin:
                pose = _mixed(first, second_pose, eased((second - begin) / (end - begin)))
        hertz = np.array([1.3, 3.7, 7.9])
        waves = np.sin(2 * np.pi * hertz * second + self._phases) @ np.array([1.0, 0.45, 0.2])
        sizes = self._shake * np.array([1.5, 1.7, 2.0, 0.8, 0.9, 0.8])
        return Pose(*(value + float(wave) for value, wave in zip(pose, waves * sizes, strict=True)))


class Focus:
    """Blur at a second (sigma in pixels): the lens finds the thing, and sometimes hunts once more."""

    def __init__(self, take: Take) -> None:
        random = np.random.default_rng([13, take.number])
        self._take = take
        self._hunts_at = take.rests_s + take.presentation.holds_s * float(random.uniform(0.62, 0.85))
        self._hunts = float(random.choice([0.0, 2.4, 3.6]))

    def __call__(self, second: float) -> float:
        shown = self._take.presentation
        since = (second - self._take.rests_s + 0.1) / shown.focus_s
        finding = shown.focus_px * float(np.power(max(0.0, 1 - max(since, 0.0)), 1.1))
        hunting = self._hunts * float(np.exp(-(((second - self._hunts_at) / 0.13) ** 2)))
        return 0.7 + finding + hunting


class Glare:
    """Strength and place of a lamp's reflection at a second: it wanders over the thing while it is held."""

    def __init__(self, take: Take) -> None:
        self._take = take

    def __call__(self, second: float) -> tuple[float, float]:
        take = self._take
        share = (second - take.rests_s) / take.presentation.holds_s
        return take.presentation.glare, float(np.clip(-1.0 + 1.7 * share, -1.6, 1.2))


class HallLight:
    """Light of the hall at a second, 1 by day; it changes between presentations only."""

    def __init__(self, takes: list[Take]) -> None:
        self._steps = [(take.starts_s - 0.35, take.presentation.light) for take in takes]

    def __call__(self, second: float) -> float:
        level = 1.0
        for begin, light in self._steps:
            if second >= begin:
                level += (light - level) * eased((second - begin) / 0.35)
        return level


def noise_at(light: float) -> float:
    """Sigma of the sensor's noise in grey levels."""
    return DIM_NOISE + (DAY_NOISE - DIM_NOISE) * min(max((light - 0.35) / 0.65, 0.0), 1.0)


def open_s_at(light: float) -> float:
    """How long the shutter is open."""
    return 1 / 30 if light < 0.7 else 1 / 40


def seen_from_to(take: Take, code_box: tuple[float, float, float, float]) -> tuple[float, float]:
    """Seconds between which the whole symbol is within the frame."""
    movement, corners = Movement(take), corners_of(code_box)
    first, last = int(take.starts_s * FRAMES_PER_SECOND), int(take.ends_s * FRAMES_PER_SECOND) + 1
    seen = []
    for number in range(first, last + 1):
        points = project(movement(number / FRAMES_PER_SECOND), corners)
        if (points >= 0).all() and (points < [WIDTH, HEIGHT]).all():
            seen.append(number)
    return seen[0] / FRAMES_PER_SECOND, (seen[-1] + 1) / FRAMES_PER_SECOND
