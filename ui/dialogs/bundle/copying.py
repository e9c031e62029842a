"""The files of a bundle copied to the delegate's own stick: which drive, how far, and what lies there now."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.app import Station
from station.checkin.digital import copy_to_stick
from station.documents.stick import CopiedBundle
from station.errors import StationError
from station.i18n import _, ngettext
from station.media.atomic import drive_of
from station.media.drives import removable_drives
from station.media.faults import free_bytes
from station.model.delegate import Delegate
from ui.bridge.tasks import Tasks
from ui.dialogs.choose import Choose
from ui.dialogs.work import WorkDialog
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton

_LOOK_MS = 1500


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files may go; ``number`` is of the drive that was there when it was found."""

    path: Path
    number: int
    free: int

    def __str__(self) -> str:
        free = f"{self.free / 1e9:.1f} GB" if self.free >= 1e9 else f"{self.free / 1e6:.0f} MB"
        room = _("{size} free").format(size=free)
        return f"{self.path.name or self.path} · {room} · {self.path}"


def found_places() -> list[Place]:
    """The sticks that are plugged in and answer, for a worker."""
    return [place for drive in removable_drives() if (place := _place(drive.path)) is not None]


def _place(path: Path) -> Place | None:
    try:
        return Place(path, drive_of(path), free_bytes(path))
    except StationError:
        return None


class CopyDialog(WorkDialog):
    """Looks for sticks while it waits; one that is plugged in appears by itself.

    Args:
        find: finds the sticks; called on a worker.
    """

    def __init__(
        self,
        station: Station,
        delegate: Delegate,
        parent: QWidget | None = None,
        find: Callable[[], list[Place]] = found_places,
    ) -> None:
        super().__init__(
            parent,
            _("Copy to the delegate's stick"),
            _(
                "The files of {name}'s documents go into one folder of the stick and are read back. Everything "
                "else on it stays as it is."
            ).format(name=delegate.name),
            _("Copy"),
        )
        self.copied: CopiedBundle | None = None
        self._station, self._delegate, self._find = station, delegate, find
        self._found: list[Place] = []
        self._chosen: Place | None = None  # a folder that the person chose
        self._looks = Tasks("drives", self)
        self._places = Choice()
        self._places.setAccessibleName(_("Stick or folder"))
        self._folder = KeyButton("folder-open", "Ctrl+O")
        self._folder.set_caption(_("Another folder…"))
        self._folder.setAutoDefault(False)
        self._folder.clicked.connect(self._on_folder_wanted)
        self._where = QWidget()
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._places, 1)
        row.addWidget(self._folder)
        self.content.insertWidget(1, self._where)
        self._again = QTimer(self)
        self._again.setInterval(_LOOK_MS)
        self._again.timeout.connect(self._look)
        self._again.start()
        self._show_places()
        self._look()

    def place(self) -> Place | None:
        """Where the files will go; None while there is nowhere."""
        place: Place | None = self._places.currentData()
        return place

    def set_folder(self, path: Path) -> None:
        """Choose a folder besides the sticks."""
        self._chosen = _place(path)
        self._show_places(self._chosen)

    def begin(self) -> None:
        """Copy, prove and record."""
        place = self.place()
        if place is None:
            return
        station, who = self._station, self._delegate.id
        self._again.stop()
        self._where.hide()
        self.run(
            "copy bundle",
            lambda progress: copy_to_stick(
                station.files,
                station.clock,
                station.desk,
                who,
                place.path,
                drive=place.number,
                progress=progress,
            ),
            self._told,
            _("Copying and checking…"),
        )

    def done(self, result: int) -> None:
        self._again.stop()
        self._looks.close()
        super().done(result)

    def _told(self, copied: CopiedBundle) -> tuple[str, str]:
        self.copied = copied
        count = len(copied.written)
        said = [ngettext("{count} file copied", "{count} files copied", count).format(count=count)] * bool(
            count
        )
        if copied.unchanged:
            there = len(copied.unchanged)
            text = ngettext("{count} was there already", "{count} were there already", there)
            said.append(text.format(count=there))
        lines = [" · ".join(said), str(copied.folder)]
        if copied.missing:
            codes = ", ".join(document.code for document in copied.missing)
            text = _("Not copied, for the file in the event folder is missing or was changed: {codes}.")
            lines.append(text.format(codes=codes))
        return _("On the stick and read back"), "\n".join(lines)

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        """After a failure another stick can be chosen."""
        super()._end(icon, role, headline, text)
        if self.copied is None:
            self._where.show()
            self._again.start()
            self._show_places(self.place())
        self.fit_content()

    def _look(self) -> None:
        self._looks.run(self._find, self._on_found, topic="drives")

    def _on_found(self, found: list[Place]) -> None:
        known = [(place.path, place.number) for place in self._found]
        if [(place.path, place.number) for place in found] != known or not self._places.count():
            self._found = found
            self._show_places(self.place())
            if self._start.isEnabled():
                self._start.setFocus()

    def _show_places(self, wanted: Place | None = None) -> None:
        places = [*self._found, *([self._chosen] if self._chosen else [])]
        paths = [place.path for place in places]
        fill_choice(self._places, [(place, str(place)) for place in places], None)
        if wanted is not None and wanted.path in paths:
            self._places.setCurrentIndex(paths.index(wanted.path))
        if not places:
            self._places.addItem(_("No stick yet: plug it in, or choose a folder"), None)
        self._places.setEnabled(bool(places))
        self._start.setEnabled(bool(places) and not self.is_working())

    def _on_folder_wanted(self) -> None:
        chosen = Choose.folder(self, _("Where should the files go?"), Path.home())
        if chosen is not None:
            self.set_folder(chosen)
