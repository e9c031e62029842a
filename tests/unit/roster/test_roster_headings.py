"""Which row is the heading and which column is what, in lists as Vietnamese offices make them."""

import pytest

from station.errors import BadInput
from station.roster.cells import Row, Sheet
from station.roster.heading_names import FIELDS, field_of
from station.roster.headings import Headings, find_headings, parse_overrides


def sheet_of(*rows: list[str], spans: dict[tuple[int, int], int] | None = None) -> Sheet:
    numbered = [Row(number, tuple(cells)) for number, cells in enumerate(rows, 1) if any(cells)]
    return Sheet("S", tuple(numbered), spans=spans or {})


def headings_of(*rows: list[str], **overrides: str) -> Headings:
    headings = find_headings(sheet_of(*rows), overrides)
    assert headings is not None
    return headings


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("STT", "ordinal"),
        ("TT", "ordinal"),
        ("Số TT", "ordinal"),
        ("No.", "ordinal"),
        ("#", "ordinal"),
        ("Họ và tên", "name"),
        ("HỌ VÀ TÊN", "name"),
        ("Ho va ten", "name"),
        ("Họ và\ntên", "name"),
        ("Họ tên đại biểu", "name"),
        ("Tên đại biểu", "name"),
        ("Họ & tên", "name"),
        ("Họ và tên (chữ in hoa)", "name"),
        ("Họ và tên / Full name", "name"),
        ("Full Name", "name"),
        ("Họ và tên đệm", "family_name"),
        ("Họ đệm", "family_name"),
        ("Tên", "given_name"),
        ("Chức vụ", "position"),
        ("Chức danh:", "position"),
        ("Đơn vị công tác", "unit"),
        ("Cơ quan", "unit"),
        ("Organization", "unit"),
        ("Thành phần", "category"),
        ("Đối tượng", "category"),
        ("Điện thoại", "phone"),
        ("SĐT", "phone"),
        ("Số ĐT", "phone"),
        ("Di động", "phone"),
        ("Điện thoại/Zalo", "phone"),
        ("E-mail", "email"),
        ("Thư điện tử", "email"),
        ("Mã đại biểu", "code"),
        ("Mã ĐB", "code"),
        ("Mã số", "code"),
        ("Số ghế", "seat"),
        ("Vị trí", "seat"),
        ("Ghi chú", "note"),
        ("Mã vé", "external_payload"),
        ("Số CCCD", "citizen_id"),
        ("Căn cước công dân", "citizen_id"),
        ("CMND/CCCD", "citizen_id"),
        ("External payload", "external_payload"),
        ("external_payload", "external_payload"),
        ("Chức vụ / Đơn vị", None),
        ("Ngày sinh", None),
        ("Nguyễn Văn Tên", None),
        ("", None),
        ("---", None),
    ],
)
def test_what_headings_mean(heading: str, field: str | None):
    assert field_of(heading) == field


def test_every_field_has_a_heading_in_plain_english():
    english = [
        "Name",
        "Position",
        "Unit",
        "Category",
        "Phone",
        "Email",
        "Seat",
        "Note",
        "Code",
        "External payload",
        "Citizen ID",
    ]
    assert tuple(map(field_of, english)) == FIELDS


