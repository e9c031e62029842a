"""Who is who: which row of a roster file speaks of which delegate who is already there."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from station.model.delegate import Delegate
from station.roster.validate import RosterRow, code_key, phone_digits
from station.text import fold

_Fits = Callable[[RosterRow, Delegate], bool]


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found out.

    Attributes:
        delegates: the delegate of a row, by row number; rows that are not here bring somebody new.
        ambiguous: the delegates among whom a row cannot choose, by row number.
    """

    delegates: Mapping[int, Delegate]
    ambiguous: Mapping[int, tuple[Delegate, ...]]


def match_rows(rows: Sequence[RosterRow], existing: Iterable[Delegate]) -> Matches:
    """Find the delegate of every row.

    A row with a code is the delegate of that code, in any letter case or width. A row without one is, in this
    order, the delegate who has all its values; the only one of its name, unit and telephone number; the only one
    of its name and unit where either side lacks the number. A delegate is given to one row only.
    """
    pool = _Pool(existing)
    for row in rows:
        if row.code:
            pool.give(row, pool.by_code.get(code_key(row.code)))
    waiting = [row for row in rows if not row.code]
    for row in waiting:
        pool.give(row, next(iter(pool.fitting(row, _has_all_values)), None))
    for fits in (_same_person_and_phone, _same_person):
        waiting = [row for row in waiting if row.row not in pool.given and row.row not in pool.ambiguous]
        pool.give_where_clear(waiting, fits)
    return Matches(pool.given, pool.ambiguous)


class _Pool:
    """The delegates who are not yet given to a row."""

    def __init__(self, existing: Iterable[Delegate]) -> None:
        self.given: dict[int, Delegate] = {}
        self.ambiguous: dict[int, tuple[Delegate, ...]] = {}
        self.by_code: dict[str, Delegate] = {}
        self._by_name: defaultdict[str, list[Delegate]] = defaultdict(list)
        self._taken: set[str] = set()
        for delegate in existing:
            self.by_code[code_key(delegate.code)] = delegate
            self._by_name[fold(delegate.name)].append(delegate)

    def give(self, row: RosterRow, delegate: Delegate | None) -> None:
        if delegate is not None and delegate.id not in self._taken:
            self.given[row.row] = delegate
            self._taken.add(delegate.id)

    def fitting(self, row: RosterRow, fits: _Fits) -> list[Delegate]:
        namesakes = self._by_name.get(fold(row.name), [])
        return [delegate for delegate in namesakes if delegate.id not in self._taken and fits(row, delegate)]

    def give_where_clear(self, rows: Sequence[RosterRow], fits: _Fits) -> None:
        """Give delegates to rows where each fits only the other; note the rest as ambiguous."""
        candidates = {row.row: self.fitting(row, fits) for row in rows}
        wanted = Counter(delegate.id for fitting in candidates.values() for delegate in fitting)
        for row in rows:
            fitting = candidates[row.row]
            if len(fitting) == 1 and wanted[fitting[0].id] == 1:
                self.give(row, fitting[0])
            elif fitting:
                self.ambiguous[row.row] = tuple(fitting)


def _has_all_values(row: RosterRow, delegate: Delegate) -> bool:
    return all(getattr(delegate, field) == value for field, value in row.given().items())


def _same_unit(row: RosterRow, delegate: Delegate) -> bool:
    return row.unit is None or fold(row.unit) == fold(delegate.unit)


def _same_person_and_phone(row: RosterRow, delegate: Delegate) -> bool:
    phone = phone_digits(row.phone or "")
    return bool(phone) and phone == phone_digits(delegate.phone) and _same_unit(row, delegate)


def _same_person(row: RosterRow, delegate: Delegate) -> bool:
    """Same name and unit, where a telephone number on either side is missing and so cannot say otherwise."""
    phones_known = phone_digits(row.phone or "") and phone_digits(delegate.phone)
    return not phones_known and _same_unit(row, delegate)
