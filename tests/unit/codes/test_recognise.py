"""Recognisers: own codes in whatever a scanner sends, and the codes that others print; order and reasons."""

import json
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.codes.payload import EventKey, PayloadKind, make_payload
from station.codes.recognise import LONGEST_EXTERNAL_BYTES, recognise
from station.model.clue import Clue, Field, Recogniser

KEY = EventKey(bytes(range(32)), "123456")
PAYLOAD = make_payload(KEY, "20221027", 7)
OTHER_EVENT = make_payload(EventKey(bytes(range(32)), "654321"), "20221027", 7)
FORGED = make_payload(EventKey(b"z" * 32, "123456"), "20221027", 7)
CARD = "001085012345|012345678|Nguyễn Thị Ánh|15081985|Nữ|Thôn 3, Xã Đông, Hà Nam|20042021"
VCARD = """BEGIN:VCARD\r
VERSION:3.0\r
N:Nguyễn;Ánh;;;\r
FN:Nguyễn Thị Ánh\r
item1.TEL;TYPE=CELL:+84 90 123\r
  4567\r
EMAIL;TYPE=INTERNET:Anh.Nguyen@Example.org\r
END:VCARD"""


def values(raw: str | bytes, field: Field) -> tuple[str, ...]:
    """All values by which a payload would be looked for in a field."""
    encoded = raw if isinstance(raw, bytes) else raw.encode()
    return tuple(
        value for clue in recognise(encoded, KEY).clues if clue.field is field for value in clue.values
    )


def takers(raw: str) -> list[Recogniser]:
    return list(dict.fromkeys(clue.recogniser for clue in recognise(raw.encode(), KEY).clues))


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        " {}\r\n",
        "]Q1{}",
        "]Q3\\000026{}",
        "\ufeff{}",
        "\x02{}\x03",
        "STX-{}",
        "{}#END",
        "\x1d{}\t",
        "99{}",
        "{}00",
    ],
)
def test_an_own_code_is_genuine_whatever_the_scanner_puts_around_it(around: str) -> None:
    recognition = recognise(around.format(PAYLOAD).encode(), KEY)

    assert (recognition.own.kind, recognition.own.serial) == (PayloadKind.GENUINE, 7)
    assert recognition.clues == ()


@pytest.mark.parametrize("between", [" ", "-", "  ", "\u00a0", " – ", ".", "\n", "/"])
def test_the_number_under_a_code_is_that_code_however_its_groups_are_parted(between: str) -> None:
    def typed(payload: str) -> str:
        return between.join(payload[start : start + 4] for start in range(0, len(payload), 4))

    recognition = recognise(f" {typed(PAYLOAD)}\r\n".encode(), KEY)
    assert (recognition.own.kind, recognition.own.serial) == (PayloadKind.GENUINE, 7)
    assert recognise(typed(OTHER_EVENT).encode(), KEY).own.kind is PayloadKind.OTHER_EVENT
    assert recognise(typed(FORGED).encode(), KEY).own.kind is PayloadKind.FORGED
    slip = PAYLOAD[:20] + str((int(PAYLOAD[20]) + 1) % 10) + PAYLOAD[21:]
    assert recognise(typed(slip).encode(), KEY).own.kind is PayloadKind.MISREAD
    assert recognise(typed(PAYLOAD[4:]).encode(), KEY).own.kind is PayloadKind.MISREAD


@pytest.mark.parametrize(
    "text", ["0912 345 678", "12 digits 3456", "1-2-3", PAYLOAD[:30], "A" + PAYLOAD[:-1]]
)
def test_other_numbers_in_groups_are_no_own_codes(text: str) -> None:
    assert recognise(text.encode(), KEY).own.kind is PayloadKind.FOREIGN


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/check-in/{}",
        "https://example.org/?code={}&lang=vi",
        "example://open#{}",
        '{{"event": "x", "code": "{}"}}',
        '[{{"codes": ["{}"]}}]',
    ],
)
@pytest.mark.parametrize(
    ("payload", "kind"),
    [(PAYLOAD, PayloadKind.GENUINE), (OTHER_EVENT, PayloadKind.OTHER_EVENT), (FORGED, PayloadKind.FORGED)],
)
def test_an_own_code_inside_an_address_or_json_is_what_it_is_alone(
    text: str, payload: str, kind: PayloadKind
) -> None:
    assert recognise(text.format(payload).encode(), KEY).own.kind is kind


def test_a_longer_number_that_only_looks_like_an_own_code_is_none() -> None:
    assert recognise(b"77" + FORGED.encode(), KEY).own.kind is not PayloadKind.FORGED
    assert recognise(b"x" + PAYLOAD.encode()[:-1] + b"x", KEY).own.kind is PayloadKind.FOREIGN