def test_titles_above_the_heading_are_passed_over():
    headings = headings_of(
        ["TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["DANH SÁCH ĐẠI BIỂU"],
        [],
        ["STT", "Họ và tên", "Đơn vị"],
        ["1", "Lê An", "Hà Nội"],
    )
    assert (headings.row, headings.columns, headings.ordinal) == (4, {"name": (1,), "unit": (2,)}, 0)


def test_a_data_row_with_one_known_word_is_no_heading():
    assert find_headings(sheet_of(["An", "Đại biểu"], ["Chi", "Đại biểu"]), {}) is None


def test_a_lone_heading_is_enough_for_a_lone_column():
    assert headings_of(["Danh sách"], ["Họ và tên"], ["Lê An"]).row == 2


def test_a_heading_further_down_than_is_looked_is_not_found():
    assert find_headings(sheet_of(*([["x"]] * 30), ["STT", "Họ và tên"]), {}) is None


def test_the_first_of_equal_heading_rows_is_taken():
    assert headings_of(["STT", "Họ tên"], ["1", "An"], ["STT", "Họ tên"], ["2", "Chi"]).row == 1


def test_a_name_in_two_columns():
    headings = headings_of(["STT", "Họ và tên đệm", "Tên", "Đơn vị"], ["1", "Lê Văn", "An", "X"])
    assert headings.columns["name"] == (1, 2)
    assert headings.title_of("name") == "Họ và tên đệm + Tên"


def test_the_family_name_comes_first_wherever_its_column_stands():
    assert headings_of(["Given name", "Surname"], ["An", "Lê"]).columns["name"] == (1, 0)


def test_a_column_of_given_names_alone_is_taken_for_the_names():
    assert headings_of(["Tên", "Đơn vị"], ["Lê An", "X"]).columns["name"] == (0,)


def test_one_heading_merged_over_two_columns_of_a_name():
    rows = [["STT", "Họ và tên", "", "Đơn vị"], ["1", "Lê Văn", "An", "X"]]
    headings = find_headings(sheet_of(*rows, spans={(1, 1): 2}), {})
    assert headings is not None
    assert headings.columns == {"name": (1, 2), "unit": (3,)}
    assert headings.ignored == ()


def test_columns_that_mean_nothing_are_listed_also_without_heading():
    headings = headings_of(["Họ tên", "Ngày sinh", "", "Đơn vị"], ["An", "1.1.", "?", "X"])
    assert headings.ignored == ("Ngày sinh", "C")


def test_the_second_column_of_one_meaning_is_ignored_and_listed():
    headings = headings_of(["Họ tên", "Điện thoại", "Di động"], ["An", "1", "2"])
    assert headings.columns["phone"] == (1,)
    assert headings.ignored == ("Di động",)


def test_an_override_by_heading_without_accents():
    headings = headings_of(["Họ tên", "Liên hệ"], ["An", "0912"], phone="lien he")
    assert headings.columns["phone"] == (1,)


def test_an_override_by_letter():
    headings = headings_of(["Họ tên", "", "Đơn vị"], ["An", "0912", "X"], phone="b")
    assert headings.columns["phone"] == (1,)
    assert headings.ignored == ()


def test_an_override_takes_the_column_from_its_own_meaning():
    headings = headings_of(["Họ tên", "Ghi chú", "Đơn vị"], ["An", "0912", "X"], phone="Ghi chú")
    assert "note" not in headings.columns


def test_an_override_makes_its_heading_known():
    headings = headings_of(
        ["Khách mời và đoàn"], ["Khách", "Nơi đến"], ["An", "Huế"], name="Khách", unit="Nơi đến"
    )
    assert headings.row == 2


def test_one_column_may_serve_two_fields():
    headings = headings_of(["Họ tên", "Thẻ"], ["An", "77"], code="Thẻ", external_payload="Thẻ")
    assert (headings.columns["code"], headings.columns["external_payload"]) == ((1,), (1,))


def test_an_override_to_a_column_that_is_not_there_names_those_that_are():
    with pytest.raises(BadInput) as caught:
        headings_of(["Họ tên", "Đơn vị"], ["An", "X"], phone="Liên lạc")
    (problem,) = caught.value.problems
    assert (problem.problem, problem.row) == ("UNKNOWN_COLUMN", 1)
    assert "“Họ tên”, “Đơn vị”" in problem.message


def test_letters_alone_find_the_heading_row_only_when_asked():
    sheet = sheet_of(["Sổ"], ["aaa", "bbb"], ["Lê An", "Huế"])
    overrides = {"name": "A", "unit": "B"}
    assert find_headings(sheet, overrides) is None
    headings = find_headings(sheet, overrides, assume=True)
    assert headings is not None
    assert (headings.row, headings.assumed) == (2, True)


def test_overrides_are_read_from_texts():
    assert parse_overrides(["name=Khách", " Phone = D ", "note=a=b"]) == {
        "name": "Khách",
        "phone": "D",
        "note": "a=b",
    }


@pytest.mark.parametrize("text", ["name", "name=", "=B", "nme=B", "status=B"])
def test_overrides_that_mean_nothing_are_refused_with_the_fields_there_are(text: str):
    with pytest.raises(BadInput) as caught:
        parse_overrides([text])
    (problem,) = caught.value.problems
    assert problem.problem == "UNKNOWN_FIELD"
    assert "name, position, unit" in problem.message
