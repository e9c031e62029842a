"""Reads the codes in pictures on a thread of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from station.capture.frame import Code
from station.checkin.lane import meant
from station.errors import StationError
from station.i18n import _
from ui.bridge.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Picture:
    """Something that may show codes: its name for a person, and how its codes are read, off the GUI thread."""

    name: str
    codes: Callable[[], list[Code]]


class PictureReader(QObject):
    """Reads pictures one after the other.

    Signals:
        code_read: (bytes) what to redeem, for each code.
        refused: (sentence) a picture was not read, or shows no code.
    """

    code_read = Signal(bytes)
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = Tasks("pictures", self)

    def read(self, pictures: Sequence[Picture]) -> None:
        """Read these soon."""
        for picture in pictures:
            self._tasks.run(picture.codes, partial(self._on_read, picture.name), self._on_failed)

    def close(self) -> None:
        """Finish what waits."""
        self._tasks.close()

    def _on_read(self, name: str, codes: list[Code]) -> None:
        for code in codes:
            self.code_read.emit(meant(code))
        if not codes:
            sentence = _(
                "There is no code to be read in {file}. Ask for a sharper picture of the whole code."
            )
            self.refused.emit(sentence.format(file=name))

    def _on_failed(self, error: Exception) -> None:
        known = isinstance(error, StationError)
        self.refused.emit(str(error) if known else _("The program made a mistake."))
