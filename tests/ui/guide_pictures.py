"""Makes the pictures of the guide from the real windows, in both languages, small enough to be kept with the text.

python tests/ui/guide_pictures.py [--only desk,merge] [--languages vi,en]
"""

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QWidget

from station.guide.pages import PICTURES_DIR
from station.settings import Settings
from tests.ui.render_screens import Studio, _wait
from ui.app import make_application

MOST_BYTES = 120 * 1024
_COLOURS = (128, 96, 64, 48, 32)
_SIZE = (1366, 768)
_SETTLES_MS = 400  # figures and lists are read on workers
# Picture of the guide → state of tests/ui/render_screens.py.
STATES = {
    "desk": "admitted",
    "search": "search",
    "welcome": "welcome",
    "prepare": "prepare",
    "programme": "programme",
    "roster": "roster-changes",
    "documents": "documents-matrix",
    "invitations": "invitations-some",
    "layout": "layouts-full",
    "doors": "preflight-trouble",
    "merge": "merge-done",
    "export": "export",
}


def small_png(widget: QWidget) -> bytes:
    """A widget as a picture of few colours, as many as its size allows."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")  # type: ignore[call-overload]
    whole = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    for colours in _COLOURS:
        out = io.BytesIO()
        few = whole.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", default=",".join(STATES))
    parser.add_argument("--languages", default="vi,en")
    wish = parser.parse_args(arguments)
    application = make_application(Settings(theme="light"))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # the pictures show short paths, the same every time
        studio = Studio(application, Path("hoi-nghi"))
        studio.event.window.resize(*_SIZE)
        studio.event.window.show()
        studio.event.choose_theme("light")
        for language in wish.languages.split(","):
            studio.event.choose_language(language)
            states = studio.states()
            for picture in wish.only.split(","):
                studio.reset()
                widget = states[STATES[picture]]() or studio.event.window
                _wait(_SETTLES_MS)
                path = PICTURES_DIR / language / f"{picture}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(small_png(widget))
                print(f"{path.name} {language}: {path.stat().st_size // 1024} KB")
        studio.setup.close()
        studio.event.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
