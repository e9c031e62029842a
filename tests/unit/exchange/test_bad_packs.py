"""Packs that are not as they were made: each byte that was changed is found, and each reason has its sentence."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from station.app import open_station
from station.errors import BadInput, EnvironmentFault, Refusal, StationError
from station.exchange import pack as packing_module
from station.exchange.pack import make_pack
from station.exchange.packed import MAGIC, closed_header, new_header, read_header
from station.media.encryption import CHUNK_BYTES, TAG_BYTES, keys_of, sealed
from station.model.entry import canonical_json
from station.store import instance as instances
from tests.builders import HandClock, opened
from tests.unit.exchange.packing import CHEAP, PASSPHRASE, make_office, open_pack, pack

HASHES = 64  # the proof of the passphrase and the digest, behind the header's text


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A pack of more than three chunks."""
    place = tmp_path_factory.mktemp("good")
    office = make_office(place / "office")
    return pack(office, place / "p.ckpack").file.read_bytes()


def body_of(data: bytes) -> int:
    """Where the chunks begin."""
    return len(MAGIC) + 4 + int.from_bytes(data[len(MAGIC) : len(MAGIC) + 4], "big") + HASHES


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def refused(tmp_path: Path, data: bytes) -> StationError:
    path = tmp_path / "p.ckpack"
    path.write_bytes(data)
    with pytest.raises(StationError) as error:
        open_pack(path, tmp_path / "desk")
    assert not list(tmp_path.glob("desk*")), "nothing of it may be left"
    return error.value


def problem_of(error: StationError) -> str:
    assert isinstance(error, BadInput), error
    return error.problems[0].problem


def test_every_byte_of_the_header_counts(tmp_path: Path, good: bytes) -> None:
    for place in range(body_of(good)):
        problem = problem_of(refused(tmp_path, flipped(good, place)))
        assert problem == ("NO_PACK" if place < len(MAGIC) else problem)
        assert problem in ("NO_PACK", "DAMAGED", "CUT_OFF")


def test_every_chunk_and_its_seal_count(tmp_path: Path, good: bytes) -> None:
    begin, step = body_of(good), CHUNK_BYTES + TAG_BYTES
    assert (len(good) - begin) // step >= 2
    for start in range(begin, len(good), step):
        end = min(start + step, len(good))
        for place in (start, (start + end) // 2, end - TAG_BYTES, end - 1):
            assert problem_of(refused(tmp_path, flipped(good, place))) == "DAMAGED"


def test_a_pack_that_is_cut_off_anywhere_says_so(tmp_path: Path, good: bytes) -> None:
    begin, step = body_of(good), CHUNK_BYTES + TAG_BYTES
    for size in (
        len(MAGIC) + 1,
        begin - 40,
        begin - 1,
        begin,
        begin + 1,
        begin + step,
        begin + 2 * step,
        len(good) - 1,
    ):
        error = refused(tmp_path, good[:size])
        assert problem_of(error) == "CUT_OFF"
        assert "bị cụt" in str(error)
    assert str(len(good)) in str(refused(tmp_path, good[:-1]))


def test_chunks_in_another_order_are_found(tmp_path: Path, good: bytes) -> None:
    begin, step = body_of(good), CHUNK_BYTES + TAG_BYTES
    first, second = good[begin : begin + step], good[begin + step : begin + 2 * step]
    swapped = good[:begin] + second + first + good[begin + 2 * step :]
    assert problem_of(refused(tmp_path, swapped)) == "DAMAGED"


def test_more_behind_the_end_is_found(tmp_path: Path, good: bytes) -> None:
    assert problem_of(refused(tmp_path, good + b"x")) == "DAMAGED"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + bytes(100), b"CHECKIN-PACK\n" + bytes(100), MAGIC[:8]])
def test_something_else_is_no_pack(tmp_path: Path, data: bytes) -> None:
    error = refused(tmp_path, data)
    assert problem_of(error) == "NO_PACK"
    assert ".ckpack" in str(error)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="nowhere"):
        open_pack(tmp_path / "nowhere.ckpack", tmp_path / "desk")
    with pytest.raises(EnvironmentFault):
        open_pack(tmp_path, tmp_path / "desk")


