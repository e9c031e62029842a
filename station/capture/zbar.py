"""The zbar engine: one scanner of the library, asked through pyzbar's wrapper for the raw bytes of QR codes."""

import ctypes
import weakref
from types import ModuleType
from typing import Any

import numpy as np

from station.capture.frame import Corners, Grey, Point, Reading, text_of
from station.errors import EnvironmentFault
from station.i18n import _

ENGINE = "zbar"

_GREY_8_BIT = int.from_bytes(b"Y800", "little")
_CONFIG_ENABLE = 0
_CONFIG_BINARY = 4  # ZBAR_CFG_BINARY, since zbar 0.23.90; pyzbar has no name for it


class Zbar:
    """One zbar scanner, used by one thread at a time; kept between frames because making one costs time.

    Args:
        raw_bytes: ask for the payload's own bytes. Without it, or with an old library that cannot, zbar guesses
            a text encoding and ruins short Vietnamese texts; the guess is then undone as far as possible.

    Raises:
        EnvironmentFault: the zbar library is missing or does not load.
    """

    def __init__(self, *, raw_bytes: bool = True) -> None:
        self._zbar = _load()
        self._scanner = self._zbar.zbar_image_scanner_create()
        self._image = self._zbar.zbar_image_create()
        weakref.finalize(self, _destroy, self._zbar, self._scanner, self._image)
        self._zbar.zbar_image_set_format(self._image, _GREY_8_BIT)
        self._raw_bytes = self._configure(raw_bytes)

    def _configure(self, raw_bytes: bool) -> bool:
        """Only QR codes: the other symbologies double the time and read codes out of noise."""
        configure = self._zbar.zbar_image_scanner_set_config
        qr_code = self._zbar.ZBarSymbol.QRCODE
        for symbol in self._zbar.ZBarSymbol:
            configure(self._scanner, symbol, _CONFIG_ENABLE, int(symbol == qr_code))
        return raw_bytes and configure(self._scanner, qr_code, _CONFIG_BINARY, 1) == 0

    def read(self, grey: Grey) -> list[Reading]:
        """Every QR code in a grey picture, dark on light."""
        pixels = np.ascontiguousarray(grey)  # this name also keeps the memory alive during the scan
        height, width = pixels.shape
        self._zbar.zbar_image_set_size(self._image, width, height)
        self._zbar.zbar_image_set_data(self._image, ctypes.c_void_p(pixels.ctypes.data), pixels.size, None)
        if self._zbar.zbar_scan_image(self._scanner, self._image) <= 0:
            return []
        readings = []
        symbol = self._zbar.zbar_image_first_symbol(self._image)
        while symbol:
            raw = self._raw(symbol)
            readings.append(Reading(raw, text_of(raw), self._corners(symbol, width, height)))
            symbol = self._zbar.zbar_symbol_next(symbol)
        return readings

    def _raw(self, symbol: Any) -> bytes:
        length = self._zbar.zbar_symbol_get_data_length(symbol)
        payload = ctypes.string_at(self._zbar.zbar_symbol_get_data(symbol), length)
        return payload if self._raw_bytes else undo_guess(payload)

    def _corners(self, symbol: Any, width: int, height: int) -> Corners:
        points = [
            (
                float(self._zbar.zbar_symbol_get_loc_x(symbol, index)),
                float(self._zbar.zbar_symbol_get_loc_y(symbol, index)),
            )
            for index in range(self._zbar.zbar_symbol_get_loc_size(symbol))
        ]
        return _four_corners(points or [(0.0, 0.0), (float(width), float(height))])


def _four_corners(points: list[Point]) -> Corners:
    """The four points as they are; of any other number (old libraries, joined symbols) the rectangle around."""
    if len(points) == 4:
        return points[0], points[1], points[2], points[3]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = min(y for _x, y in points), max(y for _x, y in points)
    return (left, top), (left, bottom), (right, bottom), (right, top)


def undo_guess(payload: bytes) -> bytes:
    """What the symbol held, where zbar took UTF-8 for another encoding and converted it: ``L礙`` was ``Lê``.

    The encodings are the ones zbar tries (``qrdectxt.c``); whatever does not lead back to UTF-8 stays as it is.
    """
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload
    if text.isascii():
        return payload
    for encoding in ("cp932", "big5", "latin-1"):
        try:
            held = text.encode(encoding)
            held.decode("utf-8")
        except UnicodeError:
            continue
        return held
    return payload


def _load() -> ModuleType:
    try:
        from pyzbar import wrapper  # loads the library: may fail, and then says what is missing
    except (ImportError, OSError, AttributeError) as fault:
        raise EnvironmentFault(
            _(
                "Codes held at a steep angle or without a white edge are read less well because the library zbar "
                "is missing. On Debian or Ubuntu install the package libzbar0; on Windows install the "
                "Visual C++ 2013 runtime. Then start again."
            )
        ) from fault
    module: ModuleType = wrapper
    return module


def _destroy(zbar: ModuleType, scanner: Any, image: Any) -> None:
    zbar.zbar_image_destroy(image)
    zbar.zbar_image_scanner_destroy(scanner)
