"""A camera that looks at a sheet: of the codes in view the row in the middle is meant."""

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.capture.aim import Aim
from station.capture.camera import camera_options
from station.capture.feed import CameraState, Feed
from station.settings import Settings
from ui.devices.camera import CameraController
from ui.style.tokens import Tone
from ui.widgets.preview import Preview

_PICTURE_PX = (400, 225)
_LOOK_MS = 60
_FRAME_SHARE, _CORNER_SHARE = 0.24, 0.25  # of the picture's height, and of the frame's side
_FRAME = "#ffc233"


class AimingCamera(QWidget):
    """Holds the camera until :meth:`stop`, so the desk must have let it go.

    Signals:
        aimed: (bytes) what the row in the middle holds, once each time it is held there.
    """

    aimed = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = Preview()
        self.preview.setFixedSize(*_PICTURE_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.preview)
        self.setFixedSize(*_PICTURE_PX)
        self._frame = _AimFrame(self.preview)
        self._frame.setGeometry(0, 0, *_PICTURE_PX)
        self._frame.hide()  # until there is something to aim at
        self.camera = CameraController(
            self.preview, lambda sighting: sighting.code.raw, lambda _raw: Tone.IDLE, self
        )
        self._aim = Aim()
        self._clock: Callable[[], float] = time.monotonic
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self, settings: Settings) -> None:
        """Look through the camera of the settings; never like a mirror, for a sheet is moved by hand."""
        self.camera.start(settings.camera, camera_options(settings))
        self._timer.start()

    def stop(self) -> None:
        """Let the camera go."""
        self._timer.stop()
        self.camera.stop()

    def feed(self) -> Feed | None:
        """The feed, None while nothing is looked through."""
        return self.camera.feed()

    def _look(self) -> None:
        feed = self.camera.feed()
        self._frame.setVisible(feed is not None and feed.status().state is CameraState.LIVE)
        code = self._aim.update(feed.codes_in_view() if feed is not None else [], self._clock())
        if code is not None:
            self.aimed.emit(code.raw)


class _AimFrame(QWidget):
    """Four corners in the middle of the picture, into which the row is held."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.height() * _FRAME_SHARE
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(QColor(_FRAME), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        arm = side * _CORNER_SHARE
        for x, across in ((box.left(), arm), (box.right(), -arm)):
            for y, down in ((box.top(), arm), (box.bottom(), -arm)):
                painter.drawLine(round(x), round(y), round(x + across), round(y))
                painter.drawLine(round(x), round(y), round(x), round(y + down))
