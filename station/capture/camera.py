"""Where pictures come from: a camera, a video file or a network stream, behind one small port."""

import errno
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from station.capture.devices import PREFIX, ListDevices, camera_devices, index_of
from station.capture.frame import Image
from station.capture.opencv import cv2, device_backend
from station.errors import BadInput, EnvironmentFault, Problem, Refusal
from station.i18n import _
from station.settings import Settings

WIDTH, HEIGHT, FRAMES_PER_SECOND = 1280, 720, 30
SIZES = ((640, 480), (1280, 720), (1920, 1080))
ROTATIONS = (0, 90, 180, 270)
LONGEST_EXPOSURE, SHORTEST_EXPOSURE = -1, -13
_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_PLAUSIBLE_FRAMES_PER_SECOND = (1, 240)  # what a file says beyond these is a mistake of its header
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_STREAMS = ("http", "https", "rtsp")
_OPEN_WITHIN_MS = 5000
_READ_WITHIN_MS = 3000


class SourceKind(StrEnum):
    """The three sorts of sources."""

    DEVICE = "device"
    FILE = "file"
    STREAM = "stream"


@dataclass(frozen=True, slots=True)
class CameraOptions:
    """What is asked of a camera; it gives what it can.

    Attributes:
        width, height: of its picture, pixels.
        rotation: clockwise, degrees, one of ``ROTATIONS``; also for files and streams.
        exposure: 0 for automatic, else the power of two of seconds: −6 is 1/64 s.
    """

    width: int = WIDTH
    height: int = HEIGHT
    rotation: int = 0
    exposure: int = 0


def camera_options(settings: Settings) -> CameraOptions:
    """What the settings ask of the camera."""
    return CameraOptions(
        settings.camera_width, settings.camera_height, settings.camera_rotation, settings.camera_exposure
    )


@dataclass(frozen=True, slots=True)
class CameraSource:
    """A source somebody chose; it need not exist.

    Attributes:
        address: the camera's index, ``camera:`` and its name, the file's path, or the URL.
        paced: play a file at its own speed, as a camera would; else as fast as every frame can be decoded.
    """

    kind: SourceKind
    address: str
    paced: bool = True
    options: CameraOptions = CameraOptions()

    @property
    def label(self) -> str:
        """The address as it may be shown: a camera's name, a URL without user name and password."""
        if self.kind is SourceKind.STREAM:
            return re.sub(r"//[^/]*@", "//", self.address)
        if self.kind is SourceKind.DEVICE and not self.address.startswith(PREFIX):
            return _("Camera {number}").format(number=self.address)
        return self.address.removeprefix(PREFIX)


def parse_source(text: str, options: CameraOptions = CameraOptions()) -> CameraSource:  # frozen
    """The source that a person means by an index (``0``; nothing at all is the first camera), a path or a URL.

    A camera's address from :mod:`station.capture.devices` means that camera.

    Raises:
        Refusal: an address of a kind that cannot be a camera.
    """
    text = text.strip()
    if not text or (text.isascii() and text.isdigit()):
        return CameraSource(SourceKind.DEVICE, str(int(text or "0")), options=options)
    if text.startswith(PREFIX):
        return CameraSource(SourceKind.DEVICE, text, options=options)
    address = _ADDRESS.match(text)
    if address is None:
        return CameraSource(SourceKind.FILE, text, options=options)
    if address[1].lower() not in _STREAMS:
        raise Refusal(
            _(
                "{address} cannot be a camera. Give a number, a video file, or an address with {kinds}."
            ).format(address=text, kinds=", ".join(f"{stream}://" for stream in _STREAMS))
        )
    return CameraSource(SourceKind.STREAM, text, options=options)


class FrameSource(Protocol):
    """Something that delivers pictures one after the other; used by one thread.

    Attributes:
        frames_per_second: its own speed.
        finite: it ends (a file), instead of being lost (a camera).
        announced_frames: how many it says it holds; 0 if it does not say.
    """

    frames_per_second: float
    finite: bool
    announced_frames: int

    def read(self) -> Image | None:
        """The next picture, blue green red; None when there is none: at the end, unplugged, or closed."""
        ...

    def skip(self) -> bool:
        """Pass over the next picture, at less cost than reading it; False when there is none."""
        ...

    def close(self) -> None:
        """Let the device go; harmless when repeated."""
        ...


OpenSource = Callable[[CameraSource], FrameSource]


