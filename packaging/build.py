"""Makes the packaged program, tries it without network under an awkward path, and packs it; `launch.py installer`."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))
NAME = "checkin-station"
WINDOWS = sys.platform == "win32"
PROGRAM = f"{NAME}-console.exe" if WINDOWS else NAME
LARGEST_MB = 400
_AWKWARD = "Chương trình – Ễ thử "
_ROWS = 22


def version() -> str:
    """The version of the program, as pyproject.toml says."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def main(arguments: list[str]) -> int:
    """Build, try, measure, pack; returns 1 when the program does not pass its own test or is too large."""
    parser = argparse.ArgumentParser(prog="python3 launch.py installer", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder of the result")
    parser.add_argument("--work", type=Path, default=ROOT / "build", help="scratch folder")
    parser.add_argument("--no-build", action="store_true", help="take the folder that is there already")
    parser.add_argument("--no-packages", action="store_true", help="stop at the folder")
    wish = parser.parse_args(arguments)
    folder = wish.out / NAME
    if not wish.no_build:
        freeze(wish.out, wish.work)
    print(table(folder), flush=True)
    trials = [try_out(folder, language) for language in ("vi", "en")]
    passed = all(trials)
    small = size_bytes(folder) <= LARGEST_MB * 10**6
    if not passed or not small:
        print(f"{folder}: " + ("too large" if passed else "does not pass its self-test"), file=sys.stderr)
        return 1
    if not set_guide(folder, wish.out / "guide"):
        print(f"{folder}: does not set the guide on paper", file=sys.stderr)
        return 1
    if not wish.no_packages:
        for made in packages(folder, wish.out):
            print(f"{made.stat().st_size / 10**6:7.1f} MB  {made}")
    return 0


def freeze(out: Path, work: Path) -> None:
    """Run PyInstaller; it needs no network. Raises CalledProcessError."""
    places = ["--distpath", str(out), "--workpath", str(work)]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places]
    same_each_time = {"PYTHONHASHSEED": "1"}  # sets are written in the same order
    subprocess.run(
        [*command, str(ROOT / "build_installer.spec")], check=True, env=os.environ | same_each_time
    )


def size_bytes(folder: Path) -> int:
    """What the files of a folder hold together; links count nothing."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def table(folder: Path) -> str:
    """What takes the room, largest first."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(folder).parts
            depth = 2 if parts[0] == "_internal" else 1
            sizes["/".join(parts[1 : 1 + depth] if depth == 2 else parts[:1])] += path.stat().st_size
    lines = [f"{size / 10**6:8.1f} MB  {name}" for name, size in sizes.most_common(_ROWS)]
    rest = sum(size for _name, size in sizes.most_common()[_ROWS:])
    total = sum(sizes.values())
    return "\n".join([*lines, f"{rest / 10**6:8.1f} MB  the rest", f"{total / 10**6:8.1f} MB  together"])


def try_out(folder: Path, language: str) -> bool:
    """Run the program's self-test from a path with blanks and Vietnamese letters, with the network cut off."""
    with tempfile.TemporaryDirectory(prefix=_AWKWARD, dir=folder.parent, ignore_cleanup_errors=True) as place:
        copy = Path(place) / NAME
        shutil.copytree(folder, copy, symlinks=True, copy_function=_linked)
        offline = _without_network()
        command = [*offline, str(copy / PROGRAM), "selftest", "--json", "--lang", language]
        told = subprocess.run(
            command, env=_bare(Path(place)), cwd=place, stdout=subprocess.PIPE, text=True, check=False
        )
    for line in told.stdout.splitlines():
        found = json.loads(line)
        print(
            f"  {found['level']:<5} {found['check']:<10} {found['ms']:>6} ms  {found['message']}", flush=True
        )
    print(
        f"  self-test ({language}), network {'cut off' if offline else 'NOT cut off'}: exit {told.returncode}"
    )
    return told.returncode == 0


def set_guide(folder: Path, out: Path) -> bool:
    """The guide as PDFs beside the packages, to be printed and laminated, made by the program that was built."""
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as home:
        command = [str(folder / PROGRAM), "guide", "--out", str(out)]
        done = subprocess.run(command, env=_bare(Path(home)), stdout=subprocess.DEVNULL, check=False)
    made = sorted(out.glob("*.pdf"))
    print(f"  {len(made)} sheets of the guide in {out}", flush=True)
    return done.returncode == 0 and bool(made)


def _linked(source: str, to: str) -> None:
    try:
        os.link(source, to)
    except OSError:
        shutil.copy2(source, to)


def _bare(home: Path) -> dict[str, str]:
    """An environment without anything of the developer's: what is not in the folder is not found."""
    if WINDOWS:
        return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}


def _without_network() -> list[str]:
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if (
            shutil.which("unshare")
            and not subprocess.run([*command, "true"], stderr=-3, check=False).returncode
        ):
            return command
    return []


def packages(folder: Path, out: Path) -> list[Path]:
    """The packages for this system."""
    if WINDOWS:
        from windows import setup_program

        return setup_program(folder, out, version())
    from debian import debian_package
    from linux_archive import archive

    return [debian_package(folder, out, version()), archive(folder, out, version())]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
