"""The running camera: one thread grabs, one decodes, callbacks tell what was seen and how the camera is."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from station.capture.camera import CameraSource, FrameSource, OpenSource, SourceKind, open_source
from station.capture.frame import Code, Frame, Image, Sighting
from station.capture.hints import Hint, HintWatch
from station.capture.pace import Pace
from station.capture.sightings import Sightings
from station.capture.slot import FrameSlot
from station.capture.stream import StreamDecoder
from station.errors import BadInput, EnvironmentFault
from station.i18n import _

RETRY_S = 2.0
SLOW_OPEN_S = 6.0  # a driver that takes longer to open a device is told about
IN_VIEW_S = 1.0  # a code read longer ago than this is no longer told as in view
_CAMERA_ENDS_WITHIN_S = 1.0
_DECODER_ENDS_WITHIN_S = 5.0
_SHORT_OF = 0.95  # a file that gives less than this part of the frames it announced is damaged

Value = TypeVar("Value")
_log = logging.getLogger(__name__)


class CameraState(StrEnum):
    """How the source is."""

    SEARCHING = "searching"  # being opened, or not there yet: tried again until it is
    LIVE = "live"
    LOST = "lost"  # was there: tried again until it is back
    ENDED = "ended"  # the file is at its end
    FAILED = "failed"  # the file cannot be played


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """A state, and the sentence that explains it; empty when there is nothing to explain."""

    state: CameraState
    message: str = ""


@dataclass(frozen=True, slots=True)
class CodeInView:
    """A code where it was read last.

    Attributes:
        code: its corners are pixels of the frame.
        width, height: of the frame, pixels.
        age_s: how long ago the frame was grabbed.
    """

    code: Code
    width: int
    height: int
    age_s: float


@dataclass(frozen=True, slots=True)
class FeedStatistics:
    """Frames so far: grabbed from the source, of these decoded, and of these replaced or passed over unseen."""

    grabbed: int
    decoded: int
    dropped: int


class Feed:
    """Watches one source from ``start`` to ``stop``; made for one run.

    Both threads are daemons: a driver may hang for many seconds while it opens a device, and neither closing the
    window nor ending the program waits for it. Such a thread lets the device go as soon as the driver returns.

    Args:
        decoder: used by the decoding thread alone.
        on_sighting: called on the decoding thread for each code shown anew; may block while it is recorded.
        on_state: called on the camera thread whenever the status changes. ENDED comes after the last sighting.
        on_preview: called on the camera thread with each frame; must be quick.
        on_fault: called with whatever a callback or the decoder raises; the feed goes on. Logged by default.
        opener: opens the source.
    """

    def __init__(
        self,
        source: CameraSource,
        decoder: StreamDecoder,
        *,
        on_sighting: Callable[[Sighting], object],
        on_state: Callable[[CameraStatus], object],
        on_preview: Callable[[Frame], object] = lambda _frame: None,
        on_fault: Callable[[Exception], object] | None = None,
        opener: OpenSource = open_source,
    ) -> None:
        self._source = source
        self._decoder = decoder
        self._on_sighting, self._on_state = on_sighting, on_state
        self._on_preview, self._on_fault = on_preview, on_fault
        self._open = opener
        self._status = CameraStatus(CameraState.SEARCHING)
        self._sightings = Sightings()
        self._in_view: dict[bytes, tuple[Code, Frame]] = {}
        self._hints = HintWatch()
        self._hint: Hint | None = None
        self._slot = FrameSlot()
        self._stopping = threading.Event()
        self._grabbed = self._decoded = self._dropped = 0
        self._camera = threading.Thread(target=self._run_camera, name="camera", daemon=True)
        self._decoding = threading.Thread(target=self._run_decoder, name="decoder", daemon=True)

    def start(self) -> None:
        """Begin; the first status is told at once."""
        self._decoding.start()
        self._camera.start()

    def stop(self) -> None:
        """End both threads; afterwards no callback is under way, and none comes.

        Waits a second for a driver that hangs, and five for a sighting that is being recorded: only after these
        a callback may still be under way.
        """
        self._stopping.set()
        self._slot.close()
        for thread, within_s in (
            (self._decoding, _DECODER_ENDS_WITHIN_S),
            (self._camera, _CAMERA_ENDS_WITHIN_S),
        ):
            if thread.ident is not None and thread is not threading.current_thread():
                thread.join(within_s)
        self._decoder.close()

    def status(self) -> CameraStatus:
        """How the source is now."""
        return self._status

    def newest(self) -> Frame | None:
        """The frame grabbed last."""
        return self._slot.newest()

    def codes_in_view(self) -> list[CodeInView]:
        """The codes read within the last second, each where it was read last."""
        now = time.perf_counter()
        places = [
            CodeInView(code, frame.width, frame.height, now - frame.grabbed_at)
            for code, frame in self._in_view.copy().values()
        ]
        return [place for place in places if place.age_s <= IN_VIEW_S]

    def hint(self) -> Hint | None:
        """What is wrong with the picture, when nothing was read for a while."""
        return self._hint

    def statistics(self) -> FeedStatistics:
        """What became of the frames so far."""
        return FeedStatistics(self._grabbed, self._decoded, self._dropped)

    # The camera thread.

    def _run_camera(self) -> None:
        self._call(self._on_state, self._status)
        while not self._stopping.is_set():
            try:
                with contextlib.closing(self._opened()) as source:
                    self._deliver(source)
                    self._tell(self._status_after(source))
            except (EnvironmentFault, BadInput) as fault:
                self._tell(CameraStatus(self._state_without_picture(), str(fault)))
            except Exception as fault:  # edge: the camera is tried again whatever happened
                self._report(fault)
            if self._status.state in (CameraState.ENDED, CameraState.FAILED):
                return
            self._stopping.wait(RETRY_S)

    def _opened(self) -> FrameSource:
        """Open the source; a person is told when the driver takes its time, and may choose another meanwhile."""
        slow = threading.Timer(SLOW_OPEN_S, self._tell_slow)
        slow.daemon = True
        slow.start()
        try:
            return self._open(self._source)
        finally:
            slow.cancel()

    def _tell_slow(self) -> None:
        sentence = _(
            "{camera} does not answer yet. Close other programs that use it, plug it in again, or choose another."
        ).format(camera=self._source.label)
        self._tell(CameraStatus(self._state_without_picture(), sentence))

    def _deliver(self, source: FrameSource) -> None:
        """Give out every frame until the source gives no more."""
        in_step = Pace(source.frames_per_second) if source.finite and self._source.paced else None
        while not self._stopping.is_set():
            number = self._grabbed
            if in_step is not None and in_step.pass_over(number):
                if not source.skip():
                    return
                self._grabbed += 1
                self._dropped += 1
                continue
            image = source.read()
            if image is None:
                return
            self._grabbed += 1
            if in_step is not None:
                in_step.wait(number, self._stopping)
            self._give_out(image, number, source)

    def _give_out(self, image: Image, number: int, source: FrameSource) -> None:
        now = time.perf_counter()
        frame = Frame(image, number, now, number / source.frames_per_second if source.finite else now)
        self._tell(CameraStatus(CameraState.LIVE))
        self._dropped += self._slot.put(frame)
        self._call(self._on_preview, frame)
        if not self._source.paced:
            self._slot.settle()

    def _status_after(self, source: FrameSource) -> CameraStatus:
        """How the source is after it gave its last picture."""
        if not source.finite:
            return CameraStatus(
                self._state_without_picture(),
                _("The camera gives no picture. Plug it in again: it is found by itself."),
            )
        if not self._grabbed:
            return CameraStatus(CameraState.FAILED, _("The video holds no picture that can be read."))
        self._slot.settle()
        if self._grabbed < _SHORT_OF * source.announced_frames:
            return CameraStatus(
                CameraState.ENDED,
                _("The video is damaged: {count} of {total} pictures could be read.").format(
                    count=self._grabbed, total=source.announced_frames
                ),
            )
        return CameraStatus(CameraState.ENDED)

    def _state_without_picture(self) -> CameraState:
        if self._source.kind is SourceKind.FILE:
            return CameraState.FAILED
        return CameraState.LOST if self._grabbed else CameraState.SEARCHING

    def _tell(self, status: CameraStatus) -> None:
        if status != self._status and not self._stopping.is_set():
            self._status = status
            self._call(self._on_state, status)

    # The decoding thread.

    def _run_decoder(self) -> None:
        while (frame := self._slot.take()) is not None:
            try:
                took_s = self._look_at(frame)
            except Exception as fault:  # edge: the next frame is another chance
                self._report(fault)
                continue
            if self._source.paced and not self._decoder.is_watchful(frame.media_seconds):
                self._stopping.wait(
                    took_s
                )  # with nothing in view half a core at most: the rest is the screen's

    def _look_at(self, frame: Frame) -> float:
        """Decode a frame and tell what is shown anew; returns the processor seconds of decoding."""
        began_at = time.thread_time()  # of this thread alone: a busy machine makes nobody read less often
        codes = self._decoder.decode(frame)
        took_s = time.thread_time() - began_at
        self._decoded += 1
        self._remember(codes, frame)
        if self._source.paced:
            self._hint = self._hints.update(
                frame.image, frame.media_seconds, read=bool(codes), unread=self._decoder.unread()
            )
        for code in self._sightings.update(codes, frame.media_seconds):
            self._call(self._on_sighting, Sighting(code, frame))
        return took_s

    def _remember(self, codes: list[Code], frame: Frame) -> None:
        recent = {
            raw: (code, seen_in)
            for raw, (code, seen_in) in self._in_view.items()
            if frame.grabbed_at - seen_in.grabbed_at <= IN_VIEW_S
        }
        self._in_view = recent | {code.raw: (code, frame) for code in codes}

    # Both threads.

    def _call(self, callback: Callable[[Value], object], value: Value) -> None:
        if self._stopping.is_set():
            return
        try:
            callback(value)
        except Exception as fault:  # edge: a fault of the listener must not end the camera
            self._report(fault)

    def _report(self, fault: Exception) -> None:
        if self._on_fault is None:
            _log.error("capture goes on after a fault", exc_info=fault)
            return
        try:
            self._on_fault(fault)
        except Exception:  # edge: the listener for faults has one itself
            _log.exception("the listener for faults failed")
