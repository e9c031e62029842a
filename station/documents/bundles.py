"""The bundle of each delegate: what the organiser's rules make of a category, a unit and a person; pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from station.errors import Refusal
from station.i18n import _
from station.model.delegate import Delegate, DelegateStatus
from station.model.document import BundleItem, BundleState, Document, Entitlement

Bundle = tuple[BundleItem, ...]
# Whether a session may be entered by a category and a unit: (session, category, unit).
Admits = Callable[[str, str, str], bool]


def admits_everybody(_session: str, _category: str, _unit: str) -> bool:
    """The rule of sessions for which there is none."""
    return True


class Catalogue:
    """All documents of an event with who receives them; worked out once for each category and unit.

    Inside, a set of documents is a number whose bits stand for them in their order: a hundred thousand delegates
    are then counted with a few operations each.

    Args:
        admits: who may enter a session, for rules that speak of one.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        entitlements: Iterable[Entitlement],
        admits: Admits = admits_everybody,
    ) -> None:
        self._documents = tuple(documents)
        self._admits = admits
        self._bits = {document.code: 1 << place for place, document in enumerate(self._documents)}
        offered = (document for document in self._documents if not document.withdrawn)
        self._offered = sum(self._bits[document.code] for document in offered)
        self._of_classes: dict[tuple[str, str], list[Entitlement]] = {}
        self._of_delegates: dict[str, list[Entitlement]] = {}
        for rule in entitlements:
            if rule.document not in self._bits:
                continue
            if rule.delegate:
                self._of_delegates.setdefault(rule.delegate, []).append(rule)
            else:
                self._of_classes.setdefault((rule.category, rule.unit), []).append(rule)
        self._classes: dict[tuple[str, str], tuple[int, int]] = {}

    def documents(self) -> tuple[Document, ...]:
        """All documents in their order."""
        return self._documents

    def bundle(
        self, delegate: Delegate, held: Mapping[str, str], left: Mapping[str, int] | None = None
    ) -> Bundle:
        """What a delegate is to receive, in order, each with its state.

        A document that was handed out stays in the bundle even when the delegate is no longer entitled to it; one
        that was handed out in another version is due again while the delegate is.

        Args:
            held: code and version of what the delegate has. left: printed copies by code, where they are counted.
        """
        entitled = self._mask(delegate)
        return tuple(self._items(entitled, held, left or {}))

    def entitled(self, delegate: Delegate) -> frozenset[str]:
        """The codes of the documents that a delegate is to receive."""
        mask = self._mask(delegate)
        return frozenset(code for code, bit in self._bits.items() if mask & bit)

    def masks(self, delegates: Iterable[Delegate]) -> list[int]:
        """For each delegate a number whose bit n stands for the document at place n."""
        return [self._mask(delegate) for delegate in delegates]

    def counts(self, delegates: Iterable[Delegate]) -> dict[str, int]:
        """How many of these delegates are to receive each document, by code."""
        return self.counts_of(Counter(self.masks(delegates)))

    def counts_of(self, masks: Mapping[int, int]) -> dict[str, int]:
        """How many delegates are to receive each document, from how often each number of :meth:`masks` occurs."""
        return {
            code: sum(count for mask, count in masks.items() if mask & bit)
            for code, bit in self._bits.items()
        }

    def _items(self, entitled: int, held: Mapping[str, str], left: Mapping[str, int]) -> Iterator[BundleItem]:
        for document in self._documents:
            code = document.code
            version = held.get(code, "")
            due = bool(entitled & self._bits[code]) and version != document.version
            if due or version:
                state = BundleState.DUE if due else BundleState.HANDED_OUT
                yield BundleItem(document, state, version, left.get(code))

    def _mask(self, delegate: Delegate) -> int:
        key = (delegate.category, delegate.unit)
        found = self._classes.get(key)
        if found is None:
            found = self._classes[key] = self._judged(self._rules_about(*key), *key)
        own = self._of_delegates.get(delegate.id)
        if own is None:
            return found[0] & ~found[1]
        granted, forbidden = self._judged(own, *key)
        return ((found[0] | granted) & ~(found[1] | forbidden)) & self._offered

    def _rules_about(self, category: str, unit: str) -> Iterator[Entitlement]:
        """The rules that name this category or none, and this unit or none."""
        for key in {("", ""), (category, ""), ("", unit), (category, unit)}:
            yield from self._of_classes.get(key, ())

    def _judged(self, rules: Iterable[Entitlement], category: str, unit: str) -> tuple[int, int]:
        """What these rules grant to and forbid a category and a unit."""
        granted = forbidden = 0
        for rule in rules:
            if (
                rule.category in ("", category)
                and rule.unit in ("", unit)
                and (not rule.session or self._admits(rule.session, category, unit))
            ):
                if rule.forbids:
                    forbidden |= self._bits[rule.document]
                else:
                    granted |= self._bits[rule.document]
        return granted & self._offered, forbidden


def receives(delegate: Delegate) -> bool:
    """Whether anything is handed out to a delegate at all: not to who was withdrawn or blocked."""
    return delegate.status not in (DelegateStatus.WITHDRAWN, DelegateStatus.BLOCKED)


def to_move(delegate: Delegate, bundle: Bundle, codes: Sequence[str] | None, state: BundleState) -> list[str]:
    """The codes among ``codes`` (the whole bundle, for None) that can go out (DUE) or back (HANDED_OUT), in order.

    An older version than the one that is due can do both. Raises Refusal for a document that is not in the
    delegate's bundle.
    """
    items = {item.document.code: item for item in bundle}
    for code in codes or ():
        if code not in items:
            raise Refusal(
                _("{name} is not entitled to the document {code}.").format(name=delegate.name, code=code)
            )
    back = state is BundleState.HANDED_OUT
    return [
        code
        for code, item in items.items()
        if (bool(item.held_version) if back else item.state is state) and (codes is None or code in codes)
    ]
