"""What is said of a picture and of what becomes of it."""

from PySide6.QtGui import QImage

from station.i18n import N_, _
from station.model.delegate import Delegate
from station.roster.photos.plan import ASSIGNED, PhotoKind, PhotoLine
from ui.widgets.row_list import Row

KINDS = {  # caption of many, word in a line, icon, name of the colour
    PhotoKind.AMBIGUOUS: (N_("To be decided"), N_("Who is it?"), "circle-question-mark", "warning"),
    PhotoKind.UNMATCHED: (N_("Nobody's"), N_("Nobody's"), "user-round-search", "warning"),
    PhotoKind.UNUSABLE: (N_("Not usable"), N_("Not usable"), "octagon-x", "negative"),
    PhotoKind.LEFT_OUT: (N_("Left out"), N_("Left out"), "x", "muted"),
    PhotoKind.REPLACED: (N_("Replaced"), N_("Replaces a photo"), "undo-2", "accent"),
    PhotoKind.ADDED: (N_("New"), N_("New"), "circle-check", "positive"),
    PhotoKind.UNCHANGED: (N_("Unchanged"), N_("Unchanged"), "circle-check", "muted"),
}


def line_row(line: PhotoLine, thumbnail: QImage | None) -> Row:
    """A line of the preview."""
    _caption, word, icon, role = KINDS[line.kind]
    if line.kind in ASSIGNED:
        who = line.delegates[0]
        title = f"{who.name} · {who.code}"
        detail = " · ".join(filter(None, (line.picture.file, line.note)))
        if line.note:
            icon, role = "triangle-alert", "warning"
    else:
        title = line.picture.file
        detail = remark(line)
    return Row(title, detail, _(word), icon, role, str(line.number), picture=thumbnail)


def remark(line: PhotoLine) -> str:
    """Why a picture stands where it stands; '' where that needs no word."""
    if line.kind is PhotoKind.UNMATCHED:
        return _("Its name fits no code and no delegate.")
    if line.kind is PhotoKind.AMBIGUOUS and not line.note:
        return _("Fits {names}").format(
            names=", ".join(f"{each.name} ({each.code})" for each in line.delegates)
        )
    return line.note


def delegate_row(delegate: Delegate, thumbnail: QImage | None = None, note: str = "") -> Row:
    """A delegate to choose."""
    detail = " · ".join(filter(None, (delegate.position, delegate.unit)))
    return Row(delegate.name, detail, note or delegate.code, key=delegate.id, picture=thumbnail)
