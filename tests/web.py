"""Real servers on loopback for tests of targets: WebDAV, a results service, and a way to them that fails."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter
from wsgidav.wsgidav_app import WsgiDAVApp

from tests.certificates import Certificates, make_certificates
from tests.unit.sync.endpoint_server import ResultsService
from tests.unit.sync.fault_proxy import Fault, FaultProxy

__all__ = [
    "PASSWORD",
    "TOKEN",
    "USER",
    "Certificates",
    "Fault",
    "FaultProxy",
    "Heard",
    "Instead",
    "Web",
    "make_certificates",
    "results_server",
    "served",
    "webdav_server",
]

USER, PASSWORD = "văn phòng", "mật khẩu: của #ứng dụng"
TOKEN = "tok-5f6e0f2e.0000_4000~8000"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Heard:
    """A request that reached the server; header names are lower case."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Instead:
    """What a server answers in place of its own answer."""

    status: str
    headers: tuple[tuple[str, str], ...] = ()
    body: Iterable[bytes] = ()


@dataclass
class Web:
    """A running server.

    Attributes:
        url: with a slash at its end. folder: what it keeps lies there. ca: None where it speaks plain http.
        requests: in the order in which they came. instead: may answer in the server's place; None lets it answer.
    """

    folder: Path
    url: str = ""
    ca: Path | None = None
    requests: list[Heard] = field(default_factory=list)
    instead: Callable[[Heard], Instead | None] | None = None


@contextmanager
def webdav_server(folder: Path, certificates: Certificates | None = None) -> Iterator[Web]:
    """A WebDAV server that keeps its files in a folder, for USER with PASSWORD; at ``url`` is the folder itself."""
    folder.mkdir(parents=True, exist_ok=True)
    logging.getLogger("wsgidav").setLevel(logging.CRITICAL)
    application = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
            "http_authenticator": {
                "accept_basic": True,
                "accept_digest": False,
                "default_to_digest": False,
            },
            "verbose": 0,
        }
    )
    with served(application, Web(folder), certificates) as web:
        yield web


@contextmanager
def results_server(folder: Path, certificates: Certificates | None = None) -> Iterator[Web]:
    """A results service (docs/endpoint.md) that keeps each file in a folder, for who has TOKEN."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(ResultsService(folder, TOKEN), Web(folder), certificates) as web:
        yield web


@contextmanager
def served(application: Application, web: Web, certificates: Certificates | None = None) -> Iterator[Web]:
    """Any WSGI application on loopback, with TLS where there are certificates, until the end of the block."""

    def noted(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        heard = Heard(environ["REQUEST_METHOD"], environ["PATH_INFO"], _headers(environ))
        web.requests.append(heard)
        instead = web.instead(heard) if web.instead else None
        if not instead:
            return application(environ, start_response)
        start_response(instead.status, list(instead.headers))
        return instead.body

    server = wsgi.Server(("127.0.0.1", 0), noted, numthreads=4, shutdown_timeout=1)
    server.error_log = lambda *_anything, **_more: None  # clients that cut are what these tests are about
    server.expiration_interval = 0.05  # how soon it sees that it is to stop
    if certificates:
        server.ssl_adapter = BuiltinSSLAdapter(str(certificates.certificate), str(certificates.key))
        web.ca = certificates.ca
    server.prepare()
    web.url = f"{'https' if certificates else 'http'}://127.0.0.1:{server.bind_addr[1]}/"
    thread = threading.Thread(target=server.serve, name="web", daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.stop()
        thread.join(5)


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    return {
        key.removeprefix("HTTP_").replace("_", "-").lower(): value
        for key, value in environ.items()
        if key.startswith("HTTP_") or key in ("CONTENT_TYPE", "CONTENT_LENGTH")
    }