class OpenCvSource:
    """A frame source on OpenCV's capture, with an explicit back-end for each kind."""

    def __init__(self, capture: cv2.VideoCapture, *, finite: bool, rotation: int = 0) -> None:
        self._capture = capture
        self._turn = _TURNS.get(rotation)
        self.finite = finite
        speed = capture.get(cv2.CAP_PROP_FPS)
        slowest, fastest = _PLAUSIBLE_FRAMES_PER_SECOND
        self.frames_per_second = speed if slowest <= speed <= fastest else float(FRAMES_PER_SECOND)
        self.announced_frames = max(0, int(capture.get(cv2.CAP_PROP_FRAME_COUNT))) if finite else 0

    def read(self) -> Image | None:
        try:
            read, image = self._capture.read()
        except cv2.error:  # for example a broken picture in the middle of a stream
            return None
        if not read or image is None:
            return None
        return image if self._turn is None else cv2.rotate(image, self._turn)

    def skip(self) -> bool:
        return self._capture.grab()

    def close(self) -> None:
        self._capture.release()


def open_source(source: CameraSource, list_devices: ListDevices = camera_devices) -> FrameSource:
    """Open a source; this may take seconds.

    Args:
        list_devices: the cameras that are plugged in, for a source that names one.

    Raises:
        EnvironmentFault: the camera or stream is not there (now), or the file cannot be opened.
        BadInput: the file is no video.
    """
    match source.kind:
        case SourceKind.FILE:
            return open_video(Path(source.address), source.options.rotation)
        case SourceKind.STREAM:
            return _opened_stream(source)
        case SourceKind.DEVICE:
            return _opened_device(source, list_devices)


def open_video(path: Path, rotation: int = 0) -> FrameSource:
    """Open a video file; ``rotation`` in degrees clockwise.

    Raises:
        EnvironmentFault: there is no such file, or it may not be read.
        BadInput: it is no video.
    """
    check_readable(path)
    # One thread: several decode no faster at this size, and each adds a frame of delay.
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
    if not capture.isOpened():
        raise BadInput(
            [Problem(None, None, "NOT_A_VIDEO", _("{file} is not a video.").format(file=path.name))]
        )
    return OpenCvSource(capture, finite=True, rotation=rotation)


def check_readable(path: Path) -> None:
    """Raises EnvironmentFault, with a sentence, unless the path is a file that can be opened."""
    missing = EnvironmentFault(_("There is no file {file}.").format(file=path))
    try:
        if not path.is_file():
            raise missing
        path.open("rb").close()
    except OSError as fault:
        if fault.errno == errno.ENAMETOOLONG:
            raise missing from fault
        raise EnvironmentFault(
            _("{file} cannot be opened: {reason}.").format(file=path, reason=fault.strerror)
        ) from fault


def _opened_stream(source: CameraSource) -> FrameSource:
    limits = [
        *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_WITHIN_MS),
        *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_WITHIN_MS),
        *(cv2.CAP_PROP_N_THREADS, 1),
    ]
    capture = cv2.VideoCapture(source.address, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        raise EnvironmentFault(
            _("The camera {address} does not answer. Check that it is on and in the same network.").format(
                address=source.label
            )
        )
    return OpenCvSource(capture, finite=False, rotation=source.options.rotation)


def _opened_device(source: CameraSource, list_devices: ListDevices) -> FrameSource:
    index = index_of(source.address, list_devices)
    capture = cv2.VideoCapture(index, device_backend()) if index is not None else None
    if capture is None or not capture.isOpened():
        raise EnvironmentFault(
            _(
                "{camera} is not there. Plug it in, or close the program that uses it: it is found by itself."
            ).format(camera=source.label)
        )
    options = source.options
    # MJPG first: over USB 2 an uncompressed picture of this size comes at 10 frames a second at most.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, options.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, options.height)
    capture.set(cv2.CAP_PROP_FPS, FRAMES_PER_SECOND)
    capture.set(
        cv2.CAP_PROP_BUFFERSIZE, 1
    )  # the newest frame, not those that waited; not every driver listens
    for setting, value in exposure_settings(options.exposure, sys.platform):
        capture.set(setting, value)
    return OpenCvSource(capture, finite=False, rotation=options.rotation)


def exposure_settings(exposure: int, platform: str) -> list[tuple[int, float]]:
    """What to set, in order; drivers that cannot do it ignore it.

    Sources: DirectShow ``IAMCameraControl`` (log2 of seconds; setting a value ends automatic exposure); Video4Linux
    ``V4L2_CID_EXPOSURE_AUTO`` (3 is aperture priority, 1 manual) and ``V4L2_CID_EXPOSURE_ABSOLUTE`` (100 µs).
    """
    if platform == "win32":
        return [(cv2.CAP_PROP_EXPOSURE, exposure)] if exposure else [(cv2.CAP_PROP_AUTO_EXPOSURE, 1)]
    if not exposure:
        return [(cv2.CAP_PROP_AUTO_EXPOSURE, 3)]
    return [(cv2.CAP_PROP_AUTO_EXPOSURE, 1), (cv2.CAP_PROP_EXPOSURE, max(1, round(10_000 * 2.0**exposure)))]
