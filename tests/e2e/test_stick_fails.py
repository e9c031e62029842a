"""A stick that fails at byte N, for many N: said so, no half file under a final name, and the next try ends."""

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.app import Station
from station.errors import EnvironmentFault
from station.exchange.verify import verify
from station.model.verdict import Source
from station.reports.choice import Choice
from tests.builders import make_event, opened, payload
from tests.e2e.failing_stick import failing_stick, needs_fuse

pytestmark = needs_fuse


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with opened(make_event(tmp_path / "event")) as station:
        for serial in (1, 2, 3):
            station.desk.redeem(payload(serial), Source.CAMERA)
        yield station


def finished(medium: Path) -> list[Path]:
    return [path for path in medium.iterdir() if not path.name.endswith(".part")]


@pytest.mark.parametrize(
    ("number", "failures", "sentence"),
    [
        (errno.EIO, 12, "bị lỗi hay bị rút ra"),
        (errno.ENOSPC, 5, "đầy"),
        (errno.ENODEV, 5, "bị lỗi hay bị rút ra"),
    ],
)
def test_a_stick_that_fails_at_any_byte_holds_nothing_half_and_the_next_try_goes_on(
    station: Station, tmp_path: Path, number: int, failures: int, sentence: str
) -> None:
    choice = Choice().only(["attendance.csv", "attendance-list.pdf"])
    with failing_stick(tmp_path) as stick:
        whole = station.export(stick, choice=choice)
        size = whole.bytes + (whole.to / "MANIFEST.json").stat().st_size
    kept = 0
    for step in range(failures):
        there = set(finished(tmp_path / "medium"))
        with (
            failing_stick(tmp_path, size * step // failures, number) as stick,
            pytest.raises(EnvironmentFault) as said,
        ):
            station.export(stick, choice=choice)
        assert sentence in str(said.value)
        assert set(finished(tmp_path / "medium")) == there
        with failing_stick(tmp_path) as stick:
            result = station.export(stick, choice=choice)
            assert result.verified
            assert verify(result.to).ok
        kept += result.kept_bytes
        assert not list((tmp_path / "medium").glob("*.part"))
    if number == errno.EIO:
        assert kept > 0  # what had arrived whole was not written a second time


def test_the_same_stick_convicts_a_writer_that_copies_straight_to_the_final_name(
    station: Station, tmp_path: Path
) -> None:
    whole = station.export(tmp_path, choice=Choice().only(["attendance.csv"]))
    with (
        failing_stick(tmp_path, whole.bytes // 2) as stick,
        pytest.raises(OSError, match=r"Input/output|KINGSTON"),
    ):
        shutil.copytree(whole.to, stick / "attendance")
    assert finished(tmp_path / "medium")
    assert not verify(tmp_path / "medium").ok
