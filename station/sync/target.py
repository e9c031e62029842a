"""What every kind of target can do, so that a new kind is one file; what may come of it is said by exceptions."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from station.errors import EnvironmentFault, Refusal


class Kind(StrEnum):
    """The kinds of targets; the value is what ``targets add`` and the database say."""

    FOLDER = "folder"
    WEBDAV = "webdav"
    ENDPOINT = "https"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a target is.

    Attributes:
        url: a path, or an address. user: '' for none. ca: file with the certificate authority to trust beside the
            system's, None for none.
    """

    kind: Kind
    url: str
    user: str = ""
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be sent.

    Attributes:
        name: under which it arrives, portable, without folders. path: where it lies here, complete.
        media_type: of the content. event: the event's identity. sha256: hexadecimal.
    """

    name: str
    path: Path
    bytes: int
    sha256: str
    media_type: str
    event: str


class Unreachable(EnvironmentFault):
    """There is no way to the target now: try again later, nothing is lost.

    Attributes:
        retry_after_s: what the target asked for, None where it did not. wants_login: a network wants a login page.
    """

    def __init__(
        self, message: str, *, retry_after_s: float | None = None, wants_login: bool = False
    ) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.wants_login = wants_login


class Refused(Refusal):
    """The target answered that it does not take this file, and will not later: a person has to look."""


class Target(ABC):
    """A place that takes files. One thread uses it at a time; every call ends within a deadline of its own."""

    @abstractmethod
    def test(self) -> None:
        """Prove that the target answers and lets this station in. Raises Unreachable, Refused."""

    @abstractmethod
    def send(self, item: Item) -> None:
        """Bring the file there under its name, never over another one, never half. Sending it twice changes nothing.

        Raises Unreachable, Refused; also where another content is there under that name.
        """

    @abstractmethod
    def holds(self, item: Item) -> bool:
        """Whether exactly this content is there, by the target's own word or by reading it back.

        Raises Unreachable, Refused.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of connections."""
