"""The running feed: what is sighted, what is told, and that it goes on and stops."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from station.capture import feed as feed_module
from station.capture.camera import CameraSource, FrameSource, SourceKind, open_source, parse_source
from station.capture.devices import CameraDevice, index_of
from station.capture.feed import CameraState, CameraStatus, Feed
from station.capture.frame import Code, Frame, Sighting
from station.capture.hints import Hint
from station.capture.stream import StreamDecoder
from station.errors import EnvironmentFault
from station.i18n import set_language
from tests.unit.capture.mjpeg_camera import MjpegCamera
from tests.unit.capture.pictured_source import PicturedSource
from tests.unit.capture.pictures import code_picture, empty, scene, write_video

DEVICE = CameraSource(SourceKind.DEVICE, "0")
WITHIN_S = 20


class Listener:
    """Notes what a feed tells, and waits for it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.statuses: list[CameraStatus] = []
        self.sightings: list[Sighting] = []
        self.previewed: list[int] = []
        self.faults: list[Exception] = []

    @property
    def states(self) -> list[CameraState]:
        return [status.state for status in self.statuses]

    @property
    def texts(self) -> list[str]:
        return [sighting.code.text for sighting in self.sightings]

    def on_state(self, status: CameraStatus) -> None:
        self._note(self.statuses, status)

    def on_sighting(self, sighting: Sighting) -> None:
        self._note(self.sightings, sighting)

    def on_preview(self, frame: Frame) -> None:
        self._note(self.previewed, frame.number)

    def on_fault(self, fault: Exception) -> None:
        self._note(self.faults, fault)

    def wait_for(self, fact: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(fact, WITHIN_S), (self.statuses, self.texts, self.faults)

    def _note(self, notes: list, note: object) -> None:
        with self._changed:
            notes.append(note)
            self._changed.notify_all()


@pytest.fixture
def listener() -> Listener:
    set_language("en")
    return Listener()


@pytest.fixture
def watch(listener: Listener) -> Iterator[Callable[..., Feed]]:
    """Starts a feed that tells the listener; stops it afterwards and sees that no thread is left."""
    feeds: list[Feed] = []

    def watched(source: CameraSource, decoder: StreamDecoder | None = None, **changed: object) -> Feed:
        callbacks: dict = {
            name: getattr(listener, name) for name in ("on_state", "on_sighting", "on_preview", "on_fault")
        }
        feed = Feed(source, decoder or StreamDecoder(), **(callbacks | changed))
        feeds.append(feed)
        feed.start()
        return feed

    yield watched
    for feed in feeds:
        feed.stop()
    assert not {"camera", "decoder"} & {thread.name for thread in threading.enumerate()}


@pytest.fixture
def quick_retry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "RETRY_S", 0.05)


def video(path: Path, seconds_of: str) -> CameraSource:
    """A video at 20 frames a second: a quarter of a second of each letter's code, ``-`` of nothing."""
    pictures = {letter: scene(code_picture(letter)) for letter in set(seconds_of)} | {"-": empty()}
    return parse_source(
        str(
            write_video(
                path / "camera.avi",
                [pictures[letter] for letter in seconds_of for _ in range(5)],
                "MJPG",
                frames_per_second=20,
            )
        )
    )


def test_a_video_is_played_at_its_speed_and_every_presentation_is_sighted_once(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener
) -> None:
    began_at = time.perf_counter()
    feed = watch(video(tmp_path, "a-ab------a"))
    listener.wait_for(lambda: CameraState.ENDED in listener.states)

    assert listener.texts == ["a", "b", "a"]
    assert time.perf_counter() - began_at > 2.5
    assert listener.states == [CameraState.SEARCHING, CameraState.LIVE, CameraState.ENDED]
    assert feed.status() == CameraStatus(CameraState.ENDED)
    assert feed.statistics().grabbed == 55


