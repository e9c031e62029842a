"""Hollow libraries: OpenCV's own copy of Qt draws windows that this program never opens, but it is linked to it.

A hollow one has the names and versions that are asked for and nothing behind them: functions answer 0. It is made with
binutils, which PyInstaller needs as well.
"""

import platform
import subprocess
from pathlib import Path

_RETURN_0 = {"x86_64": "xorl %eax, %eax\n  ret", "aarch64": "mov x0, #0\n  ret"}
_FLOOR_BYTES = 16


def can_hollow() -> bool:
    """Whether this machine's processor is one for which the answer 0 is known."""
    return platform.machine() in _RETURN_0


def hollow(library: Path, user: Path, made: Path) -> None:
    """Write at ``made`` a library that has of ``library`` what ``user`` asks of it. Raises CalledProcessError."""
    wanted = {line.split()[-1] for line in _names("--undefined-only", user)}
    found: dict[str, tuple[str, int]] = {}
    for line in _names("--defined-only", library):
        address_size_kind_name = line.split()
        name = address_size_kind_name[-1].replace("@@", "@")
        if name in wanted and len(address_size_kind_name) == 4:
            found[name] = (address_size_kind_name[2], int(address_size_kind_name[1], 16))
    source, versions = made.with_suffix(".s"), made.with_suffix(".map")
    source.write_text(_assembly(found), "ascii")
    nodes = sorted({name.partition("@")[2] for name in found} - {""})
    versions.write_text("".join(f"{node} {{ global: *; }};\n" for node in nodes), "ascii")
    subprocess.run(["as", "-o", made.with_suffix(".o"), source], check=True)
    link: list[str | Path] = [
        "ld",
        "-shared",
        "-s",
        "-z",
        "noexecstack",
        "-soname",
        library.name,
        "--version-script",
        versions,
    ]
    subprocess.run([*link, "-o", made, made.with_suffix(".o")], check=True)


def _assembly(found: dict[str, tuple[str, int]]) -> str:
    lines = []
    for versioned, (kind, size) in sorted(found.items()):
        name = versioned.partition("@")[0]
        is_code = kind in "TtWi"
        lines += [".text" if is_code else ".data", f".balign 16\n.globl {name}"]
        lines += [f".type {name}, {'@function' if is_code else '@object'}\n{name}:"]
        body = _RETURN_0[platform.machine()] if is_code else f".zero {max(size, _FLOOR_BYTES)}"
        lines += [f"  {body}", f".size {name}, . - {name}"]
    return "\n".join([*lines, '.section .note.GNU-stack,"",@progbits', ""])


def _names(which: str, library: Path) -> list[str]:
    command = ["nm", "-D", "-S", "--with-symbol-versions", which, str(library)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
