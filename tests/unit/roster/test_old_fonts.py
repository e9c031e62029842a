"""Texts for the old Vietnamese fonts and encodings become readable; what is readable stays."""

import unicodedata
from pathlib import Path

import pytest

from station.roster.cells import Row, Sheet
from station.roster.encodings import decode
from station.roster.old_fonts import OldFont, find_old_font, readable_sheet
from station.roster.plan import read_roster

# The opening lines of every official letter, as the two fonts' documents hold them.
MOTTO = ["Cộng hoà xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc"]
IN_TCVN3 = ["Céng hoµ x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc"]
IN_VNI = ["Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam", "Ñoäc laäp - Töï do - Haïnh phuùc"]
NAMES = [
    *("Nguyễn Thị Ánh", "Trần Văn Đức", "Lê Hoàng Ân", "Phạm Thu Hà", "Đỗ Ngọc Dũng", "Vũ Trọng Hoè"),
    *(
        "Công Tằng Tôn Nữ Huyền Diệu",
        "Ksor H'Bia",
        "Đặng Hữu Ước",
        "Phạm Quỳnh Mỹ",
        "Lò Thị Ỷ",
        "Bùi Xuân Quỹ",
    ),
]


@pytest.mark.parametrize(("texts", "font"), [(IN_TCVN3, OldFont.TCVN3), (IN_VNI, OldFont.VNI)])
def test_both_old_fonts_are_told_and_read(texts: list[str], font: OldFont) -> None:
    conversion = find_old_font(texts)
    assert conversion is not None
    assert conversion.font is font
    assert [conversion.text(text) for text in texts] == MOTTO
    assert conversion.examples[0] == (texts[0], MOTTO[0])


def test_capitals_of_the_capital_fonts_are_capitals() -> None:
    conversion = find_old_font([*IN_TCVN3, "NGUYÔN V¡N §øC"])
    assert conversion is not None
    assert conversion.text("NGUYÔN V¡N §øC") == "NGUYỄN VĂN ĐỨC"
    vni = find_old_font([*IN_VNI, "NGUYEÃN VAÊN ÑÖÙC"])
    assert vni is not None
    assert vni.text("NGUYEÃN VAÊN ÑÖÙC") == "NGUYỄN VĂN ĐỨC"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_is_left_alone(form: str) -> None:
    assert find_old_font([unicodedata.normalize(form, name) for name in [*NAMES, *MOTTO]]) is None


@pytest.mark.parametrize(
    "texts",
    [
        ["François Müller", "José García", "Åsa Öberg", "Zoë Brontë", "Jürgen Größe"],
        ["Le An", "Tran Binh", "no marks at all"],
        [],
    ],
)
def test_other_languages_are_left_alone(texts: list[str]) -> None:
    assert find_old_font(texts) is None


def test_a_cell_in_unicode_stays_in_a_table_that_is_not() -> None:
    conversion = find_old_font([*IN_TCVN3, "Hà Nội"])
    assert conversion is not None
    assert conversion.text("Trần Thị Mỹ Lệ") == "Trần Thị Mỹ Lệ"
    assert conversion.text("anh@example.org") == "anh@example.org"


def test_a_sheet_in_an_old_font_says_so_with_examples() -> None:
    sheet = Sheet("DS", tuple(Row(number, (text, "x")) for number, text in enumerate(IN_VNI, 1)))
    readable = readable_sheet(sheet)
    assert [row.cells[0] for row in readable.rows] == MOTTO
    (notice,) = readable.notices
    assert notice.problem == "FONT_CONVERTED"
    assert MOTTO[0] in notice.message
    assert IN_VNI[0] in notice.message
    assert readable_sheet(readable) is readable


def table(heading: str, names: list[str]) -> str:
    return "\r\n".join([f"STT,{heading}", *(f"{number},{name}" for number, name in enumerate(names, 1))])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_is_found(encoding: str) -> None:
    decoded = decode(table("Họ và tên", NAMES).encode(encoding))
    assert decoded is not None
    assert decoded.text == table("Họ và tên", NAMES)


def in_windows_1258(text: str) -> bytes:
    """As Windows writes it: vowels with their shape, the tone apart behind them."""
    out = []
    for character in unicodedata.normalize("NFC", text):
        try:
            out.append(character.encode("cp1258"))
        except UnicodeEncodeError:
            base, *tones = unicodedata.normalize("NFD", character)
            shape = "".join(mark for mark in tones if mark in "\u0302\u0306\u031b")
            tone = "".join(mark for mark in tones if mark not in shape)
            out.append((unicodedata.normalize("NFC", base + shape) + tone).encode("cp1258"))
    return b"".join(out)


def test_windows_1258_is_found_and_composed(tmp_path: Path) -> None:
    path = tmp_path / "danh sách.csv"
    path.write_bytes(in_windows_1258(table("Họ và tên", NAMES)))
    roster = read_roster(path)
    assert [row.name for row in roster.rows] == NAMES
    assert [notice.problem for notice in roster.notices] == ["ENCODING_ASSUMED"]


@pytest.mark.parametrize(
    ("heading", "name"), [("Hä vµ tªn", "NguyÔn ThÞ ¸nh"), ("Hoï vaø teân", "Nguyeãn Thò AÙnh")]
)
def test_a_text_file_for_an_old_font_is_read(tmp_path: Path, heading: str, name: str) -> None:
    path = tmp_path / "cu.csv"
    path.write_bytes(table(heading, [name, "Trần"[:2] + "an", name]).encode("latin-1"))
    roster = read_roster(path)
    assert roster.rows[0].name == "Nguyễn Thị Ánh"
    assert "FONT_CONVERTED" in [notice.problem for notice in roster.notices]


@pytest.mark.parametrize("content", [b"\x00\x01\x02" * 50, b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256))])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    decoded = decode(content)
    assert decoded is None or "\0" in decoded.text
