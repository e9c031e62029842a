"""Codes of rows on sign-in sheets and of certificates beside those of delegates: none is taken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.codes.own import own_code
from station.codes.payload import (
    CERTIFICATE,
    LENGTH,
    SIGN_IN_ROW,
    EventKey,
    PayloadKind,
    check_digits,
    make_payload,
    parse_payload,
)
from station.codes.recognise import recognise
from station.codes.sign_in import SignInRow, make_row, row_of, session_tag

KEY = EventKey(bytes(range(32)), "123456")
SESSIONS = st.text(min_size=1, max_size=32)


@given(st.integers(1, 9_999_999), SESSIONS, st.integers(1, 999))
def test_a_row_says_whose_it_is_of_which_session_and_sheet(number: int, session: str, sheet: int) -> None:
    payload = make_row(KEY, f"20221027-{number}", session, sheet)
    parsed = parse_payload(payload.encode(), KEY)
    assert (len(payload), parsed.kind) == (LENGTH, PayloadKind.SIGN_IN_ROW)
    assert row_of(parsed) == SignInRow(f"20221027-{number}", session_tag(session), sheet)


@given(st.integers(0, LENGTH - 3), st.integers(1, 9))
def test_a_row_that_was_changed_is_forged_even_with_right_check_digits(place: int, by: int) -> None:
    payload = make_row(KEY, "20221027-17", "CD1", 3)
    body = payload[:place] + str((int(payload[place]) + by) % 10) + payload[place + 1 : LENGTH - 2]
    parsed = parse_payload((body + check_digits(body)).encode(), KEY)
    assert not parsed.kind.is_proved


def test_a_row_of_another_key_is_forged_and_of_another_event_said_to_be() -> None:
    payload = make_row(EventKey(bytes(32), KEY.tag), "20221027-17", "CD1", 3)
    assert parse_payload(payload.encode(), KEY).kind is PayloadKind.FORGED
    payload = make_row(EventKey(KEY.secret, "654321"), "20221027-17", "CD1", 3)
    assert parse_payload(payload.encode(), KEY).kind is PayloadKind.OTHER_EVENT


def test_the_three_kinds_are_told_apart() -> None:
    delegate = make_payload(KEY, "20221027", 5)
    certificate = make_payload(KEY, "20221027", 5, CERTIFICATE)
    row = make_row(KEY, "20221027-5", "CD1", 1)
    kinds = [parse_payload(text.encode(), KEY).kind for text in (delegate, row, certificate)]
    assert kinds == [PayloadKind.GENUINE, PayloadKind.SIGN_IN_ROW, PayloadKind.CERTIFICATE]
    swapped = CERTIFICATE + delegate[1 : LENGTH - 2]
    assert parse_payload((swapped + check_digits(swapped)).encode(), KEY).kind is PayloadKind.FORGED


@pytest.mark.parametrize("around", ["{}", "  {}\r\n", "ID{}", "7{}3"])
def test_a_row_is_found_in_what_a_scanner_puts_around_it(around: str) -> None:
    row = make_row(KEY, "20221027-5", "CD1", 1)
    assert own_code(around.format(row), KEY).kind is PayloadKind.SIGN_IN_ROW
    recognition = recognise(around.format(row).encode(), KEY)
    assert (recognition.own.kind, recognition.clues) == (PayloadKind.SIGN_IN_ROW, ())


@pytest.mark.parametrize(
    "delegate", ["", "20221027", "20221027-x", "2022-1", "20221027-10000000", "20221027-0"]
)
def test_what_is_no_identity_gets_no_row(delegate: str) -> None:
    with pytest.raises(ValueError):
        make_row(KEY, delegate, "CD1", 1)
    with pytest.raises(ValueError):
        make_row(KEY, "20221027-1", "CD1", 1000)
    with pytest.raises(ValueError):
        make_payload(KEY, "20221027", 1, SIGN_IN_ROW)
