"""What our decoder is measured against: each library alone, and pipelines that stop at the first reading.

A, B and C are the usual ways to put the libraries together: A asks zbar, then zxing-cpp, then zxing-cpp on the picture
enlarged by half; B looks again, enlarged, where zxing-cpp found a code it could not read; C adds nine preparations.
"""

from collections.abc import Callable

import zxingcpp
from pyzbar import pyzbar

from station.capture.decoder import decode_grey
from station.capture.engines import load_engines
from station.capture.frame import Grey
from station.capture.opencv import cv2
from station.capture.zbar import Zbar
from station.capture.zxing import Zxing

Peer = Callable[[Grey], set[str]]

_ENGINES = load_engines()
_ZBAR, _ZXING = Zbar(), Zxing()
_ARUCO, _CLASSIC = cv2.QRCodeDetectorAruco(), cv2.QRCodeDetector()


def zbar_alone(grey: Grey) -> set[str]:
    """zbar on the picture as it is, QR codes only, raw bytes: better than ``pyzbar.decode``, which guesses."""
    return {reading.text for reading in _ZBAR.read(grey)}


def pyzbar_text(grey: Grey) -> str:
    """The text as ``pyzbar.decode`` gives it, with zbar's guess of an encoding; "" when it reads nothing."""
    found = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return str(found[0].data, "utf-8", "replace") if found else ""


def zxing_alone(grey: Grey) -> set[str]:
    """zxing-cpp as it comes."""
    return {code.text for code in zxingcpp.read_barcodes(grey, zxingcpp.BarcodeFormat.QRCodeModel2)}


def aruco_alone(grey: Grey) -> set[str]:
    """OpenCV's newer detector."""
    return _by_opencv(_ARUCO, grey)


def classic_alone(grey: Grey) -> set[str]:
    """OpenCV's first detector."""
    return _by_opencv(_CLASSIC, grey)


def pipeline_a(grey: Grey) -> set[str]:
    """zbar, zxing-cpp, zxing-cpp on one and a half times the size."""
    return _zbar_on_ink(grey) or _zxing(grey) or _zxing(_scaled(grey, 1.5))


def pipeline_b(grey: Grey) -> set[str]:
    """A, then a second look where zxing-cpp found a code."""
    return pipeline_a(grey) or _second_look(grey)


def pipeline_c(grey: Grey) -> set[str]:
    """B, then nine preparations in turn."""
    texts = pipeline_b(grey)
    for prepare in _PREPARATIONS:
        if texts:
            break
        texts = prepare(grey)
    return texts


def ours(grey: Grey) -> set[str]:
    """The station's decoder for still pictures."""
    return {code.text for code in decode_grey(_ENGINES, grey)}


def _by_opencv(detector: cv2.QRCodeDetector, grey: Grey) -> set[str]:
    try:
        _found, texts, _corners, _straight = detector.detectAndDecodeMulti(grey)
    except (UnicodeDecodeError, cv2.error):
        return set()
    return {text for text in texts if text}


def _zbar_on_ink(grey: Grey) -> set[str]:
    return zbar_alone(_ink(grey))


def _zxing(grey: Grey) -> set[str]:
    return {reading.text for reading in _ZXING.look(grey).readings}


def _scaled(grey: Grey, factor: float) -> Grey:
    return cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR)


def _ink(grey: Grey) -> Grey:
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 41, 7)


def _second_look(grey: Grey) -> set[str]:
    for corners in _ZXING.look(grey).unread:
        xs, ys = [x for x, _y in corners], [y for _x, y in corners]
        margin = 0.3 * max(max(xs) - min(xs), max(ys) - min(ys))
        top, left = max(0, int(min(ys) - margin)), max(0, int(min(xs) - margin))
        part = grey[top : int(max(ys) + margin), left : int(max(xs) + margin)]
        if part.size and (texts := _zxing(_scaled(part, 2)) or zbar_alone(_scaled(part, 2))):
            return texts
    return set()


_PREPARATIONS: tuple[Peer, ...] = (
    lambda grey: _zxing(_scaled(grey, 2)),
    lambda grey: zbar_alone(cv2.bitwise_not(_ink(grey))),
    lambda grey: _zxing(cv2.GaussianBlur(grey, (0, 0), 1)),
    lambda grey: _zxing(_ink(grey)),
    lambda grey: _zxing(cv2.equalizeHist(grey)),
    lambda grey: _zxing(cv2.createCLAHE(3, (8, 8)).apply(grey)),
    lambda grey: zbar_alone(_scaled(grey, 0.5)),
    lambda grey: _zxing(cv2.medianBlur(grey, 3)),
    lambda grey: zbar_alone(_scaled(grey, 2)),
)

ALONE: dict[str, Peer] = {
    "zxing-cpp": zxing_alone,
    "zbar (pyzbar)": zbar_alone,
    "cv2 Aruco": aruco_alone,
    "cv2 QRCodeDetector": classic_alone,
}
PIPELINES: dict[str, Peer] = {"pipeline A": pipeline_a, "pipeline B": pipeline_b, "pipeline C": pipeline_c}
