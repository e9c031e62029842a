"""The sticks that are plugged in, and a folder, to choose one of; a stick that is plugged in or out is seen at once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.errors import StationError
from station.i18n import _
from station.media.atomic import drive_of
from station.media.drives import Drive, removable_drives
from station.media.faults import free_bytes
from ui.bridge.tasks import Tasks
from ui.dialogs.choose import Choose
from ui.style.fonts import scaled
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList, framed

_LOOK_MS = 1500
_ROW_PX = 46
_MOST_ROWS = 4
_SYSTEMS = {
    "vfat": "FAT32",
    "fat32": "FAT32",
    "exfat": "exFAT",
    "fuseblk": "NTFS",
    "ntfs3": "NTFS",
    "ntfs": "NTFS",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something may go, as it was when it was looked at.

    Attributes:
        drive: the stick, None for a folder. number: of the drive below it, 0 where that is not there yet.
        free: bytes.
    """

    path: Path
    drive: Drive | None
    number: int
    free: int

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return self.drive.name if self.drive else str(self.path)

    @property
    def is_writable(self) -> bool:
        """Whether anything can go there."""
        return self.drive is None or not self.drive.read_only


def found_places() -> list[Place]:
    """The sticks that are plugged in and answer, for a worker."""
    return [place for drive in removable_drives() if (place := place_of(drive.path, drive)) is not None]


def place_of(path: Path, drive: Drive | None = None) -> Place | None:
    """A place as it is now; None where nothing answers."""
    try:
        return Place(path, drive, drive_of(path), free_bytes(path))
    except StationError:
        return None


def size_text(size: float) -> str:
    """Bytes as people read them."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


class PlaceList(QWidget):
    """A list with a button for a folder; a stick that comes is chosen, unless the person chose something.

    Args:
        folder: offered besides the sticks, None for none. find: finds the sticks; called on a worker.

    Signals:
        changed: another place is chosen, or none.
    """

    changed = Signal()

    def __init__(
        self,
        folder: Path | None,
        question: str,
        parent: QWidget | None = None,
        find: Callable[[], list[Place]] = found_places,
    ) -> None:
        super().__init__(parent)
        self._folder, self._question, self._find = folder, question, find
        self._found: list[Place] = []
        self._is_chosen = False  # by the person
        self._looks = Tasks("places", self)
        self.list = RowList(_ROW_PX, one_click=False)
        self.list.setAccessibleName(_("Stick or folder"))
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.clicked.connect(self._on_clicked)
        self._none = PlainLabel(_("No stick is plugged in. It appears here by itself."), 14, role="muted")
        self._browse = KeyButton("folder-open", "Ctrl+O")
        self._browse.set_caption(_("Another folder…"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._on_browse_clicked)
        foot = QHBoxLayout()
        foot.addWidget(self._none, 1)
        foot.addStretch(1)
        foot.addWidget(self._browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._card = framed(self.list)
        column.addWidget(self._card)
        column.addLayout(foot)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._show()
        self.look()
        self._timer.start()

    def place(self) -> Place | None:
        """What is chosen, None while nothing is."""
        path = self.list.selected()
        if self._folder is not None and path == str(self._folder):
            return place_of(self._folder) or Place(self._folder, None, 0, 0)
        return next((place for place in self._found if str(place.path) == path), None)

    def set_folder(self, path: Path) -> None:
        """Choose a folder besides the sticks."""
        self._folder, self._is_chosen = path, True
        self._show(str(path))

    def choose(self, path: Path) -> None:
        """Choose what is on the list by its path."""
        self._is_chosen = True
        self._show(str(path))

    def look(self) -> None:
        """See which sticks are there; nothing waits for a stick that does not answer."""
        self._looks.run(self._find, self._on_found, topic="places")

    def pause(self, *, paused: bool) -> None:
        """While something is written, sticks are not looked at."""
        self._timer.stop() if paused else self._timer.start()

    def close_down(self) -> None:
        """Look no more; before the dialog goes."""
        self._timer.stop()
        self._looks.close()

    def _on_found(self, found: list[Place]) -> None:
        if found == self._found:
            return
        new = [place for place in found if place.path not in {old.path for old in self._found}]
        self._found = found
        usable = [place for place in new if place.is_writable]
        self._show(str(usable[0].path) if usable and not self._is_chosen else self.list.selected())

    def _show(self, wanted: str = "") -> None:
        rows = [_row(place) for place in self._found]
        if self._folder is not None:
            rows.append(
                Row(_("Folder"), str(self._folder), icon="folder-open", role="muted", key=str(self._folder))
            )
        keys = [row.key for row in rows]
        self.list.show_rows(rows)
        self._card.setVisible(bool(rows))
        shown = max(1, min(_MOST_ROWS, len(rows)))
        self.list.setFixedHeight(scaled(_ROW_PX) * shown + 6)
        self._none.setVisible(not self._found)
        if rows:
            self.list.select(keys.index(wanted) if wanted in keys else 0)
        self.changed.emit()

    def _on_current_changed(self) -> None:
        self.changed.emit()

    def _on_clicked(self) -> None:
        self._is_chosen = True

    def _on_browse_clicked(self) -> None:
        start = self._folder if self._folder is not None and self._folder.is_dir() else Path.home()
        chosen = Choose.folder(self, self._question, start)
        if chosen is not None:
            self.set_folder(chosen)


def _row(place: Place) -> Row:
    drive = place.drive
    system = _SYSTEMS.get(drive.system, drive.system) if drive else ""
    detail = " · ".join(
        filter(None, (_("{size} free").format(size=size_text(place.free)), system, str(place.path)))
    )
    note = "" if place.is_writable else _("write-protected")
    return Row(
        place.name,
        detail,
        note=note,
        icon="usb",
        role="accent" if place.is_writable else "muted",
        key=str(place.path),
        muted=not place.is_writable,
    )
