"""Who has not come yet, by unit, with phone numbers: as text to paste, as a table, and on paper."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from station.badges.colours import INK, LINE, MUTED
from station.badges.fonts import Font
from station.badges.pdf import Target
from station.badges.texts import event_dates
from station.badges.typesetting import fit
from station.i18n import _, ngettext, pick
from station.model.event import Event, Session, title_of
from station.reports.paper import A4, Align, Paper, Sheet
from station.reports.tables import Table, local, marked
from station.store.delegations import PersonLine
from station.text import text_key

_BAND = "#e9eef3"
_SHARES = (0.06, 0.36, 0.33, 0.25)  # number, name, position, phone
_SIZE_PT, _PHONE_PT, _PAD_MM = 10.0, 12.0, 1.3
_MOBILE_DIGITS = (10, 11)
_BETWEEN_DIGITS = str.maketrans("", "", " .-")


def readable_phone(phone: str) -> str:
    """A number as it is read aloud and dialled: ``0912 345 678``; what is no plain number stays as it is."""
    digits = phone.translate(_BETWEEN_DIGITS)
    if not (digits.isascii() and digits.isdecimal() and len(digits) in _MOBILE_DIGITS):
        return phone
    return f"{digits[:-6]} {digits[-6:-3]} {digits[-3:]}"


def unit_name(unit: str) -> str:
    """A unit, or that there is none."""
    return unit or _("Without a unit")


def by_unit(people: Sequence[PersonLine]) -> list[tuple[str, list[PersonLine]]]:
    """The people of each unit, units in Vietnamese order, those without one last."""
    ordered = sorted(people, key=lambda line: (not line.delegate.unit, text_key(line.delegate.unit)))
    return [(unit, list(lines)) for unit, lines in groupby(ordered, key=lambda line: line.delegate.unit)]


def missing_text(people: Sequence[PersonLine], zone: str) -> str:
    """A line for each unit and each person, to be pasted into a message."""
    blocks = []
    for unit, lines in by_unit(people):
        heading = _("{unit} – {count} missing").format(unit=unit_name(unit), count=len(lines))
        rows = [
            f"{number}. " + " – ".join(filter(None, _said(line, zone)))
            for number, line in enumerate(lines, 1)
        ]
        blocks.append("\n".join([heading, *rows]))
    return "\n\n".join(blocks)


def missing_table(event: Event, session: Session, people: Sequence[PersonLine]) -> Table:
    """A row for each person who is missing, by unit and name."""
    zone = ZoneInfo(event.zone)
    ordered = [line for _unit, lines in by_unit(people) for line in lines]
    rows = tuple(
        (number, d.unit, d.code, d.name, d.position, d.category, d.phone, local(line.last_out, zone))
        for number, line in enumerate(ordered, 1)
        for d in [line.delegate]
    )
    columns = (
        _("No."), _("Unit"), _("Code"), _("Full name"), _("Position"), _("Category"), _("Phone"), _("Last out"),
    )  # fmt: skip
    above = (event.organiser, title_of(event), _session_name(session))
    table = Table(_("Delegates not yet here"), columns, rows, tuple(filter(None, above)))
    return marked(table, event)


def write_missing(
    target: Target,
    event: Event,
    session: Session,
    people: Sequence[PersonLine],
    at: datetime,
    paper: Paper = A4,
) -> int:
    """Write the list, units kept apart; returns the number of pages. Raises EnvironmentFault."""
    title = _("Delegates not yet here")
    sheet = Sheet(paper, title, event.organiser)
    units = by_unit(people)
    if event.organiser:
        sheet.line(event.organiser.upper(), Font.SEMI_BOLD, 9, colour=MUTED, after_mm=1)
    sheet.line(title.upper(), Font.BOLD, 18, after_mm=0.5)
    about = f"{title_of(event)}, {event_dates(event)}"
    sheet.line(about, Font.REGULAR, _SIZE_PT, after_mm=0.5)
    sheet.line(_session_name(session), Font.MEDIUM, _SIZE_PT, after_mm=0.5)
    count = ngettext("{count} delegate missing", "{count} delegates missing", len(people))
    standing = _("{missing}, as of {time}").format(
        missing=count.format(count=len(people)), time=f"{at.astimezone(ZoneInfo(event.zone)):%H:%M %d/%m/%Y}"
    )
    sheet.line(standing, Font.MEDIUM, _SIZE_PT, after_mm=3)
    for unit, lines in units:
        _draw_unit(sheet, unit, lines, event.zone)
    return sheet.save(target)


def _draw_unit(sheet: Sheet, unit: str, lines: Sequence[PersonLine], zone: str) -> None:
    sheet.heading = lambda: None
    _draw_band(sheet, unit_name(unit), f"{len(lines)}", rows_mm=8)
    sheet.heading = lambda: _draw_band(
        sheet, _("{unit} (continued)").format(unit=unit_name(unit)), "", rows_mm=0
    )
    for number, line in enumerate(lines, 1):
        _draw_person(sheet, number, line, zone)
    sheet.heading = lambda: None
    sheet.y_mm += 3


def _draw_band(sheet: Sheet, name: str, count: str, rows_mm: float) -> None:
    """The unit over its people; never alone at the foot of a page."""
    fitted = fit(name, Font.SEMI_BOLD, 11, 8, sheet.width_mm - 22, 2)
    height_mm = fitted.height_mm + 2 * _PAD_MM
    sheet.make_room(height_mm + rows_mm)
    sheet.rectangle(sheet.left_mm, sheet.y_mm, sheet.width_mm, height_mm, _BAND)
    sheet.write(sheet.left_mm + 2, sheet.y_mm + _PAD_MM, 0, fitted, Font.SEMI_BOLD)
    figure = fit(count, Font.BOLD, 11, 8, 18, 1)
    sheet.write(sheet.left_mm, sheet.y_mm + _PAD_MM, sheet.width_mm - 2, figure, Font.BOLD, INK, Align.RIGHT)
    sheet.y_mm += height_mm


def _draw_person(sheet: Sheet, number: int, line: PersonLine, zone: str) -> None:
    person = line.delegate
    phone = readable_phone(person.phone) or "–"
    widths = [share * sheet.width_mm for share in _SHARES]
    left_again = _left_again(line, zone)
    about = left_again or person.position or person.category
    cells = (
        (f"{number}", Font.REGULAR, _SIZE_PT, MUTED, Align.RIGHT),
        (person.name, Font.MEDIUM, _SIZE_PT, INK, Align.LEFT),
        (about, Font.REGULAR, _SIZE_PT * 0.9, MUTED, Align.LEFT),
        (phone, Font.SEMI_BOLD, _PHONE_PT, INK, Align.RIGHT),
    )
    fitted = [
        fit(text, font, size, size * 0.7, width - 4, 2)
        for (text, font, size, _colour, _align), width in zip(cells, widths, strict=True)
    ]
    height_mm = max(cell.height_mm for cell in fitted) + 2 * _PAD_MM
    sheet.make_room(height_mm)
    x_mm = sheet.left_mm
    for (_text, font, _size, colour, align), cell, width in zip(cells, fitted, widths, strict=True):
        y_mm = sheet.y_mm + (height_mm - cell.height_mm) / 2
        sheet.write(x_mm + 2, y_mm, width - 4, cell, font, colour, align)
        x_mm += width
    sheet.y_mm += height_mm
    sheet.rectangle(sheet.left_mm, sheet.y_mm - 0.1, sheet.width_mm, 0.2, LINE)


def _said(line: PersonLine, zone: str) -> tuple[str, ...]:
    person = line.delegate
    return person.name, person.position, readable_phone(person.phone), _left_again(line, zone)


def _left_again(line: PersonLine, zone: str) -> str:
    """That somebody was here and left, with the time; empty for who did not come."""
    if line.last_out is None:
        return ""
    return _("left at {time}").format(time=f"{line.last_out.astimezone(ZoneInfo(zone)):%H:%M}")


def _session_name(session: Session) -> str:
    return f"{session.id} · {pick(session.title, session.title_en)}"
