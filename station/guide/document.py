"""The sheets of a page of the guide: margins, the foot with its number, and where the headings came to stand."""

import io
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from station.badges.colours import LINE, MUTED
from station.badges.fonts import Font
from station.badges.typesetting import POINTS_PER_MM
from station.i18n import _

SIDE_MM = 18.0
_TOP_MM, _FOOT_MM = 16.0, 17.0


@dataclass(frozen=True, slots=True)
class Place:
    """A heading and the sheet it came to stand on."""

    title: str
    level: int
    sheet: int


class GuideDocument(BaseDocTemplate):  # type: ignore[misc]
    """Sheets with a foot; remembers where the headings stand."""

    def __init__(self, target: io.BytesIO, title: str, total: int) -> None:
        width, height = A4
        side, top, foot = (mm * POINTS_PER_MM for mm in (SIDE_MM, _TOP_MM, _FOOT_MM))
        super().__init__(
            target,
            pagesize=A4,
            title=title,
            author="",
            creator="",
            initialFontName=str(Font.REGULAR),
            invariant=1,
        )
        frame = Frame(side, foot, width - 2 * side, height - top - foot, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("sheet", frame, onPage=self._foot))
        self.places: list[Place] = []
        self._title, self._total = title, total

    def afterFlowable(self, flowable: Flowable) -> None:
        """Keep where a heading stands, and make it a bookmark."""
        level = getattr(flowable, "heading_level", 0)
        if level:
            text = flowable.getPlainText()
            key = f"h{len(self.places)}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, level - 1, closed=level > 1)
            self.places.append(Place(text, level, self.page))

    def _foot(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        width = A4[0]
        side, y = SIDE_MM * POINTS_PER_MM, 10.5 * POINTS_PER_MM
        canvas.setStrokeColor(HexColor(LINE))
        canvas.setLineWidth(0.5)
        canvas.line(side, y + 11, width - side, y + 11)
        canvas.setFillColor(HexColor(MUTED))
        canvas.setFont(str(Font.MEDIUM), 8)
        canvas.drawString(side, y, f"{_('Check-in station')} · {self._title}")
        text = _("Page {page} of {pages}").format(page=self.page, pages=self._total)
        canvas.drawRightString(width - side, y, text)
