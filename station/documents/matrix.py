"""Who gets what: every delegate with every document, its totals, and what is to be printed for them; pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from station.documents.bundles import Catalogue, receives
from station.model.delegate import Delegate
from station.model.document import Document
from station.text import text_key


@dataclass(frozen=True, slots=True)
class Group:
    """Delegates with something in common.

    Attributes:
        names: what they have in common: a category, a unit, or both; empty texts for none.
        counts: how many of them receive each document, in the order of the documents.
    """

    names: tuple[str, ...]
    delegates: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What is to be printed of one document.

    Attributes:
        reserve: extra copies. copies: entitled and reserve together. pages: of one copy, 0 if unknown.
    """

    document: Document
    entitled: int
    reserve: int
    copies: int
    pages: int

    @property
    def sheets(self) -> int:
        """Sheets of paper printed on one side: pages × copies."""
        return self.pages * self.copies

    @property
    def sheets_two_sided(self) -> int:
        """Sheets of paper printed on both sides; every copy begins with a sheet of its own."""
        return -(-self.pages // 2) * self.copies


class Matrix:
    """Delegates and documents; whoever receives nothing at all (withdrawn, blocked) is left out."""

    def __init__(self, catalogue: Catalogue, delegates: Iterable[Delegate]) -> None:
        self._catalogue = catalogue
        self.documents = catalogue.documents()
        self.delegates = [delegate for delegate in delegates if receives(delegate)]
        self._masks = catalogue.masks(self.delegates)

    def marks(self, place: int) -> tuple[bool, ...]:
        """For the delegate at a place: whether they receive each document, in the order of the documents."""
        mask = self._masks[place]
        return tuple(bool(mask >> bit & 1) for bit in range(len(self.documents)))

    def receives(self, place: int, document: int) -> bool:
        """Whether the delegate at a place receives the document at another place."""
        return bool(self._masks[place] >> document & 1)

    def total_of(self, place: int) -> int:
        """How many documents the delegate at a place receives."""
        return self._masks[place].bit_count()

    def totals(self, places: Iterable[int] | None = None) -> tuple[int, ...]:
        """How many delegates receive each document: all, or those at some places."""
        masks = self._masks if places is None else [self._masks[place] for place in places]
        counts = self._catalogue.counts_of(Counter(masks))
        return tuple(counts[document.code] for document in self.documents)

    def groups(self, of: Callable[[Delegate], tuple[str, ...]], places: Sequence[int]) -> list[Group]:
        """The delegates at some places, grouped by what ``of`` says of each, in Vietnamese order."""
        members: dict[tuple[str, ...], list[int]] = {}
        for place in places:
            members.setdefault(of(self.delegates[place]), []).append(place)
        ordered = sorted(members.items(), key=lambda item: [text_key(name) for name in item[0]])
        return [Group(names, len(who), self.totals(who)) for names, who in ordered]


def by_category(delegate: Delegate) -> tuple[str, ...]:
    """Groups of one category."""
    return (delegate.category,)


def by_unit(delegate: Delegate) -> tuple[str, ...]:
    """Groups of one unit."""
    return (delegate.unit,)


def by_category_and_unit(delegate: Delegate) -> tuple[str, ...]:
    """Groups of one category of one unit."""
    return (delegate.category, delegate.unit)


def printing_order(matrix: Matrix) -> list[OrderLine]:
    """What is to be printed of every document that is not withdrawn, in order."""
    lines = []
    for document, entitled in zip(matrix.documents, matrix.totals(), strict=True):
        if not document.withdrawn:
            reserve = document.reserve.copies(entitled)
            lines.append(OrderLine(document, entitled, reserve, entitled + reserve, document.pages))
    return lines
