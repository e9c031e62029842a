"""People whose badges show whether a layout is good: the longest name, the shortest, one with a photo."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from station.badges.colours import NEUTRAL
from station.badges.fonts import Font, printable, width_em
from station.badges.texts import BadgeData
from station.model.delegate import Delegate
from station.text import fold

_PAYLOAD = "1" + "0123456789" * 4 + "321"  # as long as those of this program; nobody's
BUILT_IN = BadgeData(
    Delegate(
        id="",
        code="DB00000",
        name="Nguyễn Thị Ngọc Ánh",
        position="Phó Trưởng ban Tuyên giáo",
        unit="Liên đoàn Lao động tỉnh Thừa Thiên Huế",
        category="Đại biểu chính thức",
        phone="0912 345 678",
        email="ngocanh@example.org",
        seat="A-12",
        note="",
    ),
    _PAYLOAD,
    NEUTRAL,
)
_MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class Samples:
    """Those to choose from; where the roster is empty, they are all the person built in.

    Attributes:
        with_photo: None where nobody has a photo.
    """

    longest: BadgeData
    shortest: BadgeData
    with_photo: BadgeData | None


def samples_of(badges: Sequence[BadgeData], with_photo: Collection[str]) -> Samples:
    """The samples of a roster; ``with_photo`` holds the identities of those who have one."""
    if not badges:
        return Samples(BUILT_IN, BUILT_IN, None)
    by_width = sorted(badges, key=lambda badge: width_em(printable(badge.delegate.name), Font.BOLD))
    photo = next((badge for badge in reversed(by_width) if badge.delegate.id in with_photo), None)
    return Samples(by_width[-1], by_width[0], photo)


def found_in(badges: Sequence[BadgeData], text: str) -> list[BadgeData]:
    """Those whose name, code or unit holds every word, case and accents aside; at most forty."""
    words = fold(text).split()
    found: list[BadgeData] = []
    for badge in badges:
        person = badge.delegate
        said = fold(f"{person.name} {person.code} {person.unit}")
        if all(word in said for word in words):
            found.append(badge)
            if len(found) == _MOST_FOUND:
                break
    return found
