"""The stream of sealed chunks: what comes back is what went in, and nothing else comes back at all."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.media.encryption import (
    CHUNK_BYTES,
    TAG_BYTES,
    AlteredError,
    Cost,
    keys_of,
    opened,
    sealed,
    sealed_bytes,
)

KEY, PREFIX, WITH = bytes(range(32)), b"prefix!", b"header"
SEALED_CHUNK = CHUNK_BYTES + TAG_BYTES
CHEAP = Cost(n=2)


def seal(content: bytes) -> bytes:
    return b"".join(sealed([content], KEY, PREFIX, WITH))


def unseal(data: bytes) -> bytes:
    return b"".join(opened(io.BytesIO(data), KEY, PREFIX, WITH))


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_what_was_sealed_comes_back_and_its_length_was_foretold(size: int) -> None:
    content = bytes(size)
    data = seal(content)
    assert len(data) == sealed_bytes(size)
    assert unseal(data) == content


@settings(max_examples=30)
@given(st.lists(st.integers(0, CHUNK_BYTES + 5), max_size=4))
def test_the_pieces_in_which_a_content_comes_make_no_difference(sizes: list[int]) -> None:
    pieces = [bytes([number]) * size for number, size in enumerate(sizes)]
    assert b"".join(sealed(pieces, KEY, PREFIX, WITH)) == seal(b"".join(pieces))


TAMPERINGS: dict[str, Callable[[bytes], bytes]] = {
    "first chunk": lambda d: bytes([d[0] ^ 1]) + d[1:],
    "middle chunk": lambda d: (
        d[: SEALED_CHUNK + 9] + bytes([d[SEALED_CHUNK + 9] ^ 1]) + d[SEALED_CHUNK + 10 :]
    ),
    "last byte": lambda d: d[:-1] + bytes([d[-1] ^ 1]),
    "cut within a chunk": lambda d: d[:-100],
    "cut after the first chunk": lambda d: d[:SEALED_CHUNK],
    "cut after the second chunk": lambda d: d[: 2 * SEALED_CHUNK],
    "nothing left": lambda d: b"",
    "two chunks exchanged": lambda d: (
        d[SEALED_CHUNK : 2 * SEALED_CHUNK] + d[:SEALED_CHUNK] + d[2 * SEALED_CHUNK :]
    ),
    "a chunk twice": lambda d: d[:SEALED_CHUNK] + d,
    "a chunk gone": lambda d: d[SEALED_CHUNK:],
    "more behind the end": lambda d: d + b"x",
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_change_is_found(name: str) -> None:
    data = TAMPERINGS[name](seal(bytes(2 * CHUNK_BYTES + 500)))
    with pytest.raises(AlteredError):
        unseal(data)


def test_what_belongs_to_the_chunks_cannot_be_exchanged_either() -> None:
    data = seal(b"content")
    for key, prefix, associated in (
        (bytes(32), PREFIX, WITH),
        (KEY, b"another", WITH),
        (KEY, PREFIX, b"other"),
    ):
        with pytest.raises(AlteredError):
            b"".join(opened(io.BytesIO(data), key, prefix, associated))


def test_a_passphrase_gives_the_same_keys_however_its_accents_were_typed() -> None:
    composed, in_parts = "mật khẩu", "mâ\N{COMBINING DOT BELOW}t khâ\N{COMBINING HOOK ABOVE}u"
    assert composed != in_parts
    assert keys_of(composed, b"salt" * 4, CHEAP) == keys_of(in_parts, b"salt" * 4, CHEAP)
    assert keys_of(composed, b"salt" * 4, CHEAP) != keys_of("mat khau", b"salt" * 4, CHEAP)
    assert keys_of(composed, b"salt" * 4, CHEAP) != keys_of(composed, b"tlas" * 4, CHEAP)


def test_keys_never_show_in_a_log() -> None:
    assert repr(keys_of("secret", b"salt" * 4, CHEAP)) == "Keys(…)"


@pytest.mark.parametrize("cost", [Cost(n=1 << 30), Cost(n=3), Cost(n=0), Cost(r=1000), Cost(p=99)])
def test_a_file_cannot_ask_for_all_the_memory_of_a_laptop(cost: Cost) -> None:
    assert not cost.is_bearable()
    assert Cost().is_bearable()
    assert Cost().n >= 1 << 15
