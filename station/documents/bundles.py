"""The bundle of each delegate: what the organiser's entitlements make of a category and a unit; pure."""

from collections.abc import Collection, Sequence

from station.errors import Refusal
from station.i18n import _
from station.model.delegate import Delegate
from station.model.document import BundleItem, BundleState, Document, Entitlement

Bundle = tuple[BundleItem, ...]


class Catalogue:
    """All documents of an event with who receives them; worked out once for each category and unit."""

    def __init__(self, documents: Sequence[Document], entitlements: Sequence[Entitlement]) -> None:
        self._documents = tuple(documents)
        self._rules: dict[str, list[Entitlement]] = {}
        for rule in entitlements:
            self._rules.setdefault(rule.document, []).append(rule)
        self._entitled: dict[tuple[str, str], frozenset[str]] = {}

    def bundle(self, delegate: Delegate, handed_out: Collection[str]) -> Bundle:
        """What a delegate is to receive, in order, each with its state.

        A document that was handed out stays in the bundle even when the delegate is no longer entitled to it.
        """
        entitled = self._entitled_codes(delegate.category, delegate.unit)
        return tuple(
            BundleItem(document, BundleState.HANDED_OUT if document.code in handed_out else BundleState.DUE)
            for document in self._documents
            if document.code in entitled or document.code in handed_out
        )

    def _entitled_codes(self, category: str, unit: str) -> frozenset[str]:
        key = (category, unit)
        if key not in self._entitled:
            self._entitled[key] = frozenset(
                code
                for code, rules in self._rules.items()
                if any(rule.category in ("", category) and rule.unit in ("", unit) for rule in rules)
            )
        return self._entitled[key]


def to_move(delegate: Delegate, bundle: Bundle, codes: Sequence[str] | None, state: BundleState) -> list[str]:
    """The codes among ``codes`` (the whole bundle, for None) that are still in ``state``, in bundle order.

    Raises Refusal for a document that is not in the delegate's bundle.
    """
    states = {item.document.code: item.state for item in bundle}
    for code in codes or ():
        if code not in states:
            raise Refusal(
                _("{name} is not entitled to the document {code}.").format(name=delegate.name, code=code)
            )
    return [code for code in states if states[code] is state and (codes is None or code in codes)]
