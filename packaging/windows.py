"""Makes the setup program for Windows with NSIS, from the packaged folder and windows.nsi."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pictures import write_ico, write_side

HERE = Path(__file__).resolve().parent


def setup_program(folder: Path, out: Path, version: str) -> list[Path]:
    """The setup program, in a list; an empty list, and a sentence, where NSIS is not installed."""
    makensis = shutil.which("makensis") or shutil.which("makensis", path=r"C:\Program Files (x86)\NSIS")
    if makensis is None:
        print("NSIS is not installed: no setup program was made", file=sys.stderr)
        return []
    made = out / f"checkin-station-{version}-setup.exe"
    size_kb = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
    with tempfile.TemporaryDirectory() as place:
        defines = {
            "VERSION": version,
            "FOLDER": folder.resolve(),
            "OUT": made.resolve(),
            "ICON": write_ico(Path(place) / "checkin-station.ico"),
            "SIDE": write_side(Path(place) / "side.bmp"),
            "SIZE_KB": size_kb,
        }
        options = [f"-D{name}={value}" for name, value in defines.items()]
        command = [makensis, "-V2", "-INPUTCHARSET", "UTF8", *options, str(HERE / "windows.nsi")]
        subprocess.run(command, check=True)
    return [made]
