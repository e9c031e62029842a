"""The help window: keys, the guide, and which part of it belongs to what is on the screen."""

from ui.dialogs.help.dialog import HelpDialog
from ui.dialogs.help.keys import keys

__all__ = ["HelpDialog", "keys"]
