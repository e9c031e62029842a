"""What a web target says to a server and believes of it: TLS always, one deadline, nothing large, nothing elsewhere."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography.x509 import IPAddress

from station.i18n import set_language
from station.right_of_way import LONGEST_WAIT_S, recording
from station.sync.connect import place_of
from station.sync.http import Client, basic, bearer
from station.sync.target import Refused, Unreachable
from tests.unit.sync.items import make_item
from tests.web import Certificates, Fault, FaultProxy, Heard, Instead, Web, make_certificates, served

OK = (("Content-Type", "text/plain"), ("Content-Length", "5"))
MEGABYTE = 1_000_000


@pytest.fixture
def web(tmp_path: Path, certificates: Certificates) -> Iterator[Web]:
    """A server that answers everything with five bytes, until a test wants something else."""
    with served(lambda _environ, _start: [b""], Web(tmp_path), certificates) as web:
        web.instead = lambda _heard: Instead("200 OK", OK, [b"hello"])
        yield web


def client(url: str, ca: Path | None = None, *, deadline_s: float = 10) -> "closing[Client]":
    return closing(Client(place_of(url), authorization=basic("a", "secret"), ca=ca, deadline_s=deadline_s))


@contextmanager
def listening(serve: Callable[[socket.socket], object]) -> Iterator[str]:
    """The address of something that takes one connection and knows no protocol."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def take() -> None:
            with suppress(OSError):
                one, _address = door.accept()
                with one:
                    serve(one)

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/"
        thread.join(5)


def until_it_ends(one: socket.socket) -> None:
    while one.recv(65536):
        pass


# --- addresses ---


@pytest.mark.parametrize(
    "url",
    [
        "",
        "folder",
        "ftp://host/",
        "https://",
        "https:///x",
        "https://host:port/",
        "https://host:99999/",
        "https://[::1/",
        "https://host/?a=b",
        "https://host/#a",
        "https://ho st/",
        "https://a..b/",
        "file:///etc/passwd",
        "http://host/",
        "http://10.0.0.7/",
        "http://127.0.0.1.example.org/",
        "https://me:sesame@host/",
        "https://me:sesame@host:port/",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_never_shown(url: str) -> None:
    with pytest.raises(Refused) as refusal:
        place_of(url)

    assert "sesame" not in str(refusal.value)
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "origin", "path"),
    [
        ("https://Host", "https://host", "/"),
        ("https://host:443/a/b", "https://host", "/a/b/"),
        ("https://host:8443/a b/Hội nghị", "https://host:8443", "/a%20b/H%E1%BB%99i%20ngh%E1%BB%8B/"),
        ("https://host/Ho%CC%A3%20100%/", "https://host", "/Ho%CC%A3%20100%25/"),
        ("https://vănphòng.vn/", "https://xn--vnphng-jua0k.vn", "/"),
        ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443", "/"),
        ("http://localhost:8080/", "http://localhost:8080", "/"),
        ("http://127.0.0.1/", "http://127.0.0.1", "/"),
        ("http://[::1]/", "http://[::1]", "/"),
    ],
)
def test_an_address_is_understood(url: str, origin: str, path: str) -> None:
    place = place_of(url)

    assert place.path == path
    if "xn--" in origin:
        assert place.origin.isascii()
    else:
        assert place.origin == origin


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "thẻ"])
def test_what_is_no_token_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(Refused) as refusal:
        bearer(token)

    assert not token or token not in str(refusal.value)


def test_a_user_with_a_colon_is_refused() -> None:
    with pytest.raises(Refused):
        basic("a:b", "secret")


# --- certificates ---


def test_a_server_of_an_unknown_authority_is_not_spoken_to(web: Web) -> None:
    set_language("en")
    with client(web.url) as one, pytest.raises(Unreachable, match="authority of its own, give its file"):
        one.ask("GET", "/")

    assert web.requests == []


def test_another_authority_does_not_help(web: Web, tmp_path: Path) -> None:
    other = make_certificates(tmp_path / "other")

    with client(web.url, other.ca) as one, pytest.raises(Unreachable):
        one.ask("GET", "/")

    assert web.requests == []


@pytest.mark.parametrize(
    ("days", "names", "word"),
    [(-1, None, "out of date"), (2, (IPAddress(ip_address("127.0.0.9")),), "another name")],
)
def test_a_certificate_that_does_not_fit_is_not_spoken_to(
    tmp_path: Path, days: float, names: tuple[IPAddress] | None, word: str
) -> None:
    set_language("en")
    made = make_certificates(tmp_path, days=days, **({"names": names} if names else {}))
    with served(lambda _environ, _start: [b""], Web(tmp_path), made) as web:
        with client(web.url, web.ca) as one, pytest.raises(Unreachable, match=word):
            one.ask("GET", "/")

        assert web.requests == []


