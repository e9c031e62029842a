"""Certificates of attendance: by which rule they are given, and what one is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

NUMBER = "{number}"
LONGEST_FORM = 60  # characters


class Basis(StrEnum):
    """Of what a share must have been attended."""

    SESSIONS = "sessions"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """Who gets a certificate.

    Attributes:
        percent: of the sessions, or their hours, that a delegate may enter; 1 to 100.
        sessions: identifiers of those that count, empty for all.
        number_form: how a number is written, with ``{number}`` in it, for example ``{number}/GCN``.
    """

    basis: Basis = Basis.SESSIONS
    percent: int = 80
    sessions: tuple[str, ...] = ()
    number_form: str = NUMBER

    def label(self, number: int) -> str:
        """A number as it stands on the paper."""
        return self.number_form.replace(NUMBER, f"{number:03d}")


@dataclass(frozen=True, slots=True)
class Certificate:
    """One that was issued; instance and number together are its own for ever.

    Attributes:
        instance: who gave the number. label: the number as it stands on the paper.
        name: of the delegate as printed; empty where the person was erased.
        sessions: identifiers of those attended. total: how many counted. minutes: attended, 0 where nobody said how
            long sessions last.
        issued_at: when it was issued last. station: where.
        revoked_at, why: None and empty while it is valid.
    """

    instance: str
    number: int
    label: str
    delegate: str
    name: str
    sessions: tuple[str, ...]
    total: int
    minutes: int
    issued_at: datetime
    station: str
    revoked_at: datetime | None = None
    why: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether it was not revoked."""
        return self.revoked_at is None
