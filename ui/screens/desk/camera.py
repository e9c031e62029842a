"""Runs the camera for the desk: pictures to the preview, sightings to the lane, troubles in words."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from station.capture.camera import parse_source
from station.capture.feed import CameraState, CameraStatus, Feed

from station.capture.decoder import StreamDecoder
from station.capture.frame import Sighting
from station.capture.preview import preview_image
from station.errors import EnvironmentFault
from station.i18n import _
from station.model.verdict import Verdict
from ui.bridge.feed import FeedBridge
from ui.screens.desk.preview import Outline, Preview
from ui.screens.desk.wording import TONES
from ui.style.tokens import Tone

_REMEMBERED = 32  # payloads whose tone colours their outline
_OUTLINE_S = 0.35  # an outline older than this no longer lies on its code


class CameraController(QObject):
    """One camera at a time.

    Signals:
        redeemed: (Verdict) recorded; failed: (Exception) not recorded.
        seen: (bool) whether there is a picture now.
        ended: a video file came to its end.
    """

    redeemed = Signal(object)
    failed = Signal(object)
    seen = Signal(bool)
    ended = Signal()

    def __init__(self, preview: Preview, take: Callable[[Sighting], Verdict], parent: QObject) -> None:
        super().__init__(parent)
        self._preview = preview
        self._take = take
        self._feed: Feed | None = None
        self._bridge: FeedBridge | None = None
        self._status: CameraStatus | None = None
        self._tones: OrderedDict[bytes, Tone] = OrderedDict()

    def start(self, source: str) -> None:
        """Begin to look through a camera: index, file or address; empty for the first camera."""
        self.stop()
        bridge = FeedBridge(self._take, self)
        bridge.frame_arrived.connect(self._on_frame_arrived)
        bridge.redeemed.connect(self._on_redeemed)
        bridge.failed.connect(self.failed)
        bridge.status_changed.connect(self._on_status_changed)
        try:
            self._feed = Feed(
                parse_source(source or "0"),
                StreamDecoder(),
                on_preview=bridge.on_preview,
                on_sighting=bridge.on_sighting,
                on_state=bridge.on_state,
            )
        except EnvironmentFault as fault:  # for example the library that reads codes is missing
            self._preview.show_trouble(_("Codes cannot be read"), str(fault))
            self.seen.emit(False)
            return
        self._bridge = bridge
        self._feed.start()

    def stop(self) -> None:
        """Stop looking; afterwards no sighting is under way."""
        if self._feed is not None:
            self._feed.stop()
            self._feed = None
        if self._bridge is not None:
            self._bridge.deleteLater()
            self._bridge = None

    def feed(self) -> Feed | None:
        """The feed, for whoever measures it."""
        return self._feed

    def retranslate(self) -> None:
        """Say the camera's trouble in the language in force."""
        if self._status is not None:
            self._on_status_changed(self._status)

    def _on_frame_arrived(self) -> None:
        frame = self._feed.newest() if self._feed is not None else None
        if frame is None or (self._status is not None and self._status.state is not CameraState.LIVE):
            return
        pixels = preview_image(frame.image, *self._preview.picture_size())
        self._preview.show_picture(pixels, self._outlines())

    def _outlines(self) -> list[Outline]:
        raise NotImplementedError

    def _on_redeemed(self, verdict: Verdict, sighting: Sighting) -> None:
        self._tones[sighting.code.raw] = TONES[verdict.outcome]
        while len(self._tones) > _REMEMBERED:
            self._tones.popitem(last=False)
        self.redeemed.emit(verdict)

    def _on_status_changed(self, status: CameraStatus) -> None:
        raise NotImplementedError
