"""What is sent when a network is there: the states of a row of the outbox, and when a target is sent to."""

from enum import StrEnum


class RowState(StrEnum):
    """How far a file is on its way to one target."""

    PENDING = "pending"
    SENT = "sent"  # it went there; that it is there was not proved yet
    CONFIRMED = "confirmed"
    REFUSED = "refused"  # the target does not take it: kept and shown until a person closes it
    CLOSED = "closed"


OPEN_STATES = (RowState.PENDING, RowState.SENT)


class Mode(StrEnum):
    """When a target is sent to."""

    AUTOMATIC = "automatic"
    METERED = "metered"  # what is small goes by itself, workbooks only by hand
    MANUAL = "manual"


class SecretPlace(StrEnum):
    """Where the password for a target is kept."""

    NONE = "none"
    KEYRING = "keyring"  # the system's
    PASSWORD = "password"
