"""Puts hall, people and things together, frame by frame."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.backdrop import Sprite, figure_sprite, hall, passer_by, put
from rendering.camera import Sensor, Shot, expose
from rendering.props import make_prop
from rendering.script import Presentation
from rendering.surfaces import (
    Person,
    Surface,
    bent,
    flyer,
    foreign_badge,
    invitation,
    phone,
    photocopied,
    slip,
)
from rendering.timing import (
    FRAMES_PER_SECOND,
    TAIL_S,
    Focus,
    Glare,
    HallLight,
    Movement,
    Take,
    eased,
    noise_at,
    open_s_at,
)

BODIES = ("#30343A", "#C9CDD2", "#5B6F8C", "#1D1F22")
COMES_S, GOES_S = 0.62, 0.7
NOBODY = Person("", "", "", "", "")


def surface_of(shown: Presentation, person: Person, payload: str, number: int) -> Surface:
    """The thing that a presentation shows."""
    if shown.surface in ("light", "dark", "picture"):
        return phone(
            person, payload, shown.surface, f"07:{30 + number // 12:02d}", BODIES[number % len(BODIES)]
        )
    paper = {
        "card": lambda: invitation(person, payload, shown.accent, "#FFFEFA" if number % 2 else "#FBF6EA"),
        "slip": lambda: slip(person, payload, shown.accent),
        "badge": lambda: foreign_badge(payload),
        "flyer": lambda: flyer(payload),
        "photocopy": lambda: photocopied(invitation(person, payload, shown.accent, "#FFFFFF")),
    }[shown.surface]()
    if shown.curl_mm or shown.crumple_mm:
        return bent(paper, shown.curl_mm, shown.crumple_mm, number)
    return paper


class Scene:
    """One take with everything drawn that it needs."""

    def __init__(self, take: Take, surface: Surface) -> None:
        shown = take.presentation
        self.take = take
        screen_light = 1.0 if shown.light > 0.7 else 0.94
        prop = make_prop(surface, shown.holder, shown.light, screen_light, 100 * take.number)
        self.shot = Shot(prop, Movement(take), Focus(take), Glare(take))
        self.sprite: Sprite = figure_sprite(shown.figure)

    def place(self, second: float) -> tuple[float, float]:
        """Where the delegate stands: comes from the right, leaves to the left."""
        shown = self.take.presentation
        side = -1.0 if shown.holder.left_handed else 1.0
        stands = 640 + shown.x * 3.2 + (0 if shown.holder.both_hands else side * 70)
        comes = 1 - eased((second - self.take.starts_s + 0.4) / COMES_S)
        goes = eased((second - self.take.leaves_s - 0.05) / GOES_S)
        sway = 3 * np.sin(second * 2.1 + self.take.number) + 2 * np.sin(second * 3.4)
        return stands + 1120 * comes - 1120 * goes + float(sway), 52 + 4 * float(np.sin(second * 1.7))

    def is_on(self, second: float) -> bool:
        """Whether anything of it can be in the picture."""
        return self.take.starts_s - 0.45 <= second <= self.take.leaves_s + 0.05 + GOES_S


def _bloom(frame: NDArray[np.float32]) -> None:
    """Bright areas shine a little over their edges."""
    small = cv2.resize(frame, (320, 180), interpolation=cv2.INTER_AREA)
    halo = np.asarray(cv2.GaussianBlur(np.maximum(small - 205, 0), (0, 0), 6), np.float32)
    frame += 0.5 * np.asarray(cv2.resize(halo, (frame.shape[1], frame.shape[0])), np.float32)


class Film:
    """Renders takes to frames; the same takes always give the same frames."""

    def __init__(self, takes: list[Take], surfaces: list[Surface]) -> None:
        self._takes = takes
        self._surfaces = surfaces
        self._light = HallLight(takes)
        self._hall = hall()
        self._walkers = [
            passer_by((92, 112, 150), 225),
            passer_by((182, 70, 84), 205),
            passer_by((214, 218, 222), 215),
        ]
        self._sensor = Sensor(3)
        self.seconds = max(take.ends_s for take in takes) + TAIL_S

    def __len__(self) -> int:
        return round(self.seconds * FRAMES_PER_SECOND)

    def frames(self) -> Iterator[NDArray[np.uint8]]:
        """All frames, 720 × 1280 × BGR."""
        waiting = list(zip(self._takes, self._surfaces, strict=True))
        scenes: list[Scene] = []
        for number in range(len(self)):
            second = number / FRAMES_PER_SECOND
            scenes = [scene for scene in scenes if scene.is_on(second)]
            while waiting and second >= waiting[0][0].starts_s - 0.45:
                scenes.append(Scene(*waiting.pop(0)))
            yield self._frame(number, second, scenes)

    def _frame(self, number: int, second: float, scenes: list[Scene]) -> NDArray[np.uint8]:
        light = self._light(second)
        frame = self._hall.copy()
        for index, walker in enumerate(self._walkers):
            across = (second * (34 + 13 * index) * (1 if index % 2 else -1) + 500 * index + 300) % 1700 - 200
            put(frame, walker, across, 512 + 10 * index)
        for scene in scenes:
            put(frame, scene.sprite, *scene.place(second))
        frame *= light * (1 + 0.012 * float(np.sin(second * 2.3)))
        frame *= np.array([1 + 0.1 * (1 - light), 1.0, 1 - 0.06 * (1 - light)], np.float32)
        for scene in sorted(scenes, key=lambda scene: -scene.take.presentation.distance):
            if scene.take.starts_s <= second <= scene.take.ends_s:
                expose(frame, scene.shot, second, open_s_at(light))
        _bloom(frame)
        return self._sensor.read(frame, number, noise_at(light))
