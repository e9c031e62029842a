"""How things of the event are named on every screen."""

from station.i18n import _, pick
from station.model.event import Audience, Session


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
