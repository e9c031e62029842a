"""QR symbols (ISO/IEC 18004) of payloads: error correction Q, never Micro QR, always the full quiet zone."""

import io
from functools import lru_cache

import numpy
from numpy.typing import NDArray
from PIL import Image

from station.errors import EnvironmentFault
from station.i18n import _

QUIET_ZONE_MODULES = 4

Run = tuple[int, int, int]
Modules = NDArray[numpy.uint8]


def modules(payload: str) -> Modules:
    """The symbol of a payload, (side, side), 0 where it is dark; 44 digits make 25 × 25.

    Raises ValueError when it does not fit, EnvironmentFault where the library is missing: such a station still reads.
    """
    try:
        import zxingcpp
    except ImportError as error:
        text = _("No codes can be drawn: the library zxing-cpp is missing. Install the program again.")
        raise EnvironmentFault(text) from error
    code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    return numpy.array(code.to_image(scale=1, add_quiet_zones=False), numpy.uint8)


@lru_cache(maxsize=2**10)  # page, sheet and picture show the same symbols one after the other
def dark_runs(payload: str) -> tuple[int, tuple[Run, ...]]:
    """Modules a side, without the quiet zone, and every horizontal run of dark ones as (row, column, length)."""
    symbol = modules(payload)
    edges = numpy.diff(numpy.pad((symbol == 0).astype(numpy.int8), ((0, 0), (1, 1))))
    begins, ends = numpy.argwhere(edges == 1).tolist(), numpy.argwhere(edges == -1).tolist()
    return len(symbol), tuple(
        (row, column, end - column) for (row, column), (_row, end) in zip(begins, ends, strict=True)
    )


def qr_png(payload: str, size_px: int = 400) -> bytes:
    """A PNG of the symbol with its quiet zone: square, whole pixels a module, at most ``size_px`` a side.

    Where even one pixel a module is more than that, it is that large.
    """
    symbol = numpy.pad(modules(payload), QUIET_ZONE_MODULES, constant_values=255)
    side = len(symbol) * max(1, size_px // len(symbol))
    picture = Image.fromarray(symbol).resize((side, side), Image.Resampling.NEAREST).convert("1")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
