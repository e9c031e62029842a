"""What the mouse does with a draft between press and release; in millimetres, without a widget."""

from dataclasses import replace
from itertools import count

from station.badges.layouts.arranging import HANDLES, Guide, around_all, lines_of, moved, resized
from station.badges.layouts.model import Code, Place
from station.badges.layouts.parts import SMALLEST_CODE_MM, SMALLEST_MM, THINNEST_MM, kind_of, place_of
from ui.dialogs.layouts.draft import Draft

Point = tuple[float, float]
_numbers = count()
_THIN_REACH_MM = 1.2  # a hair line is caught so far beside


class Drag:
    """Moves what is selected, or with a handle draws the one selected part larger or smaller."""

    def __init__(self, draft: Draft, at: Point, handle: str = "") -> None:
        self._draft, self._at, self._handle = draft, at, handle
        self._places = [place_of(part) for part in draft.chosen_parts()]
        chosen = set(draft.chosen)
        others = [place_of(part) for number, part in enumerate(draft.parts()) if number not in chosen]
        self._lines = lines_of(others, draft.layout.card)
        self._step = f"drag {next(_numbers)}"
        self._has_moved = False

    def to(self, at: Point, reach_mm: float) -> list[Guide]:
        """The mouse is there now; reach 0 lets nothing catch. Returns the lines that do."""
        by = at[0] - self._at[0], at[1] - self._at[1]
        if not self._has_moved and max(map(abs, by)) < reach_mm / 2:
            return []  # a click with an unsteady hand
        self._has_moved = True
        if self._handle:
            part = self._draft.chosen_parts()[0]
            square = isinstance(part[0], Code)
            least = SMALLEST_CODE_MM if square else THINNEST_MM if kind_of(part) == "line" else SMALLEST_MM
            new, guides = resized(
                self._places[0], self._handle, by, self._lines, reach_mm, square=square, least_mm=least
            )
            self._draft.put([new], merge=self._step)
            return guides
        whole = around_all(self._places)
        new, guides = moved(whole, by, self._lines, reach_mm)
        x_mm, y_mm = new.x_mm - whole.x_mm, new.y_mm - whole.y_mm
        places = [replace(place, x_mm=place.x_mm + x_mm, y_mm=place.y_mm + y_mm) for place in self._places]
        self._draft.put(places, merge=self._step)
        return guides

    def end(self) -> None:
        """Everything stands where it is."""

    def cancel(self) -> None:
        """Back to where it was."""
        if self._has_moved:
            self._draft.put(self._places, merge=self._step)


class Band:
    """Selects what lies within a rectangle that is drawn from nothing."""

    def __init__(self, draft: Draft, at: Point, *, adds: bool) -> None:
        self._draft, self._at, self._to = draft, at, at
        self._before = set(draft.chosen) if adds else set()
        draft.choose(self._before)

    def place(self) -> Place:
        """The rectangle."""
        return around_all([Place(*self._at, 0, 0), Place(*self._to, 0, 0)])

    def to(self, at: Point, reach_mm: float) -> list[Guide]:
        """The mouse is there now."""
        self._to = at
        parts = enumerate(self._draft.parts())
        within = {number for number, part in parts if place_of(part).lies_within(self.place())}
        self._draft.choose(self._before | within)
        return []

    def end(self) -> None:
        """What is selected stays so."""

    def cancel(self) -> None:
        """Nothing more is selected."""
        self._draft.choose(self._before)


Gesture = Drag | Band


def part_at(draft: Draft, at: Point) -> int | None:
    """The topmost part at a point, a selected one before all others."""
    hits = [number for number, part in enumerate(draft.parts()) if _holds(place_of(part), at)]
    chosen = [number for number in hits if number in draft.chosen]
    if chosen and len(draft.chosen) > 1:
        return chosen[-1]
    return hits[-1] if hits else None


def handle_points(draft: Draft) -> dict[str, Point]:
    """Where the handles are; none unless one part is selected."""
    if len(draft.chosen) != 1:
        return {}
    place = place_of(draft.chosen_parts()[0])
    middle = place.x_mm + place.width_mm / 2, place.y_mm + place.height_mm / 2
    xs = {"w": place.x_mm, "e": place.right_mm}
    ys = {"n": place.y_mm, "s": place.bottom_mm}
    points = {}
    for handle in HANDLES:
        x = next((xs[side] for side in handle if side in xs), middle[0])
        y = next((ys[side] for side in handle if side in ys), middle[1])
        points[handle] = (x, y)
    return points


def handle_at(draft: Draft, at: Point, size_mm: float) -> str:
    """The handle at a point, '' for none; corners before edges."""
    points = handle_points(draft)
    for handle in sorted(points, key=len, reverse=True):
        x, y = points[handle]
        if abs(at[0] - x) <= size_mm / 2 and abs(at[1] - y) <= size_mm / 2:
            return handle
    return ""


def _holds(place: Place, at: Point) -> bool:
    wide = max(0.0, _THIN_REACH_MM - place.width_mm / 2) if place.width_mm < _THIN_REACH_MM else 0.0
    high = max(0.0, _THIN_REACH_MM - place.height_mm / 2) if place.height_mm < _THIN_REACH_MM else 0.0
    return (
        place.x_mm - wide <= at[0] <= place.right_mm + wide
        and place.y_mm - high <= at[1] <= place.bottom_mm + high
    )
