"""Starts the program, its demo or its tests on a machine that has nothing but Python 3.11.

python3 launch.py demo [--out DIR]      the sample event, scanned from its sample video
python3 launch.py run [EVENT_FOLDER]    the check-in station
python3 launch.py test [PYTEST_ARGS]    formatting, lint, types, import contract and the whole test suite
python3 launch.py check [PYTEST_ARGS]   the same with the quick tests only
python3 launch.py lock [--upgrade]      renews requirements.lock and requirements-dev.lock from pyproject.toml
python3 launch.py installer [--help]    the program for laptops without Python, tried and packed (docs/installing.md)
python3 launch.py wheels DIR            all packages of the lock files, for setting up without a network

The first start makes .venv beside this file and installs the locked packages; that start needs a network.
On Windows write `py launch.py …`; pyzbar there needs Microsoft's Visual C++ 2013 runtime.
"""

import ctypes
import hashlib
import importlib.util
import io
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python gets a sentence instead of a traceback
    sys.exit(f"Cần Python 3.11 trở lên / Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python3")
STAMP = VENV / "installed.txt"  # written when everything is installed, so its absence means: start over
LOCK, DEV_LOCK = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"

# What a bare Debian lacks: the library that is looked for, and the package that brings it.
LIBRARIES = {
    "libzbar.so.0": "libzbar0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libpulse.so.0": "libpulse0",
    "libcups.so.2": "libcups2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
PYTHON_PARTS = {"ensurepip": "python3-venv"}
BUILD_PROGRAMS = {"objdump": "binutils", "xz": "xz-utils"}
PACKAGING = {"installer": "build", "wheels": "wheels"}
TEST_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth", "strace": "strace", "fusermount3": "fuse3"}


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that has no Vietnamese still gets the English
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in ("demo", "run", "test", "check", "lock", "installer", "wheels"):
        print(__doc__, file=sys.stderr)
        return 0 if command in ("-h", "--help", "help") else 2
    developing = command not in ("demo", "run")
    testing = command in ("test", "check")
    ensure_system(LIBRARIES, TEST_PROGRAMS if testing else BUILD_PROGRAMS if command == "installer" else {})
    ensure_venv([LOCK, DEV_LOCK] if developing else [LOCK])
    if not developing:
        return open_program(command, rest)
    os.chdir(ROOT)
    if command == "lock":
        return renew_locks(rest)
    if command in ("installer", "wheels"):
        return start([str(PYTHON), str(Path("packaging") / f"{PACKAGING[command]}.py"), *rest])
    return run_checks(rest if command == "test" else ["-m", "not slow", *rest])


def say(vietnamese: str, english: str) -> None:
    print(f"{vietnamese} / {english}", file=sys.stderr, flush=True)


def has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing(libraries: dict[str, str], programs: dict[str, str]) -> dict[str, str]:
    """The things that are not there, each with the Debian package that brings it."""
    importlib.invalidate_caches()
    parts = {name: package for name, package in PYTHON_PARTS.items() if not importlib.util.find_spec(name)}
    libraries = {name: package for name, package in libraries.items() if not has_library(name)}
    programs = {name: package for name, package in programs.items() if not shutil.which(name)}
    return parts | libraries | programs


def ensure_system(libraries: dict[str, str], programs: dict[str, str]) -> None:
    lacking = missing(libraries, programs) if sys.platform.startswith("linux") else {}
    if not lacking:
        return
    if not shutil.which("apt-get"):
        sys.exit(f"Thiếu / Missing, please install: {', '.join(lacking)}")
    install = ["apt-get", "install", "-y", "--no-install-recommends", *sorted(set(lacking.values()))]
    line = as_shell(install)
    root = root_prefix()
    if root is None:
        sys.exit(f"Thiếu thư viện hệ thống, hãy chạy / System libraries are missing, please run:\n  {line}")
    say("Đang cài thư viện hệ thống…", f"Installing {' '.join(install[4:])} …")
    quietly = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
    for step in (["apt-get", "update"], install):  # an update may fail for a foreign source: try all the same
        subprocess.run([*quietly, *step], stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    still = missing(libraries, programs)
    if still:
        sys.exit(
            f"Không cài được / Could not be installed: {', '.join(still)}.\n"
            f"Hãy nối mạng rồi chạy / Connect to a network and run:\n  {line}"
        )


def root_prefix() -> list[str] | None:
    """What to put before a command so that it runs as root: nothing, sudo, or None where there is no way."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if (
        shutil.which("sudo")
        and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0
    ):
        return sudo
    return None


def as_shell(install: list[str]) -> str:
    both = f"apt-get update; {shlex.join(install)}"
    return f"sudo sh -c '{both}'" if shutil.which("sudo") else f"su -c '{both}'"


def base_python() -> str:
    """The Python that .venv was made from, as it is now; empty when there is none any more."""
    try:
        config = dict(line.split(" = ", 1) for line in (VENV / "pyvenv.cfg").read_text("utf-8").splitlines())
        return str((Path(config["home"]) / PYTHON.name).resolve(strict=True)) if PYTHON.exists() else ""
    except (OSError, KeyError, ValueError):
        return ""


def wanted(locks: list[Path]) -> set[str]:
    """The lines of a stamp under which nothing is left to do: one for the Python, one for each lock file."""
    hashes = {f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}" for lock in locks}
    return hashes | {f"python {base_python()}"}


def stamped() -> set[str]:
    return set(STAMP.read_text("utf-8").splitlines()) if base_python() and STAMP.is_file() else set()


def ensure_venv(locks: list[Path]) -> None:
    """Make .venv hold what the last of `locks` says, which includes the ones before it."""
    known = stamped()
    if wanted(locks) <= known:
        return
    usable = f"python {base_python()}" in known
    STAMP.unlink(missing_ok=True)
    if not usable:
        say("Đang cài đặt lần đầu, vài phút…", "Setting up for the first time, a few minutes…")
        make_venv()
    else:
        say("Đang cập nhật các gói…", "Updating the packages…")
    if pip("--require-hashes", "--only-binary", ":all:", "-r", str(locks[-1])) != 0:
        if usable:  # pip installs only when it has fetched everything, so the old set still stands
            STAMP.write_text("\n".join(sorted(known)), "utf-8")
        sys.exit(
            "Không cài được các gói, cần có mạng / The packages could not be installed; this needs a network."
        )
    STAMP.write_text("\n".join(sorted(wanted(locks))), "utf-8")


def make_venv() -> None:
    import venv  # here, because it costs every later start its import

    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=not WINDOWS).create(VENV)
    except (OSError, subprocess.CalledProcessError) as fault:
        sys.exit(f"Không tạo được / Could not be made: {VENV}\n  {fault}")


def pip(*arguments: str) -> int:
    command = in_venv("pip", "install", "--disable-pip-version-check", "--no-input", *arguments)
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False).returncode


def in_venv(module: str, *arguments: str) -> list[str]:
    return [str(PYTHON), "-m", module, *arguments]


def start(command: list[str], **variables: str) -> int:
    """Run to the end, leaving Ctrl-C to the program (it shuts down in order) and passing a TERM on to it."""
    signal.signal(signal.SIGINT, lambda *_: None)
    with subprocess.Popen(command, env=os.environ | variables) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        code = process.wait()
    return code if code >= 0 else 128 - code


def renew_locks(options: list[str]) -> int:
    """Lock for every system, with hashes and without addresses, so that any registry or mirror serves."""
    form = ["--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate"]
    form += ["--only-binary", ":all:"]  # as they are installed
    form += ["--no-emit-index-url", "--no-emit-find-links", "--no-config", *options]
    form += ["--custom-compile-command", "python3 launch.py lock", "pyproject.toml"]
    compile_ = in_venv("uv", "pip", "compile", *form)
    return start([*compile_, "-o", LOCK.name]) or start(
        [*compile_, "--extra", "dev", "--constraints", LOCK.name, "-o", DEV_LOCK.name]
    )


def run_checks(arguments: list[str]) -> int:
    """Every check that there is; the tests come last and run even when a check before them failed."""
    contract = "import sys, importlinter.cli as cli; sys.exit(cli.lint_imports(no_logo=True))"
    checks = {
        "ruff format": in_venv("ruff", "format", "--check", "--quiet", "."),
        "ruff check": in_venv("ruff", "check", "--quiet", "."),
        "mypy": in_venv("mypy"),
        "lint-imports": [str(PYTHON), "-c", contract],
    }
    failed = [name for name, command in checks.items() if start(command) != 0]
    tests = in_venv("pytest", "-n", "2", "--dist", "loadfile", "--ignore=tests/benchmarks", *arguments)
    code = start(tests)
    if failed:
        print(f"Failed before the tests: {', '.join(failed)}", file=sys.stderr)
    return code or (1 if failed else 0)


def open_program(command: str, arguments: list[str]) -> int:
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    program = [str(PYTHON), "-P", "-m", "ui", command, *arguments]
    shown = map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if any(shown) or not sys.platform.startswith("linux"):
        return start(program, PYTHONPATH=path)
    if command == "run":
        sys.exit("Cần có màn hình / A display is needed: DISPLAY and WAYLAND_DISPLAY are not set.")
    return start(program, PYTHONPATH=path, QT_QPA_PLATFORM="offscreen")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
