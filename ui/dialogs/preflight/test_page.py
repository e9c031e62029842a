"""Prints the test page and asks the person who holds it whether it is good."""

import io
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from station.app import Station
from station.badges.layout import CARD, SHEET, Layout
from station.badges.layouts.folder import layout_named, titles
from station.badges.printer_page import RULER_MM, render_test_page
from station.i18n import _
from ui.devices.printer import print_pdf
from ui.dialogs.printing import DONE, Print, PrintDialog

_IN_FULL = (SHEET.name, CARD.name)  # with letters and greys beside the ruler; smaller papers show crosses


class TestPageDialog(PrintDialog):
    """Accepted or rejected; :meth:`judgement` says what the person saw.

    Args:
        printers, print_with: see PrintDialog.
    """

    __test__ = False  # pytest: not a test, whatever its name

    def __init__(
        self,
        station: Station,
        parent: QWidget | None = None,
        printers: Sequence[str] | None = None,
        print_with: Print = print_pdf,
    ) -> None:
        papers: list[tuple[Layout | str, str]] = [
            (SHEET, _("A4 – four badges on a sheet")),
            (CARD, _("A6 – 105 × 148 mm, one badge a sheet")),
            *(paper for paper in titles(station.folder, badges_only=True) if paper[0] not in _IN_FULL),
        ]
        explanation = _(
            "Letters with stacked marks, a code, a ruler and a badge, on the paper that badges are printed on."
        )
        super().__init__(
            parent, _("Print the test page"), explanation, self._drawn, papers, printers, print_with
        )
        self._station = station
        self._good: bool | None = None
        self._bad = self.add_button(_("Something is wrong"))
        self._fine = self.add_button(_("All of it is good"), primary=True)
        for button, good in ((self._bad, False), (self._fine, True)):
            button.hide()
            button.clicked.connect(lambda _checked=False, good=good: self._judge(good))

    def judgement(self) -> bool | None:
        """Whether the page is good; None if nobody said."""
        return self._good

    def _drawn(self, layout: Layout | str) -> bytes:
        pdf = io.BytesIO()
        paper = layout_named(layout, self._station.folder) if isinstance(layout, str) else layout
        render_test_page(pdf, self._station.event, paper)
        return pdf.getvalue()

    def _told(self, pages: int) -> tuple[str, str]:
        asked = _(
            "Look at the page: is the ruler {length} mm long, the frame whole on all four sides, no mark missing "
            "and nothing cut off from the badge?"
        )
        return _("Is the page good?"), asked.format(length=RULER_MM)

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        """Printed is not yet good: that a person must say."""
        super()._end(icon, role, headline, text)
        if icon == DONE:
            self._mark.set_icon("printer", "accent")
            self._bad.show()
            self._fine.show()
            self._fine.setFocus()

    def _judge(self, good: bool) -> None:
        self._good = good
        self.accept()
