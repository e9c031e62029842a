"""What an answer of a web server means: taken, try again later, or a person has to look."""

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from station.i18n import _
from station.sync.target import Refused, Unreachable

LONGEST_RETRY_S = 3600.0
LATER = frozenset({408, 423, 425, 429, 500, 502, 503, 504})
NO_ROOM = 507
LOGIN_WANTED = 511
NOT_IMPLEMENTED = frozenset({501, 505})
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said.

    Attributes:
        host: which one, for sentences. body: empty where it was streamed elsewhere.
    """

    host: str
    status: int
    headers: Message
    body: bytes = b""

    @property
    def media_type(self) -> str:
        """Without parameters, lower case; '' where the server says none."""
        return str(self.headers.get("Content-Type", "")).partition(";")[0].strip().lower()

    @property
    def is_page(self) -> bool:
        """HTML, which no protocol of ours has."""
        return self.media_type in ("text/html", "application/xhtml+xml")


def accept(answer: Answer, *expected: int) -> None:
    """Go on where the status is an expected one.

    Raises Unreachable (a login page; busy, out of order), Refused (the name, the password, the file).
    """
    check_login(answer)
    if answer.status not in expected:
        raise trouble(answer)


def check_login(answer: Answer) -> None:
    """Raises Unreachable where a network, not the server, has answered: with a page or by sending elsewhere."""
    page = answer.is_page and answer.status in (200, 203, 207)
    if page or 300 <= answer.status < 400 or answer.status == LOGIN_WANTED:
        raise wants_login()


def wants_login() -> Unreachable:
    """The fault of a network that lets nobody through yet."""
    return Unreachable(
        _(
            "No connection: the network wants a login page. Open it in a browser; where the network is open "
            "already, check the address."
        ),
        wants_login=True,
    )


def strange(host: str) -> Unreachable:
    """The fault of an answer that the protocol does not have."""
    return Unreachable(_("{host} answered something that was not asked for.").format(host=host))


def trouble(answer: Answer) -> Unreachable | Refused:
    """What an unexpected status means."""
    if answer.status in LATER or answer.status == NO_ROOM:
        return _later(answer)
    if answer.status in (401, 403):
        return Refused(
            _(
                "{host} does not let this station in: the name or password is wrong, or may not write there."
            ).format(host=answer.host)
        )
    if 400 <= answer.status < 500 or answer.status in NOT_IMPLEMENTED:
        return _refused(answer)
    if answer.status >= 500:
        return _later(answer)
    return strange(answer.host)


def _later(answer: Answer) -> Unreachable:
    if answer.status == NO_ROOM:
        sentence = _("There is no room left on {host}.")
    else:
        sentence = _("{host} is busy or out of order (answer {status}).")
    return Unreachable(
        sentence.format(host=answer.host, status=answer.status), retry_after_s=retry_after_s(answer.headers)
    )


def _refused(answer: Answer) -> Refused:
    reason = _reason(answer)
    if reason:
        sentence = _("{host} does not take this (answer {status}): {reason}")
    else:
        sentence = _("{host} does not take this (answer {status}).")
    return Refused(sentence.format(host=answer.host, status=answer.status, reason=reason))


def _reason(answer: Answer) -> str:
    """The server's own words where they are plain text, on one line, and not too many."""
    if answer.media_type != "text/plain":
        return ""
    words = answer.body[: 4 * LONGEST_REASON].decode("utf-8", "ignore")
    printable = "".join(letter if letter.isprintable() else " " for letter in words)
    return re.sub(r" +", " ", printable).strip()[:LONGEST_REASON]


def retry_after_s(headers: Message) -> float | None:
    """How long a server asks to wait (RFC 9110, 10.2.3), at most an hour; None where it asks nothing that makes sense.

    A date counts from the server's own ``Date``, since clocks of laptops are wrong.
    """
    text = str(headers.get("Retry-After", "")).strip()
    if re.fullmatch(r"-?[0-9]{1,15}", text):
        return min(max(float(text), 0.0), LONGEST_RETRY_S)
    until, now = _instant(text), _instant(str(headers.get("Date", ""))) or datetime.now(UTC)
    if until is None:
        return None
    seconds = (until - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST_RETRY_S) if math.isfinite(seconds) else None


def _instant(text: str) -> datetime | None:
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
