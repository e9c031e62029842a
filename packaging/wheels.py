"""Fetches every package of the lock files into a folder, for a build without a network; `launch.py wheels`.

pip judges a lock file's markers by the machine it runs on; here they are judged for the machine the wheels are for.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
PYTHON_VERSION = "3.11"
SYSTEMS = {
    "win_amd64": {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
    },
    "manylinux_2_28_x86_64": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
    },
}
_OLDER = {
    "manylinux_2_28_x86_64": (
        "manylinux_2_17_x86_64",
        "manylinux2014_x86_64",
        "manylinux_2_26_x86_64",
        "manylinux_2_27_x86_64",
        "manylinux_2_31_x86_64",
        "manylinux_2_34_x86_64",
        "manylinux_2_35_x86_64",
    )
}
_NAME = re.compile(r"^([a-z0-9-]+)==(\S+)")


def main(arguments: list[str]) -> int:
    """Fetch, then compare with the lock file; returns 1 when something is missing."""
    parser = argparse.ArgumentParser(prog="python3 launch.py wheels", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    here = "win_amd64" if sys.platform == "win32" else "manylinux_2_28_x86_64"
    parser.add_argument("--platform", choices=SYSTEMS, default=here, help="the system the wheels are for")
    parser.add_argument("--lock", type=Path, default=ROOT / "requirements-dev.lock")
    parser.add_argument("--check", action="store_true", help="fetch nothing, only look whether all are there")
    wish = parser.parse_args(arguments)
    pins = pins_for(wish.platform, wish.lock.read_text("utf-8"))
    if not wish.check and fetch(wish.folder, wish.platform, pins) != 0:
        return 1
    missing = missing_from(wish.folder, pins)
    for name in missing:
        print(f"missing: {name}", file=sys.stderr)
    print(f"{len(pins) - len(missing)} of {len(pins)} wheels for {wish.platform} are in {wish.folder}")
    return 1 if missing else 0


def pins_for(platform: str, lock: str) -> list[str]:
    """The blocks of a lock file that are for a system, without their markers: name, version and hashes."""
    surroundings = SYSTEMS[platform] | {
        "python_version": PYTHON_VERSION,
        "python_full_version": f"{PYTHON_VERSION}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    kept = []
    for block in re.split(r"\n(?=[a-z0-9-]+==)", "\n" + lock)[1:]:
        head, *rest = block.strip().splitlines()
        pin, _semicolon, marker = head.rstrip(" \\").partition(" ; ")
        if not marker or Marker(marker).evaluate(surroundings):
            kept.append("\n".join([f"{pin} \\", *rest]))
    return kept


def fetch(folder: Path, platform: str, pins: list[str]) -> int:
    """Let pip fetch the wheels, hashes compared; returns its exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        wanted = Path(place) / "wanted.txt"
        wanted.write_text("\n".join(pins), "utf-8")
        system = [f"--platform={name}" for name in (platform, *_OLDER.get(platform, ()))]
        options = [
            "--no-deps",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--python-version",
            PYTHON_VERSION,
        ]
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--disable-pip-version-check",
            "-q",
            *options,
            *system,
        ]
        return subprocess.run([*command, "-d", folder, "-r", wanted], check=False).returncode


def missing_from(folder: Path, pins: list[str]) -> list[str]:
    """The pins for which no wheel lies in a folder."""
    there = {_as_written(*path.name.split("-")[:2]) for path in folder.glob("*.whl")}
    named = [found.groups() for pin in pins if (found := _NAME.match(pin))]
    return [f"{name} {version}" for name, version in named if _as_written(name, version) not in there]


def _as_written(name: str, version: str) -> str:
    """Name and version in one spelling (PEP 503): wheels write dots, dashes and capitals as they like."""
    return f"{re.sub(r'[-_.]+', '-', name).lower()} {version}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
