"""File names that every stick, every operating system and every archive accepts."""

import re
from pathlib import PurePosixPath

from station.text import fold

LONGEST_NAME = 100
_SUFFIX = re.compile(r"(?<=.)\.[a-z0-9]{1,9}$")
_NOT_SAFE = re.compile(r"[^a-z0-9_.]+")
# Names that Windows keeps for devices, whatever their suffix (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
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
