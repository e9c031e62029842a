"""Documents, and the bundle of them that one delegate is to receive."""

from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """A file that also exists as paper, or an item that exists only as a thing."""

    FILE = "file"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Document:
    """Something delegates receive.

    Attributes:
        code: short identifier that people type, for example ``TL01``.
        number: place in the order of the bundle.
        file_name: name below ``documents/`` of the event folder; empty for printed-only items.
        sha256: of the file, lower-case hexadecimal; empty for printed-only items.
        pages: number of pages, 0 if unknown.
    """

    code: str
    number: int
    title: str
    title_en: str = ""
    kind: DocumentKind = DocumentKind.FILE
    file_name: str = ""
    sha256: str = ""
    pages: int = 0


# The badge where it is handed over like a document; no document of an organiser has such a code.
BADGE = Document("@badge", 1_000_000, "Thẻ đại biểu", "Badge", DocumentKind.PRINTED)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Who receives a document: everybody (both empty), one category, one unit, or that category of that unit."""

    document: str
    category: str = ""
    unit: str = ""


class BundleState(StrEnum):
    """Whether a document of a bundle still waits for the delegate."""

    DUE = "due"
    HANDED_OUT = "handed_out"


@dataclass(frozen=True, slots=True)
class BundleItem:
    """One line of a delegate's bundle.

    Attributes:
        received_by: the name of who received it for the delegate; empty for nobody else.
    """

    document: Document
    state: BundleState
    received_by: str = ""
