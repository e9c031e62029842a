"""A results service as docs/endpoint.md describes it, small: what it takes it keeps in a folder, each file once."""

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

LONGEST_BYTES = 50 * 1024 * 1024


class ResultsService:
    """A WSGI application.

    Attributes:
        folder: holds each file under its name. stored: names in the order in which they were first kept.
    """

    def __init__(self, folder: Path, token: str) -> None:
        self.folder = folder
        self.stored: list[str] = []
        self._token = token
        self._files: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self._lock:
            status, answer = self._answer(environ)
        body = json.dumps(answer, ensure_ascii=False).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        if environ.get("HTTP_AUTHORIZATION") != f"Bearer {self._token}":
            return "401 Unauthorized", {"error": "Who are you?"}
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if (method, path) == ("GET", "/"):
            return "200 OK", {"service": "checkin-results", "version": 1, "motd": "not for you"}
        sha256 = path.removeprefix("/files/")
        if method == "GET" and sha256 in self._files:
            return "200 OK", self._files[sha256]
        if method == "PUT" and len(sha256) == 64:
            return self._take(sha256, environ)
        return "404 Not Found", {"error": "Not here."}

    def _take(self, sha256: str, environ: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        length = int(environ["CONTENT_LENGTH"])
        if length > LONGEST_BYTES:
            return "413 Content Too Large", {"error": "Too large."}
        data = environ["wsgi.input"].read(length)
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        if len(data) != length or hashlib.sha256(data).hexdigest() != sha256:
            return "422 Unprocessable Content", {"error": "The content is not what its hash says."}
        if environ.get("HTTP_REPR_DIGEST") != f"sha-256=:{digest}:":
            return "400 Bad Request", {"error": "The digest is not what it should be."}
        if sha256 in self._files:
            return "200 OK", self._files[sha256]
        name = _file_name(environ["HTTP_CONTENT_DISPOSITION"])
        if (self.folder / name).exists():
            return "409 Conflict", {"error": "Another content is kept under this name."}
        (self.folder / name).write_bytes(data)
        self.stored.append(name)
        self._files[sha256] = {"sha256": sha256, "bytes": length, "name": name, "stored": True, "more": [1]}
        return "201 Created", self._files[sha256]


def _file_name(disposition: str) -> str:
    """The file name of a Content-Disposition (RFC 6266)."""
    found = re.search(r"filename\*=UTF-8''([^;]+)", disposition)
    assert found, disposition
    return Path(unquote(found[1])).name
