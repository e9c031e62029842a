"""Which part of the guide belongs to which screen and dialog: one table, by the module that holds it."""

from PySide6.QtWidgets import QWidget

DESK = "desk#all-keys"
# Module or package → page of the guide and place on it; the longest name that fits counts.
PLACES = {
    "ui.screens.desk": DESK,
    "ui.screens.delegates": "organiser#delegates",
    "ui.screens.delegations": "organiser#delegates",
    "ui.screens.prepare": "organiser#prepare",
    "ui.screens.welcome": "organiser#welcome",
    "ui.dialogs.badges": "organiser#badges",
    "ui.dialogs.bundle": "desk#keys",
    "ui.dialogs.camera": "organiser#camera",
    "ui.dialogs.cases": "desk#cases",
    "ui.dialogs.certificates": "secretary#certificates",
    "ui.dialogs.continuing": "organiser#continue",
    "ui.dialogs.copies": "organiser#copies",
    "ui.dialogs.delegations": "organiser#delegates",
    "ui.dialogs.documents": "organiser#documents",
    "ui.dialogs.event": "organiser#event",
    "ui.dialogs.export": "secretary#export",
    "ui.dialogs.first_start": "organiser#first-start",
    "ui.dialogs.invitations": "organiser#invitations",
    "ui.dialogs.layouts": "organiser#layouts",
    "ui.dialogs.merge": "secretary#merge",
    "ui.dialogs.merge.conflicts": "secretary#conflicts",
    "ui.dialogs.outstanding": "desk#cases",
    "ui.dialogs.pack": "organiser#pack",
    "ui.dialogs.paper": "organiser#sheets",
    "ui.dialogs.paper.take_in": "secretary#taking-in",
    "ui.dialogs.photos": "organiser#photos",
    "ui.dialogs.pin": "organiser#roles",
    "ui.dialogs.preflight": "organiser#doors",
    "ui.dialogs.printing": "trouble#printing",
    "ui.dialogs.programme": "organiser#programme",
    "ui.dialogs.rehearsal": "organiser#rehearsal",
    "ui.dialogs.reports": "organiser#reports",
    "ui.dialogs.roles": "organiser#roles",
    "ui.dialogs.roster": "organiser#roster",
    "ui.dialogs.scanner": "organiser#scanner",
    "ui.dialogs.secret": "organiser#roles",
    "ui.dialogs.sending": "organiser#sending",
    "ui.dialogs.settings": "organiser#settings",
    "ui.dialogs.submissions": "organiser#submissions",
    "ui.dialogs.submissions.receive": "desk#cases",
    "ui.dialogs.units": "organiser#units",
    "ui.dialogs.unpack": "organiser#pack",
    "ui.dialogs.wipe": "secretary#wipe",
}


def place_of(widget: QWidget | None) -> str:
    """The page and place for a widget: its own, else that of what it belongs to."""
    while widget is not None:
        for kind in type(widget).__mro__:
            place = _place_of_module(kind.__module__)
            if place:
                return place
        widget = widget.parentWidget()
    return DESK


def _place_of_module(module: str) -> str:
    """'' for a module that no place belongs to."""
    words = module.split(".")
    names = (".".join(words[:count]) for count in range(len(words), 0, -1))
    return next((PLACES[name] for name in names if name in PLACES), "")
