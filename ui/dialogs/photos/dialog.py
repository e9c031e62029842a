"""Takes in photos: where they are, whose each one is, what has become of them; nothing changes before the last step."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QShowEvent
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from station.app import Station
from station.errors import StationError
from station.i18n import _
from station.roster.photos.album import read_pictures
from station.roster.photos.matching import Fit, Index
from station.roster.photos.plan import PhotoKind, PhotoPlan, PhotoState, Picture, plan_photos
from ui.bridge.operation import Operation, Progress
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.photos.ends import DonePage, SourcePage
from ui.dialogs.photos.gallery import GalleryPage
from ui.dialogs.photos.preview import PreviewPage
from ui.widgets.photo_tile import photo_image
from ui.widgets.plain_label import PlainLabel
from ui.wording import photo_standing

_NARROWEST_PX = 780
_SIZE_PX = (1120, 680)
_EDGE_PX = 40  # of the screen, for the window's frame
_THUMBNAIL_PX = QSize(96, 128)
_NEAR = 8
SOURCE, PREVIEW, DONE, GALLERY = range(4)


@dataclass(slots=True)
class _Read:
    """Pictures that were read, and what a person said of them so far."""

    pictures: list[Picture]
    fits: list[Fit]
    index: Index
    state: PhotoState
    thumbnails: dict[int, QImage]
    by_hand: dict[int, str | None]


class PhotosDialog(DialogFrame):
    """The faces: where the photos are, what would become of them, what has; and those that are here."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self._album = station.photos
        self._read: _Read | None = None
        self._plan = PhotoPlan((), 0)
        self._operation: Operation | None = None
        self._stays = self._closing = False
        self.source, self.preview, self.done_page = SourcePage(), PreviewPage(), DonePage()
        self.gallery = GalleryPage()
        self.source.chosen.connect(self.read)
        self.source.gallery_wanted.connect(lambda: self._show_page(GALLERY))
        self.preview.given.connect(self._on_given)
        self.gallery.remove_wanted.connect(self._on_remove_wanted)
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._busy = QProgressBar()
        self._busy.setTextVisible(False)
        self._pages = QStackedWidget()
        for face in (self.source, self.preview, self.done_page, self.gallery):
            self._pages.addWidget(face)
        self._pages.setMinimumHeight(200)
        self.content.addWidget(self._trouble)
        self.content.addWidget(self._pages, 1)
        self.content.addWidget(self._busy)
        self._back = self.add_button(_("Back"))
        self._close = self.add_button(_("Cancel"))
        self._next = self.add_button(_("Take in"), primary=True)
        self._back.clicked.connect(lambda: self._show_page(SOURCE))
        self._close.clicked.connect(self.reject)
        self._next.clicked.connect(self._on_next_clicked)
        self.setAcceptDrops(True)
        self._show_page(SOURCE)
        self._look()

    def page(self) -> int:
        """Which face is shown: SOURCE, PREVIEW, DONE or GALLERY."""
        return self._pages.currentIndex()

    def trouble(self) -> str:
        """What went wrong, '' for nothing."""
        return self._trouble.full_text()

    def is_working(self) -> bool:
        """Whether something is being read, stored or removed."""
        return self._operation is not None

    def read(self, paths: list[Path]) -> None:
        """Read pictures and show what would become of them."""

        def work(progress: Progress) -> _Read:
            pictures = read_pictures(paths, progress)
            state = self._album.state()
            index = Index(state.delegates)
            portraits = {n: p.portrait.jpeg for n, p in enumerate(pictures) if p.portrait is not None}
            thumbnails = {number: photo_image(jpeg, _THUMBNAIL_PX) for number, jpeg in portraits.items()}
            return _Read(pictures, [index.fit(p.file) for p in pictures], index, state, thumbnails, {})

        self._work(work, self._on_read, stays=True)

    def reject(self) -> None:
        """Esc, Cancel or the window's cross: reading and taking in stop and stay; what is short is done first."""
        if self._operation is None:
            super().reject()
            return
        self._closing = not self._stays
        self._close.setEnabled(False)
        self._operation.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        """Pictures want room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.page() == SOURCE and not self.is_working() and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.read(local)

    # The faces.

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._tell("")
        headings = (_("Photos"), _("Whose photos these are"), _("The photos are taken in"), _("Photos"))
        self.set_heading(headings[page])
        self._refresh()
        if page == GALLERY:
            self.gallery.chooser.setFocus()

    def _refresh(self) -> None:
        page, busy = self.page(), self._operation is not None
        self._busy.setVisible(busy)
        self._pages.setEnabled(not busy)
        self._back.setVisible(page in (PREVIEW, GALLERY))
        self._back.setEnabled(not busy)
        count = len(self._plan.assigned())
        self._next.setVisible(page == PREVIEW)
        self._next.setEnabled(not busy and count > 0)
        self._next.set_caption(_("Take in {count}").format(count=count) if count else _("Take in"))
        self._close.setEnabled(True)
        self._close.set_caption(_("Close") if page in (DONE, GALLERY) else _("Cancel"))

    def _tell(self, trouble: str) -> None:
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    # The steps.

    def _work(
        self, work: Callable[[Progress], Any], done: Callable[[Any], None], *, stays: bool = False
    ) -> None:
        """Do something off the GUI thread; ``stays``: cancelling it does not close the dialog."""
        self._stays = stays
        operation = Operation("photos", work, self)
        operation.progressed.connect(self._on_progressed)
        operation.succeeded.connect(done)
        operation.failed.connect(self._on_failed)
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self._busy.setRange(0, 0)
        self._tell("")
        self._refresh()
        operation.start()

    def _on_progressed(self, done: int, total: int) -> None:
        self._busy.setRange(0, total)
        self._busy.setValue(done)

    def _on_failed(self, error: StationError) -> None:
        self._tell(str(error))

    def _on_finished(self) -> None:
        self._operation = None
        if self._closing:
            super().reject()
        self._refresh()
        # The faces were disabled meanwhile, and the focus had gone elsewhere.
        (self.source, self.preview.list, self._close, self.gallery.chooser)[self.page()].setFocus()

    def _look(self) -> None:
        """See what is here."""
        self._work(lambda _progress: self._seen(), self._on_looked)

    def _seen(self) -> tuple[PhotoState, dict[str, QImage]]:
        state = self._album.state()
        sound = (delegate for delegate in state.photos if delegate not in state.broken)
        return state, {d: photo_image(self._album.picture(d) or b"", _THUMBNAIL_PX) for d in sound}

    def _on_looked(self, found: tuple[PhotoState, dict[str, QImage]]) -> None:
        state, thumbnails = found
        self.source.show_state(state)
        self.gallery.show_state(state, thumbnails)
        if self.page() == GALLERY and not state.photos:
            self._show_page(SOURCE)

    def _on_read(self, read: _Read) -> None:
        self._read = read
        self.preview.begin(read.state.delegates, read.thumbnails)
        self.preview.set_near(lambda file: read.index.near(file, _NEAR))
        self._show_plan()
        self._show_page(PREVIEW)

    def _show_plan(self) -> None:
        assert self._read is not None
        self._plan = plan_photos(self._read.pictures, self._read.fits, self._read.state, self._read.by_hand)
        self.preview.show_plan(self._plan)
        self._refresh()

    def _on_given(self, number: int, delegate: str | None) -> None:
        assert self._read is not None
        self._read.by_hand[number] = delegate
        self._show_plan()

    def _on_next_clicked(self) -> None:
        plan = self._plan
        self._work(lambda progress: self._album.take(plan, progress), self._on_taken, stays=True)

    def _on_taken(self, _count: int) -> None:
        assert self._read is not None
        unchanged, left = len(self._plan.of(PhotoKind.UNCHANGED)), len(self._plan.left_over())
        total = len(self._read.state.delegates)
        sentences = [
            photo_standing(total - self._plan.without, total) + ".",
            _("Taken in: {count}. Already here: {unchanged}.").format(
                count=len(self._plan.assigned()) - unchanged, unchanged=unchanged
            ),
        ]
        if left:
            sentences.append(_("Files left over: {count}.").format(count=left))
        self.done_page.tell("\n".join(sentences))
        self._show_page(DONE)

    def _on_remove_wanted(self, delegates: list[str]) -> None:
        def work(_progress: Progress) -> tuple[PhotoState, dict[str, QImage]]:
            self._album.remove(delegates)
            return self._seen()

        self._work(work, self._on_looked)
