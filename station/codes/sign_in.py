"""The code of one row of a printed sign-in sheet: whose row, of which session, on which sheet."""

import hashlib
from dataclasses import dataclass

from station.codes.payload import SIGN_IN_ROW, EventKey, Parsed, make_payload

LAST_SHEET = 999


@dataclass(frozen=True, slots=True)
class SignInRow:
    """What the code of a row says.

    Attributes:
        delegate: identity. session_tag: see :func:`session_tag`. sheet: its number.
    """

    delegate: str
    session_tag: str
    sheet: int


def session_tag(session: str) -> str:
    """Five digits that tell the sessions of one event apart; a session keeps them wherever the programme moves it."""
    return f"{int.from_bytes(hashlib.sha256(session.encode()).digest()[:8]) % 10**5:05d}"


def make_row(key: EventKey, delegate: str, session: str, sheet: int) -> str:
    """The payload of a delegate's row. Raises ValueError for an identity or a sheet that does not fit."""
    instance, _dash, number = delegate.partition("-")
    if not 1 <= sheet <= LAST_SHEET or not (number.isascii() and number.isdigit()):
        raise ValueError(f"no row for {delegate!r} on sheet {sheet}")
    return make_payload(key, instance, int(number), SIGN_IN_ROW, f"{session_tag(session)}{sheet:03d}")


def row_of(own: Parsed) -> SignInRow:
    """What a parsed row says; only for the kind ``SIGN_IN_ROW``."""
    return SignInRow(f"{own.instance}-{own.serial}", own.more[:5], int(own.more[5:]))
