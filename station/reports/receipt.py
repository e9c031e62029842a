"""The receipt that the head of a delegation signs: for whom which documents were received."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from station.badges.colours import INK, LINE, MUTED
from station.badges.fonts import Font
from station.badges.pdf import Target
from station.badges.texts import event_dates
from station.badges.typesetting import Fitted, fit
from station.checkin.delegations import Receipt
from station.i18n import _, ngettext, pick
from station.model.document import BADGE, Document
from station.model.event import Event, title_of
from station.reports.national_head import draw_letterhead
from station.reports.paper import A4, Align, Paper, Sheet

_BAND = "#e9eef3"
_NUMBER_MM, _NARROWEST_NAME_MM, _NARROWEST_COLUMN_MM, _WIDEST_COLUMN_MM = 9.0, 44.0, 10.5, 20.0
_CODE_MM_PER_PT = 2.4  # the heading of the column fills it
_PAD_MM = 1.5
_SIGNATURE_LINES = 7
_TWO_COLUMNS_FROM = 8  # documents in the list of titles
_GOT = "x"


def write_receipts(
    target: Target,
    event: Event,
    receipts: Sequence[Receipt],
    paper: Paper = A4,
    *,
    national_heading: bool = True,
) -> int:
    """Write receipts, each beginning on a page of its own; returns the number of pages. Raises EnvironmentFault."""
    sheet = Sheet(paper, _("Receipt for documents"), event.organiser)
    for number, receipt in enumerate(receipts):
        if number:
            sheet.next_page()
        _Form(sheet, event, receipt).draw(national_heading=national_heading)
    return sheet.save(target)


def document_label(document: Document) -> str:
    """The short code of a document as people read it."""
    return _("Badge") if document == BADGE else document.code


class _Form:
    """One receipt on a sheet."""

    def __init__(self, sheet: Sheet, event: Event, receipt: Receipt) -> None:
        self._sheet, self._event, self._receipt = sheet, event, receipt
        self._size_pt = 10.5 if sheet.paper == A4 else 9.0
        self._at = receipt.at.astimezone(ZoneInfo(event.zone))
        self._totals = receipt.totals()
        self._code_mm = self._size_pt * _CODE_MM_PER_PT
        self._columns = self._document_columns()

    def draw(self, *, national_heading: bool) -> None:
        sheet = self._sheet
        sheet.heading = lambda: None
        self._draw_head(national_heading=national_heading)
        self._draw_facts()
        self._draw_headings()
        sheet.heading = self._draw_headings
        for number, line in enumerate(self._receipt.lines, 1):
            held = [document for document in self._receipt.documents if document.code in line.documents]
            self._row(
                f"{number}",
                line.delegate.name,
                line.delegate.code,
                [_GOT if document in held else "" for document in self._receipt.documents],
                ", ".join(map(document_label, held)),
            )
        totals = [f"{self._totals[document.code]}" for document in self._receipt.documents]
        self._row("", _("Total"), "", totals, f"{sum(self._totals.values())}", bold=True)
        sheet.heading = lambda: None
        self._draw_legend()
        self._draw_end()

    def _document_columns(self) -> list[float]:
        """The width of a column for each document; empty where there are too many: then they share one."""
        count = len(self._receipt.documents)
        free_mm = self._sheet.width_mm - _NUMBER_MM - self._code_mm - _NARROWEST_NAME_MM
        width_mm = min(_WIDEST_COLUMN_MM, free_mm / count) if count else 0.0
        return [width_mm] * count if width_mm >= _NARROWEST_COLUMN_MM else []

    def _draw_head(self, *, national_heading: bool) -> None:
        sheet, size_pt = self._sheet, self._size_pt
        if national_heading:
            draw_letterhead(sheet, self._event.organiser, size_pt)
        else:
            organiser = self._event.organiser.upper()
            sheet.line(organiser, Font.SEMI_BOLD, size_pt, after_mm=0, most_lines=3)
        sheet.y_mm += size_pt * 0.7
        title = _("Receipt for documents").upper()
        sheet.line(title, Font.BOLD, size_pt * 1.7, align=Align.CENTRE, after_mm=1)
        name = title_of(self._event)
        about = f"{name}, {event_dates(self._event)}"
        sheet.line(about, Font.MEDIUM, size_pt, align=Align.CENTRE, after_mm=size_pt * 0.5, most_lines=3)

    def _draw_facts(self) -> None:
        place = ", ".join(filter(None, (self._event.venue, self._receipt.station)))
        for caption, text in (
            (_("Unit"), self._receipt.unit or "–"),
            (_("Receiver"), self._receipt.receiver),
            (_("Date and time"), f"{self._at:%d/%m/%Y %H:%M}"),
            (_("Place"), place),
        ):
            self._fact(caption, text)
        self._sheet.y_mm += self._size_pt * 0.3

    def _fact(self, caption: str, text: str) -> None:
        sheet, size_pt, captions_mm = self._sheet, self._size_pt, self._sheet.width_mm * 0.2
        said = fit(text, Font.SEMI_BOLD, size_pt, size_pt * 0.8, sheet.width_mm - captions_mm, 3)
        caption_fitted = fit(f"{caption}:", Font.REGULAR, size_pt, size_pt * 0.8, captions_mm - 2, 1)
        sheet.write(sheet.left_mm, sheet.y_mm, captions_mm, caption_fitted, Font.REGULAR, MUTED)
        sheet.write(sheet.left_mm + captions_mm, sheet.y_mm, said.height_mm, said, Font.SEMI_BOLD)
        sheet.y_mm += max(said.height_mm, caption_fitted.height_mm) + 0.6

    def _draw_headings(self) -> None:
        labels = [document_label(document) for document in self._receipt.documents]
        self._row(
            _("No."),
            _("Full name"),
            _("Code"),
            labels,
            _("Documents"),
            bold=True,
            band=True,
            widest_only=True,
        )

    def _row(
        self,
        number: str,
        name: str,
        code: str,
        cells: Sequence[str],
        joined: str,
        *,
        bold: bool = False,
        band: bool = False,
        widest_only: bool = False,
    ) -> None:
        """One line of the table: a cell for each document, or all of them in one."""
        sheet, font = self._sheet, Font.SEMI_BOLD if bold else Font.REGULAR
        widths = self._widths()
        texts = [number, name, code, *(cells if self._columns else [joined])]
        size_pt = self._size_pt * (0.9 if widest_only else 1.0)
        fitted = [
            fit(text, font, size_pt, size_pt * 0.7, width - 2 * _PAD_MM, 1 if place in (0, 2) else 3)
            for place, (text, width) in enumerate(zip(texts, widths, strict=True))
        ]
        height_mm = max(self._height_mm(cell) for cell in fitted)
        sheet.make_room(height_mm)
        if band:
            sheet.rectangle(sheet.left_mm, sheet.y_mm, sheet.width_mm, height_mm, _BAND)
        x_mm = sheet.left_mm
        for place, (cell, width) in enumerate(zip(fitted, widths, strict=True)):
            centred = place == 0 or (place > 2 and bool(self._columns))
            align = Align.CENTRE if centred else Align.LEFT
            y_mm = sheet.y_mm + (height_mm - cell.height_mm) / 2
            sheet.write(x_mm + _PAD_MM, y_mm, width - 2 * _PAD_MM, cell, font, align=align)
            x_mm += width
        self._draw_grid(widths, height_mm)
        sheet.y_mm += height_mm

    def _widths(self) -> list[float]:
        rest_mm = self._sheet.width_mm - _NUMBER_MM - self._code_mm - sum(self._columns)
        if self._columns:
            return [_NUMBER_MM, rest_mm, self._code_mm, *self._columns]
        return [_NUMBER_MM, rest_mm * 0.45, self._code_mm, rest_mm * 0.55]

    def _height_mm(self, cell: Fitted) -> float:
        return max(cell.height_mm, self._size_pt * 0.46) + 2 * _PAD_MM

    def _draw_grid(self, widths: Sequence[float], height_mm: float) -> None:
        sheet, top_mm = self._sheet, self._sheet.y_mm
        for y_mm in (top_mm, top_mm + height_mm):
            sheet.rectangle(sheet.left_mm, y_mm - 0.1, sheet.width_mm, 0.2, LINE)
        x_mm = sheet.left_mm
        for width in (0.0, *widths):
            x_mm += width
            sheet.rectangle(x_mm - 0.1, top_mm, 0.2, height_mm, LINE)

    def _draw_legend(self) -> None:
        """The titles behind the codes, with how many copies of each; side by side where there are many."""
        sheet, size_pt = self._sheet, self._size_pt * 0.9
        columns = 2 if len(self._receipt.documents) >= _TWO_COLUMNS_FROM else 1
        wide_mm = sheet.width_mm / columns
        sheet.y_mm += self._size_pt * 0.35
        texts = [self._title(document) for document in self._receipt.documents]
        fitted = [fit(text, Font.REGULAR, size_pt, size_pt * 0.85, wide_mm - 4, 2) for text in texts]
        for start in range(0, len(fitted), columns):
            row = fitted[start : start + columns]
            height_mm = max(cell.height_mm for cell in row) + 0.2
            sheet.make_room(height_mm)
            for place, cell in enumerate(row):
                sheet.write(sheet.left_mm + place * wide_mm, sheet.y_mm, wide_mm, cell, Font.REGULAR, MUTED)
            sheet.y_mm += height_mm
        sheet.y_mm += self._size_pt * 0.25

    def _title(self, document: Document) -> str:
        count = self._totals[document.code]
        text = ngettext("{title}: {count} copy", "{title}: {count} copies", count)
        said = text.format(title=pick(document.title, document.title_en), count=count)
        return said if document == BADGE else f"{document.code} – {said}"

    def _draw_end(self) -> None:
        """What is signed, and where; never parted by the end of a page."""
        sheet, size_pt = self._sheet, self._size_pt
        said = _("I have received all of this and will pass it on to the delegates named above.")
        line_mm = size_pt * 0.48
        sheet.make_room((_SIGNATURE_LINES + 2) * line_mm)
        sheet.line(said, Font.REGULAR, size_pt, after_mm=size_pt * 0.3)
        half_mm, y_mm = sheet.width_mm / 2, sheet.y_mm
        right_mm = sheet.left_mm + half_mm
        day = _("Day {day} month {month} year {year}").format(
            day=f"{self._at:%d}", month=f"{self._at:%m}", year=f"{self._at:%Y}"
        )
        for x_mm, row, text, font, colour in (
            (right_mm, 0, day, Font.REGULAR, INK),
            (sheet.left_mm, 1, _("Handed over by").upper(), Font.SEMI_BOLD, INK),
            (right_mm, 1, _("Receiver").upper(), Font.SEMI_BOLD, INK),
            (sheet.left_mm, 2, _("(signature and full name)"), Font.REGULAR, MUTED),
            (right_mm, 2, _("(signature and full name)"), Font.REGULAR, MUTED),
            (right_mm, _SIGNATURE_LINES - 1.5, self._receipt.receiver, Font.MEDIUM, INK),
        ):
            fitted = fit(text, font, size_pt, size_pt * 0.7, half_mm - 4, 1)
            sheet.write(x_mm, y_mm + row * line_mm, half_mm, fitted, font, colour, Align.CENTRE)
        sheet.y_mm = y_mm + _SIGNATURE_LINES * line_mm
