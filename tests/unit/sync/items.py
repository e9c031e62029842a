"""Files that targets are to take."""

import hashlib
from pathlib import Path

from station.sync.target import Address, Item, Kind
from tests.web import USER, Web

NAME = "journal-20221027-1-40.segment"
CONTENT = b"checkin-segment\x00\xff" * 400


def make_item(folder: Path, content: bytes = CONTENT, name: str = NAME) -> Item:
    """A file in a folder, described."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(content).hexdigest()
    path.write_bytes(content)
    return Item(
        name,
        path,
        len(content),
        path.name,
        "application/octet-stream",
        "5f6e0f2e-0000-4000-8000-000000000001",
    )


def webdav_address(web: Web, url: str = "", user: str = USER) -> Address:
    """Where a WebDAV server of a test is, or a way to it."""
    return Address(Kind.WEBDAV, url or web.url, user, web.ca)


def endpoint_address(web: Web, url: str = "") -> Address:
    """Where a results service of a test is, or a way to it."""
    return Address(Kind.ENDPOINT, url or web.url, "", web.ca)