def test_without_pace_every_frame_is_decoded_quicker_than_it_was_filmed(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener
) -> None:
    source = video(tmp_path, "a-b-----a-------------------------------")
    began_at = time.perf_counter()
    feed = watch(CameraSource(source.kind, source.address, paced=False))
    listener.wait_for(lambda: CameraState.ENDED in listener.states)

    assert time.perf_counter() - began_at < 10
    statistics = feed.statistics()
    assert (statistics.grabbed, statistics.decoded, statistics.dropped) == (200, 200, 0)
    assert listener.previewed == list(range(200))
    assert [(sighting.code.text, sighting.frame.number // 5) for sighting in listener.sightings] == [
        ("a", 0),
        ("b", 2),
        ("a", 8),
    ]


def test_two_codes_in_a_frame_are_two_sightings(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener
) -> None:
    both = scene(code_picture("one"), code_picture("two"))
    watch(parse_source(str(write_video(tmp_path / "camera.mp4", [both] * 20))))
    listener.wait_for(lambda: CameraState.ENDED in listener.states)

    assert sorted(listener.texts) == ["one", "two"]


def test_the_end_is_told_after_the_last_sighting_however_slow_it_is(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener
) -> None:
    may_record = threading.Event()

    def slow(sighting: Sighting) -> None:
        assert may_record.wait(WITHIN_S)
        listener.on_sighting(sighting)

    film = write_video(tmp_path / "camera.mp4", [scene(code_picture("a"))] * 3)
    watch(parse_source(str(film)), on_sighting=slow)
    listener.wait_for(lambda: len(listener.previewed) == 3)
    assert CameraState.ENDED not in listener.states
    may_record.set()
    listener.wait_for(lambda: CameraState.ENDED in listener.states)

    assert listener.texts == ["a"]


def test_a_slow_listener_gets_the_newest_frame_and_the_preview_goes_on(
    watch: Callable[..., Feed], listener: Listener
) -> None:
    shutter, may_record = threading.Semaphore(0), threading.Event()
    pictures = [scene(code_picture(f"frame {number}")) for number in range(10)]

    def slow(sighting: Sighting) -> None:
        listener.on_sighting(sighting)
        assert may_record.wait(WITHIN_S)

    feed = watch(
        DEVICE,
        opener=lambda _source: PicturedSource(pictures, finite=False, shutter=shutter),
        on_sighting=slow,
    )
    shutter.release()
    listener.wait_for(lambda: listener.texts == ["frame 0"])
    shutter.release(9)
    listener.wait_for(lambda: len(listener.previewed) == 10)
    newest = feed.newest()
    may_record.set()
    listener.wait_for(lambda: len(listener.texts) == 2)

    assert newest is not None
    assert newest.number == 9
    assert listener.texts == ["frame 0", "frame 9"]
    assert feed.statistics().dropped == 8
    shutter.release(100)


def test_a_camera_that_was_unplugged_and_comes_back_is_live_again(
    watch: Callable[..., Feed], listener: Listener, quick_retry: None
) -> None:
    camera = MjpegCamera(scene(code_picture("a")))
    with camera:
        watch(parse_source(camera.url))
        listener.wait_for(lambda: listener.texts == ["a"])
    listener.wait_for(lambda: listener.states[-1] is CameraState.LOST)
    with camera:
        listener.wait_for(lambda: listener.states[-1] is CameraState.LIVE)

    assert listener.states[:2] == [CameraState.SEARCHING, CameraState.LIVE]
    assert all(status.message for status in listener.statuses if status.state is CameraState.LOST)


def test_a_camera_that_is_not_there_yet_is_found_when_it_comes(
    watch: Callable[..., Feed], listener: Listener, quick_retry: None
) -> None:
    camera = MjpegCamera(empty())
    watch(parse_source(camera.url))
    listener.wait_for(lambda: len(listener.statuses) == 2)
    with camera:
        listener.wait_for(lambda: listener.states[-1] is CameraState.LIVE)

    assert listener.states[:3] == [CameraState.SEARCHING, CameraState.SEARCHING, CameraState.LIVE]
    assert "does not answer" in listener.statuses[1].message


def test_a_camera_that_gives_no_picture_is_tried_again(
    watch: Callable[..., Feed], listener: Listener, quick_retry: None
) -> None:
    sources = [
        PicturedSource([], finite=False),
        PicturedSource([], finite=False),
        PicturedSource([empty()] * 3),
    ]
    opened = iter(sources)
    watch(DEVICE, opener=lambda _source: next(opened))
    listener.wait_for(lambda: CameraState.LIVE in listener.states)

    assert all(source.closed.is_set() for source in sources[:2])


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "There is no file"), (b"", "is not a video"), (b"hello" * 1000, "is not a video")],
    ids=["missing", "empty", "garbage"],
)
def test_a_file_that_cannot_be_played_fails_with_a_sentence(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener, content: bytes | None, told: str
) -> None:
    path = tmp_path / "camera.mp4"
    if content is not None:
        path.write_bytes(content)
    watch(parse_source(str(path)))
    listener.wait_for(lambda: CameraState.FAILED in listener.states)

    assert told in listener.statuses[-1].message
    assert listener.states == [CameraState.SEARCHING, CameraState.FAILED]


