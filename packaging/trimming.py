"""What the packaged program does not need: left out, made hollow or stripped, so that it fits a small disk."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from hollow import can_hollow, hollow

Entry = tuple[str, str, str]  # PyInstaller's: place in the folder, source, kind
LINUX = sys.platform.startswith("linux")

_UNUSED = (
    # The on-screen keyboard with all of QML behind it.
    r"(lib)?Qt6(Qml|Quick|VirtualKeyboard)",
    r"qtvirtualkeyboard",
    # Qt's own texts in other languages: ui/qt_texts.py has the few that are shown.
    r"PySide6/(Qt/)?translations/",
    # Back ends for embedded screens and touch panels, for GTK, for Wayland's old shell and its servers; OpenGL without
    # a graphics driver, which no widget needs.
    r"libQt6(EglFS|WlShell)",
    r"plugins/platforms/libq(eglfs|vnc|linuxfb|minimal|minimalegl|vkkhrdisplay)\.",
    r"egldeviceintegrations/",
    r"plugins/generic/",
    r"libqgtk3",
    r"libwl-shell-plugin",
    r"wayland-graphics-integration-server/",
    r"opengl32sw",
    # Films: the sounds need none.
    r"Qt/plugins/multimedia/",
    r"plugins/multimedia/ffmpeg",
    r"(lib)?Qt6?FFmpegStub",
    r"PySide6/Qt/lib/lib(av|sw)",
    r"PySide6/(av|sw)[a-z]+-\d+\.dll",
    r"^lib(avcodec|avformat|avutil|swscale|swresample)\.so",
    # OpenCV: what its windows and detectors would read.
    r"cv2/(qt|data)/",
    r"libQt5XcbQpa",
    # Pillow: pictures in AVIF.
    r"_avif",
    r"pillow\.libs/libavif",
    # Of the translations what their authors work with.
    r"assets/translations/.*\.(po|py)$",
)
UNUSED = re.compile("|".join(_UNUSED))
# A Linux with a screen has these in versions of its own, which speak with its own services and are kept up to date:
# packaging/debian.py names the packages. What only these needed goes as well. The small ones that a desktop may lack
# (libxcb-cursor and its kin) come along: where there is no network nobody could fetch them.
OF_THE_SYSTEM = re.compile(
    r"^lib(stdc\+\+|gcc_s|glib-2|gio-2|gobject-2|gmodule-2|gthread-2|pulse|cups|dbus-1|fontconfig|freetype|gssapi_krb5"
    r"|X11|Xext|xcb\.|xcb-(glx|dri|present)|SM|ICE|wayland|drm)[^/]*\.?so"
)
# OpenCV is linked to these and never calls them here: only their names are kept.
HOLLOW = re.compile(r"^opencv_python\.libs/lib(Qt5|avdevice)")
# Repaired libraries (those of wheels, *.libs/) do not survive stripping; these come as their own makers linked them.
STRIPPED = re.compile(
    r"^(libpython3|(python3\.\d+/)?lib-dynload/|python_calamine/|cryptography/.*_rust)"
    r"|^PySide6/Qt/lib/libicu(i18n|uc)"
)
# Loaded by name, or by Python.
ROOTS = re.compile(r"^(libpython3|libzbar)|/plugins/|\.abi3\.so$|\.cpython-")


def used(entries: Iterable[Entry]) -> list[Entry]:
    """Without what nobody asks for, and without the libraries that only those asked for."""
    kept = [entry for entry in entries if not UNUSED.search(entry[0].replace("\\", "/"))]
    return _needed([entry for entry in kept if not OF_THE_SYSTEM.search(entry[0])]) if LINUX else kept


def smaller(entries: Iterable[Entry], opencv: Path, scratch: Path) -> list[Entry]:
    """The same with hollow and stripped copies in place of what may be made so; ``opencv`` is its extension module."""
    if not LINUX:
        return list(entries)
    shutil.rmtree(scratch, ignore_errors=True)
    result = []
    for place, source, kind in entries:
        made = scratch / place
        made.parent.mkdir(parents=True, exist_ok=True)
        if HOLLOW.search(place) and can_hollow():
            hollow(Path(source), opencv, made)
        elif STRIPPED.search(place) and kind != "SYMLINK":
            shutil.copyfile(source, made)
            subprocess.run(["strip", "--strip-unneeded", made], check=True)
        result.append((place, str(made) if made.exists() else source, kind))
    return result


def needed_names(library: Path) -> list[str]:
    """The libraries that one asks the system for when it is loaded."""
    command = ["objdump", "-p", str(library)]
    told = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    return re.findall(r"^\s+NEEDED\s+(\S+)", told, re.MULTILINE)


def _needed(entries: list[Entry]) -> list[Entry]:
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        by_name.setdefault(Path(entry[0]).name, []).append(entry)
    sources = {entry[0]: entry[1] for entry in entries}
    todo = [entry for entry in entries if entry[2] == "EXTENSION" or ROOTS.search(entry[0])]
    todo += [entry for entry in entries if entry[2] not in ("BINARY", "SYMLINK", "EXTENSION")]
    kept = set()
    while todo:
        place, source, kind = todo.pop()
        if place in kept:
            continue
        kept.add(place)
        if kind == "SYMLINK":
            target = str((Path(place).parent / source).as_posix())
            todo += [(target, sources[target], "BINARY")] if target in sources else []
        elif kind in ("BINARY", "EXTENSION") and not HOLLOW.search(place):
            todo += [entry for name in needed_names(Path(source)) for entry in by_name.get(name, [])]
    return [entry for entry in entries if entry[0] in kept]
