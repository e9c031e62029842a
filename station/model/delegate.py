"""A person on the roster."""

from dataclasses import dataclass
from enum import StrEnum

from station.text import SortKey, sort_key, text_key


class DelegateStatus(StrEnum):
    """Whether a delegate may come; only ``withdrawn`` and ``blocked`` are refused at the desk."""

    ACTIVE = "active"
    VANISHED = "vanished"  # no longer in the latest roster file; admitted until the organiser withdraws them
    WITHDRAWN = "withdrawn"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person on the roster.

    Attributes:
        id: internal identity, ``instance-number``; never changes.
        code: short identifier readable by people (``DB00001``), on roster and badge.
        position: chức vụ.
        unit: đơn vị, the body the delegate comes from.
        category: thành phần (official, invited, organiser, press …).
        external_payload: payload of a code that someone else printed, trimmed; empty if none.
        citizen_id: number of the identity card, digits; empty if none. Only compared, never shown or exported.
        extra: what else the roster says: heading and text, in the order of its columns.
    """

    id: str
    code: str
    name: str
    position: str = ""
    unit: str = ""
    category: str = ""
    phone: str = ""
    email: str = ""
    seat: str = ""
    note: str = ""
    external_payload: str = ""
    citizen_id: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    status: DelegateStatus = DelegateStatus.ACTIVE

    @property
    def sort_key(self) -> tuple[SortKey, SortKey, SortKey]:
        """The place in every list, table and report: by name; namesakes by unit, then by code."""
        return sort_key(self.name), text_key(self.unit), text_key(self.code)
