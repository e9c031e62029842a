"""All badges that wait become one PDF, for whatever printer there is."""

import contextlib
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station.app import Station
from station.badges.layout import SHEET
from station.badges.layouts.folder import titles
from station.i18n import _, ngettext
from ui.dialogs.choose import Choose
from ui.dialogs.work import WorkDialog
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.field_grid import field_grid


class SheetsDialog(WorkDialog):
    """Asks for paper and file name and prints every waiting badge into it; at first four on a sheet of A4."""

    for_everybody = True

    def __init__(self, station: Station, waiting: int, parent: QWidget | None = None) -> None:
        text = ngettext("{count} badge waits for printing.", "{count} badges wait for printing.", waiting)
        super().__init__(
            parent,
            _("Badges"),
            text.format(count=waiting) if waiting else _("No badge waits for printing."),
            _("Write a PDF…"),
        )
        self._station = station
        papers = titles(station.folder, badges_only=True)
        self._paper = fill_choice(Choice(), papers, SHEET.name)
        self._place = QWidget()
        field_grid([(_("Paper"), self._paper)], self._place)
        self.content.insertWidget(1, self._place)
        self._place.setVisible(waiting > 0)
        self._start.setEnabled(waiting > 0)

    def begin(self) -> None:
        """Ask where to, then print."""
        start = self._station.folder / "exports" / "badges.pdf"
        with contextlib.suppress(OSError):  # writing says what is wrong with the folder
            start.parent.mkdir(exist_ok=True)
        to = Choose.new_pdf(self, _("Where should the badges go?"), start)
        if to is not None:
            self._print(to)

    def _print(self, to: Path) -> None:
        def told(printed: int) -> tuple[str, str]:
            count = ngettext("{count} badge", "{count} badges", printed).format(count=printed)
            return _("Done"), _("{badges} in {file}").format(badges=count, file=to)

        layout = self._paper.currentData()
        self._place.hide()
        self.run(
            "badges",
            lambda progress: self._station.print_badges(to, progress, layout),
            told,
            _("Drawing the badges…"),
        )
