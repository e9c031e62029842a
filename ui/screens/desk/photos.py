"""Brings photos to the desk after the verdict is on the screen: read and scaled by a worker, the latest kept."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from station.model.delegate import Delegate
from station.roster.photos.album import Album
from station.store.photos import Photo
from ui.bridge.tasks import Tasks
from ui.screens.desk.result import ResultPage
from ui.widgets.photo_tile import photo_image

_MOST_KEPT = 48
_CANDIDATE_PX = QSize(96, 128)


class DeskPhotos(QObject):
    """Knows who has a photo, so that the card keeps a place for it, or does not."""

    def __init__(self, album: Album, looks: Tasks, page: ResultPage, parent: QObject) -> None:
        super().__init__(parent)
        self._album = album
        self._looks = looks
        self._page = page
        self._known: dict[str, Photo] = {}
        self._kept: OrderedDict[tuple[str, int], QImage] = OrderedDict()
        self._wanted = ""
        self._candidates: Sequence[Delegate] = ()

    def refresh(self) -> None:
        """Learn anew who has a photo."""
        self._looks.run(self._album.known, self._on_known, topic="photos")

    def expect(self, delegate: Delegate | None, candidates: Sequence[Delegate] = ()) -> None:
        """Before the card is shown: keep its place where there is a photo; show it at once if it is at hand."""
        self._candidates = [each for each in candidates if each.id in self._known]
        self._wanted = delegate.id if delegate is not None and delegate.id in self._known else ""
        self._page.card.expect_photo(bool(self._wanted))
        kept = (
            self._kept.get(self._key(self._wanted, self._page.card.photo.pixels())) if self._wanted else None
        )
        if kept is not None:
            self._page.card.photo.show_image(kept)
            self._wanted = ""

    def fetch(self) -> None:
        """After it was painted: get what was expected."""
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self._get(wanted, self._page.card.photo.pixels())
        candidates, self._candidates = self._candidates, ()
        for each in candidates:
            self._get(each.id, _CANDIDATE_PX)

    def _get(self, delegate: str, size: QSize) -> None:
        self._looks.run(
            lambda: photo_image(self._album.picture(delegate) or b"", size),
            lambda image: self._on_image(delegate, size, image),
            lambda _error: self._show(delegate, QImage()),
        )

    def _on_known(self, known: dict[str, Photo]) -> None:
        self._known = known

    def _on_image(self, delegate: str, size: QSize, image: QImage) -> None:
        if delegate in self._known:
            self._kept[self._key(delegate, size)] = image
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        self._show(delegate, image)

    def _show(self, delegate: str, image: QImage) -> None:
        shown = self._page.card.delegate()
        if shown is not None and shown.id == delegate:
            self._page.card.photo.show_image(image)
        self._page.candidates.show_photo(delegate, image)

    def _key(self, delegate: str, size: QSize) -> tuple[str, int]:
        """A photo that was exchanged is another one."""
        return self._known[delegate].sha256, size.height()
