"""What each answer of a server means for a file that waits."""

from email.message import Message

import pytest

from station.sync.answers import Answer, accept, retry_after_s
from station.sync.target import Refused, Unreachable


def answer(status: int, body: bytes = b"", **headers: str) -> Answer:
    message = Message()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return Answer("office.example", status, message, body)


def test_an_expected_status_is_taken() -> None:
    accept(answer(201), 200, 201)


@pytest.mark.parametrize("status", [408, 423, 425, 429, 500, 502, 503, 504, 507, 508, 520])
def test_a_server_that_is_busy_is_tried_later(status: int) -> None:
    with pytest.raises(Unreachable) as fault:
        accept(answer(status, Retry_After="90"), 200)

    assert fault.value.retry_after_s == 90
    assert not fault.value.wants_login


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 451, 501])
def test_a_server_that_does_not_want_it_needs_a_person(status: int) -> None:
    with pytest.raises(Refused):
        accept(answer(status), 200)


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308, 511])
def test_being_sent_elsewhere_is_a_login_page(status: int) -> None:
    with pytest.raises(Unreachable) as fault:
        accept(answer(status, Location="https://elsewhere.example/"), 200)

    assert fault.value.wants_login
    assert "elsewhere" not in str(fault.value)


@pytest.mark.parametrize("status", [200, 207])
@pytest.mark.parametrize("kind", ["text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml"])
def test_a_page_where_none_belongs_is_a_login_page(status: int, kind: str) -> None:
    with pytest.raises(Unreachable) as fault:
        accept(answer(status, Content_Type=kind), 200, 207)

    assert fault.value.wants_login


def test_nextcloud_says_html_of_an_empty_created() -> None:
    accept(answer(201, Content_Type="text/html; charset=UTF-8"), 201)


def test_the_words_of_a_refusal_are_shown_when_they_are_plain() -> None:
    with pytest.raises(Refused, match="Dung lượng đã hết mời liên hệ"):
        accept(
            answer(413, "Dung lượng đã\x1b\r\n hết\u202e mời liên hệ".encode(), Content_Type="text/plain"),
            200,
        )


def test_words_of_a_refusal_are_short() -> None:
    with pytest.raises(Refused) as refusal:
        accept(answer(400, b"z" * 5_000, Content_Type="text/plain"), 200)

    assert str(refusal.value).count("z") == 200


@pytest.mark.parametrize("kind", ["text/html", "application/json", ""])
def test_words_that_are_not_plain_are_not_shown(kind: str) -> None:
    with pytest.raises(Refused) as refusal:
        accept(answer(400, b"<b>bold</b>", Content_Type=kind), 200)

    assert "bold" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", None),
        ("120", 120),
        (" 0 ", 0),
        ("-5", 0),
        ("999999", 3600),
        ("9" * 5_000, None),
        ("1.5", None),
        ("soon", None),
        ("١٢", None),
        ("Thu, 26 Nov 2026 08:00:40 GMT", 40),
        ("Thu, 26 Nov 2026 07:00:00 GMT", 0),
        ("Fri, 27 Nov 2026 08:00:00 GMT", 3600),
        ("Thu, 99 Nov 2026 08:00:00 GMT", None),
    ],
)
def test_how_long_a_server_asks_to_wait(text: str, seconds: float | None) -> None:
    headers = Message()
    headers["Date"] = "Thu, 26 Nov 2026 08:00:00 GMT"
    headers["Retry-After"] = text

    assert retry_after_s(headers) == seconds
