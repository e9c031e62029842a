"""What this machine remembers between runs: language, theme, camera, recent events; never personal data."""

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from station.i18n import LANGUAGES

RECENT_EVENTS_KEPT = 40  # those in the archive stay in the list too
THEMES = ("light", "dark", "contrast", "system")
LEAST_ZOOM, MOST_ZOOM, ZOOM_STEP = 90, 150, 10  # percent
IDLE_MINUTES = (2, 5, 10, 0)
SECOND_COPY_MINUTES = (2, 5, 10, 15)
BACKUP_MINUTES = (15, 30, 60, 120)


@dataclass(slots=True)
class Settings:
    """Choices of the person at this machine.

    Attributes:
        language: ``vi`` or ``en``. station_name: what this machine is called where it becomes a desk; '' for the usual.
        theme: ``light``, ``dark``, ``contrast`` or ``system``.
        zoom: how large everything is shown, percent.
        camera: index, ``camera:`` and a name, file or URL; empty for the first camera.
        camera_width, camera_height: the picture asked for, pixels.
        camera_rotation: clockwise, degrees: 0, 90, 180 or 270.
        camera_exposure: 0 for automatic, else the power of two of seconds, −1 to −13.
        mirror: show the preview like a mirror.
        sound: play a sound with every verdict. volume: of it, percent.
        idle_minutes: without key or mouse until more than a clerk's role ends by itself; 0 for never.
        kiosk: the window fills the screen and is left only with a PIN.
        serial_port: of a scanner, for example ``COM3``; empty for none.
        serial_speed: of that port, bits a second.
        recent_events: folders, the newest first.
        roster_headings: headings of roster files, folded → the field a person chose for them, '' for none.
        desk_modes: of the desks at this machine: instance → mode, and on which day (ISO) it was chosen.
        printing: how badges are printed here; see station.badges.profiles.
        second_copy_drive: the stick on which a second copy is kept, see station.exchange.keeping; '' for none.
        second_copy_label: what that stick is called. second_copy_minutes: between two whole copies.
        backup_minutes: between two backups in the event folder.
        trials: what was tried on this machine: name → what, at, result; see station.preflight.trials.
    """

    language: str = "vi"
    station_name: str = ""
    theme: str = "system"
    zoom: int = 100
    camera: str = ""
    camera_width: int = 1280
    camera_height: int = 720
    camera_rotation: int = 0
    camera_exposure: int = 0
    mirror: bool = False
    sound: bool = True
    volume: int = 100
    idle_minutes: int = 5
    kiosk: bool = False
    serial_port: str = ""
    serial_speed: int = 9600
    recent_events: list[str] = field(default_factory=list)
    roster_headings: dict[str, str] = field(default_factory=dict)
    desk_modes: dict[str, dict[str, str]] = field(default_factory=dict)
    printing: dict[str, Any] = field(default_factory=dict)
    second_copy_drive: str = ""
    second_copy_label: str = ""
    second_copy_minutes: int = 5
    backup_minutes: int = 60
    trials: dict[str, dict[str, str]] = field(default_factory=dict)


def take_over(settings: Settings, wished: Settings) -> None:
    """Make settings equal to others, for whoever holds them already."""
    for known in fields(Settings):
        setattr(settings, known.name, getattr(wished, known.name))


def settings_dir() -> Path:
    """Where settings live: ``STATION_SETTINGS_DIR`` if set, else the user's configuration folder."""
    chosen = os.environ.get("STATION_SETTINGS_DIR")
    return Path(chosen) if chosen else user_config_path("checkin-station", appauthor=False)


def is_first_start() -> bool:
    """Whether nobody ever chose anything on this machine."""
    return not (settings_dir() / "settings.json").exists()


def load() -> Settings:
    """The settings; any value that cannot be read, or has another type than it should, is the default."""
    settings = Settings()
    try:
        stored = json.loads((settings_dir() / "settings.json").read_text("utf-8"))
    except (OSError, ValueError):
        return settings
    if not isinstance(stored, dict):
        return settings
    for known in fields(Settings):
        value = stored.get(known.name)
        if type(value) is type(getattr(settings, known.name)):
            setattr(settings, known.name, value)
    if settings.language not in LANGUAGES:
        settings.language = Settings().language
    if settings.theme not in THEMES:
        settings.theme = Settings().theme
    if settings.idle_minutes not in IDLE_MINUTES:
        settings.idle_minutes = Settings().idle_minutes
    if settings.second_copy_minutes not in SECOND_COPY_MINUTES:
        settings.second_copy_minutes = Settings().second_copy_minutes
    if settings.backup_minutes not in BACKUP_MINUTES:
        settings.backup_minutes = Settings().backup_minutes
    settings.zoom = max(LEAST_ZOOM, min(MOST_ZOOM, settings.zoom))
    settings.volume = max(0, min(100, settings.volume))
    settings.recent_events = [entry for entry in settings.recent_events if isinstance(entry, str)]
    settings.roster_headings = {
        heading: meaning for heading, meaning in settings.roster_headings.items() if isinstance(meaning, str)
    }
    settings.desk_modes = {desk: kept for desk, kept in settings.desk_modes.items() if _is_texts(kept)}
    settings.trials = {name: tried for name, tried in settings.trials.items() if _is_texts(tried)}
    return settings


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def save(settings: Settings) -> None:
    """Keep the settings for the next run. Raises OSError when they cannot be written."""
    folder = settings_dir()
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / "settings.json.part"
    temporary.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), "utf-8")
    temporary.replace(folder / "settings.json")


def remember_event(settings: Settings, folder: Path) -> None:
    """Put an event folder at the head of the recent ones and keep the settings."""
    path = str(folder.resolve())
    others = [entry for entry in settings.recent_events if entry != path]
    settings.recent_events = [path, *others][:RECENT_EVENTS_KEPT]
    save(settings)


def forget_event(settings: Settings, folder: Path) -> None:
    """Take an event folder off the recent ones and keep the settings; the folder itself stays."""
    settings.recent_events = [entry for entry in settings.recent_events if entry != str(folder)]
    save(settings)
