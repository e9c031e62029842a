"""A network camera on the loopback interface: real MJPEG over HTTP, which can be switched off and on again."""

import socket
import threading
from types import TracebackType

from station.capture.opencv import cv2
from tests.unit.capture.pictures import Picture

_HEAD = (
    b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\nConnection: close\r\n\r\n"
)
_FRAME_S = 1 / 30


class MjpegCamera:
    """Sends one picture over and over, 30 times a second, to one viewer at a time.

    Attributes:
        url: the same after it was switched off and on.
    """

    def __init__(self, picture: Picture) -> None:
        jpeg = cv2.imencode(".jpg", picture)[1].tobytes()
        self._part = (
            b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(jpeg) + jpeg + b"\r\n"
        )
        with socket.create_server(("127.0.0.1", 0)) as finding_a_port:
            self._port = finding_a_port.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/video"
        self._off = threading.Event()
        self._thread: threading.Thread | None = None

    def switch_on(self) -> None:
        self._off.clear()
        listening = socket.create_server(("127.0.0.1", self._port))
        listening.settimeout(0.05)
        self._thread = threading.Thread(target=self._serve, args=(listening,), name="mjpeg camera")
        self._thread.start()

    def switch_off(self) -> None:
        self._off.set()
        if self._thread is not None:
            self._thread.join()

    def __enter__(self) -> "MjpegCamera":
        self.switch_on()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.switch_off()

    def _serve(self, listening: socket.socket) -> None:
        with listening:
            while not self._off.is_set():
                try:
                    viewer, _address = listening.accept()
                except TimeoutError:
                    continue
                with viewer:
                    self._show(viewer)

    def _show(self, viewer: socket.socket) -> None:
        viewer.settimeout(1)
        try:
            viewer.recv(4096)
            viewer.sendall(_HEAD)
            while not self._off.wait(_FRAME_S):
                viewer.sendall(self._part)
        except OSError:
            return  # the viewer went away
