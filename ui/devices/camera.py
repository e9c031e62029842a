"""Runs a camera for the window: pictures to the preview, sightings to whoever takes them, troubles in words."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from station.capture.camera import CameraOptions, parse_source
from station.capture.feed import CameraState, CameraStatus, CodeInView, Feed
from station.capture.frame import Frame, Image, Sighting
from station.capture.hints import Hint
from station.capture.preview import preview_image
from station.capture.stream import StreamDecoder, processors
from station.errors import StationError
from station.i18n import _
from ui.bridge.feed import FeedBridge
from ui.style.tokens import Tone
from ui.widgets.preview import Outline, Preview

_REMEMBERED = 32  # payloads whose verdict colours their outline
_OUTLINE_S = 0.4  # an outline older than this no longer lies on its code


Answer = Any  # of whoever takes sightings: Qt's signals know no type variables


class CameraController(QObject):
    """One camera at a time.

    Args:
        take: what answers a sighting, called on the feed's decoding thread; for the desk, with a verdict.
        tone_of: the tone of an answer, in which its code is outlined.

    Signals:
        redeemed: (the answer) recorded; failed: (Exception) not recorded.
        seen: (bool) whether the camera sees, or may soon.
        ended: a video file came to its end, after its last verdict.
        failed_to_open: (sentence) it will never see: not a camera, not a video, or codes cannot be read.
    """

    redeemed = Signal(object)
    failed = Signal(object)
    seen = Signal(bool)
    ended = Signal()
    failed_to_open = Signal(str)

    def __init__(
        self,
        preview: Preview,
        take: Callable[[Sighting], Answer],
        tone_of: Callable[[Answer], Tone],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tone_of = tone_of
        self._preview = preview
        self._take = take
        self._feed: Feed | None = None
        self._bridge: FeedBridge | None = None
        self._status: CameraStatus | None = None
        self._picture_size = (1, 1)
        self._shrunk: Image | None = None
        self._tones: OrderedDict[bytes, Tone] = OrderedDict()

    def start(self, source: str, options: CameraOptions = CameraOptions()) -> None:  # noqa: B008  # frozen
        """Begin to look through a camera: index, name, file or address; empty for the first camera."""
        self.stop()
        bridge = FeedBridge(self._take, self)
        bridge.frame_arrived.connect(self._on_frame_arrived)
        bridge.redeemed.connect(self._on_redeemed)
        bridge.failed.connect(self.failed)
        bridge.status_changed.connect(self._on_status_changed)
        bridge.faulted.connect(self._on_faulted)
        self._bridge = bridge
        self._picture_size = self._preview.picture_size()
        try:
            self._feed = Feed(
                parse_source(source, options),
                StreamDecoder(beside=processors() > 1),
                on_preview=self._shrink,
                on_sighting=bridge.on_sighting,
                on_state=bridge.on_state,
                on_fault=bridge.on_fault,
            )
        except StationError as error:  # not an address, or the library that reads codes is missing
            self._on_status_changed(CameraStatus(CameraState.FAILED, str(error)))
        else:
            self._feed.start()

    def stop(self) -> None:
        """Stop looking; afterwards no sighting is under way."""
        if self._feed is not None:
            self._feed.stop()
        if self._bridge is not None:
            self._bridge.deleteLater()
        self._feed = self._bridge = self._status = self._shrunk = None

    def feed(self) -> Feed | None:
        """The feed, for whoever measures it."""
        return self._feed

    def retranslate(self) -> None:
        """Say the camera's trouble in the language in force."""
        if self._status is not None and self._status.state is not CameraState.LIVE:
            self._preview.show_trouble(*trouble(self._status))

    def _shrink(self, frame: Frame) -> None:
        """On the camera's thread: the GUI thread has better things to do."""
        bridge = self._bridge
        if bridge is not None and not bridge.is_poked():
            self._shrunk = preview_image(frame.image, *self._picture_size)
            bridge.poke()

    def _on_frame_arrived(self) -> None:
        self._picture_size = self._preview.picture_size()
        if self._feed is None or self._shrunk is None:
            return
        if self._status is not None and self._status.state is CameraState.LIVE:
            self._preview.show_picture(self._shrunk, self._outlines(), hint_sentence(self._feed.hint()))

    def _outlines(self) -> list[Outline]:
        places = self._feed.codes_in_view() if self._feed is not None else []
        return [self._outline(place) for place in places if place.age_s <= _OUTLINE_S]

    def _outline(self, place: CodeInView) -> Outline:
        corners = tuple((x / place.width, y / place.height) for x, y in place.code.corners)
        return Outline(corners, self._tones.get(place.code.raw, Tone.IDLE))

    def _on_redeemed(self, answer: Answer, sighting: Sighting) -> None:
        self._tones[sighting.code.raw] = self._tone_of(answer)
        while len(self._tones) > _REMEMBERED:
            self._tones.popitem(last=False)
        self.redeemed.emit(answer)

    def _on_status_changed(self, status: CameraStatus) -> None:
        first = self._status is None
        self._status = status
        self.seen.emit(status.state is CameraState.LIVE or (first and status.state is CameraState.SEARCHING))
        if status.state is not CameraState.LIVE:
            self._preview.show_trouble(*trouble(status))
        if status.state is CameraState.ENDED:
            self.ended.emit()
        elif status.state is CameraState.FAILED:
            self.failed_to_open.emit(status.message)

    def _on_faulted(self, error: Exception) -> None:
        raise error  # a bug: the exception hook keeps it, and the camera goes on


def trouble(status: CameraStatus) -> tuple[str, str]:
    """Headline and advice for a camera that shows nothing."""
    match status.state:
        case CameraState.LOST:
            return _("The camera is gone"), status.message
        case CameraState.ENDED:
            return _("The video has ended"), status.message
        case CameraState.FAILED:
            return _("No picture"), status.message
        case _:
            advice = status.message or _("Plug one in, or choose another in the settings.")
            return _("Looking for the camera…"), advice


def hint_sentence(hint: Hint | None) -> str:
    """What to do about a hint."""
    match hint:
        case Hint.BLACK:
            return _("Nothing but black: is the camera covered?")
        case Hint.DARK:
            return _("Too dark: more light on the code")
        case Hint.BLURRED:
            return _("Blurred: hold it still, or a little further away")
        case Hint.SMALL:
            return _("The code is too small: hold it closer")
        case Hint.CUT_OFF:
            return _("Not the whole code is in the picture")
        case _:
            return ""