# ----- packs that somebody who knows the passphrase made otherwise --------------------------------------------------


def forged(
    tmp_path: Path,
    change: Callable[[dict[str, Any]], None],
    *,
    resign: bool = True,
    header: Callable[[dict[str, Any]], None] | None = None,
    contents: Mapping[str, bytes] | None = None,
) -> bytes:
    """A pack whose manifest says something else, signed again by the office's own key or not."""
    import hashlib

    from station.exchange.packed import SIGNED, opened_pack
    from station.media.encryption import sealed_bytes

    office = make_office(tmp_path / "office")
    source = pack(office, tmp_path / "source.ckpack").file
    with opened_pack(source, PASSPHRASE) as content:
        about = dict(content.manifest.about)
        signature = content.signature
        parts = {file.name: b"".join(pieces) for file, pieces in content.parts()}
    parts |= contents or {}
    about["files"] = [[name, len(data), hashlib.sha256(data).hexdigest()] for name, data in parts.items()]
    change(about)
    manifest = canonical_json(about).encode()
    if resign:
        with opened(office) as station, station.files.reading() as connection:
            signature = instances.sign(
                connection, station.instance, SIGNED + hashlib.sha256(manifest).digest()
            )
    plain = len(manifest).to_bytes(4, "big") + manifest + signature + b"".join(parts.values())
    made = read_header(source)
    head = new_header(made.number, made.created_at, len(plain), CHEAP)
    if header is not None:
        told = json.loads(head.raw[len(MAGIC) + 4 :])
        header(told)
        text = canonical_json(told).encode()
        raw = MAGIC + len(text).to_bytes(4, "big") + text
        head = type(head)(
            head.number, head.created_at, CHEAP, head.salt, head.prefix, sealed_bytes(len(plain)), raw
        )
    keys = keys_of(PASSPHRASE, head.salt, CHEAP)
    beginning, digest = closed_header(head, keys)
    return beginning + b"".join(sealed([plain], keys.chunks, head.prefix, digest))


def named(name: str) -> Callable[[dict[str, Any]], None]:
    """The logo under another name."""

    def change(about: dict[str, Any]) -> None:
        about["files"] = [
            [f"files/{name}" if file[0] == "files/logo.png" else file[0], *file[1:]]
            for file in about["files"]
        ]

    return change


@pytest.mark.parametrize(
    "name",
    ["../evil", "/evil", "C:/evil", "C:evil", "a\\b", "NUL", "documents/../../evil", "event.sqlite3", "station.nonce",
     "backups/x", "Documents/TL01.PDF", ".hidden", "x.part", "EVENT.SQLITE3-wal", ""],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    error = refused(tmp_path, forged(tmp_path, named(name)))
    assert problem_of(error) == "NAME"
    assert not (tmp_path.parent / "evil").exists()


def set_to(key: str, value: object, inside: str = "") -> Callable[[dict[str, Any]], None]:
    def change(about: dict[str, Any]) -> None:
        (about[inside] if inside else about)[key] = value

    return change


def without(name: str) -> Callable[[dict[str, Any]], None]:
    def change(about: dict[str, Any]) -> None:
        about["files"] = [file for file in about["files"] if not file[0].startswith(name)]

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (set_to("number", 9), "DAMAGED"),
        (set_to("files", "x"), "DAMAGED"),
        (set_to("event", None), "DAMAGED"),
        (set_to("files", [["database", -5, "0" * 64]]), "DAMAGED"),
        (set_to("files", []), "DAMAGED"),
        (without("database"), "DAMAGED"),
        (without("files/"), "DAMAGED"),
        (set_to("id", "another", "event"), "MAKER"),
        (set_to("rehearsal", True, "event"), "MAKER"),
        (set_to("proof", "0" * 64, "maker"), "MAKER"),
        (set_to("instance", "12345678", "maker"), "MAKER"),
        (set_to("public_key", "00" * 32, "maker"), "SIGNATURE"),
        (set_to("public_key", "x", "maker"), "SIGNATURE"),
    ],
)
def test_what_the_manifest_says_is_held_against_what_is_there(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], problem: str
) -> None:
    assert problem_of(refused(tmp_path, forged(tmp_path, change))) == problem


