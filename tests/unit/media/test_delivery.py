"""A delivery: resumed by hash, told as it goes, never trusted without reading back."""

from hashlib import sha256
from pathlib import Path

import pytest

from station.errors import Cancelled, EnvironmentFault
from station.media import delivery
from station.media.course import Course, Phase
from station.media.delivery import deliver
from station.media.held import HeldFolder
from station.media.manifest import ManifestFile

CONTENT = {"a.csv": b"a" * 700_000, "b/c.csv": b"c" * 300_000}
FILES = [ManifestFile(name, len(data), sha256(data).hexdigest()) for name, data in CONTENT.items()]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name, data in CONTENT.items():
        (tmp_path / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "source" / name).write_bytes(data)
    (tmp_path / "stick").mkdir()
    return tmp_path / "source"


def delivered(source: Path, course: Course | None = None) -> Course:
    course = course or Course()
    with HeldFolder(source.parent / "stick") as place:
        deliver(source, FILES, place, "export-", "export-1", course)
    return course


def on_stick(source: Path) -> dict[str, bytes]:
    stick = source.parent / "stick"
    return {p.relative_to(stick).as_posix(): p.read_bytes() for p in stick.rglob("*") if p.is_file()}


def test_everything_arrives_and_is_told(source: Path) -> None:
    told: list[tuple[int, int]] = []
    course = delivered(source, Course(lambda done, total: told.append((done, total))))
    assert on_stick(source) == {f"export-1/{name}": data for name, data in CONTENT.items()}
    assert told[-1] == (2_000_000, 2_000_000)
    assert [done for done, _total in told] == sorted(done for done, _total in told)
    assert course.phase is Phase.PROVING


def test_what_an_earlier_try_brought_is_used_and_what_is_half_is_not(source: Path) -> None:
    part = source.parent / "stick" / "export-0.part"
    part.mkdir()
    (part / "a.csv").write_bytes(CONTENT["a.csv"])
    (part / "old.csv").write_bytes(b"of the try before")
    (part / "b").mkdir()
    (part / "b" / "c.csv").write_bytes(CONTENT["b/c.csv"][:-1])
    course = delivered(source)
    assert course.kept_bytes == 700_000
    assert on_stick(source) == {f"export-1/{name}": data for name, data in CONTENT.items()}


def test_a_changed_file_of_the_right_size_is_written_anew(source: Path) -> None:
    part = source.parent / "stick" / "export-1.part"
    part.mkdir()
    (part / "a.csv").write_bytes(b"b" * 700_000)
    assert delivered(source).kept_bytes == 0
    assert on_stick(source)["export-1/a.csv"] == CONTENT["a.csv"]


@pytest.mark.parametrize("phase", [Phase.WRITING, Phase.PROVING])
def test_cancelled_nothing_is_left(source: Path, phase: Phase) -> None:
    course = Course()

    def cancel(_done: int, _total: int) -> None:
        if course.phase is phase and course.done_bytes:
            raise Cancelled

    course.hear(cancel)
    with pytest.raises(Cancelled):
        delivered(source, course)
    assert on_stick(source) == {}
    assert list((source.parent / "stick").iterdir()) == []


def test_a_stick_that_gives_back_other_bytes_is_never_called_done(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lying(place: HeldFolder, name: str, _course: Course | None = None) -> str:
        with place.read(name) as file:
            return sha256(file.read().replace(b"c", b"x")).hexdigest()

    monkeypatch.setattr(delivery, "digest_of", lying)
    with pytest.raises(EnvironmentFault, match=r"b/c\.csv"):
        delivered(source)
    assert [path.name for path in (source.parent / "stick").iterdir()] == ["export-1.part"]


def test_speed_and_rest_are_said_and_waiting_is_seen() -> None:
    now = [0.0]
    course = Course(monotonic=lambda: now[0])
    assert (course.speed(), course.remaining_s(), course.is_waiting()) == (0.0, None, False)
    course.begin(10_000_000, 10_000_000, 0)
    now[0] = 2.0
    course.advance(5_000_000)
    assert course.speed() == 2_500_000
    assert course.remaining_s() == 6.0
    assert not course.is_waiting()
    now[0] = 6.0
    assert course.is_waiting()
