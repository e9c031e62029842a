"""A folder on a WebDAV server (RFC 4918), Nextcloud's for one, as a target."""

import hashlib
import secrets
import unicodedata
from contextlib import suppress
from urllib.parse import quote

from station.i18n import _
from station.sync.answers import Answer, accept, check_login, strange, trouble, wants_login
from station.sync.connect import place_of
from station.sync.http import DEADLINE_S, Client, basic
from station.sync.target import Address, Item, Refused, Target, Unreachable

# Nextcloud and ownCloud forbid names that end in .part: they use them themselves.
TEMPORARY = ".upload"
_XML = ("application/xml", "text/xml")
_FOLDER_WANTED = b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
_EXISTS = 412


class WebDavTarget(Target):
    """Uploads under a temporary name, reads it back, and renames where nothing is in the way.

    What is there under the final name is always whole: a broken upload leaves a part of a file.
    """

    def __init__(self, address: Address, password: str, *, deadline_s: float = DEADLINE_S) -> None:
        """Connects to nothing yet. Raises Refused for an address, a user name or a file that cannot be used."""
        self._place = place_of(address.url)
        authorization = basic(address.user, password) if address.user else ""
        self._client = Client(self._place, authorization=authorization, ca=address.ca, deadline_s=deadline_s)

    def test(self) -> None:
        """Find or make the folder, write into it, and see that renaming there never overwrites."""
        self._find_folder()
        one, two = (self._path(f".checkin-{secrets.token_hex(8)}{TEMPORARY}") for _each in "ab")
        try:
            self._prove_renaming(one, two)
        finally:
            self._remove(one, two)

    def send(self, item: Item) -> None:
        """Upload, prove, rename."""
        temporary = self._path(f".{item.name}.{item.sha256[:12]}{TEMPORARY}")
        self._upload(item, temporary)
        if not self._is_at(temporary, item):
            self._remove(temporary)
            raise Unreachable(
                _("{name} did not arrive at {host} as it was sent; it will be sent again.").format(
                    name=item.name, host=self._place.authority
                )
            )
        answer = self._move(temporary, self._path(item.name))
        if answer.status != _EXISTS:
            self._accept_move(answer, 200, 201, 204)
            return
        self._remove(temporary)
        if not self.holds(item):
            raise Refused(
                _("Another file of this name is there already: {name}. It is left as it is.").format(
                    name=item.name
                )
            )

    def holds(self, item: Item) -> bool:
        """Read it back: a server may repeat a checksum that it was told and never look."""
        return self._is_at(self._path(item.name), item)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _path(self, name: str) -> str:
        return self._place.path + quote(unicodedata.normalize("NFC", name), safe="")

    def _find_folder(self) -> None:
        answer = self._client.ask(
            "PROPFIND",
            self._place.path,
            {"Depth": "0", "Content-Type": "application/xml"},
            body=_FOLDER_WANTED,
        )
        if answer.status == 404:
            self._make_folder()
            return
        accept(answer, 207)
        if answer.media_type not in _XML:
            raise strange(answer.host)
        if b"collection" not in answer.body:
            raise Refused(_("This address is a file, not a folder."))

    def _make_folder(self) -> None:
        answer = self._client.ask("MKCOL", self._place.path)
        check_login(answer)
        if answer.status == 409:
            raise Refused(
                _(
                    "The folder is not there, and none that it could be made in. Check the address: {path}"
                ).format(path=self._place.path)
            )
        if answer.status != 405:  # another station has just made it
            accept(answer, 200, 201)

    def _upload(self, item: Item, path: str) -> None:
        answer = self._put(item, path)
        if answer.status in (404, 409):  # the folder is gone, or was never made
            self._find_folder()
            answer = self._put(item, path)
        accept(answer, 200, 201, 204)

    def _put(self, item: Item, path: str) -> Answer:
        headers = {"Content-Type": item.media_type, "OC-Checksum": f"SHA256:{item.sha256}"}
        return self._client.ask("PUT", path, headers, file=item)

    def _move(self, source: str, to: str) -> Answer:
        answer = self._move_to(source, self._place.origin + to)
        if answer.status == 502:  # behind something that ends TLS, a server does not know its own address
            answer = self._move_to(source, to)
        return answer

    def _move_to(self, source: str, destination: str) -> Answer:
        return self._client.ask("MOVE", source, {"Destination": destination, "Overwrite": "F"})

    def _accept_move(self, answer: Answer, *expected: int) -> None:
        check_login(answer)
        if answer.status in (405, 501):
            raise Refused(_("{host} cannot rename files: it cannot be used.").format(host=answer.host))
        accept(answer, *expected)

    def _prove_renaming(self, one: str, two: str) -> None:
        for path in (one, two):
            accept(self._client.ask("PUT", path, body=b"checkin"), 200, 201, 204)
        answer = self._move(one, two)
        if answer.status in (201, 204):
            raise Refused(
                _("{host} overwrites files when it renames: it cannot be used.").format(host=answer.host)
            )
        self._accept_move(answer, _EXISTS)

    def _remove(self, *temporaries: str) -> None:
        """What cannot be removed now may stay: the next upload overwrites it."""
        with suppress(Unreachable):
            for path in temporaries:
                self._client.ask("DELETE", path)

    def _is_at(self, path: str, item: Item) -> bool:
        digest, count = hashlib.sha256(), 0

        def take(piece: bytes) -> bool:
            nonlocal count
            digest.update(piece)
            count += len(piece)
            return count <= item.bytes

        answer = self._client.read(path, take, item.bytes)
        if answer.status in (404, 410):
            return False
        if answer.status != 200:
            check_login(answer)
            raise trouble(answer)
        same = count == item.bytes and digest.hexdigest() == item.sha256
        if not same and answer.is_page:
            raise wants_login()
        return same