def test_a_file_that_is_no_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("hello")

    for name in ("ca.pem", "not-there.pem"):
        with pytest.raises(Refused, match=name):
            Client(place_of("https://host/"), ca=tmp_path / name)


def test_a_server_without_tls_is_not_spoken_to(tmp_path: Path) -> None:
    with served(lambda _environ, _start: [b""], Web(tmp_path)) as web:
        with client(web.url.replace("http:", "https:")) as one, pytest.raises(Unreachable):
            one.ask("GET", "/")

        assert web.requests == []


# --- no way there ---


def test_a_name_that_does_not_exist_is_no_connection() -> None:
    with client("https://nowhere.invalid/") as one, pytest.raises(Unreachable, match=r"nowhere\.invalid"):
        one.ask("GET", "/")


def test_a_port_where_nobody_listens_is_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

    with client(f"http://127.0.0.1:{port}/") as one, pytest.raises(Unreachable):
        one.ask("GET", "/")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
)
def test_an_answer_that_is_none_or_half_of_one_is_no_connection(said: bytes) -> None:
    def serve(one: socket.socket) -> None:
        one.recv(65536)
        one.sendall(said)

    with listening(serve) as url, client(url) as one, pytest.raises(Unreachable):
        one.ask("GET", "/")


# --- the deadline ---


def lasted(ask: Callable[[], object]) -> float:
    begun = time.monotonic()
    with pytest.raises(Unreachable):
        ask()
    return time.monotonic() - begun


@pytest.mark.parametrize("path", ["an answer", "TLS"])
def test_a_server_that_drips_is_cut_at_the_deadline(
    web: Web, certificates: Certificates, tmp_path: Path, path: str
) -> None:
    with served(lambda _environ, _start: [b""], Web(tmp_path)) as plain:
        plain.instead = lambda _heard: Instead("200 OK", OK, [b"hello"])
        behind, outer = (plain, certificates) if path == "an answer" else (web, None)
        with (
            FaultProxy(behind.url, certificates=outer, faults=[Fault(drip_s=0.2)]) as proxy,
            client(proxy.url, certificates.ca, deadline_s=1) as one,
        ):
            assert 0.9 < lasted(lambda: one.ask("GET", "/")) < 5


def test_a_body_that_drips_is_cut_at_the_deadline(web: Web) -> None:
    def drips() -> Iterator[bytes]:
        for _second in range(100):
            time.sleep(0.1)
            yield b"."

    web.instead = lambda _heard: Instead("200 OK", (("Content-Type", "text/plain"),), drips())
    with client(web.url, web.ca, deadline_s=1) as one:
        assert 0.9 < lasted(lambda: one.ask("GET", "/")) < 5
        assert 0.9 < lasted(lambda: one.read("/", lambda _piece: True, 10)) < 5


def test_a_body_without_a_length_that_the_deadline_cuts_is_not_taken_for_a_whole_one() -> None:
    def serve(one: socket.socket) -> None:
        one.recv(65536)
        one.sendall(b"HTTP/1.0 200 OK\r\n\r\nhalf")
        until_it_ends(one)

    with listening(serve) as url, client(url, deadline_s=0.5) as one:
        assert lasted(lambda: one.ask("GET", "/")) < 5


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_takes_the_connection_and_is_silent_is_left_at_the_deadline(scheme: str) -> None:
    with listening(until_it_ends) as url, client(url.replace("http", scheme), deadline_s=0.5) as one:
        assert 0.4 < lasted(lambda: one.ask("GET", "/")) < 5


def test_a_server_that_reads_nothing_is_left_at_the_deadline(tmp_path: Path) -> None:
    item = make_item(tmp_path, bytes(20 * MEGABYTE))
    held = threading.Event()

    with listening(lambda _one: held.wait(10)) as url, client(url, deadline_s=0.5) as one:
        one._deadline_s -= item.bytes / (8 * 1024)  # what a poor line would be given for so much
        assert 0.4 < lasted(lambda: one.ask("PUT", "/", file=item)) < 5
        held.set()


def test_content_adds_to_the_deadline_what_a_poor_line_needs(tmp_path: Path) -> None:
    item = make_item(tmp_path, bytes(16 * 1024))

    def serve(one: socket.socket) -> None:
        one.recv(65536)
        time.sleep(1)
        one.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        until_it_ends(one)

    with listening(serve) as url, client(url, deadline_s=0.5) as one:
        assert one.ask("PUT", "/", file=item).status == 201


