"""The photos of an event: reads pictures, takes them in as one step, shows and removes them, tidies their folder."""

import hashlib
import os
import re
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from station.clock import Clock
from station.errors import BadInput, EnvironmentFault
from station.i18n import _
from station.media.atomic import PART, write_file
from station.media.names import safe_name
from station.roster.photos.plan import PhotoKind, PhotoPlan, PhotoState, Picture
from station.roster.photos.portrait import portrait
from station.roster.photos.source import PhotoFile, photo_files
from station.store import photos as photo_store
from station.store import roster as roster_store
from station.store.folder import EventFolder
from station.store.photos import Photo

Progress = Callable[[int, int], None]
_OURS = re.compile(rf"[a-z0-9_.-]+-[0-9a-f]{{12}}\.jpg({re.escape(PART)})?")
_AHEAD = 2  # pictures in memory for each thread that works on them


class Album:
    """The photos of one open event folder. Its methods may be called from any thread."""

    def __init__(self, files: EventFolder, clock: Clock) -> None:
        self._files = files
        self._clock = clock
        self._folder = files.path / "photos"
        self._lock = threading.Lock()  # tidying must not see files whose rows are still to come

    def state(self) -> PhotoState:
        """The delegates and their photos, every file looked at. Raises EnvironmentFault."""
        with self._files.reading() as connection:
            delegates = roster_store.delegates(connection)
            photos = photo_store.photos(connection)
        broken = {delegate for delegate, photo in photos.items() if self._content(photo) is None}
        return PhotoState(delegates, photos, broken)

    def known(self) -> dict[str, Photo]:
        """The photos by delegate, without a look at the files. Raises EnvironmentFault."""
        with self._files.reading() as connection:
            return photo_store.photos(connection)

    def picture(self, delegate: str) -> bytes | None:
        """The JPEG of a delegate, None for none. Raises EnvironmentFault when its file is missing or was changed."""
        with self._files.reading() as connection:
            photo = photo_store.photo_of(connection, delegate)
        if photo is None:
            return None
        content = self._content(photo)
        if content is None:
            raise EnvironmentFault(
                _("The photo {path} is missing or was changed. Take it in again.").format(
                    path=self._folder / photo.file_name
                )
            )
        return content

    def take(self, plan: PhotoPlan, progress: Progress) -> int:
        """Keep every picture that a plan gives anew to somebody, as one step; returns how many.

        The files are durable before the rows that name them; when anything fails, all is as it was. Raises
        EnvironmentFault (disk full, …), Cancelled.
        """
        assigned = [line for line in plan.assigned() if line.kind is not PhotoKind.UNCHANGED]
        now = self._clock.now()
        photos = []
        with self._lock:
            try:
                self._make_folder()
                for done, line in enumerate(assigned):
                    progress(done, len(assigned))
                    if line.picture.portrait is None:
                        continue
                    delegate, kept = line.delegates[0].id, line.picture.portrait
                    name = f"{safe_name(delegate)}-{kept.sha256[:12]}.jpg"
                    write_file(self._folder / name, kept.jpeg)
                    photos.append(Photo(delegate, name, kept.sha256, now))
                self._files.write(lambda connection: photo_store.set_photos(connection, photos))
            finally:
                self._tidy()
        return len(photos)

    def remove(self, delegates: Sequence[str]) -> None:
        """Take photos from delegates and delete their files. Raises EnvironmentFault."""
        with self._lock:
            self._files.write(lambda connection: photo_store.remove_photos(connection, delegates))
            self._tidy()

    def tidy(self) -> None:
        """Delete the photos that are nobody's any more; what cannot be deleted now is tried again next time."""
        with self._lock:
            self._tidy()

    def _tidy(self) -> None:
        with suppress(EnvironmentFault, OSError):
            kept = {photo.file_name for photo in self.known().values()}
            for path in list(self._folder.iterdir()):
                if path.name not in kept and _OURS.fullmatch(path.name):
                    with suppress(OSError):
                        path.unlink()

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(exist_ok=True)
        except OSError as error:
            raise EnvironmentFault(
                _("{path} may not be written: check the folder's permissions and the disk.").format(
                    path=self._folder
                )
            ) from error

    def _content(self, photo: Photo) -> bytes | None:
        """The file of a photo, None when it is missing or holds something else."""
        try:
            content = (self._folder / Path(photo.file_name).name).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == photo.sha256 else None


def read_pictures(paths: Sequence[Path], progress: Progress) -> list[Picture]:
    """Make the portraits of all files in folders and ZIPs; what is no photo carries its reason.

    Raises Refusal, BadInput (an archive as a whole), EnvironmentFault, Cancelled.
    """
    threads = os.cpu_count() or 1
    pictures: list[Picture] = []
    waiting: deque[Future[Picture]] = deque()
    with photo_files(paths) as files, ThreadPoolExecutor(threads, "portraits") as pool:
        for file in files:
            if len(waiting) >= threads * _AHEAD:
                pictures.append(waiting.popleft().result())
            progress(len(pictures), len(files))
            waiting.append(pool.submit(_picture, file))
        while waiting:
            pictures.append(waiting.popleft().result())
            progress(len(pictures), len(files))
    return pictures


def _picture(file: PhotoFile) -> Picture:
    try:
        return Picture(file.name, portrait(file.read()))
    except BadInput as error:
        return Picture(file.name, None, error.problems[0])
