"""Whether the camera opens and gives pictures that are neither black nor frozen, and whether a code was read by it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from station.capture.camera import CameraSource, camera_options, parse_source
from station.capture.decoder import grey_of
from station.capture.feed import SLOW_OPEN_S, CameraState, CameraStatus, Feed
from station.capture.frame import Frame, Grey, Sighting
from station.capture.hints import is_black
from station.capture.stream import StreamDecoder
from station.errors import BadInput, EnvironmentFault, Refusal
from station.i18n import _
from station.preflight import trials
from station.preflight.check import Check, Level
from station.preflight.subject import Subject

NAME = "camera"
_OPENS_WITHIN_S = 20.0  # some drivers of Windows take as long
_LOOK_S = 2.5
_STEP_S = 0.05
_LEAST_PICTURES = 5
_SAMPLE = 16  # every so many pixels across and down
_ENDED = (CameraState.ENDED, CameraState.FAILED)


@dataclass(slots=True)
class Look:
    """What a look through the camera gave; filled by the feed's threads.

    Attributes:
        samples: of each picture a few of its grey levels. size: of the last one, width and height in pixels.
        codes: how many codes were read.
    """

    samples: list[Grey] = field(default_factory=list)
    size: tuple[int, int] = (0, 0)
    codes: int = 0
    status: CameraStatus = CameraStatus(CameraState.SEARCHING)  # noqa: RUF009  # frozen

    def take_frame(self, frame: Frame) -> None:
        """A picture came."""
        self.size = (frame.width, frame.height)
        self.samples.append(grey_of(frame.image)[::_SAMPLE, ::_SAMPLE].copy())

    def take_sighting(self, _sighting: Sighting) -> None:
        """A code was read."""
        self.codes += 1

    def take_status(self, status: CameraStatus) -> None:
        """The camera was found or lost."""
        self.status = status


def check_camera(subject: Subject) -> Check:
    """Looks through the camera for some seconds; ends sooner when a code is read. Cancelled passes through."""
    address = subject.settings.camera if subject.camera is None else subject.camera
    try:
        source = parse_source(address, camera_options(subject.settings))
        look = _looked(source, subject)
    except (Refusal, EnvironmentFault, BadInput) as error:
        return Check(NAME, Level.FAIL, str(error))
    return judged(look, address, source.label, subject)


def judged(look: Look, address: str, label: str, subject: Subject) -> Check:
    """What a look means."""
    if not look.samples:
        return _without_picture(look, address, subject)
    gives = _("“{camera}” gives pictures of {width} × {height}.").format(
        camera=label, width=look.size[0], height=look.size[1]
    )
    if look.codes:
        return Check(NAME, Level.OK, f"{gives} " + _("A code was read."))
    trouble = trouble_in(look.samples)
    if trouble:
        advice = _("Take off its cover, or choose another camera in the settings.")
        return Check(NAME, Level.FAIL, trouble, advice)
    trial = trials.latest(subject.settings, trials.CAMERA)
    if trial is not None and trial.what == address and trials.holds(trial, subject.now):
        read = _("A code was read by it on {at}.").format(at=subject.told(trial.at))
        return Check(NAME, Level.OK, f"{gives} {read}")
    return Check(
        NAME,
        Level.WARN,
        f"{gives} " + _("Nobody has held a code before it yet."),
        _("Test the camera: hold up any code until it is read."),
    )


def trouble_in(samples: Sequence[Grey]) -> str:
    """What is wrong with pictures as a whole: black, or one like the other; '' for nothing."""
    if all(map(is_black, samples)):
        return _("The camera gives nothing but black.")
    if len(samples) >= _LEAST_PICTURES and all(np.array_equal(samples[0], other) for other in samples[1:]):
        return _("The picture of the camera stands still.")  # the noise of a real one never does
    return ""


def _without_picture(look: Look, address: str, subject: Subject) -> Check:
    """Red where a camera was chosen; without a choice a tested scanner, or no person to ask, makes it amber."""
    message = look.status.message or _("The camera gives no picture.")
    by_scanner = trials.holds(trials.latest(subject.settings, trials.SCANNER), subject.now)
    if address or (subject.has_window and not by_scanner):
        return Check(NAME, Level.FAIL, message)
    return Check(NAME, Level.WARN, message, _("Without a camera, codes come from a scanner alone."))


def _looked(source: CameraSource, subject: Subject) -> Look:
    look = Look()
    feed = Feed(
        source,
        StreamDecoder(),
        on_sighting=look.take_sighting,
        on_state=look.take_status,
        on_preview=look.take_frame,
    )
    feed.start()
    try:
        _wait(look, subject)
    finally:
        feed.stop()
    return look


def _wait(look: Look, subject: Subject) -> None:
    """Until a code was read, the look was long enough, the camera did not come, or a person had enough."""
    began_at = time.monotonic()
    first_at: float | None = None
    while not look.codes and look.status.state not in _ENDED:
        now = time.monotonic()
        waited_s = now - began_at
        if look.samples:
            first_at = first_at or now
            if now - first_at > _LOOK_S:
                return
        elif waited_s > _OPENS_WITHIN_S or (look.status.message and waited_s < SLOW_OPEN_S):
            return  # what is said later is only that the driver takes its time
        subject.progress(round(waited_s), round(_OPENS_WITHIN_S))
        time.sleep(_STEP_S)
