"""Puts something on paper: which printer, which paper, and plainly whether the printer took it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from station.i18n import _, ngettext
from ui.bridge.operation import Progress
from ui.devices.printer import print_pdf, printer_names
from ui.dialogs.work import WorkDialog
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel

DONE = "circle-check"  # the mark of success, see WorkDialog
Print = Callable[[bytes, str, str, Progress], int]


class PrintDialog(WorkDialog):
    """Prints a PDF that is drawn when the person begins.

    Args:
        draw: makes the PDF for one of the papers; called off the GUI thread.
        papers: what may be chosen, each value with its caption; none where there is only one.
        printers: names of printers, None to ask the system. print_with: prints a PDF, see ``print_pdf``.
    """

    def __init__(
        self,
        parent: QWidget | None,
        heading: str,
        explanation: str,
        draw: Callable[[Any], bytes],
        papers: Sequence[tuple[Any, str]] = (),
        printers: Sequence[str] | None = None,
        print_with: Print = print_pdf,
    ) -> None:
        super().__init__(parent, heading, explanation, _("Print"))
        self._draw, self._print = draw, print_with
        names = printer_names() if printers is None else list(printers)
        self._printer = fill_choice(Choice(), [(name, name) for name in names], None)
        self._paper = fill_choice(Choice(), papers, None)
        self._place = QWidget()
        self._lay_out(has_papers=bool(papers))
        if not names:
            self._start.setEnabled(False)
            self._text.setText(_("No printer is installed on this laptop."))
            self._place.hide()

    def begin(self) -> None:
        """Draw and print."""
        name, paper, title = self.printer(), self._paper.currentData(), self.windowTitle()
        self._place.hide()
        self.run(
            "print",
            lambda progress: self._print(self._draw(paper), name, title, progress),
            self._told,
            _("Printing…"),
        )

    def printer(self) -> str:
        """The printer that is chosen."""
        return str(self._printer.currentData() or "")

    def _told(self, pages: int) -> tuple[str, str]:
        count = ngettext("{count} page", "{count} pages", pages).format(count=pages)
        return _("Sent to the printer"), _("{pages} for {printer}").format(
            pages=count, printer=self.printer()
        )

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        """After a failure another printer can be chosen."""
        super()._end(icon, role, headline, text)
        self._place.setVisible(icon != DONE)

    def _lay_out(self, *, has_papers: bool) -> None:
        grid = QGridLayout(self._place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        fields = [(_("Printer"), self._printer), *([(_("Paper"), self._paper)] if has_papers else [])]
        for row, (caption, field) in enumerate(fields):
            label = PlainLabel(caption, 14, QFont.Weight.Medium)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self._paper.setVisible(has_papers)
        self.content.insertWidget(1, self._place)
