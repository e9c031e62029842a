"""An event and delegates to print."""

from datetime import date

import pytest

from station.badges.texts import BadgeData
from station.i18n import set_language
from station.model.delegate import Delegate
from station.model.event import Event

PAYLOAD = "1" + "0123456789" * 4 + "321"


@pytest.fixture(autouse=True)
def english(_vietnamese: None) -> None:
    """These tests are told in English, after the fixture that begins every test in Vietnamese."""
    set_language("en")


@pytest.fixture
def event() -> Event:
    return Event(
        id="5b0f7f0e-2022-4a27-9a28-1027c0d0a148",
        name="Nâng cao năng lực triển khai công tác tuyên truyền, vận động của tổ chức Công đoàn Việt Nam",
        name_en="",
        starts_on=date(2022, 10, 27),
        ends_on=date(2022, 10, 28),
        venue="Hội trường Sông Hồng, Hà Nội",
        organiser="Tổng Liên đoàn Lao động Việt Nam",
    )


@pytest.fixture
def badge() -> BadgeData:
    delegate = Delegate(
        id="20221027-1",
        code="DB00001",
        name="Nguyễn Thị Ngọc Ẩn",
        position="Phó Trưởng ban Tuyên giáo",
        unit="Liên đoàn Lao động tỉnh Đắk Lắk",
        category="Học viên",
        seat="A-12",
    )
    return BadgeData(delegate, PAYLOAD, "#9b1c1f")
