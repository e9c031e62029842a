"""What an event knows of spellings: which are read as another name, and which look like one."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from station.errors import Problem
from station.i18n import _, ngettext
from station.model.delegate import Delegate
from station.model.unit import Kind
from station.roster.units import Suggestion, suggestions
from station.roster.validate import RosterRow
from station.store import units
from station.store.connection import ReadConnection

Person = TypeVar("Person", RosterRow, Delegate)


@dataclass(frozen=True, slots=True)
class Aliases:
    """Spellings with the name each is read as, because the organiser renamed or merged it.

    Attributes:
        told_apart: groups of units of which the organiser said that they are different ones.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    told_apart: Collection[frozenset[str]] = ()

    def read(self, person: Person) -> Person:
        """A row or delegate with the names that count."""
        unit, category = person.unit or "", person.category or ""
        if unit in self.units or category in self.categories:
            return replace(
                person,
                unit=self.units.get(unit, person.unit),
                category=self.categories.get(category, person.category),
            )
        return person

    def notices(self, rows: Sequence[RosterRow]) -> list[Problem]:
        """How many rows say each spelling, with the first of them."""
        return [
            *_notices(((row.row, row.unit) for row in rows), self.units),
            *_notices(((row.row, row.category) for row in rows), self.categories),
        ]


def spelling_notices(
    rows: Sequence[RosterRow], existing: Iterable[Delegate], told_apart: Collection[frozenset[str]] = ()
) -> list[Problem]:
    """Units of a file that differ only in letter case, accents, punctuation or abbreviations from each other or
    from one that is on the roster.
    """
    first: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        if row.unit:
            first.setdefault(row.unit, row.row)
            counts[row.unit] += 1
    found = []
    there = Counter(delegate.unit for delegate in existing if delegate.unit and delegate.unit not in counts)
    for suggestion in suggestions(counts + there, told_apart):
        places = [first[unit] for unit, _count in suggestion.spellings if unit in first]
        if not places:
            continue
        (usual, count), *others = suggestion.spellings
        message = _(
            "One unit is spelt in several ways: “{usual}” ({count} times), also {others}. "
            "They become one under Prepare, Categories and units."
        )
        said = ", ".join(f"“{other}”" for other, _count in others)
        text = message.format(usual=usual, count=count, others=said)
        found.append(Problem(min(places), None, "UNIT_SPELT", text))
    return sorted(found, key=lambda notice: notice.row or 0)


def _notices(said: Iterable[tuple[int, str | None]], names: Mapping[str, str]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for row, spelling in said:
        if spelling is not None and spelling in names:
            first.setdefault(spelling, row)
            counts[spelling] += 1
    for spelling, count in counts.items():
        text = ngettext(
            "{count} row says “{spelling}”, which is read as “{name}”, as decided under Categories and units.",
            "{count} rows say “{spelling}”, which is read as “{name}”, as decided under Categories and units.",
            count,
        ).format(count=count, spelling=spelling, name=names[spelling])
        yield Problem(first[spelling], None, "READ_AS", text)


def aliases_of(connection: ReadConnection) -> Aliases:
    """What the organiser of this event decided."""
    return Aliases(
        units.aliases(connection, Kind.UNIT),
        units.aliases(connection, Kind.CATEGORY),
        units.told_apart(connection, Kind.UNIT),
    )


def suggestions_of(connection: ReadConnection, kind: Kind) -> list[Suggestion]:
    """Names of this event that look like one and were not told apart."""
    counts = {division.name: division.delegates for division in units.divisions(connection, kind)}
    return suggestions(counts, units.told_apart(connection, kind))
