"""Each library missing in turn: the other carries the desk, and a sentence says what is lacking."""

import subprocess
import sys
from pathlib import Path

import pytest

from station.capture.engines import missing_engines
from tests.unit.capture.pictures import PAYLOAD, code_picture, scene

ROOT = Path(__file__).resolve().parents[3]

# The libraries are hidden the way they go missing: a module that is not installed, a DLL that does not load.
WITHOUT = {
    "zxing": "import sys; sys.modules['zxingcpp'] = None",
    "zbar": "import ctypes.util; ctypes.util.find_library = lambda name: None",
    "broken zbar": "import sys; sys.modules['pyzbar'] = None",
}
PROGRAM = """
{hide}
import sys
sys.path.insert(0, {root!r})
from station.i18n import set_language
set_language("en")
from station.capture.engines import load_engines, missing_engines
from station.capture.decoder import decode_image
from station.capture.stream import StreamDecoder
from station.capture.frame import Frame
from station.capture.files import read_image
from station.errors import EnvironmentFault
from pathlib import Path
print(*missing_engines(), sep="\\n")
try:
    image = read_image(Path({image!r}))
    print(sorted((code.text, code.engine) for code in decode_image(image)))
    decoder = StreamDecoder(beside=True)
    print(sorted({{code.text for n in range(8) for code in decoder.decode(Frame(image, n, 0.0, n / 30))}}))
    decoder.close()
except EnvironmentFault as fault:
    print("fault:", fault)
"""


def told_without(hide: str, image: Path) -> list[str]:
    program = PROGRAM.format(hide=hide, root=str(ROOT), image=str(image))
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return ran.stdout.splitlines()


@pytest.fixture
def picture_file(tmp_path: Path) -> Path:
    from station.capture.opencv import cv2

    path = tmp_path / "code.png"
    cv2.imwrite(str(path), scene(code_picture(PAYLOAD)))
    return path


def test_nothing_is_missing_here() -> None:
    assert missing_engines() == []


def test_without_zxing_zbar_carries_the_desk_and_a_sentence_says_what_is_lacking(picture_file: Path) -> None:
    notice, still, stream = told_without(WITHOUT["zxing"], picture_file)

    assert "zxing-cpp is missing" in notice
    assert still == f"[('{PAYLOAD}', 'zbar')]"
    assert stream == f"['{PAYLOAD}']"


@pytest.mark.skipif(sys.platform == "win32", reason="there the library comes with pyzbar")
@pytest.mark.parametrize("how", ["zbar", "broken zbar"])
def test_without_zbar_zxing_carries_the_desk_and_a_sentence_says_what_to_install(
    how: str, picture_file: Path
) -> None:
    notice, still, stream = told_without(WITHOUT[how], picture_file)

    assert "libzbar0" in notice and "Visual C++ 2013" in notice
    assert still == f"[('{PAYLOAD}', 'zxing')]"
    assert stream == f"['{PAYLOAD}']"


def test_without_both_the_reason_is_told_and_nothing_is_read(picture_file: Path) -> None:
    told = told_without(f"{WITHOUT['zxing']}\n{WITHOUT['broken zbar']}", picture_file)

    assert told[-1].startswith("fault: No QR code can be read.")
    assert "libzbar0" in told[-1] and "zxing-cpp" in told[-1]


def test_an_inverted_code_is_read_without_zxing(tmp_path: Path) -> None:
    from station.capture.opencv import cv2

    path = tmp_path / "dark.png"
    cv2.imwrite(str(path), scene(code_picture(PAYLOAD, inverted=True)))

    _notice, still, stream = told_without(WITHOUT["zxing"], path)

    assert still == f"[('{PAYLOAD}', 'zbar')]"
    assert stream == f"['{PAYLOAD}']"
