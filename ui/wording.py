"""How things of the event, and failures, are named on every screen."""

from datetime import datetime
from zoneinfo import ZoneInfo

from station.errors import StationError
from station.i18n import _, language, ngettext, pick
from station.model.event import Audience, Session


def failure_text(error: Exception) -> str:
    """What a failure says to the person; a bug says nothing they could use."""
    return str(error) if isinstance(error, StationError) else _("The program made a mistake.")


def session_label(session: Session) -> str:
    """A session as lists name it."""
    return f"{session.id} · {pick(session.title, session.title_en)}"


def audience_label(rule: Audience) -> str:
    """Whom one rule lets in."""
    return " · ".join(filter(None, rule)) or _("everybody")


def audiences_label(session: Session, most: int = 3) -> str:
    """Whom a session admits, the first ones by name."""
    names = [audience_label(rule) for rule in session.admits[:most]]
    more = len(session.admits) - len(names)
    return ", ".join(names) + (f" +{more}" if more > 0 else "") or _("everybody")


def clock_text(at: datetime, zone: str) -> str:
    """Hours and minutes of an instant, in the event's zone."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def moment_text(at: datetime, zone: str) -> str:
    """Time and day of an instant, in the event's zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M} {local:%d/%m/%Y}" if language() == "vi" else f"{local:%H:%M}, {local:%d %b %Y}"


def photo_standing(count: int, total: int) -> str:
    """How many of the delegates have a photo."""
    text = ngettext(
        "{count} of {total} delegate has a photo", "{count} of {total} delegates have a photo", total
    )
    return text.format(count=count, total=total)
