"""Who is who: which row of a roster file speaks of which delegate who is already there."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from station.model.delegate import Delegate
from station.roster.cells import ROWS_A_REPORT, Progress, unheard
from station.roster.units import spelling_key
from station.roster.validate import RosterRow, code_key, phone_digits
from station.text import folded

_ALIKE = 0.8  # of two names, as difflib counts it: “Lê An” and “Lê Anh”, not “Lê An” and “Bùi Chi”
_Fits = Callable[[RosterRow, Delegate], bool]


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found out.

    Attributes:
        delegates: the delegate of a row, by row number; rows that are not here bring somebody new.
        ambiguous: the delegates among whom a row cannot choose, by row number.
        by_name: rows whose delegate was recognised by name, unit or telephone: a person should confirm it.
    """

    delegates: Mapping[int, Delegate]
    ambiguous: Mapping[int, tuple[Delegate, ...]]
    by_name: frozenset[int] = frozenset()


def match_rows(
    rows: Sequence[RosterRow],
    existing: Sequence[Delegate],
    progress: Progress = unheard,
    apart: Collection[int] = (),
) -> Matches:
    """Find the delegate of every row.

    A row with a code is the delegate of that code, in any letter case or width. A row without one is, in this
    order, a delegate who has all its values; the only one of its name, unit and telephone number; the only one
    of its name and unit where either side lacks the number; the only one of its telephone number, where the unit is
    another one, or the name was put right. Units are the same in any spelling. A delegate is given to one row only.

    Args:
        apart: numbers of rows of which a person said that they bring somebody new, whatever their name.
    """
    pool = _Pool(existing, by_unit=any(row.unit is not None for row in rows))
    waiting = []
    for count, row in enumerate(rows):
        if count % ROWS_A_REPORT == 0:
            progress(count, len(rows))
        if row.code:
            pool.give(row, pool.by_code.get(code_key(row.code)))
        elif row.row not in apart:
            waiting.append(row)
    if not waiting:
        return Matches(pool.given, pool.ambiguous)
    pool.look_at_names(lambda _done, _total: progress(len(rows), len(rows) + 1))
    pool.give_where_identical(waiting)
    certain = set(pool.given)
    for fits in (_same_phone, _a_phone_is_missing):
        waiting = [row for row in waiting if row.row not in pool.given and row.row not in pool.ambiguous]
        pool.give_where_clear(waiting, fits)
    pool.give_by_phone(
        [row for row in waiting if row.row not in pool.given and row.row not in pool.ambiguous]
    )
    return Matches(pool.given, pool.ambiguous, frozenset(pool.given.keys() - certain))


class _Pool:
    """The delegates who are not yet given to a row; namesakes are those of one name and, if known, one unit."""

    def __init__(self, existing: Sequence[Delegate], *, by_unit: bool) -> None:
        self.given: dict[int, Delegate] = {}
        self.ambiguous: dict[int, tuple[Delegate, ...]] = {}
        self.by_code = {code_key(delegate.code): delegate for delegate in existing}
        self._existing = existing
        self._by_unit = by_unit
        self._namesakes: defaultdict[tuple[str, str], list[Delegate]] = defaultdict(list)
        self._taken: set[str] = set()

    def look_at_names(self, progress: Progress) -> None:
        """Get ready to find delegates by name; not needed where every row has a code."""
        for count, delegate in enumerate(self._existing):
            if count % ROWS_A_REPORT == 0:
                progress(count, len(self._existing))
            self._namesakes[self._key(delegate)].append(delegate)

    def _key(self, person: RosterRow | Delegate) -> tuple[str, str]:
        return folded(person.name), spelling_key(person.unit or "") if self._by_unit else ""

    def _free_namesakes(self, row: RosterRow) -> list[Delegate]:
        return [d for d in self._namesakes.get(self._key(row), []) if d.id not in self._taken]

    def give(self, row: RosterRow, delegate: Delegate | None) -> None:
        """Give a delegate, if any and still free, to a row."""
        if delegate is not None and delegate.id not in self._taken:
            self.given[row.row] = delegate
            self._taken.add(delegate.id)

    def give_where_identical(self, rows: Sequence[RosterRow]) -> None:
        """Give rows the delegates who have all their values: a file read again changes nothing.

        Not where there are more such delegates than such rows: who of them is meant, and who vanishes?
        """
        groups: defaultdict[tuple[str, ...], list[RosterRow]] = defaultdict(list)
        for row in rows:
            groups[tuple(row.given().values())].append(row)
        for group in groups.values():
            values = group[0].given().items()
            identical = [
                d for d in self._free_namesakes(group[0]) if all(getattr(d, f) == v for f, v in values)
            ]
            if len(identical) <= len(group):
                for row, delegate in zip(group, identical, strict=False):
                    self.give(row, delegate)

    def give_where_clear(self, rows: Sequence[RosterRow], fits: _Fits) -> None:
        """Give delegates to rows where each fits only the other; note the rest as ambiguous."""
        candidates = {row.row: [d for d in self._free_namesakes(row) if fits(row, d)] for row in rows}
        wanted = Counter(delegate.id for fitting in candidates.values() for delegate in fitting)
        for row in rows:
            fitting = candidates[row.row]
            if len(fitting) == 1 and wanted[fitting[0].id] == 1:
                self.give(row, fitting[0])
            elif fitting:
                self.ambiguous[row.row] = tuple(fitting)

    def give_by_phone(self, rows: Sequence[RosterRow]) -> None:
        """Give delegates who went to another unit or whose name was put right; where in doubt, nothing.

        A delegation often gives one number for all its people, so the number alone says nothing.
        """
        by_phone: defaultdict[str, list[Delegate]] = defaultdict(list)
        for delegate in self._existing:
            if delegate.id not in self._taken:
                by_phone[phone_digits(delegate.phone)].append(delegate)
        by_phone.pop("", None)
        candidates = {
            row.row: [d for d in by_phone.get(phone_digits(row.phone or ""), []) if self._is_akin(row, d)]
            for row in rows
        }
        wanted = Counter(delegate.id for fitting in candidates.values() for delegate in fitting)
        for row in rows:
            fitting = candidates[row.row]
            if len(fitting) == 1 and wanted[fitting[0].id] == 1:
                self.give(row, fitting[0])

    def _is_akin(self, row: RosterRow, delegate: Delegate) -> bool:
        """Whether somebody of the same telephone number has the same name, or one much like it in the same unit."""
        (name, unit), (other, other_unit) = self._key(row), self._key(delegate)
        if name == other:
            return True
        return unit == other_unit and _are_alike(name, other)


def _are_alike(name: str, other: str) -> bool:
    """Whether one folded name is the other with a word more, or with a slip."""
    fewer, more = sorted((set(name.split()), set(other.split())), key=len)
    return (len(fewer) > 1 and fewer <= more) or SequenceMatcher(None, name, other).ratio() >= _ALIKE


def _same_phone(row: RosterRow, delegate: Delegate) -> bool:
    phone = phone_digits(row.phone or "")
    return bool(phone) and phone == phone_digits(delegate.phone)


def _a_phone_is_missing(row: RosterRow, delegate: Delegate) -> bool:
    """Whether no two telephone numbers say that namesakes are different people."""
    return not (phone_digits(row.phone or "") and phone_digits(delegate.phone))
