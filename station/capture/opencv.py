"""The only door to OpenCV: it is imported here once, with its side effects on Qt and on the console undone."""

import os
import sys

MOST_PIXELS = 50_000_000  # pictures larger than this are refused before they are unpacked

_BEFORE_IMPORT = {
    "OPENCV_IO_MAX_IMAGE_PIXELS": str(MOST_PIXELS),
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",  # AV_LOG_QUIET
    "OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS": "0",  # else Windows takes 5 to 20 s to open a camera
}
_SET_BY_THE_IMPORT = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")  # they point at OpenCV's own Qt

os.environ.update(_BEFORE_IMPORT)
_before = {name: os.environ.get(name) for name in _SET_BY_THE_IMPORT}

import cv2  # noqa: E402  # the environment must be ready before
from cv2_enumerate_cameras import enumerate_cameras  # noqa: E402  # it imports cv2 too

for _name, _value in _before.items():
    os.environ.pop(_name, None)
    if _value is not None:
        os.environ[_name] = _value

cv2.setNumThreads(1)  # a pass takes milliseconds: more threads only take the other core from the screen

__all__ = ["MOST_PIXELS", "cv2", "device_backend", "enumerate_cameras"]


def device_backend() -> int:
    """The one way in which this system's cameras are listed and opened, so that their numbers agree."""
    if sys.platform == "win32":
        return cv2.CAP_DSHOW  # Media Foundation takes up to 20 s to open a camera
    if sys.platform == "darwin":
        return cv2.CAP_AVFOUNDATION
    return cv2.CAP_V4L2
