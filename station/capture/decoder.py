"""Reads every code in one still picture: passes in order, from the cheap to the costly, until there is nothing left."""

from station.capture.engines import Engines, load_engines
from station.capture.frame import Code, Grey, Image
from station.capture.opencv import cv2
from station.capture.passes import (
    Found,
    Pass,
    attempt,
    zbar_double_pass,
    zbar_fine_pass,
    zbar_half_pass,
    zbar_inverted_pass,
    zbar_pass,
    zbar_plain_pass,
    zxing_double_pass,
    zxing_half_pass,
    zxing_larger_pass,
    zxing_pass,
    zxing_sharp_pass,
)
from station.capture.retry import retry
from station.capture.unite import still_unread, united

ALWAYS: tuple[Pass, ...] = (zxing_pass, zbar_pass, zxing_double_pass)
"""Run on every picture and united: one engine alone misses codes beside those it reads."""

UNTIL_READ: tuple[Pass, ...] = (zxing_larger_pass, zxing_sharp_pass, zxing_half_pass, zbar_half_pass)
"""Run one after the other while nothing was read, or something was found that is still unread."""

WITHOUT_ZXING: tuple[Pass, ...] = (
    *(zbar_pass, zbar_inverted_pass, zbar_half_pass),
    *(zbar_fine_pass, zbar_plain_pass, zbar_double_pass),
)
"""Run on every picture where zxing-cpp is missing; beside it most of them read nothing of their own."""

_MOST_RETRIES = 6  # places; a carpet can look like hundreds of codes
_LOOKED_AT_FIRST = (
    1600  # pixels of the longer side: a telephone's photograph is read best, and fastest, when smaller
)


def grey_of(image: Image) -> Grey:
    """The grey picture. A colour picture given to zbar as it is would be read in its blue alone."""
    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def decode_image(image: Image) -> list[Code]:
    """Every code in a still picture.

    Raises:
        EnvironmentFault: no library that reads codes is here.
    """
    return decode_grey(load_engines(), grey_of(image))


def decode_grey(engines: Engines, grey: Grey) -> list[Code]:
    """Every code in a grey picture, each once; corners in its pixels."""
    found = Found()
    for look in ALWAYS if engines.zxing is not None else WITHOUT_ZXING:
        _add(found, attempt(look, engines, grey))
    _retry(engines, grey, found)
    for look in UNTIL_READ if engines.zxing is not None else ():
        if found.codes and not found.unread:
            break
        _add(found, attempt(look, engines, grey))
        if found.codes:
            break
        _retry(engines, grey, found)
    return united(found.codes)


def _add(found: Found, more: Found) -> None:
    found.codes.extend(more.codes)
    found.unread = still_unread([*found.unread, *more.unread], found.codes)


def _retry(engines: Engines, grey: Grey, found: Found) -> None:
    for corners in found.unread[:_MOST_RETRIES]:
        code = retry(engines, grey, corners)
        if code is not None:
            found.codes.append(code)
    found.unread = still_unread(found.unread, found.codes)