def test_a_server_that_takes_its_time_is_waited_for(web: Web) -> None:
    with FaultProxy(web.url, faults=[Fault(delay_s=0.3)]) as proxy, client(proxy.url, web.ca) as one:
        assert one.ask("GET", "/").body == b"hello"


def test_what_is_being_recorded_goes_before_what_is_being_sent(web: Web, tmp_path: Path) -> None:
    item = make_item(tmp_path, bytes(4 * 64 * 1024))
    with client(web.url, web.ca) as one, recording():
        begun = time.monotonic()
        one.ask("PUT", "/", file=item)

    assert time.monotonic() - begun >= 4 * LONGEST_WAIT_S


def test_who_closes_ends_a_request_that_is_under_way() -> None:
    with listening(until_it_ends) as url, client(url, deadline_s=30) as one:
        closer = threading.Timer(0.3, one.close)
        closer.start()
        assert lasted(lambda: one.ask("GET", "/")) < 5
        closer.join()


# --- what is too much ---


@pytest.mark.parametrize("says_so", [True, False], ids=["with its length", "in chunks"])
def test_an_answer_of_50_megabytes_is_not_read(web: Web, says_so: bool) -> None:
    given = 0

    def much() -> Iterator[bytes]:
        nonlocal given
        for _megabyte in range(50):
            given += 1
            yield bytes(MEGABYTE)

    length = (("Content-Length", str(50 * MEGABYTE)),) if says_so else ()
    web.instead = lambda _heard: Instead("200 OK", (("Content-Type", "text/plain"), *length), much())
    with client(web.url, web.ca) as one:
        with pytest.raises(Unreachable):
            one.ask("GET", "/")

        web.instead = lambda _heard: Instead("200 OK", OK, [b"hello"])
        assert one.ask("GET", "/").body == b"hello"
    assert given < 25


def test_a_large_page_of_error_is_still_that_error(web: Web) -> None:
    web.instead = lambda _heard: Instead(
        "503 Service Unavailable", (("Retry-After", "7"),), (bytes(MEGABYTE) for _megabyte in range(50))
    )
    with client(web.url, web.ca) as one:
        answer = one.ask("GET", "/")

    assert (answer.status, answer.headers["Retry-After"]) == (503, "7")
    assert len(answer.body) == 64 * 1024


def test_a_download_ends_where_nobody_wants_more(web: Web) -> None:
    web.instead = lambda _heard: Instead("200 OK", (), (bytes(MEGABYTE) for _megabyte in range(50)))
    taken = 0

    def take(piece: bytes) -> bool:
        nonlocal taken
        taken += len(piece)
        return taken < MEGABYTE

    with client(web.url, web.ca) as one:
        assert one.read("/", take, MEGABYTE).status == 200

    assert taken < 2 * MEGABYTE


# --- connections and secrets ---


def test_who_refuses_a_body_and_hangs_up_before_its_end_is_understood(tmp_path: Path) -> None:
    item = make_item(tmp_path, bytes(20 * MEGABYTE))

    def serve(one: socket.socket) -> None:
        one.recv(1000)
        one.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        one.shutdown(socket.SHUT_WR)
        time.sleep(0.3)

    with listening(serve) as url, client(url) as one:
        assert one.ask("PUT", "/", file=item).status == 413


def test_a_request_that_may_not_be_repeated_is_not(web: Web) -> None:
    with FaultProxy(web.url) as proxy, client(proxy.url, web.ca) as one:
        one.ask("GET", "/")
        proxy.cut_all()
        with pytest.raises(Unreachable):
            one.ask("MOVE", "/")

        assert one.ask("GET", "/").status == 200
        assert [heard.method for heard in web.requests] == ["GET", "GET"]


def test_the_password_is_in_no_word_about_the_client(web: Web) -> None:
    with client(web.url, web.ca) as one:
        one.ask("GET", "/")
        shown = repr(one) + repr(one.place) + str(one)

    assert "secret" not in shown
    assert basic("a", "secret").split()[1] not in shown
    assert web.requests[0].headers["authorization"] == basic("a", "secret")


def test_a_redirect_is_not_followed_not_even_on_the_same_server(web: Web) -> None:
    def elsewhere(_heard: Heard) -> Instead:
        return Instead("302 Found", (("Location", web.url + "login"), ("Content-Length", "0")))

    web.instead = elsewhere
    with client(web.url, web.ca) as one:
        assert one.ask("GET", "/").status == 302

    assert len(web.requests) == 1


def test_one_deadline_is_not_the_next_ones(web: Web) -> None:
    with client(web.url, web.ca, deadline_s=0.6) as one:
        one.ask("GET", "/")
        threading.Event().wait(0.8)

        assert one.ask("GET", "/").status == 200
