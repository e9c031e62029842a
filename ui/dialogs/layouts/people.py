"""Whose badge is shown: the longest name, the shortest, one with a photo, or anybody on the roster."""

from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from station.app import Station
from station.badges.layouts.samples import BUILT_IN, found_in, samples_of
from station.badges.photo_files import NO_PHOTOS, PhotoFiles
from station.badges.texts import BadgeData
from station.i18n import _
from station.model.event import Session
from station.store import photos as photo_store
from station.text import text_key
from ui.style.fonts import scaled
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel


@dataclass(frozen=True, slots=True)
class People:
    """What the editor knows of the event's people.

    Attributes:
        with_photo: identities. columns: further headings of the roster, in their order.
    """

    badges: tuple[BadgeData, ...] = ()
    with_photo: frozenset[str] = frozenset()
    photos: PhotoFiles = NO_PHOTOS
    sessions: tuple[Session, ...] = field(default=())

    @property
    def columns(self) -> list[str]:
        """Headings of the roster's further columns."""
        return list(dict.fromkeys(name for badge in self.badges for name, _text in badge.delegate.extra))

    @property
    def categories(self) -> list[str]:
        """Those that somebody has."""
        names = {badge.delegate.category for badge in self.badges if badge.delegate.category}
        return sorted(names, key=text_key)


def people_of(station: Station) -> People:
    """Everybody with a badge. Raises EnvironmentFault."""
    with station.files.reading() as connection:
        photos = photo_store.photos(connection)
    return People(
        tuple(station.badges().values()),
        frozenset(photos),
        station.photo_files(),
        tuple(station.desk.sessions()),
    )


class SampleChoice(QWidget):
    """A choice of samples, and a field to find anybody.

    Signals:
        chosen: (BadgeData).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = People()
        self._badges: list[BadgeData] = []
        self.choice = Choice()
        self.choice.setAccessibleName(_("Whose badge is shown"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a delegate…"))
        self.search.setAccessibleName(_("Find a delegate"))
        self.choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(8)
        self.search.setMinimumWidth(scaled(96))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(PlainLabel(_("Shown with"), 14))
        row.addWidget(self.choice, 2)
        row.addWidget(self.search, 1)
        self.choice.activated.connect(self._on_activated)
        self.search.textChanged.connect(self._on_typed)
        self.offer(self._people)

    def offer(self, people: People) -> None:
        """These are the event's people now; the longest name is shown first."""
        self._people = people
        self._fill([])

    def badge(self) -> BadgeData:
        """Whose badge is shown."""
        row = self.choice.currentIndex()
        return self._badges[row] if 0 <= row < len(self._badges) else BUILT_IN

    def _fill(self, found: list[BadgeData]) -> None:
        if not self._people.badges:
            items = [(BUILT_IN, _("A sample person: the roster is empty"))]
        else:
            samples = samples_of(self._people.badges, self._people.with_photo)
            items = [(badge, badge.delegate.name) for badge in found]
            items.append((samples.longest, _said(_("Longest name"), samples.longest)))
            items.append((samples.shortest, _said(_("Shortest name"), samples.shortest)))
            if samples.with_photo is not None:
                items.append((samples.with_photo, _said(_("With a photo"), samples.with_photo)))
        self._badges = [badge for badge, _said in items]
        fill_choice(self.choice, [(row, said) for row, (_badge, said) in enumerate(items)], 0)
        self.chosen.emit(self.badge())

    def _on_activated(self) -> None:
        self.chosen.emit(self.badge())

    def _on_typed(self, text: str) -> None:
        self._fill(found_in(self._people.badges, text) if text.strip() else [])


def _said(kind: str, badge: BadgeData) -> str:
    return f"{kind}: {badge.delegate.name}"
