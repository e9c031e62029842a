"""An office with documents, and its packs, sealed cheaply: a test has no secret to keep."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from station.app import open_station
from station.codes.issuing import reissue
from station.exchange.pack import MadePack, make_pack
from station.exchange.unpack import Unpacked, unpack
from station.media.encryption import Cost
from station.model.entry import EntryKind
from station.store import journal, projections
from station.store import roster as roster_store
from station.store.connection import WriteConnection
from tests.builders import INSTANCE, HandClock, make_event

CHEAP = Cost(n=2)
PASSPHRASE = "mật khẩu của văn phòng"
BIG = bytes(range(256)) * 10_000  # two and a half chunks


def make_office(path: Path, clock: HandClock | None = None) -> Path:
    """Five delegates, two documents that are files, a photo and a logo."""
    folder = make_event(path, clock=clock)
    (folder / "documents" / "tl01.pdf").write_bytes(BIG)
    (folder / "documents" / "tl02.pdf").write_bytes(b"two")
    (folder / "photos" / "a.jpg").write_bytes(b"photo")
    (folder / "logo.png").write_bytes(b"logo")
    change(folder, lambda c: name_files(c, {"TL01": BIG, "TL02": b"two"}))
    return folder


def name_files(connection: WriteConnection, files: dict[str, bytes]) -> None:
    """Say in the catalogue which file a document is."""
    for code, content in files.items():
        connection.execute(
            "UPDATE document SET file_name = ?, sha256 = ? WHERE code = ?",
            (f"{code.lower()}.pdf", hashlib.sha256(content).hexdigest(), code),
        )


def change(folder: Path, work: Callable[[WriteConnection], object], clock: HandClock | None = None) -> None:
    """Change something in an event folder."""
    station = open_station(folder, clock=clock or HandClock())
    try:
        station.files.write(work)
    finally:
        station.close()


def revoke(folder: Path, serial: int, clock: HandClock) -> None:
    """The office issues another code to a delegate who lost theirs."""

    def work(connection: WriteConnection) -> None:
        lost = roster_store.payload_of_serial(connection, INSTANCE, serial)
        assert lost is not None
        reissue(connection, INSTANCE, lost, clock.now())

    change(folder, work, clock)


def withdraw(folder: Path, delegate: str, clock: HandClock) -> None:
    """The office says that a delegate may not come."""

    def work(connection: WriteConnection) -> None:
        note = journal.Note(
            EntryKind.STANDING_CHANGED, clock.now(), delegate=delegate, body={"status": "withdrawn"}
        )
        projections.apply(connection, journal.append(connection, INSTANCE, note))

    change(folder, work, clock)


def rename(connection: WriteConnection, identifier: str, name: str) -> None:
    """The office corrects a name."""
    person = roster_store.delegate_of(connection, identifier)
    assert person is not None
    roster_store.update_delegates(connection, [replace(person, name=name)])


def pack(office: Path, to: Path, clock: HandClock | None = None) -> MadePack:
    """A pack of an office."""
    station = open_station(office, clock=clock or HandClock())
    try:
        return make_pack(station.files, to, PASSPHRASE, station.clock, cost=CHEAP, read_back=True)
    finally:
        station.close()


def open_pack(
    path: Path, to: Path, clock: HandClock | None = None, name: str = "Bàn 2", passphrase: str = PASSPHRASE
) -> Unpacked:
    """A pack opened at a desk."""
    return unpack(path, to, passphrase, name, clock or HandClock(), 2)


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
