"""A new event, or other data of one that is there: the event itself, then its sessions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from station.app import Station, new_event, new_event_values, open_station, refuse_senseless
from station.errors import BadInput, Refusal, StationError
from station.i18n import _
from station.media.names import safe_name
from station.model.event import Event, Session
from station.programme.lines import parse_day
from station.store.event import known_audiences
from ui.dialogs.choose import Choose
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.logo_field import LogoField
from ui.dialogs.programme.page import ProgrammePage
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

_WIDTH_PX = 780
_HEIGHT_PX = 560
_PROGRAMME_PX = (1240, 720)
_EDGE_PX = 40
_ZONE = "Asia/Ho_Chi_Minh"
_PROBLEMS_SHOWN = 4
ABOUT, SESSIONS = range(2)


class EventDialog(DialogFrame):
    """Two faces: what the event is, and its sessions.

    Args:
        folder: the event to change, which nobody has open; None for a new one.
        home: where new events are put unless another folder is chosen.
        station: the same event where this program has it open; it shows the changes when it is opened again.

    Raises:
        StationError: the event cannot be opened.

    Signals:
        ready: (Path) the folder of the event that was made or changed.
    """

    ready = Signal(object)

    def __init__(
        self,
        folder: Path | None,
        home: Path,
        parent: QWidget | None = None,
        *,
        station: Station | None = None,
        desk: str = "",
    ) -> None:
        super().__init__(parent, _WIDTH_PX)
        self._folder = folder
        self._station = station
        self._before: Event | None = None
        sessions: tuple[Session, ...] = ()
        known: tuple[list[str], list[str]] = ([], [])
        if folder is not None:
            with _opened(folder, station) as event:
                self._before, sessions = event.event, event.desk.sessions()
                with event.files.reading() as connection:
                    known = known_audiences(connection)
        self._make_fields(home)
        self._desk.setText(desk or _("Desk 1"))
        today = date.today()
        self.programme = ProgrammePage(self._before or new_event_values("", today, today), sessions, *known)
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._about_page())
        self._pages.addWidget(self.programme)
        self.content.addWidget(self._trouble)
        self.content.addWidget(self._pages, 1)
        self._back = self.add_button(_("Back"))
        self._back.clicked.connect(lambda: self._show_page(ABOUT))
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self._next = self.add_button(_("Continue"), primary=True)
        self._next.clicked.connect(self._on_next_clicked)
        self._show_page(ABOUT)

    def page(self) -> int:
        """ABOUT or SESSIONS."""
        return self._pages.currentIndex()

    def trouble(self) -> str:
        """What is wrong, '' for nothing."""
        return self._trouble.full_text()

    def place(self) -> Path:
        """The folder that a new event is made in."""
        return Path(self._home.text().strip() or ".") / safe_name(self._name.text() or "su-kien")

    def _make_fields(self, home: Path) -> None:
        event = self._before or new_event_values("", date.today(), date.today())
        new = self._before is None
        self._name, self._name_en = QLineEdit(event.name), QLineEdit(event.name_en)
        self._starts = QLineEdit("" if new else f"{event.starts_on:%d/%m/%Y}")
        self._ends = QLineEdit("" if new else f"{event.ends_on:%d/%m/%Y}")
        for field in (self._starts, self._ends):
            field.setPlaceholderText(_("day/month/year"))
        self._venue, self._organiser = QLineEdit(event.venue), QLineEdit(event.organiser)
        for field in (self._name, self._name_en, self._venue, self._organiser):
            field.setCursorPosition(0)
        zones = [_ZONE, *sorted(available_timezones() - {_ZONE})]
        self._zone = fill_choice(Choice(), [(zone, zone.replace("_", " ")) for zone in zones], event.zone)
        self._logo = LogoField(event.logo)
        self._logo.refused.connect(self._tell)
        self._home, self._desk = QLineEdit(str(home)), QLineEdit(_("Desk 1"))
        self._where = PlainLabel(size_px=13, role="muted", elide=True)
        for field in (self._name, self._home):
            field.textChanged.connect(lambda: self._where.setText(str(self.place())))

    def _about_page(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        fields: list[tuple[str, QWidget, int, int, int]] = [  # caption, field, line, column, columns
            (_("Name of the event"), self._name, 0, 0, 6),
            (_("Name in English, for guests from abroad"), self._name_en, 1, 0, 6),
            (_("First day"), self._starts, 2, 0, 2),
            (_("Last day"), self._ends, 2, 2, 2),
            (_("Time zone"), self._zone, 2, 4, 3),
            (_("Venue"), self._venue, 3, 0, 3),
            (_("Organiser"), self._organiser, 3, 3, 4),
        ]
        if self._before is None:
            fields.append((_("This station is called"), self._desk, 4, 0, 2))
            fields.append((_("The event's folder is made in"), self._folder_row(), 4, 2, 5))
        for caption, field, line, column, columns in fields:
            label = PlainLabel(caption, 14, QFont.Weight.Medium)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            grid.addWidget(label, 3 * line, column, 1, columns)
            grid.addWidget(field, 3 * line + 1, column, 1, columns)
            grid.setRowMinimumHeight(3 * line + 2, 6)
        grid.addWidget(self._logo, 0, 6, 5, 1)  # beside both names
        if self._before is None:
            grid.addWidget(self._where, 14, 2, 1, 5)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(15, 1)
        return page

    def _folder_row(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        browse = KeyButton("folder-open")
        browse.set_caption(_("Choose…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._on_browse_clicked)
        self._home.setAccessibleName(_("The event's folder is made in"))
        row.addWidget(self._home, 1)
        row.addWidget(browse)
        box.setFocusProxy(self._home)
        return box

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The programme wants room."""
        if not self.isVisible():
            return
        room = screen_room(self)
        width, height = (_WIDTH_PX + 140, _HEIGHT_PX) if self.page() == ABOUT else _PROGRAMME_PX
        self.resize(min(width, room.width() - _EDGE_PX), min(height, room.height() - _EDGE_PX))

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._tell("")
        heading = _("New event") if self._before is None else _("Event data")
        sessions = _("sessions")
        self.set_heading(heading if page == ABOUT else f"{heading} – {sessions}")
        self._back.setVisible(page == SESSIONS)
        last = _("Make the event") if self._before is None else _("Save")
        self._next.set_caption(_("Continue") if page == ABOUT else last)
        (self._name if page == ABOUT else self.programme).setFocus()
        self._fit()

    def _tell(self, trouble: str) -> None:
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    def _on_browse_clicked(self) -> None:
        chosen = Choose.folder(self, _("Where should the event's folder be?"), Path(self._home.text()))
        if chosen is not None:
            self._home.setText(str(chosen))

    def _on_next_clicked(self) -> None:
        self._tell("")
        try:
            event = self._event()
            if self.page() == ABOUT:
                self.programme.set_event(event)
                self._show_page(SESSIONS)
            else:
                self._finish(event)
        except BadInput as error:
            lines = [problem.message for problem in error.problems]
            more = ["…"] if len(lines) > _PROBLEMS_SHOWN else []
            self._tell("\n".join([*lines[:_PROBLEMS_SHOWN], *more]))
        except StationError as error:
            self._tell(str(error))

    def _event(self) -> Event:
        """The event of the fields, asked for from the top. Raises Refusal."""
        if not self._name.text().strip():
            self._name.setFocus()
            raise Refusal(_("The event needs a name."))
        starts, ends = self._day(self._starts), self._day(self._ends)
        values: dict[str, Any] = {
            "name_en": self._name_en.text().strip(),
            "venue": self._venue.text().strip(),
            "organiser": self._organiser.text().strip(),
            "zone": str(self._zone.currentData()),
            "logo": self._logo.logo(),
        }
        name = self._name.text().strip()
        if self._before is None:
            event = new_event_values(name, starts, ends, **values)
        else:
            event = replace(self._before, name=name, starts_on=starts, ends_on=ends, **values)
        refuse_senseless(event)
        return event

    def _day(self, field: QLineEdit) -> date:
        typed = field.text().strip()
        day = parse_day(typed, date.today().year)
        if day is None:
            field.setFocus()
            if not typed:
                raise Refusal(_("The event needs a first and a last day. Write them like 27/10/2022."))
            raise Refusal(_("“{day}” is not a day. Write it like 27/10/2022.").format(day=typed))
        return day

    def _finish(self, event: Event) -> None:
        sessions = self.programme.sessions(event)
        if self._folder is None:
            folder = self.place()
            new_event(folder, event, station=self._desk.text().strip() or _("Desk 1"), sessions=sessions)
        else:
            folder = self._folder
            with _opened(folder, self._station) as station:
                station.change_event(event, sessions)
        self.accept()
        self.ready.emit(folder)


@contextmanager
def _opened(folder: Path, station: Station | None) -> Iterator[Station]:
    """The event where it is open already, else opened for a moment. Raises StationError."""
    if station is not None:
        yield station
        return
    opened = open_station(folder)
    try:
        yield opened
    finally:
        opened.close()
