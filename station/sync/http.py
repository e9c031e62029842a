"""A small client for web targets: one server, TLS verified, redirects never followed, all under a deadline."""

import base64
import http.client
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from station.i18n import _, ngettext
from station.right_of_way import give_way
from station.sync.answers import Answer, strange
from station.sync.connect import Deadline, Place, connect, trust
from station.sync.target import Item, Refused, Unreachable

DEADLINE_S = 30.0
SLOWEST_BYTES_PER_S = 8 * 1024  # content adds to the deadline what a poor line needs for it
LONGEST_BODY_BYTES = 64 * 1024
PIECE_BYTES = 64 * 1024
_ENDED = (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError)
IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE", "PROPFIND"})

Take = Callable[[bytes], bool]


class _Stale(Exception):
    """A kept connection had ended before anything of an answer came."""


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    file: Item | None
    take: Take | None

    @property
    def size_bytes(self) -> int:
        return self.file.bytes if self.file else len(self.body)


def basic(user: str, password: str) -> str:
    """The Authorization header of a user (RFC 7617). Raises Refused for a name that the scheme cannot carry."""
    if ":" in user:
        raise Refused(_("A user name cannot hold a colon."))
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def bearer(token: str) -> str:
    """The Authorization header of a token (RFC 6750). Raises Refused for what cannot be one; never shows it."""
    if not token or not all("!" <= letter <= "~" for letter in token):
        raise Refused(_("This is no token: it has letters, digits and signs, but no spaces and no accents."))
    return "Bearer " + token


