"""Where elements go: aligned, spread evenly, made alike, caught while they are dragged."""

import pytest

from station.badges.layouts.arranging import Guide, aligned, alike, distributed, lines_of, moved, resized
from station.badges.layouts.model import Place
from station.badges.layouts.samples import BUILT_IN, found_in, samples_of
from station.badges.texts import BadgeData
from station.model.delegate import Delegate

CARD = Place(0, 0, 100, 60)
LINES = lines_of([Place(10, 10, 20, 10)], CARD)


@pytest.mark.parametrize(
    ("edge", "x", "y"),
    [("left", 10, 30), ("centre", 25, 30), ("right", 40, 30), ("top", 20, 5), ("middle", 20, 17.5), ("bottom", 20, 30)],
)  # fmt: skip
def test_several_are_aligned_with_one_another(edge: str, x: float, y: float) -> None:
    places = [Place(10, 5, 50, 30), Place(20, 30, 20, 10)]

    assert aligned(places, edge, CARD)[1] == Place(x, y, 20, 10)  # type: ignore[arg-type]


def test_a_single_one_is_aligned_with_the_card() -> None:
    assert aligned([Place(3, 3, 20, 10)], "centre", CARD) == [Place(40, 3, 20, 10)]


def test_gaps_become_equal_and_the_outer_ones_stay() -> None:
    places = [Place(80, 0, 10, 5), Place(0, 0, 10, 5), Place(12, 0, 20, 5)]

    assert [place.x_mm for place in distributed(places, across=True)] == [80, 0, 35]
    assert alike(places, across=True)[2].width_mm == 10


def test_a_dragged_one_is_caught_by_edges_and_middles_else_by_the_grid() -> None:
    caught, guides = moved(Place(40, 40, 20, 10), (-10.4, 0.3), LINES, 0.5)
    assert (caught, guides) == (Place(30, 40, 20, 10), [Guide(True, 50), Guide(True, 30)])

    centred, guides = moved(Place(20, 40, 20, 10), (20.3, 0), LINES, 0.5)
    assert (centred.x_mm, guides) == (40, [Guide(True, 50)])

    on_grid, guides = moved(Place(63.2, 43.3, 20, 10), (0.1, 0.1), LINES, 0.5)
    assert (on_grid, guides) == (Place(63, 43, 20, 10), [])

    free, guides = moved(Place(40, 40, 20, 10), (-10.4, 0.3), LINES, 0)
    assert (round(free.x_mm, 3), round(free.y_mm, 3), guides) == (29.6, 40.3, [])


def test_a_handle_moves_its_own_edges_only_and_never_past_the_others() -> None:
    place = Place(40, 30, 20, 10)

    assert resized(place, "e", (29.7, 5), LINES, 0.2)[0] == Place(40, 30, 50, 10)
    assert resized(place, "nw", (-10.1, -9.9), LINES, 0.5) == (
        Place(30, 20, 30, 20),
        [Guide(True, 30), Guide(False, 20)],
    )
    assert resized(place, "w", (50, 0), LINES, 0)[0] == Place(59, 30, 1, 10)
    assert resized(Place(10, 10, 30, 30), "se", (10, 2), LINES, 0, square=True)[0] == Place(10, 10, 40, 40)
    assert resized(Place(10, 10, 30, 30), "nw", (5, 8), LINES, 0, square=True)[0] == Place(15, 15, 25, 25)


def test_samples_are_the_longest_and_shortest_name_and_one_with_a_photo() -> None:
    people = [
        BadgeData(Delegate(str(number), f"DB{number}", name), "1")
        for number, name in enumerate(["Lê An", "Nguyễn Thị Hoàng Phương Thảo", "Đỗ Mười Hai"])
    ]

    found = samples_of(people, {"0", "2"})

    assert [found.longest, found.shortest, found.with_photo] == [people[1], people[0], people[2]]
    assert found_in(people, "do muoi") == [people[2]]
    assert samples_of([], ()).longest is BUILT_IN
