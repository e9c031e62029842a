"""Keeps the mode a desk is in through the day, so that a restart at noon does not admit whom it should not."""

from zoneinfo import ZoneInfo

from station.app import Station
from station.model.mode import Mode
from station.settings import Settings


def remembered_mode(settings: Settings, station: Station) -> Mode:
    """The mode this desk was left in today; admission for any other day."""
    kept = settings.desk_modes.get(station.instance, {})
    mode = kept.get("mode", "")
    return Mode(mode) if kept.get("on") == _today(station) and mode in set(Mode) else Mode.ADMISSION


def remember_mode(settings: Settings, station: Station, mode: Mode) -> None:
    """Note the mode of this desk; what other days knew is forgotten."""
    today = _today(station)
    others = {desk: kept for desk, kept in settings.desk_modes.items() if kept.get("on") == today}
    settings.desk_modes = {**others, station.instance: {"on": today, "mode": str(mode)}}


def _today(station: Station) -> str:
    return station.clock.now().astimezone(ZoneInfo(station.event.zone)).date().isoformat()
