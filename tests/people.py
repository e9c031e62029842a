"""Invents delegates with Vietnamese names in the frequencies that they have, for benchmarks and large tests."""

import random

from station.model.delegate import Delegate

FAMILY = {
    "Nguyễn": 38, "Trần": 11, "Lê": 9, "Phạm": 7, "Huỳnh": 5, "Hoàng": 5, "Phan": 4, "Vũ": 4, "Võ": 4, "Đặng": 4,
    "Bùi": 3, "Đỗ": 3, "Hồ": 2, "Ngô": 2, "Dương": 2, "Lý": 1,
}  # fmt: skip
_MIDDLE = (
    "Văn Thị Hữu Đức Thành Minh Ngọc Thu Hồng Quang Xuân Thanh Kim Anh Bích Công Đình Gia Hải Khánh Lan Mai Mạnh Mỹ "
    "Nhật Phương Quốc Quỳnh Sơn Tuấn Tố Uyên Việt"
)
_GIVEN = (
    "Anh Ánh An Ân Bình Chi Cường Dũng Duyên Đạt Đức Giang Hà Hải Hạnh Hiền Hiếu Hoa Hòa Hoàng Hùng Hương Huy Huyền "
    "Khoa Lan Linh Loan Long Mai Minh Nam Nga Ngân Ngọc Nguyệt Nhung Oanh Phong Phúc Phương Quân Quang Quyên Sơn Tâm "
    "Thảo Thắng Thanh Thúy Tiến Trang Trung Tú Tuấn Tùng Uyên Vân Việt Vinh Yến"
)
PLACES = (
    "An Giang", "Bắc Ninh", "Cà Mau", "Đắk Lắk", "Hà Nam", "Hà Nội", "Lào Cai", "Huế", "Quảng Ngãi", "Thanh Hóa",
)  # fmt: skip


def people(count: int, seed: int = 2022) -> list[Delegate]:
    """So many delegates in the order of the roster; the same ones for the same seed."""
    chance = random.Random(seed)
    return sorted((_person(chance, n) for n in range(1, count + 1)), key=lambda delegate: delegate.sort_key)


def _person(chance: random.Random, number: int) -> Delegate:
    family = chance.choices(list(FAMILY), list(FAMILY.values()))[0]
    middle = chance.sample(_MIDDLE.split(), chance.choice((1, 1, 2)))
    name = " ".join([family, *middle, chance.choice(_GIVEN.split())])
    body = chance.choice(("LĐLĐ tỉnh", "Liên đoàn Lao động tỉnh"))
    return Delegate(
        id=f"20221027-{number}",
        code=f"DB{number:06d}",
        name=name,
        unit=f"{body} {chance.choice(PLACES)}",
        phone=f"09{chance.randrange(10**8):08d}",
    )


def with_a_slip(text: str, chance: random.Random) -> str:
    """A text with one letter left out, doubled by a wrong one, exchanged, or two letters turned around."""
    place = chance.randrange(len(text))
    wrong = chance.choice("abcdeghiklmnopqrstuvxy")
    before, here, after = text[:place], text[place], text[place + 1 :]
    return chance.choice(
        (
            before + after,
            before + wrong + here + after,
            before + wrong + after,
            before + after[:1] + here + after[1:],
        )
    )
