"""The export's dialog and what is said in it."""

from ui.dialogs.export.dialog import ExportDialog

__all__ = ["ExportDialog"]
