"""States of setting an event up, for render_screens: categories and units, logo, the first window."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QWidget

from station.app import Station, open_station
from station.badges.logo import read_logo
from station.checkin.told import RosterLine
from station.model.delegate import Delegate
from station.model.unit import Kind
from station.sample_event import create_sample_event, first_morning
from station.store import event as event_store
from station.store import units
from station.store.connection import WriteConnection
from ui.app import OpenEvent
from ui.dialogs.event import EventDialog
from ui.dialogs.units.asking import MergeDialog
from ui.dialogs.units.dialog import UnitsDialog
from ui.screens.welcome.window import WelcomeWindow
from ui.shell import rail
from ui.shell.header import Header
from ui.widgets.colour_popup import ColourPopup
from ui.widgets.swatch import SWATCHES

Show = Callable[[QWidget], QWidget]


class SetupStates:
    """A second event beside the sample event, with units spelt in several ways, in the archive or not."""

    def __init__(self, event: OpenEvent, show: Show) -> None:
        self._event = event
        self._show = show
        self._home = event.station.folder.parent
        self._logo = read_logo(_logo_file(self._home / "logo.png"))
        self._station: Station | None = None

    def states(self) -> dict[str, Callable[[], QWidget | None]]:
        """Every state by its name."""
        return {
            "units": lambda: self._units(),
            "units-suggestions": self._suggestions,
            "units-merge": self._merge,
            "colours": lambda: self._show(ColourPopup("#006ce0")),
            "logo": self._header,
            "event-logo": self._event_logo,
            "marks": self._marks,
            "delegates-marked": self._delegates,
            "welcome-empty": lambda: self._welcome([]),
            "welcome-archived": self._archived,
        }

    def close(self) -> None:
        """Let go of the second event."""
        if self._station is not None:
            self._station.close()

    def _opened(self) -> Station:
        if self._station is None:
            folder = self._home / "tap-huan-2023"
            create_sample_event(folder, first_morning())
            self._station = open_station(folder, clock=first_morning())
            self._station.files.write(_misspell)
        return self._station

    def _units(self) -> UnitsDialog:
        dialog = UnitsDialog(self._opened(), self._event.window)
        dialog.lists[Kind.UNIT].choose(3)
        self._show(dialog)
        room = self._event.window.size()  # the screen of a program without display is smaller than a laptop's
        dialog.resize(min(1160, room.width() - 40), min(660, room.height() - 40))
        return dialog

    def _suggestions(self) -> UnitsDialog:
        dialog = self._units()
        dialog.look.click()
        return dialog

    def _merge(self) -> QWidget:
        with self._opened().files.reading() as connection:
            divisions = units.divisions(connection, Kind.UNIT)
        names = [division.name for division in divisions[1:]]
        return self._show(MergeDialog(self._event.window, divisions[0], names))

    def _header(self) -> QWidget:
        station = self._event.station
        header = Header(replace(station.event, logo=self._logo), station.name, station.desk.sessions())
        header.show_session(None, station.desk.session_now())
        header.show_time(station.clock.now())
        header.resize(self._event.window.width(), 70)
        header.adapt(header.width(), compact=False)
        return self._show(header)

    def _event_logo(self) -> QWidget:
        dialog = EventDialog(self._home, self._home, self._event.window, station=self._opened())
        dialog._logo._set(self._logo)
        return self._show(dialog)

    def _coloured(self) -> list[RosterLine]:
        lines = self._event.station.desk.roster()
        names = sorted({line.delegate.unit for line in lines})
        colours = {name: list(SWATCHES)[number % 12] for number, name in enumerate(names)}
        return [replace(line, unit_colour=colours[line.delegate.unit]) for line in lines]

    def _marks(self) -> None:
        person: Delegate = self._event.station.desk.roster()[40].delegate
        self._event.desk.result.card.set_unit_colours({person.unit: "#0e7f6f"})
        self._event.controller.open_card(person.id)

    def _delegates(self) -> None:
        self._event.window.show_screen(rail.DELEGATES)
        self._event.delegates.show_lines(self._coloured())

    def _welcome(self, folders: list[str]) -> WelcomeWindow:
        window = WelcomeWindow(folders)
        window.resize(900, 560)
        self._show(window)
        return window

    def _archived(self) -> QWidget:
        station = self._opened()
        station.files.write(lambda c: event_store.set_archived(c, station.clock.now()))
        window = self._welcome(
            [str(self._event.station.folder), str(station.folder), "/media/usb/dai-hoi-xiii"]
        )
        window._archived.click()
        window._list.select(2)
        return window


def _misspell(connection: WriteConnection) -> None:
    """As offices write the same units from list to list."""
    pairs = (
        ("Liên đoàn Lao động tỉnh An Giang", "LĐLĐ T. An Giang"),
        ("Liên đoàn Lao động tỉnh Bắc Ninh", "Liên Đoàn Lao Động tỉnh Bắc Ninh"),
    )
    for name, other in pairs:
        connection.execute("INSERT INTO unit (name) VALUES (?)", (other,))
        row = connection.execute("SELECT min(id) FROM delegate WHERE unit = ?", (name,)).fetchone()
        connection.execute("UPDATE delegate SET unit = ? WHERE id = ?", (other, row[0]))
    for number, division in enumerate(units.divisions(connection, Kind.UNIT)[:9]):
        if number % 4 != 3:
            units.set_colour(connection, Kind.UNIT, division.name, list(SWATCHES)[number])
    third = units.divisions(connection, Kind.UNIT)[3]
    units.rename(connection, Kind.UNIT, third.name, "Ban Tuyên giáo Tổng Liên đoàn Lao động Việt Nam")
    units.set_short_name(connection, "Ban Tuyên giáo Tổng Liên đoàn Lao động Việt Nam", "Ban TG")


def _logo_file(path: Path) -> Path:
    image = Image.new("RGBA", (900, 900), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((20, 20, 880, 880), fill="#c8102e")
    draw.ellipse((170, 170, 730, 730), fill="#ffd21f")
    draw.polygon([(450, 220), (600, 640), (240, 370), (660, 370), (300, 640)], fill="#c8102e")
    image.save(path)
    return path
