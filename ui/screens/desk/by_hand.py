"""Letting somebody pass without a code: whoever has a look-alike is read back first."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from station.app import Station
from station.errors import StationError
from station.model.delegate import Delegate
from ui.bridge.tasks import Tasks
from ui.dialogs.cases.read_back import MOST, PHOTO_PX, ReadBackDialog
from ui.widgets.photo_tile import photo_image

Found = tuple[Sequence[Delegate], Mapping[str, QImage]]
_PHOTO_SIZE = QSize(*PHOTO_PX) * 2  # sharp on a scaled screen too


class ByHand(QObject):
    """Finds out whom the clerk means before anything is recorded."""

    def __init__(self, station: Station, looks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._station = station
        self._looks = looks
        self._window = window

    def ask(self, delegate: Delegate, verb: str, then: Callable[[str], None]) -> None:
        """Call ``then`` with the identity of who is meant; not at all if the clerk thinks better of it.

        ``verb``: what is done with them, on the button.
        """
        self._looks.run(
            lambda: self._with_alike(delegate),
            lambda found: self._on_found(delegate, found, verb, then),
        )

    def _with_alike(self, delegate: Delegate) -> Found:
        alike = self._station.desk.alike(delegate)
        people = (delegate, *alike) if alike else ()
        return people, self._photos(people[:MOST])

    def _on_found(self, delegate: Delegate, found: Found, verb: str, then: Callable[[str], None]) -> None:
        people, photos = found
        if not people:
            then(delegate.id)
            return
        dialog = ReadBackDialog(people, photos, verb, self._window)
        if dialog.exec() == ReadBackDialog.DialogCode.Accepted:
            then(dialog.chosen())

    def _photos(self, people: Sequence[Delegate]) -> dict[str, QImage]:
        photos = {}
        for person in people:
            with suppress(StationError):  # its file is missing: the names and units are there all the same
                photos[person.id] = photo_image(self._station.photos.picture(person.id) or b"", _PHOTO_SIZE)
        return {identity: photo for identity, photo in photos.items() if not photo.isNull()}
