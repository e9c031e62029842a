"""What happens after a bug: a crash file, a plain apology, and the desk goes on."""

import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion

from station import settings
from station.i18n import _
from ui.dialogs.message import MessageDialog


def write_crash_file(error: BaseException) -> Path | None:
    """Keep where the program failed (never the data it worked on); None when not even that can be written."""
    now = datetime.now(UTC)
    lines = [
        f"at {now.isoformat()}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        f"thread {threading.current_thread().name}",
        type(error).__name__,
        "".join(traceback.format_tb(error.__traceback__)),
    ]
    path = settings.settings_dir() / "crashes" / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), "utf-8")
    except OSError:
        return None
    return path


class CrashReporter(QObject):
    """The exception hook; create it on the GUI thread.

    Signals:
        crashed: (Exception) for whoever wants to show more than the apology.
    """

    crashed = Signal(object)
    _happened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._told = False
        self._happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over Python's hooks."""
        sys.excepthook = self._hook
        threading.excepthook = lambda arguments: self._caught(arguments.exc_value)

    def uninstall(self) -> None:
        """Give Python's hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self._caught(error)

    def _caught(self, error: BaseException | None) -> None:
        if error is not None:
            sys.__excepthook__(type(error), error, error.__traceback__)
            self._happened.emit(error)

    @Slot(object)
    def _on_happened(self, error: BaseException) -> None:
        path = write_crash_file(error)
        self.crashed.emit(error)
        if not self._told:  # one apology: a fault in a paint event would else open a dialog with every frame
            self._told = True
            _apologise(path)


def _apologise(path: Path | None) -> None:
    text = _("What was recorded is safe, and you can go on working.")
    if path is not None:
        text += "\n\n" + _("Please send this file to whoever looks after the program: {path}").format(
            path=path
        )
    MessageDialog.tell(None, _("The program made a mistake"), text)
