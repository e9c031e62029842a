"""The head and foot of papers as Vietnamese offices write them (Nghị định 30/2020/NĐ-CP, annex I), and a plain form."""

from dataclasses import dataclass, replace
from datetime import datetime

from station.badges.colours import INK, MUTED
from station.badges.fonts import Font
from station.badges.texts import event_dates
from station.badges.typesetting import fit
from station.i18n import _, language
from station.model.event import Event, mark_of, title_of
from station.reports.letterhead import Letterhead
from station.reports.paper import Align, Sheet

SIZE_PT = 10.5
_ORGANISATION_SHARE, _STATE_SHARE = 0.42, 0.55
_LINE_MM = SIZE_PT * 0.48
_SIGNATURE_LINES = 7


@dataclass(frozen=True, slots=True)
class Form:
    """The head and foot of one paper; ``at``: when it is made, in the event's zone."""

    sheet: Sheet
    event: Event
    letterhead: Letterhead
    at: datetime

    def draw_head(self, title: str, about: str = "") -> None:
        """Who issues it, number, place and date, the title, the event, and a line about it."""
        if self.letterhead.is_national:
            self._draw_national_head()
        else:
            self._draw_plain_head()
        sheet, align = self.sheet, Align.CENTRE if self.letterhead.is_national else Align.LEFT
        if mark := mark_of(self.event):
            sheet.line(mark, Font.BOLD, 14, align=align, after_mm=1)
        sheet.line(title.upper(), Font.BOLD, 15, align=align, after_mm=1)
        sheet.line(title_of(self.event), Font.SEMI_BOLD, 11.5, align=align, after_mm=0.8, most_lines=4)
        where = ", ".join(filter(None, (event_dates(self.event), self.event.venue)))
        sheet.line(where, Font.REGULAR, SIZE_PT, align=align, after_mm=0.8, most_lines=3)
        if about:
            sheet.line(about, Font.MEDIUM, 11, align=align, after_mm=0.8, most_lines=4)
        sheet.y_mm += 3

    def foot_mm(self, lines: int) -> float:
        """How high the foot is, with so many lines over the signatures."""
        return (_SIGNATURE_LINES + lines * 1.15) * _LINE_MM + 4

    def draw_foot(self, lines: list[str]) -> None:
        """Closing lines and who signs; never parted by the end of a page."""
        sheet = self.sheet
        sheet.heading = lambda: None
        sheet.make_room(self.foot_mm(len(lines)))
        sheet.y_mm += 2
        for line in lines:
            sheet.line(line, Font.ITALIC, SIZE_PT, after_mm=0.6, most_lines=3)
        sheet.y_mm += 2
        half_mm, top_mm = sheet.width_mm / 2, sheet.y_mm
        for place, name in enumerate((_("Prepared by"), _("For the organising committee"))):
            x_mm = sheet.left_mm + place * half_mm
            self._write(x_mm, top_mm, half_mm, name.upper(), Font.BOLD, SIZE_PT)
            said = _("(signature and full name)")
            self._write(x_mm, top_mm + _LINE_MM * 1.1, half_mm, said, Font.ITALIC, SIZE_PT * 0.95)
        sheet.y_mm = top_mm + (_SIGNATURE_LINES - 1) * _LINE_MM

    def _draw_national_head(self) -> None:
        sheet = self.sheet
        left_mm, right_mm = sheet.width_mm * _ORGANISATION_SHARE, sheet.width_mm * _STATE_SHARE
        right_x_mm = sheet.left_mm + sheet.width_mm - right_mm
        y_mm, left_y_mm = sheet.y_mm, sheet.y_mm
        superior = self.letterhead.superior.upper()
        organisation = self.letterhead.organisation_of(self.event).upper()
        if superior:
            left_y_mm += self._write(sheet.left_mm, left_y_mm, left_mm, superior, Font.REGULAR, SIZE_PT, 3)
        left_y_mm += self._write(sheet.left_mm, left_y_mm, left_mm, organisation, Font.BOLD, SIZE_PT, 4)
        if organisation:
            sheet.rectangle(sheet.left_mm + left_mm * 0.32, left_y_mm + 0.6, left_mm * 0.36, 0.25, INK)
        left_y_mm += 2.2
        y_mm += self._write(
            right_x_mm, y_mm, right_mm, _("SOCIALIST REPUBLIC OF VIET NAM"), Font.BOLD, SIZE_PT
        )
        motto = fit(_("Independence – Freedom – Happiness"), Font.BOLD, SIZE_PT, 8, right_mm, 1)
        sheet.write(right_x_mm, y_mm, right_mm, motto, Font.BOLD, align=Align.CENTRE)
        y_mm += motto.height_mm + 0.6
        rule_mm = min(right_mm, 62.0)
        sheet.rectangle(right_x_mm + (right_mm - rule_mm) / 2, y_mm, rule_mm, 0.25, INK)
        y_mm = max(y_mm + 1.6, left_y_mm)
        number = _("No. {number}").format(number=self.letterhead.number or "……/……")
        row_mm = self._write(sheet.left_mm, y_mm, left_mm, number, Font.REGULAR, SIZE_PT)
        self._write(right_x_mm, y_mm, right_mm, self._place_and_date(), Font.ITALIC, SIZE_PT)
        sheet.y_mm = y_mm + row_mm + 6

    def _draw_plain_head(self) -> None:
        sheet = self.sheet
        for text, font in (
            (self.letterhead.superior, Font.REGULAR),
            (self.letterhead.organisation_of(self.event), Font.SEMI_BOLD),
        ):
            if text:
                sheet.line(text, font, SIZE_PT, colour=MUTED, after_mm=0.4, most_lines=3)
        said = [_("No. {number}").format(number=self.letterhead.number)] if self.letterhead.number else []
        said.append(self._place_and_date())
        sheet.line(" · ".join(said), Font.REGULAR, SIZE_PT * 0.9, colour=MUTED, after_mm=4)

    def _place_and_date(self) -> str:
        """``Hà Nội, ngày 27 tháng 10 năm 2022``; room to write the place where nobody said it."""
        if language() == "vi":
            day = f"ngày {self.at:%d} tháng {self.at:%m} năm {self.at:%Y}"
        else:
            day = event_dates(replace(self.event, starts_on=self.at.date(), ends_on=self.at.date()))
        place = self.letterhead.place_of(self.event)
        return f"{place or '……………'}, {day}" if place or self.letterhead.is_national else day

    def _write(
        self, x_mm: float, y_mm: float, width_mm: float, text: str, font: Font, size_pt: float, lines: int = 1
    ) -> float:
        """Centred text; returns its height."""
        fitted = fit(text, font, size_pt, size_pt * 0.72, width_mm - 2, lines)
        self.sheet.write(x_mm, y_mm, width_mm, fitted, font, align=Align.CENTRE)
        return fitted.height_mm
