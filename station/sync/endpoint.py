"""An HTTPS service that takes results, as docs/endpoint.md describes it, as a target."""

import base64
import json
import re
from typing import Any
from urllib.parse import quote

from station.i18n import _
from station.sync.answers import Answer, accept, check_login, strange
from station.sync.connect import place_of
from station.sync.http import DEADLINE_S, Client, basic, bearer
from station.sync.target import Address, Item, Refused, Target, Unreachable

SERVICE = "checkin-results"
VERSION = 1
_JSON = "application/json"
_UNRESERVED = "!#$&+-.^_`|~"  # attr-char of RFC 8187, beside letters and digits


class EndpointTarget(Target):
    """One request a file; the service names each file by the hash of its content, so nothing can come twice."""

    def __init__(self, address: Address, token: str, *, deadline_s: float = DEADLINE_S) -> None:
        """``token`` is the password where the address has a user. Raises Refused for what cannot be used."""
        self._place = place_of(address.url)
        authorization = basic(address.user, token) if address.user else bearer(token)
        self._client = Client(self._place, authorization=authorization, ca=address.ca, deadline_s=deadline_s)

    def test(self) -> None:
        """Ask the service what it is."""
        answer = self._client.ask("GET", self._place.path, {"Accept": _JSON})
        accept(answer, 200)
        said = _object(answer)
        if said.get("service") != SERVICE or type(said.get("version")) is not int:
            raise Refused(
                _("{host} does not take results: the address is that of something else.").format(
                    host=answer.host
                )
            )
        if said["version"] != VERSION:
            raise Refused(
                _("{host} takes results in version {version}, this station sends version {own}.").format(
                    host=answer.host, version=said["version"], own=VERSION
                )
            )

    def send(self, item: Item) -> None:
        """Bring it there; the service's own word, with hash, size and name, is what counts."""
        answer = self._client.ask("PUT", self._path(item), _headers(item), file=item)
        if answer.status == 409:
            raise Refused(
                _("Another file of this name is there already: {name}. It is left as it is.").format(
                    name=item.name
                )
            )
        accept(answer, 200, 201)
        if not _confirms(answer, item):
            raise Unreachable(
                _("{host} did not confirm {name} as it was sent; it will be sent again.").format(
                    host=answer.host, name=item.name
                )
            )

    def holds(self, item: Item) -> bool:
        """What the service says of that hash."""
        answer = self._client.ask("GET", self._path(item), {"Accept": _JSON})
        check_login(answer)
        if answer.status == 404 and answer.media_type == _JSON:
            return False
        accept(answer, 200)
        return _confirms(answer, item)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _path(self, item: Item) -> str:
        return f"{self._place.path}files/{item.sha256}"


def _headers(item: Item) -> dict[str, str]:
    digest = base64.b64encode(bytes.fromhex(item.sha256)).decode()
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", item.name)
    return {
        "Accept": _JSON,
        "Content-Type": item.media_type,
        "Repr-Digest": f"sha-256=:{digest}:",
        "Idempotency-Key": f'"{item.sha256}"',
        "Content-Disposition": (
            f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(item.name, safe=_UNRESERVED)}"
        ),
        "Checkin-Event": quote(item.event, safe=""),
    }


def _object(answer: Answer) -> dict[str, Any]:
    """The JSON object that an answer is. Raises Unreachable where it is none: something else has answered."""
    if answer.media_type != _JSON:
        raise strange(answer.host)
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise strange(answer.host) from error
    if not isinstance(said, dict):
        raise strange(answer.host)
    return said


def _confirms(answer: Answer, item: Item) -> bool:
    said = _object(answer)
    return (
        said.get("sha256") == item.sha256
        and type(said.get("bytes")) is int
        and said["bytes"] == item.bytes
        and said.get("name") == item.name
        and said.get("stored") is True
    )
