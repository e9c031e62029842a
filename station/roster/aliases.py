"""What an event knows of spellings: which are read as another name, and which look like one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from station.errors import Problem
from station.i18n import ngettext
from station.model.delegate import Delegate
from station.model.unit import Kind
from station.roster.units import Suggestion, suggestions
from station.roster.validate import RosterRow
from station.store import units
from station.store.connection import ReadConnection

Person = TypeVar("Person", RosterRow, Delegate)


@dataclass(frozen=True, slots=True)
class Aliases:
    """Spellings with the name each is read as, because the organiser renamed or merged it."""

    units: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)

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
    return Aliases(units.aliases(connection, Kind.UNIT), units.aliases(connection, Kind.CATEGORY))


def suggestions_of(connection: ReadConnection, kind: Kind) -> list[Suggestion]:
    """Names of this event that look like one and were not told apart."""
    counts = {division.name: division.delegates for division in units.divisions(connection, kind)}
    return suggestions(counts, units.told_apart(connection, kind))
