"""The import of OpenCV leaves no trace."""

import os
import subprocess
import sys

import pytest

SHOW = (
    "import os; from station.capture.opencv import cv2;"
    "print(os.environ.get('QT_QPA_PLATFORM_PLUGIN_PATH'), os.environ.get('QT_QPA_FONTDIR'), cv2.getNumThreads());"
    "cv2.VideoCapture('/no/such/video.mp4', cv2.CAP_FFMPEG); cv2.VideoCapture(63, cv2.CAP_V4L2)"
)


@pytest.mark.parametrize("chosen", [None, "/a/place"])
def test_the_qt_variables_are_as_they_were_and_nothing_is_printed(chosen: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    if chosen:
        environment["QT_QPA_PLATFORM_PLUGIN_PATH"] = chosen

    shown = subprocess.run(
        [sys.executable, "-c", SHOW], capture_output=True, text=True, check=True, env=environment
    )

    assert shown.stdout.split() == [str(chosen), "None", "1"]
    assert shown.stderr == ""
