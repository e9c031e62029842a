"""The layout being edited: its parts, what is selected, and every step to take back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from station.badges.layouts.arranging import Edge, aligned, alike, distributed
from station.badges.layouts.model import BadgeLayout, Place
from station.badges.layouts.parts import FRONT, Part, parts_of, place_of, placed, plain, side_of, with_parts

_MOST_STEPS = 500
_BESIDE_MM = 3.0  # a copy stands so far from what it is a copy of


@dataclass(frozen=True, slots=True)
class Step:
    """What undo goes back to."""

    layout: BadgeLayout
    side: str
    chosen: tuple[int, ...]


class Draft(QObject):
    """One layout; parts are named by their place on the side, from 0, the lowest layer first.

    Attributes:
        layout: as it is now. side: the one on show. chosen: the selected parts, in their order.

    Signals:
        changed: the layout is another.
        selected: other parts are selected, or the other side is shown.
    """

    changed = Signal()
    selected = Signal()

    def __init__(self, layout: BadgeLayout, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layout = plain(layout)
        self.side = FRONT
        self.chosen: tuple[int, ...] = ()
        self._saved = self.layout
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._merge = ""

    # What there is.

    def parts(self) -> list[Part]:
        """Those of the side on show."""
        return parts_of(side_of(self.layout, self.side))

    def chosen_parts(self) -> list[Part]:
        """The selected ones."""
        parts = self.parts()
        return [parts[number] for number in self.chosen]

    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return _without_pictures(self.layout) != _without_pictures(self._saved)

    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._redo)

    # Selecting.

    def choose(self, numbers: Iterable[int]) -> None:
        """Select these parts only."""
        chosen = tuple(sorted(set(numbers)))
        self._merge = ""
        if chosen != self.chosen:
            self.chosen = chosen
            self.selected.emit()

    def choose_all(self) -> None:
        """Select every part of the side."""
        self.choose(range(len(self.parts())))

    def show_side(self, side: str) -> None:
        """Show ``front`` or ``back``, nothing of it selected."""
        if side != self.side:
            self.side, self.chosen, self._merge = side, (), ""
            self.selected.emit()

    # Changing.

    def change(self, layout: BadgeLayout, chosen: Iterable[int] | None = None, *, merge: str = "") -> None:
        """Make the layout another; steps with the same ``merge`` one after the other are taken back as one."""
        now = self.chosen if chosen is None else tuple(sorted(set(chosen)))
        if layout == self.layout and now == self.chosen:
            return
        if not merge or merge != self._merge:
            self._undo.append(Step(self.layout, self.side, self.chosen))
            del self._undo[:-_MOST_STEPS]
        self._merge = merge
        self._redo.clear()
        self._take(Step(layout, self.side, now))

    def change_parts(
        self, parts: Sequence[Part], chosen: Iterable[int] | None = None, *, merge: str = ""
    ) -> None:
        """Put other parts on the side on show."""
        self.change(with_parts(self.layout, self.side, parts), chosen, merge=merge)

    def change_chosen(self, changed: Callable[[Part], Part], *, merge: str = "") -> None:
        """Change every selected part."""
        parts = self.parts()
        for number in self.chosen:
            parts[number] = changed(parts[number])
        self.change_parts(parts, merge=merge)

    def put(self, places: Sequence[Place], *, merge: str = "") -> None:
        """Other places for the selected parts, in their order."""
        parts = self.parts()
        for number, place in zip(self.chosen, places, strict=True):
            parts[number] = placed(parts[number], place)
        self.change_parts(parts, merge=merge)

    def nudge(self, x_mm: float, y_mm: float) -> None:
        """Move what is selected a little."""
        places = [place_of(part) for part in self.chosen_parts()]
        moved = [replace(place, x_mm=place.x_mm + x_mm, y_mm=place.y_mm + y_mm) for place in places]
        self.put(moved, merge="nudge")

    def add(self, parts: Sequence[Part]) -> None:
        """Put parts on top, selected."""
        there = self.parts()
        self.change_parts([*there, *parts], range(len(there), len(there) + len(parts)))

    def remove(self) -> None:
        """Take away what is selected."""
        kept = [part for number, part in enumerate(self.parts()) if number not in self.chosen]
        self.change_parts(kept, ())

    def duplicate(self) -> None:
        """Put copies of what is selected on top, a little beside."""
        copies = []
        for part in self.chosen_parts():
            place = place_of(part)
            beside = replace(place, x_mm=place.x_mm + _BESIDE_MM, y_mm=place.y_mm + _BESIDE_MM)
            copies.append(placed(part, beside))
        if copies:
            self.add(copies)

    def align(self, edge: Edge) -> None:
        """Align what is selected, a single part with the card."""
        if self.chosen:
            self.put(aligned(self._places(), edge, self.layout.card))

    def distribute(self, *, across: bool) -> None:
        """Make the gaps between what is selected equal."""
        self.put(distributed(self._places(), across=across))

    def make_alike(self, *, across: bool) -> None:
        """Make what is selected as wide, or as high, as the lowest of it."""
        if self.chosen:
            self.put(alike(self._places(), across=across))

    def raise_by(self, steps: int) -> None:
        """Bring what is selected so many layers forward, or back below 0."""
        parts = self.parts()
        order = list(range(len(parts)))
        chosen = list(self.chosen)
        for _step in range(min(abs(steps), len(parts))):
            order = _shifted(order, chosen, forward=steps > 0)
        self.change_parts([parts[n] for n in order], [order.index(number) for number in chosen])

    # Steps back and on.

    def undo(self) -> None:
        """Take the last step back."""
        if self._undo:
            self._redo.append(Step(self.layout, self.side, self.chosen))
            self._go(self._undo.pop())

    def redo(self) -> None:
        """Do what was taken back again."""
        if self._redo:
            self._undo.append(Step(self.layout, self.side, self.chosen))
            self._go(self._redo.pop())

    def note_saved(self, layout: BadgeLayout) -> None:
        """This is what the file says now; its name may be another."""
        self._saved = layout
        self._undo = [replace(step, layout=replace(step.layout, name=layout.name)) for step in self._undo]
        self._redo = [replace(step, layout=replace(step.layout, name=layout.name)) for step in self._redo]
        self._merge = ""
        self.layout = layout
        self.changed.emit()

    def _places(self) -> list[Place]:
        return [place_of(part) for part in self.chosen_parts()]

    def _go(self, step: Step) -> None:
        self._merge = ""
        side_before = self.side
        self.side = step.side
        self._take(step, always=side_before != step.side)

    def _take(self, step: Step, *, always: bool = False) -> None:
        others = always or step.chosen != self.chosen
        self.layout, self.chosen = step.layout, step.chosen
        self.changed.emit()
        if others:
            self.selected.emit()


def _without_pictures(layout: BadgeLayout) -> BadgeLayout:
    """Elements name theirs; one that is known and not shown is no change."""
    return replace(layout, pictures={})


def _shifted(order: list[int], chosen: list[int], *, forward: bool) -> list[int]:
    """One layer on: each chosen one changes places with its neighbour, unless that is chosen, too."""
    result = list(order)
    for place in range(len(result) - 2, -1, -1) if forward else range(1, len(result)):
        other = place + 1 if forward else place - 1
        if result[place] in chosen and result[other] not in chosen:
            result[place], result[other] = result[other], result[place]
    return result
