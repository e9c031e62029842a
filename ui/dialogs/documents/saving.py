"""Files for the office and the print shop: where to, and what is written there on a worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station.documents.matrix import printing_order
from station.i18n import _
from station.media.atomic import write_file
from station.media.names import safe_name
from station.reports.documents import matrix_tables, order_table
from station.reports.order_pdf import write_order
from station.reports.xlsx import workbook
from ui.dialogs.choose import Choose
from ui.dialogs.documents.contents import Contents


@dataclass(frozen=True, slots=True)
class Saving:
    """A file that is to be written; ``work`` raises EnvironmentFault."""

    path: Path
    work: Callable[[], object]


def matrix_workbook(parent: QWidget, contents: Contents, places: Sequence[int]) -> Saving | None:
    """Who gets what, for the delegates at some places; None when the person changed their mind."""
    path = Choose.new_workbook(parent, _("Save who gets what"), _start(_("Who gets what"), ".xlsx"))
    if path is None:
        return None
    return Saving(
        path, lambda: write_file(path, workbook(*matrix_tables(contents.event, contents.matrix, places)))
    )


def order_workbook(parent: QWidget, contents: Contents) -> Saving | None:
    """The printing order for Excel; None when the person changed their mind."""
    path = Choose.new_workbook(parent, _("Save the printing order"), _start(_("Printing order"), ".xlsx"))
    if path is None:
        return None
    table = order_table(contents.event, printing_order(contents.matrix))
    return Saving(path, lambda: write_file(path, workbook(table)))


def order_pdf(parent: QWidget, contents: Contents) -> Saving | None:
    """The printing order on paper; None when the person changed their mind."""
    path = Choose.new_pdf(parent, _("Save the printing order"), _start(_("Printing order"), ".pdf"))
    if path is None:
        return None
    lines = printing_order(contents.matrix)
    return Saving(path, lambda: write_order(path, contents.event, lines))


def _start(name: str, suffix: str) -> Path:
    return Path.home() / (safe_name(name) + suffix)
