"""Gathers the licences of everything that the packaged program brings along, one folder a distribution."""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(__file__).resolve().parent / "licences"
# Distributions whose wheels bring no text: the texts of what they are under (packaging/licences).
WITHOUT_TEXT = {
    "pyside6": ("LGPL-3.txt", "GPL-3.txt"),
    "pyside6-addons": ("LGPL-3.txt", "GPL-3.txt"),
    "pyside6-essentials": ("LGPL-3.txt", "GPL-3.txt"),
    "shiboken6": ("LGPL-3.txt", "GPL-3.txt"),
}
BESIDE_TEXT = {"pyzbar": ("LGPL-2.1.txt",)}  # the wheel for Windows brings the library zbar
BUILT_WITH = ("pyinstaller",)  # its starter is in the program
_IS_LICENCE = re.compile(r"licen[cs]e|copying|notice|copyright", re.IGNORECASE)
_IS_CODE = (".py", ".pyc", ".pyi", ".html")


def shipped() -> Iterator[Distribution]:
    """The distributions that the program is made of: those of requirements.lock that are for this system."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for name in [*dict.fromkeys(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE)), *BUILT_WITH]:
        try:
            yield distribution(name)
        except PackageNotFoundError:
            continue  # it is for another system


def licences_of(found: Distribution) -> list[Path]:
    """The files that hold the licence of a distribution. Raises LookupError when there is none."""
    name = found.metadata["Name"].lower().replace("_", "-")
    files = [
        Path(str(file.locate()))
        for file in found.files or []
        if _IS_LICENCE.search(file.name) and file.suffix not in _IS_CODE
    ]
    texts = [TEXTS / text for text in (*WITHOUT_TEXT.get(name, ()), *BESIDE_TEXT.get(name, ()))]
    kept = [path for path in (*files, *texts) if path.is_file()]
    if not kept:
        raise LookupError(f"{name}: no licence in its wheel; add its text to packaging/licences")
    return kept


def collect(to: Path) -> list[str]:
    """Write all licences below a folder, anew; returns the names of its folders. Raises LookupError, OSError."""
    shutil.rmtree(to, ignore_errors=True)
    for found in shipped():
        name = found.metadata["Name"].lower().replace("_", "-")
        _copy(licences_of(found), to / f"{name}-{found.version}")
    _copy([_licence_of_python()], to / f"python-{sys.version.split()[0]}")
    _copy([ROOT / "LICENSE"], to / "checkin-station")
    _copy(
        sorted((ROOT / "assets").rglob("*LICENSE*")) + sorted((ROOT / "assets").rglob("OFL*")), to / "assets"
    )
    return sorted(path.name for path in to.iterdir())


def _licence_of_python() -> Path:
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",  # Windows
        Path(f"/usr/share/doc/python{sys.version_info.major}.{sys.version_info.minor}/copyright"),  # Debian
    )
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise LookupError(f"Python's licence is in none of {', '.join(map(str, places))}")
    return found


def collect_system(libraries: list[Path], to: Path) -> None:
    """Those of Debian's own libraries, where the program was made on a Debian: packages by their copyright files."""
    if not shutil.which("dpkg-query"):
        return
    names = [f"*/{library.name}" for library in libraries]
    told = subprocess.run(["dpkg-query", "-S", *names], check=False, capture_output=True, text=True).stdout
    for package in sorted({line.split(":")[0] for line in told.splitlines() if ":" in line}):
        copyright_file = Path("/usr/share/doc") / package / "copyright"
        if copyright_file.is_file():
            _copy([copyright_file], to / f"system-{package}")


def _copy(files: list[Path], to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for number, file in enumerate(dict.fromkeys(files)):
        if file.is_file():
            name = file.name if not (to / file.name).exists() else f"{number}-{file.name}"
            shutil.copyfile(file, to / name)
