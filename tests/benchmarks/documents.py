"""Who gets what of very many delegates, beside the naive way: every rule for every delegate and document."""

import random
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from station.documents.bundles import Catalogue
from station.documents.matrix import Matrix
from station.model.delegate import Delegate
from station.model.document import Document, Entitlement

DELEGATES, DOCUMENTS = 100_000, 50
NAIVE = 10_000  # delegates the naive way is measured with; it takes ten times as long for all
Result = TypeVar("Result")


def run() -> list[tuple[str, ...]]:
    """Rows: what, delegates × documents, seconds, ratio to the naive way a delegate."""
    people, documents, rules = _event()
    naive_s, expected = _timed(lambda: _naive(people[:NAIVE], documents, rules))
    ours_s, matrix = _timed(lambda: _counted(people, documents, rules))
    small = Matrix(Catalogue(documents, rules), people[:NAIVE])
    assert dict(zip((d.code for d in documents), small.totals(), strict=True)) == expected
    naive_all_s = naive_s * DELEGATES / NAIVE
    bundles_s, _items = _timed(lambda: [len(Catalogue(documents, rules).bundle(people[0], {}))])
    return [
        ("every rule for each", f"{NAIVE:,} × {DOCUMENTS}", f"{naive_s:.2f}", "1.0"),
        (
            "by category and unit",
            f"{len(matrix.delegates):,} × {DOCUMENTS}",
            f"{ours_s:.2f}",
            f"{naive_all_s / ours_s:.0f} times quicker",
        ),
        ("a catalogue and its first bundle", f"1 × {DOCUMENTS}", f"{bundles_s:.4f}", ""),
    ]


def _event() -> tuple[list[Delegate], list[Document], list[Entitlement]]:
    chance = random.Random(7)
    categories = [f"Thành phần {n}" for n in range(6)]
    units = [f"Đơn vị {n}" for n in range(700)]
    people = [
        Delegate(f"1-{n}", f"DB{n:06d}", "An", unit=chance.choice(units), category=chance.choice(categories))
        for n in range(DELEGATES)
    ]
    documents = [Document(f"TL{n:02d}", n, f"Tài liệu {n}") for n in range(1, DOCUMENTS + 1)]
    rules: list[Entitlement] = []
    for document in documents:
        rules += [Entitlement(document.code, category=chance.choice(categories)) for _rule in range(3)]
        rules += [Entitlement(document.code, unit=chance.choice(units)) for _rule in range(10)]
        rules += [Entitlement(document.code, delegate=chance.choice(people).id) for _rule in range(20)]
        rules.append(Entitlement(document.code, unit=chance.choice(units), forbids=True))
    return people, documents, rules


def _counted(
    people: Sequence[Delegate], documents: Sequence[Document], rules: Sequence[Entitlement]
) -> Matrix:
    """Counts of each document and of each delegate."""
    matrix = Matrix(Catalogue(documents, rules), people)
    matrix.totals()
    assert len([matrix.total_of(place) for place in range(len(people))]) == len(people)
    return matrix


def _naive(
    people: Sequence[Delegate], documents: Sequence[Document], rules: Sequence[Entitlement]
) -> dict[str, int]:
    by_code = {d.code: [rule for rule in rules if rule.document == d.code] for d in documents}
    return {
        code: sum(
            any(_holds(rule, person) for rule in own if not rule.forbids)
            and not any(_holds(rule, person) for rule in own if rule.forbids)
            for person in people
        )
        for code, own in by_code.items()
    }


def _holds(rule: Entitlement, person: Delegate) -> bool:
    return (
        rule.category in ("", person.category)
        and rule.unit in ("", person.unit)
        and rule.delegate in ("", person.id)
    )


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result