def test_a_manifest_that_the_office_did_not_sign_is_refused(tmp_path: Path) -> None:
    data = forged(tmp_path, set_to("counts", {"delegates": 99}), resign=False)
    assert problem_of(refused(tmp_path, data)) == "SIGNATURE"


def test_a_newer_schema_and_a_newer_format_ask_for_the_newer_program(tmp_path: Path) -> None:
    error = refused(tmp_path, forged(tmp_path, set_to("schema", 9999)))
    assert isinstance(error, Refusal)
    assert "phiên bản mới hơn" in str(error)
    for part in (tmp_path / "office", tmp_path / "source.ckpack"):
        part.rename(part.with_name(f"old-{part.name}"))
    error = refused(tmp_path, forged(tmp_path, lambda _about: None, header=set_to("version", 2)))
    assert isinstance(error, Refusal)
    assert "phiên bản mới hơn" in str(error)


@pytest.mark.parametrize("n", [1 << 40, 3, 0, -1])
def test_a_header_that_asks_for_too_much_is_not_obeyed(tmp_path: Path, n: int) -> None:
    data = forged(tmp_path, lambda _about: None, header=lambda told: told["kdf"].update(n=n))
    assert problem_of(refused(tmp_path, data)) == "DAMAGED"


def test_a_database_or_journal_that_is_something_else_is_refused(tmp_path: Path) -> None:
    data = forged(tmp_path, lambda _about: None, contents={"database": b"not a database"})
    assert problem_of(refused(tmp_path, data)) == "DAMAGED"
    for part in (tmp_path / "office", tmp_path / "source.ckpack"):
        part.rename(part.with_name(f"old-{part.name}"))
    data = forged(tmp_path, lambda _about: None, contents={"journal/20221027.segment": b"{}\n{}\n"})
    assert problem_of(refused(tmp_path, data)) == "JOURNAL"


def test_a_file_that_changes_while_it_is_packed_makes_no_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(tmp_path / "office")
    measured = packing_module._measured

    def changed_after(*arguments: Any) -> Any:
        parts = measured(*arguments)
        (office / "documents" / "tl02.pdf").write_bytes(b"TWO")
        return parts

    monkeypatch.setattr(packing_module, "_measured", changed_after)
    station = open_station(office, clock=HandClock())
    try:
        for read_back in (False, True):
            with pytest.raises(EnvironmentFault, match=r"tl02\.pdf"):
                make_pack(
                    station.files,
                    tmp_path / "p.ckpack",
                    PASSPHRASE,
                    station.clock,
                    cost=CHEAP,
                    read_back=read_back,
                )
    finally:
        station.close()
    assert not list(tmp_path.glob("p.ckpack*"))


@pytest.mark.parametrize("size", [100, 2_000_000])
def test_a_stick_that_did_not_keep_what_it_was_given_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    office = make_office(tmp_path / "office")
    write = packing_module.write_file

    def forgetful(path: Path, data: Any) -> None:
        write(path, data)
        if path.name == "p.ckpack":
            content = path.read_bytes()
            path.write_bytes(flipped(content, size) if size < len(content) - 1 else content)

    monkeypatch.setattr(packing_module, "write_file", forgetful)
    with pytest.raises(EnvironmentFault, match="không đúng như đã ghi"):
        pack(office, tmp_path / "p.ckpack")
    assert not list(tmp_path.glob("p.ckpack*"))


def test_a_pack_on_another_drive_is_read_back_without_being_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(tmp_path / "office")
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(packing_module, "drive_of", lambda path: 2 if path == stick else 1)
    with opened(office) as station:
        for place, verified in ((stick, True), (tmp_path, False)):
            made = make_pack(station.files, place / "p.ckpack", PASSPHRASE, station.clock, cost=CHEAP)
            assert made.verified is verified
