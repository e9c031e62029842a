"""The zxing-cpp engine: reads QR codes, and tells where it found one that it could not read."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from station.capture.frame import Corners, Grey, Reading
from station.errors import EnvironmentFault
from station.i18n import _

ENGINE = "zxing"


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a picture gave: the codes that were read, and the corners of those found but unread."""

    readings: list[Reading]
    unread: list[Corners]


class Zxing:
    """zxing-cpp; holds no state, any thread may use it.

    Raises:
        EnvironmentFault: the library is missing or does not load.
    """

    def __init__(self) -> None:
        self._zxing = _load()
        # "QRCode" would also read Micro QR codes, and those out of noise.
        self._format = self._zxing.BarcodeFormat.QRCodeModel2
        self._plain = self._zxing.TextMode.Plain

    def look(self, grey: Grey) -> Look:
        """Everything found in a grey picture, dark on light or light on dark."""
        found = self._zxing.read_barcodes(
            np.ascontiguousarray(grey), self._format, text_mode=self._plain, return_errors=True
        )
        return Look(
            [Reading(code.bytes, _text(code), _corners(code)) for code in found if code.valid],
            [_corners(code) for code in found if not code.valid],
        )


def _text(code: Any) -> str:
    """UTF-8 where the bytes are that; else what the library makes of a declared or likely other encoding."""
    raw: bytes = code.bytes
    text: str = code.text
    try:
        plain = raw.decode("utf-8")
    except UnicodeDecodeError:
        return text
    return (
        text if "\0" in plain and "\0" not in text else plain
    )  # UTF-16 is nearly always valid UTF-8 as well


def _corners(code: Any) -> Corners:
    place = code.position
    top_left, top_right, bottom_right, bottom_left = (
        (float(point.x), float(point.y))
        for point in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    )
    return top_left, top_right, bottom_right, bottom_left


def _load() -> ModuleType:
    try:
        import zxingcpp
    except (ImportError, OSError) as fault:
        raise EnvironmentFault(
            _(
                "Codes on dark telephones, small and blurred ones are read less well because the library "
                "zxing-cpp is missing. Install the program again."
            )
        ) from fault
    module: ModuleType = zxingcpp
    return module
