"""Finds what is typed into the search, off the GUI thread, and brings the photos of who was found."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from station.app import Station
from station.checkin.told import Match
from station.errors import StationError
from ui.bridge.tasks import Tasks
from ui.screens.desk.search import SearchPanel
from ui.widgets.photo_tile import photo_image

_MATCHES = 30
_PHOTOS = 8  # of the first lines, which are all that is seen of the list
_PHOTO_SIZE = QSize(72, 96)


class Searching(QObject):
    """Answers a search panel.

    Args:
        session: identifier of the session whose attendance is shown.
    """

    def __init__(
        self, station: Station, panel: SearchPanel, looks: Tasks, session: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._station = station
        self._panel = panel
        self._looks = looks
        self._session = session
        panel.search_requested.connect(self._on_search_requested)

    def _on_search_requested(self, text: str) -> None:
        session = self._session()
        if not text.strip():
            self._looks.run(tuple, self._panel.show_matches, topic="search")
            return
        self._looks.run(
            lambda: self._station.desk.search(text, _MATCHES, session), self._on_found, topic="search"
        )

    def _on_found(self, matches: tuple[Match, ...]) -> None:
        self._panel.show_matches(matches)
        first = [match.delegate.id for match in matches[:_PHOTOS]]
        if first:
            self._looks.run(lambda: self._photos(first), self._panel.show_photos, topic="search photos")

    def _photos(self, delegates: Sequence[str]) -> dict[str, QImage]:
        known = self._station.photos.known()
        photos = {}
        for delegate in delegates:
            if delegate in known:
                with suppress(StationError):  # its file is missing: the line says enough without it
                    photos[delegate] = photo_image(self._station.photos.picture(delegate) or b"", _PHOTO_SIZE)
        return {delegate: photo for delegate, photo in photos.items() if not photo.isNull()}
