"""A hundred thousand payloads that nobody should send: no exception, nothing genuine, no growth of memory."""

import json
import random
import tracemalloc
from collections.abc import Callable

import pytest

from station.codes.payload import EventKey, PayloadKind, make_payload
from station.codes.recognise import recognise

PAYLOADS = 100_000
KEY = EventKey(bytes(range(32)), "123456")
PAYLOAD = make_payload(KEY, "20221027", 7).encode()
SEEDS = [
    PAYLOAD,
    b"https://example.org/%E1%BA%BF/a?b=c&d=%zz#" + PAYLOAD,
    b"http://[::1/x?" + b"a=b&" * 90,
    json.dumps({"a": [1, {"b": PAYLOAD.decode()}, None, "x" * 40]}).encode(),
    b"[" * 1500,
    b'{"a":' * 400,
    b"[" + b"9" * 2000 + b"]",
    "001085012345|012345678|Nguyễn Thị Ánh|15081985|Nữ|Hà Nam|20042021".encode(),
    b"BEGIN:VCARD\r\nTEL;ENCODING=QUOTED-PRINTABLE:=\r\n=3\r\nEMAIL:a@b\r\n c\r\nEND:VCARD",
    b"MECARD:TEL:" + b"\\;" * 500 + b"\\",
    "Lê Thị Ễ".encode(),
    b"\xed\xa0\x80\xc0\xaf\xf4\x90\x80\x80",
    b"]Q3\\000026" + PAYLOAD,
    b"\xef\xbb\xbf" + PAYLOAD,
    b"\0" * 60,
    bytes(range(256)),
    b"9" * 2048,
    b"|" * 2048,
    b"%" * 2048,
]


def flipped(chance: random.Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _flip in range(chance.randint(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(chance: random.Random, raw: bytes) -> bytes:
    start = chance.randrange(len(raw))
    return raw[:start] + raw[chance.randrange(start, len(raw)) + 1 :]


def spliced(chance: random.Random, raw: bytes) -> bytes:
    other = chance.choice(SEEDS)
    return raw[: chance.randrange(len(raw))] + other[chance.randrange(len(other)) :]


def filled(chance: random.Random, raw: bytes) -> bytes:
    place = chance.randrange(len(raw))
    return raw[:place] + chance.randbytes(chance.randint(1, 40)) + raw[place:]


MUTATIONS: list[Callable[[random.Random, bytes], bytes]] = [flipped, cut, spliced, filled]


def mutated(chance: random.Random) -> bytes:
    raw = chance.choice(SEEDS)
    for _mutation in range(chance.randint(1, 3)):
        raw = chance.choice(MUTATIONS)(chance, raw) or b"x"
    return raw


def holds_the_code(raw: bytes) -> bool:
    return PAYLOAD in raw


@pytest.mark.slow
def test_no_payload_raises_passes_for_genuine_or_costs_memory() -> None:
    chance = random.Random(2026)
    for _warm_up in range(2000):
        recognise(mutated(chance), KEY)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]

    for _payload in range(PAYLOADS):
        raw = mutated(chance)
        kind = recognise(raw, KEY).own.kind
        assert kind is not PayloadKind.GENUINE or holds_the_code(raw), raw

    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 1_000_000
