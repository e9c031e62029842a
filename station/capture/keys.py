"""Which digit is printed on a key, by the number the keyboard sends for it: the same on every layout."""

import sys

_ROW = "1234567890"  # from the left
_KEYPAD = {71: "7", 72: "8", 73: "9", 75: "4", 76: "5", 77: "6", 79: "1", 80: "2", 81: "3", 82: "0"}
_X11_OFFSET = (
    8  # X11 and Wayland add it to the kernel's number, which for these keys is that of the PC's set 1
)

_DIGITS = dict(enumerate(_ROW, 2)) | _KEYPAD


def digit_on_key(native_scan_code: int, platform: str = sys.platform) -> str:
    """The digit, or nothing.

    Args:
        native_scan_code: what Qt calls so; 0 where the system does not tell, as on macOS.
        platform: as ``sys.platform``.

    Sources: IBM PC keyboard scan code set 1; Linux ``input-event-codes.h``; Windows ``WM_KEYDOWN`` (the keys of the
    arrow block have the extended bit and so another number).
    """
    if platform == "win32":
        return _DIGITS.get(native_scan_code, "")
    return _DIGITS.get(native_scan_code - _X11_OFFSET, "")