def test_a_folder_is_no_camera(tmp_path: Path, watch: Callable[..., Feed], listener: Listener) -> None:
    watch(parse_source(str(tmp_path)))
    listener.wait_for(lambda: CameraState.FAILED in listener.states)


def test_a_video_that_breaks_off_ends_and_says_so(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener
) -> None:
    whole = write_video(tmp_path / "whole.avi", [scene(code_picture("a"))] * 30, "MJPG")
    cut = tmp_path / "cut.avi"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    watch(parse_source(str(cut)))
    listener.wait_for(lambda: CameraState.ENDED in listener.states)

    assert listener.texts == ["a"]
    assert "damaged" in listener.statuses[-1].message


def test_a_fault_of_the_listener_is_reported_and_the_next_sighting_still_comes(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener
) -> None:
    def failing(sighting: Sighting) -> None:
        listener.on_sighting(sighting)
        if sighting.code.text == "a":
            raise EnvironmentFault("the disk is full")

    watch(video(tmp_path, "ab"), on_sighting=failing)
    listener.wait_for(lambda: CameraState.ENDED in listener.states)

    assert listener.texts == ["a", "b"]
    assert [str(fault) for fault in listener.faults] == ["the disk is full"]


def test_a_fault_of_the_listener_is_logged_when_nobody_asked_for_it(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(_frame: Frame) -> None:
        raise ZeroDivisionError

    film = write_video(tmp_path / "camera.avi", [empty()] * 2, "MJPG")
    watch(parse_source(str(film)), on_preview=failing, on_fault=None)
    listener.wait_for(lambda: CameraState.ENDED in listener.states)

    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError] * 2


def test_a_decoder_that_fails_gets_the_next_frame(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener
) -> None:
    class FailingOnce(StreamDecoder):
        def decode(self, frame: Frame) -> list[Code]:
            if frame.number == 0:
                raise MemoryError
            return super().decode(frame)

    film = write_video(tmp_path / "camera.avi", [scene(code_picture("a"))] * 20, "MJPG")
    watch(parse_source(str(film)), FailingOnce())
    listener.wait_for(lambda: CameraState.ENDED in listener.states)

    assert listener.texts == ["a"]
    assert [type(fault) for fault in listener.faults] == [MemoryError]


def test_an_unforeseen_fault_while_opening_is_reported_and_tried_again(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener, quick_retry: None
) -> None:
    tries: list[int] = []

    def opener(source: CameraSource) -> FrameSource:
        tries.append(1)
        if len(tries) == 1:
            raise KeyError("a bug")
        return open_source(source)

    watch(video(tmp_path, "a"), opener=opener)
    listener.wait_for(lambda: CameraState.ENDED in listener.states)

    assert [type(fault) for fault in listener.faults] == [KeyError]


