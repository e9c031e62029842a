"""What makes the packaged program: what is left out, its licences, and the packages, tried with stand-ins."""

import re
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import launch
from tests.packing_scripts import (
    ROOT,
    build,
    debian,
    hollow,
    licences,
    linux_archive,
    trimming,
    wheels,
    windows,
)

VERSION = "1.2.3"
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a package for Linux")


def needs(*programs: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        any(shutil.which(p) is None for p in programs), reason=f"needs {', '.join(programs)}"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A stand-in for the packaged folder: its program passes its self-test unless a file says otherwise."""
    made = tmp_path / "made" / "checkin-station"
    (made / "_internal" / "assets").mkdir(parents=True)
    (made / "licences" / "some").mkdir(parents=True)
    (made / "licences" / "some" / "LICENSE").write_text("free", "utf-8")
    (made / "_internal" / "assets" / "Ễ.txt").write_text("Ễ", "utf-8")
    (made / "checkin-station").write_text('#!/bin/sh\nexec test ! -e "$(dirname "$0")/broken"\n', "utf-8")
    (made / "checkin-station").chmod(0o700)
    return made


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6/Qt6Multimedia.dll",
        "PySide6/plugins/multimedia/windowsmediaplugin.dll",
        "PySide6/Qt6Network.dll",
        "PySide6/Qt/lib/libQt6Pdf.so.6",
        "cv2/cv2.abi3.so",
        "cv2/opencv_videoio_ffmpeg500_64.dll",
        "opencv_python.libs/libavcodec-c4204469.so.62.28.101",
        "pyzbar/libzbar-64.dll",
        "pyzbar/libiconv.dll",
        "libzbar.so.0",
        "assets/translations/vi/LC_MESSAGES/station.mo",
        "assets/sample_event/camera.mp4",
    ],
)
def test_what_the_program_needs_is_never_left_out(place: str) -> None:
    assert not trimming.UNUSED.search(place)
    assert not trimming.OF_THE_SYSTEM.search(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6Qml.dll",
        "PySide6/opengl32sw.dll",
        "PySide6/avcodec-61.dll",
        "PySide6/Qt/translations/qt_de.qm",
        "PySide6/translations/qt_de.qm",
        "PySide6/plugins/multimedia/ffmpegmediaplugin.dll",
        "cv2/qt/fonts/DejaVuSans.ttf",
        "assets/translations/vi/LC_MESSAGES/station.po",
    ],
)
def test_what_nothing_uses_is_left_out(place: str) -> None:
    assert trimming.UNUSED.search(place)


def test_only_linkers_tables_are_taken_from_libraries_that_survive_it() -> None:
    for repaired in (
        "opencv_python.libs/libopenblasp-r0.so",
        "numpy.libs/libgfortran.so",
        "pillow.libs/libtiff.so",
    ):
        assert not trimming.STRIPPED.search(repaired)
    assert trimming.STRIPPED.search("libpython3.11.so.1.0")


def test_nothing_calls_what_is_hollow() -> None:
    windows_of_opencv = re.compile(
        r"cv2\.(imshow|namedWindow|waitKey|createTrackbar|destroy|selectROI|setMouse)"
    )
    for path in [*(ROOT / "station").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]:
        assert not windows_of_opencv.search(path.read_text("utf-8")), path


@linux_only
@needs("as", "ld", "nm", "objdump")
def test_opencv_reads_a_video_with_its_qt_made_hollow(tmp_path: Path) -> None:
    import cv2

    package = Path(cv2.__file__).parent
    libraries = package.parent / "opencv_python.libs"
    extension = package / "cv2.abi3.so"
    if not libraries.is_dir() or not hollow.can_hollow():
        pytest.skip("another build of OpenCV")
    asked = set(trimming.needed_names(extension))
    shutil.copytree(package, tmp_path / "cv2", ignore=shutil.ignore_patterns("qt", "data"))
    (tmp_path / libraries.name).mkdir()
    hollowed = 0
    for library in libraries.iterdir():
        made = tmp_path / libraries.name / library.name
        if not trimming.HOLLOW.search(f"{libraries.name}/{library.name}"):
            made.symlink_to(library)
        elif library.name in asked:
            hollow.hollow(library, extension, made)
            hollowed += 1
            assert made.stat().st_size < 100_000
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from station.capture.files import decoded; from station.sample_event import VIDEO; import cv2\n"
        "from station.capture.files import frames_of_video\n"
        "print(cv2.__file__, next(iter(frames_of_video(VIDEO))).image.shape)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert hollowed >= 4
    assert told.returncode == 0, told.stderr
    assert str(tmp_path) in told.stdout and "(720, 1280, 3)" in told.stdout


def test_every_distribution_that_is_shipped_has_its_licence(tmp_path: Path) -> None:
    names = licences.collect(tmp_path / "licences")

    shipped = {found.metadata["Name"].lower().replace("_", "-") for found in licences.shipped()}
    assert {"pyside6", "opencv-python", "pyzbar", "zxing-cpp", "reportlab", "cryptography"} <= shipped
    for name in shipped:
        (place,) = (folder for folder in names if re.fullmatch(rf"{name}-[0-9][^-]*", folder))
        assert all(path.stat().st_size > 100 for path in (tmp_path / "licences" / place).iterdir())
    assert "GNU LESSER" in (tmp_path / "licences" / _starting("pyside6-6", names) / "LGPL-3.txt").read_text(
        "utf-8"
    )
    assert any(name.startswith("python-3") for name in names)
    assert sorted(path.name for path in (tmp_path / "licences" / "assets").iterdir())


def _starting(start: str, names: list[str]) -> str:
    return next(name for name in names if name.startswith(start))


def test_a_distribution_without_a_licence_stops_the_build(tmp_path: Path) -> None:
    from importlib.metadata import PathDistribution

    place = tmp_path / "bare-1.0.dist-info"
    place.mkdir()
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: bare\nVersion: 1.0\n", "utf-8")

    with pytest.raises(LookupError, match="bare: no licence"):
        licences.licences_of(PathDistribution(place))


def test_the_package_names_what_a_bare_debian_lacks() -> None:
    brought = {"libzbar0"}  # lies in the folder

    assert set(launch.LIBRARIES.values()) - brought <= set(debian.OUTSIDE.values())


@linux_only
def test_a_library_whose_package_is_unknown_stops_the_build(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "needed_names", lambda _path: ["libc.so.6", "libsurprise.so.7"])

    with pytest.raises(LookupError, match=r"libsurprise\.so\.7"):
        debian.depends(folder)


@linux_only
@needs("dpkg-deb", "dpkg", "objdump")
def test_the_debian_package_is_well_formed(folder: Path, tmp_path: Path) -> None:
    made = debian.debian_package(folder, tmp_path, VERSION)

    fields = dict(
        line.split(": ", 1) for line in _told("dpkg-deb", "-f", str(made)).splitlines() if ": " in line
    )
    assert fields["Package"] == "checkin-station"
    assert fields["Version"] == VERSION
    assert "fontconfig-config" in fields["Depends"]
    assert int(fields["Installed-Size"]) > 0
    listing = {line.split()[5]: line.split() for line in _told("dpkg-deb", "-c", str(made)).splitlines()}
    assert listing["./opt/checkin-station/checkin-station"][0] == "-rwxr-xr-x"
    assert {row[1] for row in listing.values()} == {"root/root"}
    assert listing["./usr/bin/checkin-station"][-1] == "/opt/checkin-station/checkin-station"
    assert {
        "./usr/share/applications/checkin-station.desktop",
        "./usr/share/mime/packages/checkin-station.xml",
        "./usr/share/icons/hicolor/256x256/apps/checkin-station.png",
        "./usr/share/doc/checkin-station/copyright",
    } <= set(listing)


def test_the_entry_in_the_list_of_programs_speaks_both_languages_and_opens_packs() -> None:
    entry = debian.desktop_entry(debian.EXEC).decode()

    assert "\nName[vi]=Máy điểm danh\n" in entry
    assert "\nExec=/opt/checkin-station/checkin-station run %f\n" in entry
    assert "MimeType=application/vnd.checkin-station.pack;" in entry
    from station.exchange.packed import SUFFIX

    assert f'pattern="*{SUFFIX}"' in (ROOT / "packaging/linux/checkin-station.xml").read_text("utf-8")
    assert SUFFIX in (ROOT / "packaging/windows.nsi").read_text("utf-8")


@linux_only
@needs("tar", "xz")
def test_one_person_installs_updates_and_removes_it_without_being_administrator(
    folder: Path, tmp_path: Path
) -> None:
    home = tmp_path / "nhà của Ễ"
    events = home / "Documents" / "sự kiện"
    events.mkdir(parents=True)
    place = home / ".local/opt/checkin-station"
    install = _unpacked(linux_archive.archive(folder, tmp_path, VERSION), tmp_path / "1")

    assert _run(install, home).returncode == 0
    assert (place / "_internal/assets/Ễ.txt").is_file()
    assert (home / ".local/bin/checkin-station").resolve() == (place / "checkin-station").resolve()
    entry = (home / ".local/share/applications/checkin-station.desktop").read_text("utf-8")
    assert f'Exec="{place}/checkin-station" run %f' in entry

    (folder / "_internal/assets/Ễ.txt").unlink()
    (folder / "_internal/new").touch()
    assert (
        _run(_unpacked(linux_archive.archive(folder, tmp_path, "1.3"), tmp_path / "2"), home).returncode == 0
    )
    assert (place / "_internal/new").is_file()
    assert not (place / "_internal/assets/Ễ.txt").exists()

    (folder / "broken").touch()
    refused = _run(_unpacked(linux_archive.archive(folder, tmp_path, "1.4"), tmp_path / "3"), home)
    assert refused.returncode == 1
    assert "stays as it was" in refused.stderr
    assert not (place / "broken").exists()
    assert sorted(path.name for path in place.parent.iterdir()) == ["checkin-station"]

    assert _run(install, home, "--remove").returncode == 0
    assert not place.exists()
    assert not (home / ".local/share/applications/checkin-station.desktop").exists()
    assert events.is_dir()


def _unpacked(archive: Path, to: Path) -> Path:
    to.mkdir()
    subprocess.run(["tar", "-xf", archive, "-C", to], check=True)
    return next(to.glob("*/install.sh"))


def _run(script: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    return subprocess.run([script, *arguments], env=environment, capture_output=True, text=True, check=False)


def _told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_setup_program_for_windows_asks_for_no_rights_and_keeps_events() -> None:
    script = (ROOT / "packaging/windows.nsi").read_text("utf-8")

    assert "RequestExecutionLevel user" in script
    assert "$LOCALAPPDATA\\Programs\\" in script
    assert "HKLM" not in script
    removed = re.findall(r"^\s*RMDir /r (.+)$", script, re.MULTILINE)
    assert set(removed) == {
        '"$INSTDIR\\_internal"',
        '"$INSTDIR\\licences"',
    }  # never a whole folder of somebody's
    texts = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", script, re.MULTILINE)
    said = {name for name, _language in texts}
    assert sorted(texts) == sorted((name, tongue) for name in said for tongue in ("ENGLISH", "VIETNAMESE"))
    for name in set(re.findall(r"\$\((\w+)\)", script)):
        assert name in said, name


@needs("makensis", "7z")
def test_the_setup_program_holds_the_whole_folder(folder: Path, tmp_path: Path) -> None:
    (folder / "checkin-station").rename(folder / "checkin-station.exe")
    (folder / "checkin-station-console.exe").touch()
    (made,) = windows.setup_program(folder, tmp_path, VERSION)

    listed = {line[53:].strip().replace("\\", "/") for line in _told("7z", "l", str(made)).splitlines()}
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} <= listed
    assert "uninstall.exe" in listed


def test_wheels_for_windows_are_chosen_by_what_windows_needs() -> None:
    pins = wheels.pins_for("win_amd64", launch.DEV_LOCK.read_text("utf-8"))
    names = [pin.split("==")[0] for pin in pins]

    assert {
        "pyside6",
        "opencv-python",
        "pyzbar",
        "pyinstaller",
        "pefile",
        "pywin32-ctypes",
        "colorama",
    } <= set(names)
    assert not any(name.startswith("pyobjc") for name in names)
    assert len(names) == len(set(names))
    assert all("--hash=sha256:" in pin and " ; " not in pin for pin in pins)


def test_a_wheel_that_is_missing_is_named(tmp_path: Path) -> None:
    for name in ("Zxing_Cpp-3.1.1-cp311-cp311-win_amd64.whl", "ruamel.yaml-1.0-py3-none-any.whl"):
        with zipfile.ZipFile(tmp_path / name, "w"):
            pass
    pins = ["zxing-cpp==3.1.1 \\", "ruamel-yaml==1.0 \\", "segno==1.6.6 \\"]

    assert wheels.missing_from(tmp_path, pins) == ["segno 1.6.6"]


def test_the_table_says_what_takes_the_room(folder: Path) -> None:
    (folder / "_internal" / "assets" / "large.bin").write_bytes(bytes(3_000_000))

    lines = build.table(folder).splitlines()
    assert lines[0].split() == ["3.0", "MB", "assets/large.bin"]
    assert lines[-1].split()[-1] == "together"


@linux_only
def test_files_in_the_package_may_be_read_by_everybody(folder: Path) -> None:
    debian._set_modes(folder)

    assert stat.S_IMODE((folder / "checkin-station").stat().st_mode) == 0o755
    assert stat.S_IMODE((folder / "_internal/assets/Ễ.txt").stat().st_mode) == 0o644


@linux_only
@pytest.mark.parametrize(
    ("script", "is_set"), [("touch $3/guide-desk-vi.pdf", True), ("exit 1", False), ("true", False)]
)
def test_the_guide_is_set_by_the_program_that_was_built(
    folder: Path, tmp_path: Path, script: str, is_set: bool
) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "old.pdf").touch()
    program = folder / build.PROGRAM
    program.write_text(f"#!/bin/sh\nmkdir -p $3\n{script}\n")
    program.chmod(0o755)
    assert build.set_guide(folder, tmp_path / "guide") is is_set
    assert not (tmp_path / "guide" / "old.pdf").exists()
