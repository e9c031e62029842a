"""Documents, their versions, who receives them, and the bundle of them that one delegate is to receive."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

FIRST_VERSION = "1"


class DocumentKind(StrEnum):
    """A file that also exists as paper, or an item that exists only as a thing."""

    FILE = "file"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Copies to print beyond those for who is entitled: a number, or a share of them in percent."""

    amount: int = 0
    is_percent: bool = False

    def copies(self, entitled: int) -> int:
        """How many copies that is; a share is rounded up."""
        return -(-entitled * self.amount // 100) if self.is_percent else self.amount

    def __str__(self) -> str:
        return f"{self.amount}%" if self.is_percent else str(self.amount)


@dataclass(frozen=True, slots=True)
class Document:
    """Something delegates receive.

    Attributes:
        code: short identifier that people type, for example ``TL01``.
        number: place in the order of the bundle.
        file_name: name below ``documents/`` of the event folder; empty for printed-only items.
        sha256: of the file, lower-case hexadecimal; empty for printed-only items.
        pages: number of pages, 0 if unknown. bytes: size of the file, 0 if unknown.
        version: what people call the present one, for example ``2`` or ``v1.1``.
        language: ``vi``, ``en``, or empty for any other or none.
        stock: printed copies there were before the first was handed out; None where nobody counts them.
        withdrawn: handed out to nobody any more; whoever has it keeps it.
    """

    code: str
    number: int
    title: str
    title_en: str = ""
    kind: DocumentKind = DocumentKind.FILE
    file_name: str = ""
    sha256: str = ""
    pages: int = 0
    bytes: int = 0
    version: str = FIRST_VERSION
    language: str = ""
    stock: int | None = None
    reserve: Reserve = Reserve()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """What a document was before its present version."""

    document: str
    version: str
    file_name: str
    sha256: str
    bytes: int
    pages: int
    replaced_at: datetime


# The badge where it is handed over like a document; no document of an organiser has such a code.
BADGE = Document("@badge", 1_000_000, "Thẻ đại biểu", "Badge", DocumentKind.PRINTED)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Whom a rule speaks of: everybody of whom each part that is not empty is true.

    Attributes:
        document: code of the document.
        session: its identifier; meant are those who may enter it.
        delegate: internal identity.
        forbids: these never receive it, whatever the other rules say.
    """

    document: str
    category: str = ""
    unit: str = ""
    session: str = ""
    delegate: str = ""
    forbids: bool = False


class BundleState(StrEnum):
    """Whether a document of a bundle still waits for the delegate."""

    DUE = "due"
    HANDED_OUT = "handed_out"


@dataclass(frozen=True, slots=True)
class BundleItem:
    """One line of a delegate's bundle.

    Attributes:
        state: due again when the delegate has another version than the present one.
        held_version: the version the delegate has; empty for none.
        left: printed copies that are left; None where nobody counts them.
        copied_version: the version that was copied to the delegate's own stick; empty for none.
        received_by: the name of who received it for the delegate; empty for nobody else.
    """

    document: Document
    state: BundleState
    held_version: str = ""
    left: int | None = None
    copied_version: str = ""
    received_by: str = ""

    @property
    def is_copied(self) -> bool:
        """Whether the delegate has the present version on a stick."""
        return self.copied_version == self.document.version

    @property
    def is_outdated(self) -> bool:
        """Whether the delegate has another version than the one that is due."""
        return self.state is BundleState.DUE and bool(self.held_version)

    @property
    def is_out_of_stock(self) -> bool:
        """Whether it is due and no printed copy is left."""
        return self.state is BundleState.DUE and self.left == 0
