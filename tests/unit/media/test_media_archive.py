"""Entries of archives from outside are called what their makers called them, and bombs are seen beforehand."""

import io
import struct
import zipfile
import zlib

import pytest

from station.media.archive import directory_outgrows, entry_name, leads_outside, outgrows


def entry(raw: bytes, *, utf8: bool = False, extra: bytes = b"") -> zipfile.ZipInfo:
    """The only entry of an archive in which its name is these bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("x" * len(raw))
        info.extra = extra
        archive.writestr(info, b"")
    content = out.getvalue().replace(b"x" * len(raw), raw)
    if utf8:
        content = content.replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\0\x08")
    return zipfile.ZipFile(io.BytesIO(content)).infolist()[0]


@pytest.mark.parametrize("encoding", ["utf-8", "cp437", "cp1258"])
def test_names_of_any_system_are_read(encoding: str) -> None:
    assert entry_name(entry("Lê Ân/Tô Hà.jpg".encode(encoding, "replace"))) in (
        "Lê Ân/Tô Hà.jpg",
        "Lê ?n/Tô Hà.jpg",
    )


def test_a_name_of_macos_stays_as_it_is() -> None:
    assert entry_name(entry("Nguyễn.jpg".encode(), utf8=True)) == "Nguyễn.jpg"


def test_the_extra_field_for_names_counts_where_it_belongs_to_the_entry() -> None:
    raw = b"Nguy_n.jpg"

    def field(crc: int) -> bytes:
        body = b"\1" + struct.pack("<I", crc) + "Nguyễn.jpg".encode()
        return struct.pack("<HH", 0x7075, len(body)) + body

    assert entry_name(entry(raw, extra=field(zlib.crc32(raw)))) == "Nguyễn.jpg"
    assert entry_name(entry(raw, extra=field(1))) == "Nguy_n.jpg"


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/a", "\\\\server\\a", "C:\\a", "..\\a"])
def test_a_name_that_leads_outside_is_seen(name: str) -> None:
    assert leads_outside(name)


def test_an_archive_that_grows_out_of_proportion_is_seen() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(5_000_000))

    with zipfile.ZipFile(out) as archive:
        assert outgrows(archive, 10, 10**9)
        assert outgrows(archive, 10, 10**6)
        assert outgrows(archive, 0, 10**9)


def test_a_list_of_entries_that_is_too_long_is_not_even_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(300):
            archive.writestr(f"{number}", b"")

    assert not directory_outgrows(out, 300)
    assert directory_outgrows(out, 10)
    assert not directory_outgrows(io.BytesIO(b"no archive"), 1)
