"""PySide6 6.12.0 on Python 3.11 loses a reference to None with each void call and to True with each emit, until
the process aborts. Whoever lifts the version limit in pyproject.toml learns it here and not at the desk."""

import sys

from PySide6.QtCore import QObject, Signal

CALLS = 5_000
NOISE = 200  # references that come and go by themselves; a process that loses them dies after about 570


class Bell(QObject):
    rang = Signal(bool)


def test_void_calls_and_signals_lose_no_reference() -> None:
    bell = Bell()
    heard = 0

    def hear(_loud: bool) -> None:
        nonlocal heard
        heard += 1

    bell.rang.connect(hear)
    none_before, true_before = sys.getrefcount(None), sys.getrefcount(True)
    for call in range(1, CALLS + 1):
        bell.rang.emit(True)
        bell.setObjectName("bell")
        if call % 50 == 0:
            assert sys.getrefcount(None) > none_before - NOISE, f"None lost references within {call} calls"
            assert sys.getrefcount(True) > true_before - NOISE, f"True lost references within {call} calls"

    assert heard == CALLS
