"""The diagnostics file in one click: written where the person's documents are, and said where."""

from pathlib import Path
from typing import Any

from platformdirs import user_documents_path
from PySide6.QtCore import QLibraryInfo, qVersion
from PySide6.QtGui import QGuiApplication, QImageReader
from PySide6.QtWidgets import QWidget

from station.clock import SystemClock
from station.diagnostics.file import Diagnostics, file_name, write_diagnostics
from station.i18n import _
from station.settings import Settings
from station.store.folder import EventFolder
from ui.bridge.operation import Progress
from ui.devices.printer import printer_names
from ui.dialogs.work import WorkDialog

_PLUGINS = ("platforms", "imageformats", "printsupport", "multimedia", "styles")


class DiagnosticsDialog(WorkDialog):
    """Makes the file as soon as it is shown.

    Args:
        files: the open event, if there is one. folder: where the file goes.
    """

    for_everybody = True

    def __init__(
        self, settings: Settings, files: EventFolder | None, folder: Path, parent: QWidget | None = None
    ) -> None:
        explanation = _(
            "How this machine is and how the program ran, for whoever looks after it. "
            "Names, codes, telephone numbers and keys are taken out."
        )
        super().__init__(parent, _("Diagnostics file"), explanation, _("Make the file"))
        self._settings, self._files, self._folder = settings, files, folder

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        super()._end(icon, role, headline, text)
        self.fit_content()  # the path may be long

    def begin(self) -> None:
        """Write the file."""
        now = SystemClock().now()
        window = window_facts()  # asked on the GUI thread

        def work(_progress: Progress) -> Diagnostics:
            path = self._folder / file_name(now)
            self._folder.mkdir(parents=True, exist_ok=True)
            return write_diagnostics(
                path, self._settings, now, self._files, window=window, printers=printer_names()
            )

        self.run("diagnostics", work, _told, _("Looking at this machine…"))


def save_diagnostics(over: QWidget, settings: Settings, files: EventFolder | None = None) -> None:
    """Make the file over a window; returns when the person has read where it is."""
    dialog = DiagnosticsDialog(settings, files, user_documents_path(), over)
    dialog.begin()
    dialog.exec()


def window_facts() -> dict[str, Any]:
    """What Qt says of itself and of the screens."""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return {
        "qt": qVersion(),
        "platform": QGuiApplication.platformName(),
        "plugins": {name: sorted(path.stem for path in (plugins / name).glob("*")) for name in _PLUGINS},
        "image_formats": sorted(bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()),
        "screens": [
            {
                "size": list(screen.size().toTuple()),
                "scaling": screen.devicePixelRatio(),
                "dots_per_inch": round(screen.logicalDotsPerInch()),
            }
            for screen in QGuiApplication.screens()
        ],
    }


def _told(made: Diagnostics) -> tuple[str, str]:
    text = _("Saved as {file}. Send it together with what happened, and when.")
    return _("The diagnostics file is ready"), text.format(file=made.path)
