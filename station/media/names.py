"""File names that every stick, every operating system and every archive accepts."""

import re
from pathlib import PurePosixPath

from station.text import fold

LONGEST_NAME = 100
_LONGEST_PART_BYTES = 255
_LONGEST_PATH = 1000
_SUFFIX = re.compile(r"(?<=.)\.[a-z0-9]{1,9}$")
_NOT_SAFE = re.compile(r"[^a-z0-9_.]+")
# Names that Windows keeps for devices, whatever their suffix (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)
# What file managers of Windows and macOS leave in folders that they show.
_LEFT_BY_FILE_MANAGERS = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


def is_left_behind(name: str) -> bool:
    """Whether a file is one that a file manager left in a folder, by its path with ``/``."""
    last = PurePosixPath(name).name.lower()
    return last in _LEFT_BY_FILE_MANAGERS or last.startswith("._")


def safe_name(text: str) -> str:
    """An ASCII file name of lower-case letters, digits and ``_.-``, 1 to 100 characters, made from any text.

    ``Báo cáo – Đoàn 3.pdf`` becomes ``bao-cao-doan-3.pdf``. Two texts may come out the same.
    """
    name = _NOT_SAFE.sub("-", fold(text))
    name = re.sub(r"-*([._])[-._]*", r"\1", name).strip("-._")
    found = _SUFFIX.search(name)
    suffix = found.group() if found else ""
    stem = name.removesuffix(suffix)
    stem = stem[: LONGEST_NAME - len(suffix) - 1].rstrip("-._") or "unnamed"
    if stem.split(".")[0] in _DEVICES:
        stem = f"_{stem}"
    return stem + suffix


def is_portable(path: str) -> bool:
    """Whether a relative path with ``/`` means the same place below a folder on every operating system.

    No way up or out, no drive, no device, no sign or ending that Windows refuses or drops; looks at no disk.
    """
    parts = path.split("/")
    return 0 < len(path) <= _LONGEST_PATH and all(map(_is_portable_part, parts))


def _is_portable_part(part: str) -> bool:
    if (
        not part
        or part != part.rstrip(" .")
        or len(part.encode("utf-8", "surrogatepass")) > _LONGEST_PART_BYTES
    ):
        return False  # ``.`` and ``..`` end with a full stop, too
    if any(sign < " " or sign in '<>:"\\|?*\x7f' or "\ud800" <= sign <= "\udfff" for sign in part):
        return False
    return part.split(".")[0].rstrip(" ").casefold() not in _DEVICES
