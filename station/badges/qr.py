"""QR symbols (ISO/IEC 18004) of payloads: error correction Q, never Micro QR, always the full quiet zone."""

import io
from functools import lru_cache

import segno

QUIET_ZONE_MODULES = 4

Run = tuple[int, int, int]


def symbol(payload: str) -> segno.QRCode:
    """The symbol of a payload; 44 digits make 25 × 25 modules. Raises ValueError when it does not fit."""
    return segno.make_qr(payload, error="q", boost_error=False)


@lru_cache(maxsize=2**10)  # page, sheet and picture show the same symbols one after the other
def dark_runs(payload: str) -> tuple[int, tuple[Run, ...]]:
    """Modules a side, without the quiet zone, and every horizontal run of dark ones as (row, column, length)."""
    matrix = symbol(payload).matrix
    runs: list[Run] = []
    for row, modules in enumerate(matrix):
        column = 0
        while column < len(modules):
            length = 0
            while column + length < len(modules) and modules[column + length]:
                length += 1
            if length:
                runs.append((row, column, length))
            column += length + 1
    return len(matrix), tuple(runs)


def qr_png(payload: str, size_px: int = 400) -> bytes:
    """A PNG of the symbol with its quiet zone: square, whole pixels a module, at most ``size_px`` a side.

    Where even one pixel a module is more than that, it is that large.
    """
    code = symbol(payload)
    modules = code.symbol_size(border=QUIET_ZONE_MODULES)[0]
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=max(1, int(size_px // modules)), border=QUIET_ZONE_MODULES)
    return picture.getvalue()