class Client:
    """Asks one server, keeping the connection. One thread asks at a time; any may ``close``.

    Whom the password goes to is beyond doubt: a request names a path only, never another server.
    """

    def __init__(
        self, place: Place, *, authorization: str = "", ca: Path | None = None, deadline_s: float = DEADLINE_S
    ) -> None:
        """Connects to nothing yet. Raises Refused where the file of an authority cannot be used."""
        self.place = place
        self._authorization = authorization
        self._context = trust(ca)
        self._deadline_s = deadline_s
        self._connection: http.client.HTTPConnection | None = None
        self._deadline: Deadline | None = None

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        body: bytes = b"",
        file: Item | None = None,
    ) -> Answer:
        """One request with its answer, whatever its status; an answer's body has at most 64 KiB.

        Args:
            path: percent-encoded, from the root of the server. file: sent as the body, in pieces.

        Raises Unreachable; Refused where the file cannot be read here.
        """
        request = _Request(method, path, headers or {}, body, file, None)
        return self._ask(request, request.size_bytes)

    def read(self, path: str, take: Take, longest_bytes: int) -> Answer:
        """GET; of a 200 each piece goes to ``take``, until it answers False. Raises Unreachable."""
        return self._ask(_Request("GET", path, {}, b"", None, take), longest_bytes)

    def close(self) -> None:
        """Let go of the connection; a request that another thread has under way ends soon with Unreachable."""
        deadline = self._deadline
        if deadline:
            deadline.strike()
        else:
            self._drop()

    def _ask(self, request: _Request, bytes_on_the_way: int) -> Answer:
        seconds = self._deadline_s + bytes_on_the_way / SLOWEST_BYTES_PER_S
        with Deadline(seconds) as self._deadline:
            try:
                return self._twice_at_most(request, self._deadline)
            except TimeoutError as error:
                raise self._too_slow(seconds) from error
            finally:
                if self._deadline.struck:
                    self._drop()
                self._deadline = None

    def _twice_at_most(self, request: _Request, deadline: Deadline) -> Answer:
        try:
            return self._once(request, deadline)
        except _Stale:
            return self._once(request, deadline)
        except BaseException:
            self._drop()
            raise

    def _once(self, request: _Request, deadline: Deadline) -> Answer:
        give_way()
        kept = self._connection is not None
        connection = self._connected(deadline)
        try:
            response = self._exchange(connection, request)
        except (http.client.HTTPException, OSError) as error:
            self._drop()
            deadline.left_s()
            if kept and isinstance(error, _ENDED) and request.method in IDEMPOTENT:
                raise _Stale from error
            raise self._fault(error) from error
        try:
            answer = self._taken(response, request)
        except (http.client.HTTPException, OSError) as error:
            deadline.left_s()
            raise self._fault(error) from error
        else:
            deadline.left_s()  # a body that was cut at the deadline may look complete
            return answer
        finally:
            if not response.isclosed() or response.will_close:
                self._drop()
            response.close()

    def _connected(self, deadline: Deadline) -> http.client.HTTPConnection:
        if self._connection is None:
            socket = connect(self.place, self._context, deadline)
            self._connection = http.client.HTTPConnection(self.place.host, self.place.port)
            self._connection.auto_open = 0
            self._connection.sock = socket
        else:
            deadline.watch(self._connection.sock)
        return self._connection

    def _exchange(
        self, connection: http.client.HTTPConnection, request: _Request
    ) -> http.client.HTTPResponse:
        self._say_head(connection, request)
        give_way()
        try:
            for piece in _pieces(request):
                connection.send(piece)
                give_way()
        except OSError as error:  # who refuses a body may say so and hang up before it is complete
            response = connection.getresponse()
            response.will_close = True
            if response.status < 300:
                raise ConnectionError from error
            return response
        return connection.getresponse()

    def _say_head(self, connection: http.client.HTTPConnection, request: _Request) -> None:
        connection.putrequest(request.method, request.path, skip_host=True, skip_accept_encoding=True)
        own = {"Host": self.place.authority, "User-Agent": "checkin-station", "Accept-Encoding": "identity"}
        if self._authorization:
            own["Authorization"] = self._authorization
        if request.size_bytes or request.method not in ("GET", "HEAD", "DELETE"):
            own["Content-Length"] = str(request.size_bytes)
        for name, value in {**request.headers, **own}.items():
            connection.putheader(name, value)
        connection.endheaders()

    def _taken(self, response: http.client.HTTPResponse, request: _Request) -> Answer:
        give_way()
        if request.take and response.status == 200:
            if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                raise strange(self.place.authority)
            _stream(response, request.take)
            return Answer(self.place.authority, response.status, response.headers)
        body = b"".join(_up_to(response, LONGEST_BODY_BYTES))
        if len(body) > LONGEST_BODY_BYTES and response.status < 300:
            raise Unreachable(
                _("{host} answered far more than was asked for; it was not read.").format(
                    host=self.place.authority
                )
            )
        return Answer(self.place.authority, response.status, response.headers, body[:LONGEST_BODY_BYTES])

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def _fault(self, error: Exception) -> Exception:
        if isinstance(error, TimeoutError):
            return error
        if isinstance(error, http.client.HTTPException) and not isinstance(
            error, http.client.RemoteDisconnected | http.client.IncompleteRead
        ):
            return strange(self.place.authority)
        return Unreachable(_("The connection to {host} was cut.").format(host=self.place.authority))

    def _too_slow(self, seconds: float) -> Unreachable:
        whole = max(1, round(seconds))
        return Unreachable(
            ngettext(
                "No connection: {host} was not done after {count} second.",
                "No connection: {host} was not done after {count} seconds.",
                whole,
            ).format(host=self.place.authority, count=whole)
        )


def _pieces(request: _Request) -> Iterable[bytes]:
    if request.file:
        return _file_pieces(request.file)
    return [request.body] if request.body else []


def _file_pieces(item: Item) -> Iterator[bytes]:
    """What the item says, or Refused: its file here is no longer that."""
    sent = 0
    try:
        with item.path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                sent += len(piece)
                if sent > item.bytes:
                    break
                yield piece
    except OSError as error:
        raise Refused(_("{file} cannot be read here.").format(file=item.path)) from error
    if sent != item.bytes:
        raise Refused(_("{file} was changed after it was queued.").format(file=item.path))


def _up_to(response: http.client.HTTPResponse, longest: int) -> Iterator[bytes]:
    """The body, or its beginning and one byte where it is longer."""
    left = longest + 1
    while left and (piece := response.read(min(left, PIECE_BYTES))):
        left -= len(piece)
        yield piece
    if left and response.length:
        raise http.client.IncompleteRead(b"", response.length)


def _stream(response: http.client.HTTPResponse, take: Take) -> None:
    while piece := response.read(PIECE_BYTES):
        if not take(piece):
            return
        give_way()
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