def test_texts_of_others_are_trimmed_for_the_roster() -> None:
    assert "thẻ-42" in values("\t thẻ-42 \r\n", Field.EXTERNAL)
    assert "CARD-9" in values("]Q1CARD-9\r", Field.EXTERNAL)
    assert "CARD-9" in values("\ufeffCARD-9\x00", Field.EXTERNAL)
    assert recognise(b"\xff\xfe", KEY).clues == ()
    assert recognise(b"a\0b", KEY).clues == ()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_both_forms_of_unicode_are_looked_for(form: str) -> None:
    found = values(unicodedata.normalize(form, "Thẻ Ễ"), Field.EXTERNAL)

    assert {unicodedata.normalize("NFC", "Thẻ Ễ"), unicodedata.normalize("NFD", "Thẻ Ễ")} <= set(found)


def test_the_parts_of_an_address_are_looked_for_and_the_address_itself_first() -> None:
    address = f"https://pretix.example/redeem/{quote('vé 42')}?secret=s3cr3t&x=#frag"

    assert values(address, Field.EXTERNAL)[0] == address
    assert {"vé 42", "s3cr3t", "frag"} <= set(values(address, Field.EXTERNAL))
    assert takers(address) == [Recogniser.EXTERNAL, Recogniser.URL, Recogniser.CODE]


def test_texts_and_whole_numbers_of_json_are_looked_for() -> None:
    text = json.dumps({"ticket": {"secret": "s3cr3t", "id": 4711}, "ok": True, "price": 1.5, "none": None})

    found = set(values(text, Field.EXTERNAL))

    assert {"s3cr3t", "4711"} <= found
    assert not {"True", "1", "1.5", "None"} & found


def test_an_identity_card_is_looked_for_by_its_numbers_and_nothing_else() -> None:
    (clue,) = (
        clue for clue in recognise(CARD.encode(), KEY).clues if clue.recogniser is Recogniser.CITIZEN_CARD
    )

    assert clue == Clue(Recogniser.CITIZEN_CARD, Field.CITIZEN, ("001085012345", "012345678"))


@pytest.mark.parametrize(
    "card",
    [
        "001085012345||Nguyễn Thị Ánh|15081985|Nữ|Hà Nam|20042021",
        "]Q1001085012345||NGUYỄN THỊ ÁNH|15081985|Nữ|Hà Nam|20042021\r\n",
        "001085012345|012345678|Nguyễn Thị Ánh|15081985|Nữ|Hà Nam|20042021||||",
    ],
)
def test_cards_without_old_number_and_newer_cards_are_known(card: str) -> None:
    assert values(card, Field.CITIZEN)[0] == "001085012345"


@pytest.mark.parametrize(
    "text", ["1|2|3|4|5|6|7", "001085012345|x|Ánh|1|2|3", "a|b", "001085012345|||||||", "|" * 50]
)
def test_other_texts_with_bars_are_no_card(text: str) -> None:
    assert values(text, Field.CITIZEN) == ()


def test_a_vcard_is_looked_for_by_e_mail_and_telephone() -> None:
    assert values(VCARD, Field.EMAIL) == ("anh.nguyen@example.org",)
    assert values(VCARD, Field.PHONE) == ("0901234567",)


def test_an_old_vcard_with_quoted_printable_is_read() -> None:
    card = "BEGIN:VCARD\nVERSION:2.1\nEMAIL;ENCODING=QUOTED-PRINTABLE:anh=40example=\n.org\nEND:VCARD"

    assert values(card, Field.EMAIL) == ("anh@example.org",)


def test_a_mecard_is_looked_for_by_e_mail_and_telephone() -> None:
    card = r"MECARD:N:Nguyễn\;Ánh;TEL:0084901234567;TEL:024 3825;EMAIL:a\:b@example.org;;"

    assert values(card, Field.EMAIL) == ("a:b@example.org",)
    assert values(card, Field.PHONE) == ("0901234567", "0243825")


def test_the_order_is_fixed() -> None:
    order = list(Recogniser)
    for text in (CARD, VCARD, "https://example.org/x", '{"a": "b"}', "DB00001"):
        taken = takers(text)
        assert taken == sorted(taken, key=order.index)
        assert taken[0] is Recogniser.EXTERNAL


def test_what_is_too_long_is_nobodys() -> None:
    assert recognise(b"x" * (LONGEST_EXTERNAL_BYTES + 1), KEY).clues == ()


@given(st.text(alphabet=st.characters(exclude_categories=["Nd"]), max_size=60), st.text(max_size=0))
def test_an_own_code_in_any_text_without_digits_is_genuine(before: str, after: str) -> None:
    text = f"{before}{PAYLOAD}{after}".encode("utf-8", "replace")

    if "\0" not in before:
        assert recognise(text, KEY).own.kind is PayloadKind.GENUINE


@given(st.integers(0, 43), st.integers(1, 9))
def test_a_changed_digit_is_never_genuine(place: int, by: int) -> None:
    changed = PAYLOAD[:place] + str((int(PAYLOAD[place]) + by) % 10) + PAYLOAD[place + 1 :]

    assert recognise(changed.encode(), KEY).own.kind is not PayloadKind.GENUINE
