"""The states of everything that shows photos, with drawn faces over the sample event."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station.model.verdict import Outcome, Reason
from station.roster.photos.album import read_pictures
from station.roster.photos.plan import fits_of, plan_photos
from station.store import roster as roster_store
from tests.portraits import photo
from ui.dialogs.photos.dialog import GALLERY, PhotosDialog

if TYPE_CHECKING:
    from tests.ui.render_screens import Studio

COLOURS = ("#7a9cc6", "#c6a07a", "#8fb58a", "#b28fb5", "#9aa3ad", "#c67a86")


class PhotoStates:
    """Prepares the states; the sample event itself gets its photos only while they are photographed."""

    def __init__(self, studio: "Studio") -> None:
        self._studio = studio
        self._station = studio.event.station

    def states(self) -> dict[str, Callable[[], QWidget | None]]:
        """Every state by name."""
        return {
            "photos": lambda: self._dialog(),
            "photos-preview": self._preview,
            "photos-preview-nobody": self._nobody,
            "photos-done": self._done,
            "photos-gallery": self._gallery,
            "photo-admitted": self._admitted,
            "photo-missing": self._missing,
            "photo-enquiry": self._enquiry,
            "photo-ambiguous": self._ambiguous,
        }

    def pictures(self) -> Path:
        """A folder as an office might send it."""
        folder = self._station.folder.parent / "Ảnh đại biểu"
        if folder.exists():
            return folder
        with self._station.files.reading() as connection:
            people = roster_store.delegates(connection)
        names = [person.name for person in people]
        for number, person in enumerate(people[:40]):
            name = person.code if number % 3 else f"{person.code} - {person.name}"
            photo(folder / f"{name}.jpg", COLOURS[number % len(COLOURS)])
        twin = next((person for person in people[40:] if names.count(person.name) > 1), people[41])
        photo(folder / f"{twin.name}.jpg", COLOURS[1])
        photo(folder / f"{people[0].name}.jpg", COLOURS[2])
        photo(folder / "IMG_2041.jpg", COLOURS[3])
        photo(folder / f"{people[120].name} phòng 302.jpg", COLOURS[4])
        photo(folder / f"{people[125].code} - {people[126].name}.jpg", COLOURS[5])
        (folder / "IMG_0007.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
        (folder / "danh sách ảnh.docx").write_bytes(b"PK\3\4" + bytes(40))
        (folder / "hỏng.jpg").write_bytes((folder / "IMG_2041.jpg").read_bytes()[:900])
        return folder

    def take(self) -> None:
        """Give the event its photos."""
        state = self._station.photos.state()
        pictures = read_pictures([self.pictures()], lambda _done, _total: None)
        plan = plan_photos(pictures, fits_of(pictures, state.delegates), state)
        self._station.photos.take(plan, lambda _done, _total: None)

    def _dialog(self) -> PhotosDialog:
        dialog = PhotosDialog(self._station, self._studio.event.window)
        self._studio.extra.append(dialog)
        dialog.show()
        settle(dialog)
        return dialog

    def _preview(self) -> PhotosDialog:
        self._station.photos.remove(list(self._station.photos.known()))
        dialog = self._dialog()
        dialog.read([self.pictures()])
        settle(dialog)
        return dialog

    def _nobody(self) -> PhotosDialog:
        dialog = self._preview()
        files = [row.title for row in dialog.preview.list.rows()]
        dialog.preview.list.select(next(n for n, file in enumerate(files) if "302" in file))
        return dialog

    def _done(self) -> PhotosDialog:
        dialog = self._preview()
        dialog._on_taken(0)
        return dialog

    def _gallery(self) -> PhotosDialog:
        self.take()
        dialog = self._dialog()
        dialog._show_page(GALLERY)
        return dialog

    def _shown(self) -> None:
        """The delegate of the studio's verdict gets a photo whatever the folder holds."""
        self.take()
        who = self._studio.verdict.delegate
        assert who is not None
        folder = self._station.folder.parent / "one"
        photo(folder / f"{who.code}.jpg", COLOURS[0])
        state = self._station.photos.state()
        pictures = read_pictures([folder], lambda _done, _total: None)
        plan = plan_photos(pictures, fits_of(pictures, state.delegates), state)
        self._station.photos.take(plan, lambda _done, _total: None)
        self._studio.event.controller.photos.refresh()
        wait(300)

    def _admitted(self) -> None:
        self._shown()
        self._studio.show(Outcome.ADMITTED, None, entry="20221027-901")
        wait(300)

    def _missing(self) -> None:
        self._shown()
        who = self._studio.verdict.delegate
        assert who is not None
        (self._station.folder / "photos" / self._station.photos.known()[who.id].file_name).write_bytes(b"")
        self._studio.event.controller.photos._kept.clear()
        self._studio.show(Outcome.ATTENTION, Reason.ALREADY_IN, entry="20221027-902")
        wait(300)

    def _enquiry(self) -> None:
        self._shown()
        assert self._studio.verdict.delegate is not None
        self._studio.event.controller.open_card(self._studio.verdict.delegate.id)
        wait(400)

    def _ambiguous(self) -> None:
        self._shown()
        known = self._station.photos.known()
        with_photo = [m.delegate for m in self._studio.desk.search("Nguyễn") if m.delegate.id in known][:2]
        without = self._studio.desk.search("Trần")[:1]
        candidates = (*with_photo, *(match.delegate for match in without))
        self._studio.show(
            Outcome.REFUSED,
            Reason.AMBIGUOUS,
            delegate=None,
            bundle=(),
            admission=None,
            candidates=candidates,
            entry="20221027-903",
        )
        wait(400)


def settle(dialog: PhotosDialog) -> None:
    """Wait for the dialog's work."""
    while dialog.is_working():
        wait(20)


def wait(milliseconds: int) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
