"""Taking a picture into a layout under change; it comes into the event's folder when the layout is saved."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station.badges.layouts.model import BadgeLayout
from station.badges.layouts.own import picture_name
from station.badges.logo import read_logo
from station.errors import StationError
from station.i18n import _
from station.media.names import safe_name
from ui.dialogs.choose import Choose
from ui.dialogs.message import MessageDialog


def take_picture(parent: QWidget, folder: Path, layout: BadgeLayout) -> tuple[str, BadgeLayout] | None:
    """Ask for a picture; its name and the layout that knows it, None when there is none or it was refused."""
    file = Choose.picture(parent, _("Choose a picture"), Path.home())
    if file is None:
        return None
    try:
        png = read_logo(file)
    except StationError as error:
        MessageDialog.tell(parent, _("The picture cannot be taken"), str(error))
        return None
    name = picture_name(safe_name(file.stem), folder, png, layout)
    return name, replace(layout, pictures={**layout.pictures, name: png})
