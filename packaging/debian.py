"""Makes the Debian package: the folder in /opt, a link in /usr/bin, entry, icons and the type of event packs."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from pictures import SIZES_PX, png
from trimming import needed_names

HERE = Path(__file__).resolve().parent
NAME = "checkin-station"
OPT, EXEC = Path("opt") / NAME, f"/opt/{NAME}/{NAME}"

# What the folder leaves to the system: the library, and the package that brings it.
OUTSIDE = {
    "libc.so.6": "libc6",
    "libm.so.6": "libc6",
    "libdl.so.2": "libc6",
    "librt.so.1": "libc6",
    "libpthread.so.0": "libc6",
    "libutil.so.1": "libc6",
    "libresolv.so.2": "libc6",
    "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libdrm.so.2": "libdrm2",
    "libgbm.so.1": "libgbm1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libpulse.so.0": "libpulse0",
    "libpulse-mainloop-glib.so.0": "libpulse-mainloop-glib0",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libXext.so.6": "libxext6",
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinput.so.0": "libxcb-xinput0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
ALSO = ("fontconfig-config",)  # without its files Qt complains about the system's fonts at every start
RECOMMENDED = ("cups-client", "pulseaudio | pipewire-pulse", "shared-mime-info", "desktop-file-utils")


def outside_names(folder: Path) -> set[str]:
    """The libraries that the files of a packaged folder ask for and do not find in it."""
    inside, asked = set(), set()
    for path in folder.rglob("*"):
        if ".so" in path.name or path.name == NAME:
            inside.add(path.name)
            if path.is_file() and not path.is_symlink():
                asked |= set(needed_names(path))
    return asked - inside


def depends(folder: Path) -> list[str]:
    """The packages that a packaged folder needs. Raises LookupError for a library whose package is not known."""
    names = outside_names(folder)
    unknown = sorted(names - set(OUTSIDE))
    if unknown:
        raise LookupError(f"no package is known for {', '.join(unknown)}: see packaging/debian.py")
    return sorted({OUTSIDE[name] for name in names} | set(ALSO))


def control(version: str, architecture: str, installed_kb: int, needed: list[str], glibc: str) -> str:
    """The control file (Debian policy, chapter 5)."""
    needed = [f"libc6 (>= {glibc})" if name == "libc6" else name for name in needed]
    return f"""Package: {NAME}
Version: {version}
Section: misc
Priority: optional
Architecture: {architecture}
Installed-Size: {installed_kb}
Maintainer: The check-in station's maintainers <checkin-station@localhost>
Depends: {", ".join(needed)}
Recommends: {", ".join(RECOMMENDED)}
Description: registration desk that needs no internet
 Checks in the delegates of a congress, conference or training course by QR
 code, hands out their documents, prints badges and exports the attendance.
 .
 Điểm danh đại biểu bằng mã QR, phát tài liệu, in thẻ và kết xuất danh sách có
 mặt, không cần mạng.
"""


def share(to: Path) -> None:
    """Write icons and the type of event packs as they lie below a folder `share`."""
    for size in SIZES_PX:
        _write(to / "icons/hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png", png(size))
    _write(to / "mime/packages" / f"{NAME}.xml", (HERE / "linux" / f"{NAME}.xml").read_bytes())


def desktop_entry(command: str) -> bytes:
    """The entry in the list of programs."""
    return (HERE / "linux" / f"{NAME}.desktop").read_text("utf-8").replace("@EXEC@", command).encode()


def debian_package(folder: Path, out: Path, version: str) -> Path:
    """Write the package. Raises LookupError, OSError, CalledProcessError."""
    tree = out / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / OPT, symlinks=True)
    share(tree / "usr/share")
    _write(tree / "usr/share/applications" / f"{NAME}.desktop", desktop_entry(EXEC))
    _write(tree / "usr/share/doc" / NAME / "copyright", _copyright())
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin" / NAME).symlink_to(EXEC)
    _set_modes(tree)
    architecture = _told("dpkg", "--print-architecture")
    kb = sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir()) // 1024
    text = control(
        version, architecture, kb, depends(folder), _told("getconf", "GNU_LIBC_VERSION").split()[1]
    )
    _write(tree / "DEBIAN/control", text.encode())
    _write(tree / "DEBIAN/md5sums", _sums(tree))
    made = out / f"{NAME}_{version}_{architecture}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z4", "--build", tree, made], check=True)
    shutil.rmtree(tree)
    return made


def _copyright() -> bytes:
    licence = (HERE.parent / "LICENSE").read_text("utf-8")
    return f"{licence}\nThe licences of everything that comes along lie in /opt/{NAME}/licences.\n".encode()


def _sums(tree: Path) -> bytes:
    lines = []
    for path in sorted(tree.rglob("*")):
        name = path.relative_to(tree).as_posix()
        if path.is_file() and not path.is_symlink() and not name.startswith("DEBIAN/"):
            lines.append(f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {name}\n")
    return "".join(lines).encode()


def _set_modes(tree: Path) -> None:
    """Everybody may read and nobody but root may write, whatever the mask of whoever built it."""
    for path in tree.rglob("*"):
        if path.is_symlink():
            continue
        runs = path.is_dir() or path.name == NAME
        path.chmod(0o755 if runs else 0o644)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _told(*command: str) -> str:
    environment = os.environ | {"LC_ALL": "C"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.strip()
