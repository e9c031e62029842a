"""One list of codes from several looks at the same picture: each symbol once."""

from collections.abc import Iterable

from station.capture.frame import Code, Corners
from station.capture.zxing import ENGINE as ZXING

_SAME_PLACE = 0.3  # of the side: centres nearer than this
_SAME_SIZE = 0.6  # the smaller side is at least this part of the larger


def united(codes: Iterable[Code]) -> list[Code]:
    """Each payload once, as it was read first, and each place in the picture once.

    Where the engines disagree about one symbol zxing is believed: zbar puts zero bytes before a symbol of a
    series, and has no bytes of its own with an old library. A symbol drawn inside another is a symbol of its own.
    """
    found: dict[bytes, Code] = {}
    for code in sorted(codes, key=lambda code: code.engine != ZXING):
        if code.raw not in found and not any(_same_symbol(code, other) for other in found.values()):
            found[code.raw] = code
    return list(found.values())


def still_unread(unread: Iterable[Corners], codes: Iterable[Code]) -> list[Corners]:
    """The places, each once, at which none of the codes was read."""
    places: list[Corners] = []
    read = [code.corners for code in codes]
    for corners in unread:
        if not any(_near(corners, other) for other in [*read, *places]):
            places.append(corners)
    return places


def side_of(corners: Corners) -> float:
    """The longest side of the upright rectangle around the corners, pixels."""
    xs, ys = [x for x, _y in corners], [y for _x, y in corners]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _same_symbol(code: Code, other: Code) -> bool:
    sides = side_of(code.corners), side_of(other.corners)
    return (
        code.engine != other.engine
        and _near(code.corners, other.corners)
        and min(sides) >= _SAME_SIZE * max(sides)
    )


def _near(corners: Corners, other: Corners) -> bool:
    (x, y), (other_x, other_y) = _centre(corners), _centre(other)
    reach = _SAME_PLACE * max(side_of(corners), side_of(other))
    return abs(x - other_x) < reach and abs(y - other_y) < reach


def _centre(corners: Corners) -> tuple[float, float]:
    return sum(x for x, _y in corners) / 4, sum(y for _x, y in corners) / 4
