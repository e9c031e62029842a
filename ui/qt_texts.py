"""Vietnamese for the few texts of Qt itself that a person sees: its file dialog and the menu of a text field."""

from PySide6.QtCore import QTranslator

from station.i18n import N_, _

# Qt's own texts are the keys; & marks a letter that Alt reaches and is left out of the catalogue.
_TEXTS = (
    N_("Look in:"),
    N_("Directory:"),
    N_("File name:"),
    N_("Files of type:"),
    N_("Open"),
    N_("Save"),
    N_("Save As"),
    N_("Choose"),
    N_("Cancel"),
    N_("Yes"),
    N_("No"),
    N_("Back"),
    N_("Forward"),
    N_("Parent Directory"),
    N_("Create New Folder"),
    N_("New Folder"),
    N_("List View"),
    N_("Detail View"),
    N_("Name"),
    N_("Size"),
    N_("Type"),
    N_("Date Modified"),
    N_("Computer"),
    N_("Undo"),
    N_("Redo"),
    N_("Cut"),
    N_("Copy"),
    N_("Paste"),
    N_("Delete"),
    N_("Select All"),
)
_KNOWN = frozenset(_TEXTS)


class QtTexts(QTranslator):
    """Qt asks it for every text of its own; what it does not know stays as Qt has it."""

    def isEmpty(self) -> bool:
        """Qt would not ask an empty one."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, number: int = -1
    ) -> str | None:
        """The text in the language in force, None for one that is not known."""
        plain = source.replace("&", "")
        return _(plain) if plain in _KNOWN else None
