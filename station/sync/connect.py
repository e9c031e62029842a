"""The way to a server: what an address may be, TLS that is always verified, and a deadline that nothing outlives."""

import re
import socket
import ssl
import threading
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, urlsplit

from station.i18n import _
from station.sync.target import Refused, Unreachable

PORTS = {"https": 443, "http": 80}
LONGEST_CONNECT_S = 10.0
_STRANGE = re.compile(r"[\s\x00-\x1f\x7f%/\\]")
_NOT_YET, _EXPIRED, _OTHER_NAME, _OTHER_ADDRESS = 9, 10, 62, 64  # X509_V_ERR_… of OpenSSL

SocketAddress = tuple[socket.AddressFamily, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is, and the folder there.

    Attributes:
        host: as certificates have it (IDNA). path: percent-encoded, with a slash at both ends.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as a request names it, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: the only ones that ever see a password."""
        return f"{self.scheme}://{self.authority}"


def place_of(url: str) -> Place:
    """The place that an address names.

    Raises Refused: an address that is none, one with a password in it, or one that would send passwords in clear text.
    Its sentences never show the address, where a password may stand.
    """
    try:
        parts = urlsplit(unicodedata.normalize("NFC", url.strip()))
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise _no_address() from None
    if "@" in parts.netloc:
        raise Refused(_("Leave name and password out of the address: they are given separately."))
    if parts.scheme not in PORTS or not host or parts.query or parts.fragment or _STRANGE.search(host):
        raise _no_address()
    if parts.scheme == "http" and not _is_this_computer(host):
        raise Refused(
            _("The address must begin with https://. With http:// everybody could read the password.")
        )
    return Place(parts.scheme, host, port, _encoded(parts.path.rstrip("/") + "/"))


def _no_address() -> Refused:
    return Refused(_("This is not the address of a server. One looks like https://server/folder/"))


def _is_this_computer(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def _encoded(path: str) -> str:
    """A path as it may stand in a request: what is percent-encoded already stays so."""
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(path, safe="/%!$&'()*+,;=:@-._~"))


def trust(ca: Path | None) -> ssl.SSLContext:
    """What certificates are held against: the system's authorities, and those of a file where one is given.

    Raises Refused where the file cannot be read as certificates.
    """
    context = ssl.create_default_context()
    if ca:
        try:
            context.load_verify_locations(cafile=ca)
        except OSError as error:
            raise Refused(
                _("{file} is no file with a certificate authority in PEM format.").format(file=ca)
            ) from error
    return context


class Deadline:
    """Ends everything about one request after a time: what waits on its socket wakes up with an error.

    Attributes:
        struck: the time was over, or somebody called ``strike``.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.struck = False
        self._end = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self.strike)
        self._timer.name, self._timer.daemon = "deadline", True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def left_s(self) -> float:
        """What is left of the time. Raises TimeoutError where nothing is."""
        left = self._end - time.monotonic()
        if self.struck or left <= 0:
            raise TimeoutError
        return left

    def watch(self, connection: socket.socket) -> None:
        """Cut this one at the end of the time. Raises TimeoutError where that is now."""
        self._socket = connection
        connection.settimeout(self.left_s())

    def strike(self) -> None:
        """The end, now; from any thread."""
        self.struck = True
        if self._socket is not None:
            with suppress(
                OSError
            ):  # not SSLSocket.shutdown, which would leave the socket open for clear text
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def connect(place: Place, context: ssl.SSLContext, deadline: Deadline) -> socket.socket:
    """A connection, with TLS unless it stays on this computer in clear text.

    Raises Unreachable (also where the certificate is not trusted), and TimeoutError at the deadline.
    """
    addresses = _resolved(place, deadline)
    plain = _first_that_answers(place, addresses, deadline)
    try:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if place.scheme == "http":
            deadline.watch(plain)
            return plain
        return _with_tls(place, plain, context, deadline)
    except BaseException:
        plain.close()
        raise


def _resolved(place: Place, deadline: Deadline) -> list[SocketAddress]:
    """Looked up in a thread of its own: the system's resolver knows no deadline."""
    found: list[SocketAddress] = []

    def look_up() -> None:
        with suppress(OSError, UnicodeError):
            for family, _kind, _protocol, _name, address in socket.getaddrinfo(
                place.host, place.port, type=socket.SOCK_STREAM
            ):
                found.append((family, address))

    looking = threading.Thread(target=look_up, name="resolver", daemon=True)
    looking.start()
    looking.join(deadline.left_s())
    if not found:
        deadline.left_s()
        raise Unreachable(
            _("No connection: the name {host} is not found. Is there a network?").format(host=place.host)
        )
    return list(found)


def _first_that_answers(place: Place, addresses: list[SocketAddress], deadline: Deadline) -> socket.socket:
    for number, (family, address) in enumerate(addresses):
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            share = deadline.left_s() / (
                len(addresses) - number
            )  # one that is silent leaves time for the next
            connection.settimeout(min(share, LONGEST_CONNECT_S))
            connection.connect(address)
        except OSError:
            connection.close()
        else:
            return connection
    deadline.left_s()
    raise Unreachable(
        _("No connection: {host} does not answer. Is there a network, is the address right?").format(
            host=place.authority
        )
    )


def _with_tls(
    place: Place, plain: socket.socket, context: ssl.SSLContext, deadline: Deadline
) -> ssl.SSLSocket:
    secure = context.wrap_socket(plain, server_hostname=place.host, do_handshake_on_connect=False)
    try:
        deadline.watch(secure)
        secure.do_handshake()
    except OSError as error:
        secure.close()
        deadline.left_s()
        if isinstance(error, ssl.SSLCertVerificationError):
            raise Unreachable(_distrust(place, error)) from error
        raise Unreachable(
            _("No connection: {host} broke off while the encryption was agreed.").format(host=place.authority)
        ) from error
    return secure


def _distrust(place: Place, error: ssl.SSLCertVerificationError) -> str:
    host, code = place.authority, error.verify_code
    if code in (_NOT_YET, _EXPIRED):
        return _(
            "No connection: the certificate of {host} is out of date, or the clock of this computer is wrong."
        ).format(host=host)
    if code in (_OTHER_NAME, _OTHER_ADDRESS):
        return _(
            "No connection: the certificate of {host} is for another name. Check the address; perhaps the "
            "network wants a login page."
        ).format(host=host)
    return _(
        "No connection: nobody this computer trusts issued the certificate of {host}. Where the office has an "
        "authority of its own, give its file; perhaps the network wants a login page."
    ).format(host=host)
