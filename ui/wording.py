"""How things of the event are named on every screen."""

from station.i18n import pick
from station.model.event import Session


def session_label(session: Session) -> str:
    """A session as lists name it."""
    return f"{session.id} · {pick(session.title, session.title_en)}"