def test_codes_in_view_are_told_with_their_place_until_they_are_too_old(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = watch(video(tmp_path, "a"))
    listener.wait_for(lambda: CameraState.ENDED in listener.states)
    (place,) = feed.codes_in_view()
    monkeypatch.setattr(feed_module, "IN_VIEW_S", 0)

    assert (place.code.text, place.width, place.height) == ("a", 640, 360)
    assert 0 <= place.age_s < 1
    assert all(0 < x < 640 and 0 < y < 360 for x, y in place.code.corners)
    assert feed.codes_in_view() == []


def test_stopping_is_immediate_while_the_camera_is_sought(
    watch: Callable[..., Feed], listener: Listener
) -> None:
    feed = watch(CameraSource(SourceKind.DEVICE, "63"))
    listener.wait_for(lambda: len(listener.statuses) == 2)
    began_at = time.perf_counter()
    feed.stop()

    assert time.perf_counter() - began_at < 1.5


def test_stopping_does_not_wait_for_a_driver_that_hangs_and_the_device_is_let_go_later(
    watch: Callable[..., Feed], listener: Listener
) -> None:
    driver_returns = threading.Event()
    source = PicturedSource([empty()] * 5, finite=False)

    def hanging(_source: CameraSource) -> FrameSource:
        driver_returns.wait(WITHIN_S)
        return source

    feed = watch(DEVICE, opener=hanging)
    listener.wait_for(lambda: listener.states == [CameraState.SEARCHING])
    began_at = time.perf_counter()
    feed.stop()
    took_s = time.perf_counter() - began_at
    driver_returns.set()

    assert took_s < 2
    assert source.closed.wait(WITHIN_S)
    assert listener.states == [CameraState.SEARCHING]
    assert listener.previewed == []


def test_a_driver_that_takes_long_to_open_is_told_about_and_then_used(
    watch: Callable[..., Feed], listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "SLOW_OPEN_S", 0.05)
    driver_returns = threading.Event()

    def slow(_source: CameraSource) -> FrameSource:
        driver_returns.wait(WITHIN_S)
        return PicturedSource([empty()] * 3, finite=False)

    watch(CameraSource(SourceKind.DEVICE, "camera:HD Webcam"), opener=slow)
    listener.wait_for(lambda: len(listener.statuses) == 2)
    assert listener.statuses[-1].state is CameraState.SEARCHING
    assert "HD Webcam does not answer yet" in listener.statuses[-1].message
    driver_returns.set()
    listener.wait_for(lambda: CameraState.LIVE in listener.states)


def test_a_camera_chosen_by_name_is_found_again_under_another_number(
    watch: Callable[..., Feed], listener: Listener, quick_retry: None
) -> None:
    plugged: list[CameraDevice] = [CameraDevice(0, "Built-in"), CameraDevice(2, "HD Webcam")]
    opened: list[int | None] = []

    def opener(source: CameraSource) -> FrameSource:
        index = index_of(source.address, lambda: plugged)
        opened.append(index)
        if index is None:
            raise EnvironmentFault("away")
        if len(opened) == 1:
            plugged[:] = [CameraDevice(0, "Built-in")]
        elif not plugged[1:]:
            pytest.fail("opened although it is away")
        return PicturedSource([empty()] * 2, finite=False)

    watch(parse_source("camera:HD Webcam"), opener=opener)
    listener.wait_for(lambda: None in opened)
    assert listener.states[-1] is CameraState.LOST
    plugged[:] = [CameraDevice(0, "HD Webcam"), CameraDevice(1, "Built-in")]
    listener.wait_for(lambda: opened[-1] == 0 and listener.states.count(CameraState.LIVE) > 1)


def test_what_is_wrong_with_the_picture_is_told_while_nothing_is_read(
    watch: Callable[..., Feed], listener: Listener
) -> None:
    shutter, dark = threading.Semaphore(0), np.full_like(empty(), 6)

    def released() -> bool:
        shutter.release()
        return feed.hint() is Hint.BLACK

    feed = watch(DEVICE, opener=lambda _s: PicturedSource([dark] * 100_000, finite=False, shutter=shutter))
    listener.wait_for(released)
    shutter.release(100_000)  # or the camera waits for a test that is over


def test_nothing_is_told_after_stopping(
    tmp_path: Path, watch: Callable[..., Feed], listener: Listener
) -> None:
    feed = watch(video(tmp_path, "a" * 10))
    listener.wait_for(lambda: len(listener.previewed) > 3)
    feed.stop()
    told = len(listener.previewed), list(listener.states)

    assert not {"camera", "decoder"} & {thread.name for thread in threading.enumerate()}
    assert (len(listener.previewed), listener.states) == told
    assert listener.states[-1] is CameraState.LIVE


def test_a_feed_that_was_never_started_can_be_stopped(listener: Listener) -> None:
    Feed(DEVICE, StreamDecoder(), on_sighting=listener.on_sighting, on_state=listener.on_state).stop()


def test_a_callback_may_stop_the_feed_and_nothing_more_comes(tmp_path: Path, listener: Listener) -> None:
    feeds: list[Feed] = []

    def stop(sighting: Sighting) -> None:
        feeds[0].stop()
        listener.on_sighting(sighting)

    both = scene(code_picture("one"), code_picture("two"))
    feed = Feed(
        parse_source(str(write_video(tmp_path / "camera.mp4", [both] * 20))),
        StreamDecoder(),
        on_sighting=stop,
        on_state=listener.on_state,
        on_fault=listener.on_fault,
    )
    feeds.append(feed)
    feed.start()
    listener.wait_for(lambda: bool(listener.texts))
    feed.stop()

    assert len(listener.texts) == 1
    assert listener.faults == []
