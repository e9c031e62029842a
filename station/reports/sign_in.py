"""Sign-in sheets on paper: a row with a code for each delegate, for the day on which no computer works."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from station.badges.colours import INK, MUTED
from station.badges.fonts import Font
from station.badges.pdf import Target
from station.badges.texts import event_dates
from station.badges.typesetting import Fitted, fit
from station.i18n import _, ngettext, pick
from station.model.delegate import Delegate
from station.model.event import Event, Session, title_of
from station.reports.missing import readable_phone, unit_name
from station.reports.national_head import draw_letterhead
from station.reports.paper import Align, Paper, Sheet
from station.text import text_key

Progress = Callable[[int, int], None]
_TOLD_EVERY = 20  # rows
PAPER = Paper("A4", 210.0, 297.0, 12.0)
CODE_MM = 10.0  # 25 modules: 0.4 mm each, three and more pixels before a webcam at 15 cm
_ROW_MM, _BAND_MM, _HEADING_MM = 12.3, 6.0, 7.5
_CODE_COLUMN_MM, _NUMBER_MM, _PHONE_MM = 14.5, 9.5, 23.0
_PAD_MM = 1.4
_RULE, _BAND, _HEAD_BAND = "#9aa5af", "#eef2f5", "#dde4ea"
_THIN_MM, _END_MM = 0.2, 38.0
_SIZE_PT, _SMALLEST_PT = 10.0, 6.5
_NAME, _ONE_LINE, _LONG = 1, (0, 4), (2, 3)  # places of cells


class SheetOrder(StrEnum):
    """By unit, each under a heading of its own, or by name, with the unit in a column."""

    UNIT = "unit"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class SheetLook:
    """What a sheet shows besides. ``blank_rows`` are for who is not on the roster."""

    order: SheetOrder = SheetOrder.UNIT
    phones: bool = False
    blank_rows: int = 8
    national_heading: bool = True


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """The sheet of one session.

    Attributes:
        number: of the sheet. rows: delegates with the payloads of their rows, in order.
    """

    session: Session
    number: int
    rows: tuple[tuple[Delegate, str], ...]


def in_order(people: Iterable[Delegate], order: SheetOrder) -> list[Delegate]:
    """Delegates as their rows follow one another; who has no unit comes last."""
    ordered = sorted(people, key=lambda person: person.sort_key)
    if order is SheetOrder.UNIT:
        ordered.sort(key=lambda person: (not person.unit, text_key(person.unit)))
    return ordered


def write_sheets(
    target: Target,
    event: Event,
    sheets: Sequence[SignInSheet],
    look: SheetLook,
    at: datetime,
    progress: Progress | None = None,
) -> int:
    """Write sheets, each beginning on a page of its own; returns the number of pages.

    ``progress(rows, all of them)`` may raise Cancelled: then nothing is written. Raises EnvironmentFault.
    """
    paper = Sheet(PAPER, _("Sign-in sheet"), event.organiser)
    drawn, total = 0, sum(len(one.rows) for one in sheets)
    for one in sheets:
        form = _Form(paper, event, one, look, at)
        for _row in form.draw():
            drawn += 1
            if progress is not None and (drawn % _TOLD_EVERY == 0 or drawn == total):
                progress(drawn, total)
    return paper.save(target)


class _Form:
    """One session's sheet."""

    def __init__(self, paper: Sheet, event: Event, sheet: SignInSheet, look: SheetLook, at: datetime) -> None:
        self._paper, self._event, self._sheet, self._look = paper, event, sheet, look
        self._zone = ZoneInfo(event.zone)
        self._printed = at.astimezone(self._zone)
        people = [person for person, _payload in sheet.rows]
        self._by_unit = look.order is SheetOrder.UNIT and any(person.unit for person in people)
        self._unit_column = look.order is SheetOrder.NAME and len({person.unit for person in people}) > 1
        self._widths = self._columns()

    def draw(self) -> Iterator[None]:
        """Draw everything, one delegate's row after the other."""
        paper = self._paper
        foot = _("{session} · sheet {number} · printed {time}")
        paper.heading = lambda: None
        paper.begin_part(
            foot.format(
                session=self._sheet.session.id,
                number=self._sheet.number,
                time=f"{self._printed:%H:%M %d/%m/%Y}",
            )
        )
        self._draw_head()
        self._draw_headings()
        number = 0
        for unit, rows in groupby(self._sheet.rows, key=lambda row: row[0].unit if self._by_unit else None):
            lines = list(rows)
            if unit is not None:
                self._draw_band(unit_name(unit), f"{len(lines)}")
            paper.heading = lambda unit=unit: self._go_on(unit)  # type: ignore[misc]  # bound at once
            for person, payload in lines:
                number += 1
                self._draw_row(f"{number}", person, payload)
                yield
        self._draw_blank_rows(number)
        self._draw_end()

    def _columns(self) -> list[float]:
        """Widths of number, name, position, unit, phone, signature, code; 0 for what is not shown."""
        phone = _PHONE_MM if self._look.phones else 0.0
        unit = 34.0 if self._unit_column else 0.0
        narrow = bool(phone) + bool(unit)
        name, position = (54.0, 48.0, 41.0)[narrow], (46.0, 36.0, 26.0)[narrow]
        taken = _NUMBER_MM + name + position + unit + phone + _CODE_COLUMN_MM
        return [_NUMBER_MM, name, position, unit, phone, self._paper.width_mm - taken, _CODE_COLUMN_MM]

    def _draw_head(self) -> None:
        paper, event, session = self._paper, self._event, self._sheet.session
        if self._look.national_heading:
            draw_letterhead(paper, event.organiser, _SIZE_PT)
            paper.y_mm += 5
        elif event.organiser:
            paper.line(event.organiser.upper(), Font.SEMI_BOLD, _SIZE_PT, after_mm=3)
        paper.line(_("Sign-in sheet").upper(), Font.BOLD, 16, align=Align.CENTRE, after_mm=0.6)
        about = f"{title_of(event)}, {event_dates(event)}"
        paper.line(about, Font.MEDIUM, _SIZE_PT, align=Align.CENTRE, after_mm=0.6, most_lines=3)
        paper.line(self._session_name(), Font.SEMI_BOLD, _SIZE_PT + 1, align=Align.CENTRE, after_mm=0.4)
        where = " · ".join(filter(None, (_window(session, self._zone), event.venue)))
        if where:
            paper.line(where, Font.REGULAR, _SIZE_PT - 0.5, colour=MUTED, align=Align.CENTRE, after_mm=1)
        paper.y_mm += 1.5
        self._draw_times()

    def _draw_times(self) -> None:
        """What is filled in by hand, and what is asked of who signs."""
        paper = self._paper
        times = _("Signed from ….… : ….… to ….… : ….… on ….… / ….… / ….……")
        fitted = fit(times, Font.MEDIUM, _SIZE_PT, 8, paper.width_mm * 0.62, 1)
        paper.write(paper.left_mm, paper.y_mm, paper.width_mm, fitted, Font.MEDIUM)
        asked = fit(_("Sign in your own row; keep the code clean."), Font.REGULAR, 8.5, 7, 68, 1)
        paper.write(paper.left_mm, paper.y_mm + 0.5, paper.width_mm, asked, Font.REGULAR, MUTED, Align.RIGHT)
        paper.y_mm += fitted.height_mm + 1.2

    def _go_on(self, unit: str | None) -> None:
        """What a further page begins with."""
        paper = self._paper
        about = f"{self._session_name()} – {title_of(self._event)}"
        paper.line(about, Font.MEDIUM, 9, colour=MUTED, after_mm=1.2, most_lines=1)
        self._draw_headings()
        if unit is not None:
            self._draw_band(_("{unit} (continued)").format(unit=unit_name(unit)), "", rows_mm=0)

    def _draw_headings(self) -> None:
        texts = (
            _("No."),
            _("Full name"),
            _("Position"),
            _("Unit"),
            _("Phone"),
            _("Signature"),
            "QR",
        )
        paper = self._paper
        paper.rectangle(paper.left_mm, paper.y_mm, paper.width_mm, _HEADING_MM, _HEAD_BAND)
        x_mm = paper.left_mm
        for text, width in zip(texts, self._widths, strict=True):
            if width:
                fitted = fit(text, Font.SEMI_BOLD, 9.5, 7, width - 1, 1)
                y_mm = paper.y_mm + (_HEADING_MM - fitted.height_mm) / 2
                paper.write(x_mm, y_mm, width, fitted, Font.SEMI_BOLD, align=Align.CENTRE)
            x_mm += width
        self._draw_rules(_HEADING_MM)
        paper.y_mm += _HEADING_MM

    def _draw_band(self, name: str, count: str, rows_mm: float = _ROW_MM) -> None:
        """A unit over its rows; never alone at the foot of a page."""
        paper = self._paper
        unit_heading, paper.heading = paper.heading, lambda: self._go_on(None)
        paper.make_room(_BAND_MM + rows_mm)
        paper.heading = unit_heading
        paper.rectangle(paper.left_mm, paper.y_mm, paper.width_mm, _BAND_MM, _BAND)
        fitted = fit(name, Font.SEMI_BOLD, 9.5, 7, paper.width_mm - 16, 1)
        y_mm = paper.y_mm + (_BAND_MM - fitted.height_mm) / 2
        paper.write(paper.left_mm + _PAD_MM, y_mm, 0, fitted, Font.SEMI_BOLD)
        figure = fit(count, Font.MEDIUM, 9.5, 7, 14, 1)
        paper.write(paper.left_mm, y_mm, paper.width_mm - _PAD_MM, figure, Font.MEDIUM, MUTED, Align.RIGHT)
        self._frame(_BAND_MM)
        paper.y_mm += _BAND_MM

    def _draw_row(self, number: str, person: Delegate | None, payload: str = "") -> None:
        """One row; a blank one for None."""
        paper = self._paper
        cells = self._cells(number, person)
        code = fit(person.code if person else "", Font.REGULAR, 7, 6, self._widths[1] - 2 * _PAD_MM, 1)
        name_mm = cells[1].height_mm + code.height_mm
        height_mm = max(_ROW_MM, name_mm + 1, *(cell.height_mm + 1 for cell in cells))
        paper.make_room(height_mm)
        x_mm, top_mm = paper.left_mm, paper.y_mm
        for place, (cell, width) in enumerate(zip(cells, self._widths[:5], strict=True)):
            y_mm = top_mm + (height_mm - (name_mm if place == 1 else cell.height_mm)) / 2
            font, align = (Font.MEDIUM if place == 1 else Font.REGULAR), Align.LEFT
            if place == 0:
                align = Align.CENTRE
            paper.write(x_mm + _PAD_MM, y_mm, width - 2 * _PAD_MM, cell, font, INK, align)
            if place == 1:
                paper.write(x_mm + _PAD_MM, y_mm + cell.height_mm, 0, code, Font.REGULAR, MUTED)
            x_mm += width
        if payload:
            x_mm = paper.left_mm + paper.width_mm - (_CODE_COLUMN_MM + CODE_MM) / 2
            paper.code(x_mm, top_mm + (height_mm - CODE_MM) / 2, CODE_MM, payload)
        self._draw_rules(height_mm)
        paper.y_mm += height_mm

    def _cells(self, number: str, person: Delegate | None) -> list[Fitted]:
        """Number, name, position, unit and phone as they are set."""
        texts = [number, "", "", "", ""]
        if person is not None:
            about = person.position or person.category
            texts = [number, person.name, about, person.unit, readable_phone(person.phone)]
        sizes = (_SIZE_PT, 10.5, 9.0, 9.0, 9.0)
        fitted = zip(texts, sizes, self._widths[:5], strict=True)
        return [
            _fitted_cell(text if width else "", place, size, max(1.0, width - 2 * _PAD_MM))
            for place, (text, size, width) in enumerate(fitted)
        ]

    def _draw_blank_rows(self, number: int) -> None:
        if not self._look.blank_rows:
            return
        self._paper.heading = lambda: self._go_on(None)
        self._draw_band(_("Not on the roster: name, position and unit in capitals, then sign"), "")
        last = number + self._look.blank_rows
        for blank in range(number + 1, last + 1):
            if blank == last:
                self._paper.make_room(_ROW_MM + _END_MM)  # the end never stands alone on a page
            self._draw_row(f"{blank}", None)

    def _draw_end(self) -> None:
        """How many signed, by hand, and who answers for the sheet."""
        paper = self._paper
        paper.heading = lambda: None
        paper.make_room(_END_MM)
        paper.y_mm += 4
        count = len(self._sheet.rows)
        text = ngettext("{count} delegate on the list", "{count} delegates on the list", count)
        said = _("{list}; signed: ….……; not on the roster: ….……").format(list=text.format(count=count))
        paper.line(said, Font.REGULAR, _SIZE_PT, after_mm=4)
        half_mm = paper.width_mm / 2
        for text, font, colour in (
            (_("Kept the sheet").upper(), Font.SEMI_BOLD, INK),
            (_("(signature and full name)"), Font.REGULAR, MUTED),
        ):
            fitted = fit(text, font, _SIZE_PT, 7, half_mm, 1)
            paper.write(paper.left_mm + half_mm, paper.y_mm, half_mm, fitted, font, colour, Align.CENTRE)
            paper.y_mm += fitted.height_mm

    def _draw_rules(self, height_mm: float) -> None:
        """The frame of one row and the lines between its cells."""
        self._frame(height_mm)
        paper, x_mm = self._paper, self._paper.left_mm
        for width in self._widths[:-1]:
            x_mm += width
            if width:
                paper.rectangle(x_mm - _THIN_MM / 2, paper.y_mm, _THIN_MM, height_mm, _RULE)

    def _frame(self, height_mm: float) -> None:
        paper = self._paper
        for y_mm in (paper.y_mm, paper.y_mm + height_mm):
            paper.rectangle(paper.left_mm, y_mm - _THIN_MM / 2, paper.width_mm, _THIN_MM, _RULE)
        for x_mm in (paper.left_mm, paper.left_mm + paper.width_mm):
            paper.rectangle(x_mm - _THIN_MM / 2, paper.y_mm, _THIN_MM, height_mm, _RULE)

    def _session_name(self) -> str:
        session = self._sheet.session
        return f"{session.id} · {pick(session.title, session.title_en)}"


def _fitted_cell(text: str, place: int, size_pt: float, width_mm: float) -> Fitted:
    """A cell on one or two lines; a long position or unit on three small ones rather than cut."""
    font = Font.MEDIUM if place == _NAME else Font.REGULAR
    fitted = fit(text, font, size_pt, _SMALLEST_PT, width_mm, 1 if place in _ONE_LINE else 2)
    if place in _LONG and fitted.lines and fitted.lines[-1].endswith("…"):
        return fit(text, font, 7.5, 6, width_mm, 3)
    return fitted


def _window(session: Session, zone: ZoneInfo) -> str:
    """When a session is held: ``07:30–11:30, 27/10/2022``; empty where nobody said."""
    if session.opens_at is None:
        return ""
    opens = session.opens_at.astimezone(zone)
    closes = session.closes_at.astimezone(zone) if session.closes_at else None
    if closes is None or closes.date() != opens.date():
        return f"{opens:%H:%M %d/%m/%Y}" + (f" – {closes:%H:%M %d/%m/%Y}" if closes else "")
    return f"{opens:%H:%M}–{closes:%H:%M}, {opens:%d/%m/%Y}"
