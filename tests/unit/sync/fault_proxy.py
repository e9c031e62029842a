"""A way to a server that fails: it cuts, delays, drips and repeats on the level of bytes, and counts them."""

import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.certificates import Certificates


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one connection.

    Attributes:
        cut_request_after: bytes of the client that are passed on, then both sides are cut; None for all.
        cut_answer_after: the same for bytes of the server. delay_s: before the first byte of an answer.
        drip_s: between single bytes of an answer. repeat: once the connection ends, all that the client sent is
            sent to the server again, as a network may do.
    """

    cut_request_after: int | None = None
    cut_answer_after: int | None = None
    delay_s: float = 0
    drip_s: float = 0
    repeat: bool = False


NO_FAULT = Fault()


class FaultProxy:
    """Passes connections on to a server on this computer.

    Without certificates it passes on bytes as they are (of TLS too). With them it ends TLS itself and speaks plain
    http with the server, so that a cut falls between bytes of http.

    Attributes:
        url: where a client comes in; scheme, host and port. faults: for the next connections, in this order; then
            there are none. sent, answered: bytes of the client and of the server that were passed on.
    """

    def __init__(
        self, upstream: str, *, certificates: Certificates | None = None, faults: Sequence[Fault] = ()
    ) -> None:
        parts = urlsplit(upstream)
        assert parts.hostname and parts.port
        self._upstream = (parts.hostname, parts.port)
        self._context = None
        if certificates:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificates.certificate, certificates.key)
        self.faults = list(faults)
        self.sent = self.answered = self.connections = 0
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._serving: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self._door = socket.create_server(("127.0.0.1", 0))
        scheme = "https" if certificates else parts.scheme
        self.url = f"{scheme}://127.0.0.1:{self._door.getsockname()[1]}"

    def __enter__(self) -> "FaultProxy":
        self._start(self._accept)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopping.set()
        _cut(self._door)
        with suppress(OSError):  # wakes an accept that a shutdown does not
            socket.create_connection(self._door.getsockname(), 0.2).close()
        self._door.close()
        self.cut_all()
        for thread in self._threads:
            thread.join(5)

    def wait(self) -> None:
        """Until every connection that clients have ended is done with, repeating included."""
        for thread in tuple(self._serving):
            thread.join(5)

    def cut_all(self) -> None:
        """End the connections that there are now."""
        for one in tuple(self._open):
            _cut(one)

    def _start(self, work: Any, *arguments: Any) -> threading.Thread:
        thread = threading.Thread(target=work, args=arguments, name="fault-proxy", daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                client, _address = self._door.accept()
            except OSError:
                return
            if self._stopping.is_set():
                client.close()
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            fault = self.faults.pop(0) if self.faults else NO_FAULT
            self._serving.append(self._start(self._serve, client, fault))

    def _serve(self, client: socket.socket, fault: Fault) -> None:
        kept = bytearray()
        with suppress(OSError), self._held(client), self._shaken(client) as near, self._called() as far:
            there = self._start(self._pass_request, near, far, fault, kept)
            self._pass_answer(far, near, fault)
            there.join()
        if fault.repeat and not self._stopping.is_set():
            self._again(bytes(kept))

    @contextmanager
    def _held(self, one: socket.socket) -> Iterator[socket.socket]:
        self._open.add(one)
        try:
            yield one
        finally:
            self._open.discard(one)
            one.close()

    @contextmanager
    def _shaken(self, client: socket.socket) -> Iterator[socket.socket]:
        if not self._context:
            yield client
            return
        with self._held(self._context.wrap_socket(client, server_side=True)) as near:
            yield near

    @contextmanager
    def _called(self) -> Iterator[socket.socket]:
        with self._held(socket.create_connection(self._upstream, 5)) as far:
            far.settimeout(None)
            far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            yield far

    def _pass_request(self, near: socket.socket, far: socket.socket, fault: Fault, kept: bytearray) -> None:
        left = fault.cut_request_after
        with suppress(OSError, ValueError):
            while left != 0 and (data := near.recv(65536)):
                data = data[:left]
                kept += data
                self.sent += len(data)
                far.sendall(data)
                left = None if left is None else left - len(data)
        if left == 0:
            _cut(near)
        _cut(far)

    def _pass_answer(self, far: socket.socket, near: socket.socket, fault: Fault) -> None:
        left = fault.cut_answer_after
        with suppress(OSError, ValueError):
            while left != 0 and (data := far.recv(65536)):
                self._stopping.wait(fault.delay_s)
                data = data[:left]
                self._give(near, data, fault.drip_s)
                left = None if left is None else left - len(data)
        _cut(near)
        _cut(far)

    def _give(self, near: socket.socket, data: bytes, drip_s: float) -> None:
        pieces = [data[n : n + 1] for n in range(len(data))] if drip_s else [data]
        for piece in pieces:
            if drip_s and self._stopping.wait(drip_s):
                return
            self.answered += len(piece)
            near.sendall(piece)

    def _again(self, data: bytes) -> None:
        """What the client said, said to the server once more; its answers go nowhere."""
        with suppress(OSError), self._called() as far:
            far.sendall(data)
            far.shutdown(socket.SHUT_WR)
            while far.recv(65536):
                pass


def _cut(one: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(one, socket.SHUT_RDWR)
