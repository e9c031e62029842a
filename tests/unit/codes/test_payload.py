"""The own payload: what is made is read, and everything else gets the right name."""

from hypothesis import given
from hypothesis import strategies as st

from station.codes.payload import (
    LENGTH,
    EventKey,
    Parsed,
    PayloadKind,
    check_digits,
    make_payload,
    parse_payload,
)
from station.codes.recognise import recognise

KEY = EventKey(b"k" * 32, "123456")
PAYLOAD = make_payload(KEY, "20221027", 148)


@given(st.integers(0, 10**8 - 1), st.integers(1, 10**7 - 1))
def test_what_is_made_is_read(instance: int, serial: int) -> None:
    text = make_payload(KEY, f"{instance:08d}", serial)
    assert len(text) == LENGTH
    assert text.isdigit()
    assert parse_payload(text.encode(), KEY) == Parsed(PayloadKind.GENUINE, f"{instance:08d}", serial)


def test_white_space_of_a_scanner_is_trimmed() -> None:
    assert parse_payload(f" {PAYLOAD}\r\n".encode(), KEY).kind is PayloadKind.GENUINE


@given(st.integers(0, LENGTH - 1), st.integers(1, 9))
def test_one_wrong_digit_is_a_misread(position: int, change: int) -> None:
    digit = str((int(PAYLOAD[position]) + change) % 10)
    wrong = PAYLOAD[:position] + digit + PAYLOAD[position + 1 :]
    assert parse_payload(wrong.encode(), KEY).kind is PayloadKind.MISREAD


@given(st.integers(0, LENGTH - 2))
def test_two_neighbours_exchanged_are_a_misread(position: int) -> None:
    a, b = PAYLOAD[position : position + 2]
    wrong = PAYLOAD[:position] + b + a + PAYLOAD[position + 2 :]
    expected = PayloadKind.GENUINE if a == b else PayloadKind.MISREAD
    assert parse_payload(wrong.encode(), KEY).kind is expected


def test_a_lost_digit_is_a_misread() -> None:
    assert parse_payload(PAYLOAD[:-1].encode(), KEY).kind is PayloadKind.MISREAD


def test_another_events_code_is_told_by_its_tag() -> None:
    other = make_payload(EventKey(b"o" * 32, "654321"), "20221027", 148)
    assert parse_payload(other.encode(), KEY).kind is PayloadKind.OTHER_EVENT


def test_a_forger_without_the_key_is_found_out() -> None:
    forged = make_payload(EventKey(b"guess" + b"k" * 27, KEY.tag), "20221027", 148)
    assert parse_payload(forged.encode(), KEY).kind is PayloadKind.FORGED


def test_check_digits_follow_iso_7064() -> None:
    assert check_digits("794") == "44"  # the worked example of the standard for MOD 97-10


@given(st.binary(max_size=4000))
def test_the_parser_is_total(raw: bytes) -> None:
    assert parse_payload(raw, KEY).kind in PayloadKind
    recognise(raw, KEY)


def test_a_url_with_an_own_payload_in_it_is_foreign() -> None:
    assert parse_payload(b"https://example.org/" + PAYLOAD.encode(), KEY).kind is PayloadKind.FOREIGN


def test_an_own_payload_with_a_long_tail_is_foreign() -> None:
    assert parse_payload(PAYLOAD.encode() + b" " * 21 + b"<junk>" * 200, KEY).kind is PayloadKind.FOREIGN


def test_a_huge_number_is_not_parsed_as_one() -> None:
    assert parse_payload(b"9" * 100_000, KEY).kind is PayloadKind.FOREIGN
