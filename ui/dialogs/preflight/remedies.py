"""Which check leads to which act of the dialog."""

from typing import TYPE_CHECKING

from station.i18n import N_
from ui.dialogs.preflight.rows import Remedy

if TYPE_CHECKING:
    from ui.dialogs.preflight.dialog import PreflightDialog


def remedies_of(dialog: "PreflightDialog") -> dict[str, Remedy]:
    """The remedies by the name of the check; what a person must see for themselves can always be tried again."""
    return {
        "camera": Remedy(N_("Test the camera…"), "camera", dialog.try_camera, always=True),
        "scanner": Remedy(N_("Test the scanner…"), "scan-qr-code", dialog.try_scanner, always=True),
        "printer": Remedy(N_("Print the test page…"), "printer", dialog.try_printer, always=True),
        "stick": Remedy(N_("Try a stick…"), "usb", dialog.try_stick, always=True),
        "backup": Remedy(N_("Make a backup"), "save", dialog.make_backup),
        "settings": Remedy(N_("Settings…"), "settings", dialog.open_settings),
        "roster": Remedy(N_("Take in a roster…"), "users", dialog.take_roster),
        "unsent": Remedy(N_("Export…"), "folder-output", dialog.export),
    }
