"""A file belongs to whom its name says: by code, else by name, else by name and unit; never by a guess."""

import unicodedata

import pytest

from station.model.delegate import Delegate
from station.roster.photos.matching import Index

PEOPLE = (
    Delegate("1", "DB00012", "Nguyễn Văn A", unit="LĐLĐ tỉnh Hà Nam"),
    Delegate("2", "DB00013", "Nguyễn Thị Ánh", unit="Liên đoàn Lao động tỉnh Hà Nam"),
    Delegate("3", "DB00014", "Nguyễn Thị Ánh", unit="LĐLĐ TP Hồ Chí Minh"),
    Delegate("4", "DB00015", "Trần Thị Kim", unit="LĐLĐ tỉnh Kiên Giang"),
    Delegate("5", "HN-01/2024", "Đỗ Ngọc Dũng"),
    Delegate("6", "12", "Lê Hoàng Ân"),
    Delegate("7", "13", "Phạm Thu Hà", position="Chủ tịch"),
)
INDEX = Index(PEOPLE)


def codes(file_name: str) -> list[str]:
    return [delegate.code for delegate in INDEX.fit(file_name).delegates]


@pytest.mark.parametrize(
    ("file_name", "code"),
    [
        ("DB00012.jpg", "DB00012"),
        ("db00012 - Nguyễn Văn A.png", "DB00012"),
        ("Nguyễn Văn A - DB00012.JPG", "DB00012"),
        ("DB00012NguyenVanA.jpg", "DB00012"),
        ("HN-01-2024.jpg", "HN-01/2024"),
        ("hn01_2024.jpg", "HN-01/2024"),
        ("12.jpg", "12"),
        ("12 Le Hoang An.jpg", "12"),
        ("Nguyen Van A.jpg", "DB00012"),
        ("NGUYỄN_VĂN_A.jpg", "DB00012"),
        ("NguyenVanA", "DB00012"),
        (unicodedata.normalize("NFD", "Đỗ Ngọc Dũng.jpg"), "HN-01/2024"),
        ("01. Nguyễn Văn A - ảnh thẻ (2).jpg", "DB00012"),
        ("Ảnh đồng chí Nguyễn Văn A - Copy.jpg", "DB00012"),
        ("Nguyễn Thị Ánh_LĐLĐ Hà Nam.jpeg", "DB00013"),
        ("nguyen_thi_anh_tphcm.jpg", "DB00014"),
        ("Nguyen Thi Anh - TP HCM.jpg", "DB00014"),
        ("Nguyễn Thị Ánh (Liên đoàn lao động thành phố Hồ Chí Minh).jpg", "DB00014"),
        ("Chủ tịch Phạm Thu Hà.jpg", "13"),
        ("Ảnh/Hà Nam/Nguyễn Thị Ánh.jpg", "DB00013"),
        ("Trần Thị Kim - Kiên Giang.jpg", "DB00015"),
    ],
)
def test_one_delegate_is_meant(file_name: str, code: str) -> None:
    assert codes(file_name) == [code]


@pytest.mark.parametrize(
    ("file_name", "meant"),
    [
        ("nguyen-thi-anh.jpg", ["DB00013", "DB00014"]),
        ("DB00012 DB00013.jpg", ["DB00012", "DB00013"]),
        ("13. Lê Hoàng Ân.jpg", ["13", "12"]),  # a running number, or a code?
    ],
)
def test_several_delegates_may_be_meant(file_name: str, meant: list[str]) -> None:
    assert codes(file_name) == meant


@pytest.mark.parametrize(
    "file_name",
    [
        "Người Lạ.jpg", "IMG_12.jpg", "Tran Thi Kim Giang.jpg", "Tran Thi Kim Chi.jpg", "DB0001.jpg", "DB000123.jpg",
        "Nguyễn Văn An.jpg", "20221027_0930.jpg", "", ".jpg", "🙂.png", "1-2.jpg",
    ],
)  # fmt: skip
def test_nobody_is_meant(file_name: str) -> None:
    assert codes(file_name) == []


def test_a_code_counts_more_than_the_name_beside_it_which_is_told() -> None:
    fit = INDEX.fit("DB00012 - Lê Hoàng Ân.jpg")

    assert [delegate.code for delegate in fit.delegates] == ["DB00012"]
    assert fit.also_named is not None and fit.also_named.code == "12"
