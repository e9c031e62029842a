"""How things of the event are named on every screen."""

from station.i18n import ngettext, pick
from station.model.event import Session


def session_label(session: Session) -> str:
    """A session as lists name it."""
    return f"{session.id} · {pick(session.title, session.title_en)}"


def photo_standing(count: int, total: int) -> str:
    """How many of the delegates have a photo."""
    text = ngettext(
        "{count} of {total} delegate has a photo", "{count} of {total} delegates have a photo", total
    )
    return text.format(count=count, total=total)
