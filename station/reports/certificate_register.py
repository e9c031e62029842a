"""The register of certificates: as a table for spreadsheets, and as a list on paper."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from station.badges.colours import INK, MUTED
from station.badges.fonts import Font
from station.badges.pdf import Target
from station.badges.texts import event_dates
from station.badges.typesetting import fit
from station.errors import Refusal
from station.i18n import _, ngettext, pick
from station.media.atomic import write_file
from station.model.certificate import Certificate
from station.model.delegate import Delegate
from station.model.event import Event, title_of
from station.reports.csv import text as csv_text
from station.reports.national_head import draw_letterhead
from station.reports.paper import Align, Paper, Sheet
from station.reports.tables import Table, local, marked
from station.reports.xlsx import workbook

_PAPER = Paper("A4", 297.0, 210.0, 14.0)
_WIDTHS = (28.0, 60.0, 48.0, 58.0, 21.0, 23.0, 31.0)  # together as wide as what is written
_RULE, _BAND = "#9aa5af", "#dde4ea"
_SIZE_PT, _PAD_MM, _THIN_MM, _END_MM = 9.5, 1.4, 0.2, 34.0
_CENTRED = (0, 4, 5)


def write_register(
    to: Path, event: Event, register: Sequence[Certificate], people: Mapping[str, Delegate], at: datetime
) -> None:
    """Write the register as the file's name says. Raises Refusal for another ending, EnvironmentFault."""
    table = register_table(event, register, people)
    match to.suffix.lower():
        case ".xlsx":
            write_file(to, workbook(table))
        case ".csv":
            write_file(to, csv_text(table))
        case ".pdf":
            write_register_pdf(to, event, register, people, at)
        case _:
            raise Refusal(_("The file must end in .xlsx, .csv or .pdf."))


def register_table(event: Event, register: Sequence[Certificate], people: Mapping[str, Delegate]) -> Table:
    """A row for each certificate by number, revoked ones too; ``people`` by identity."""
    zone = ZoneInfo(event.zone)
    rows = []
    for certificate in register:
        person = people.get(certificate.delegate)
        rows.append(
            (
                certificate.label,
                certificate.name,
                person.code if person else "",
                person.position if person else "",
                person.unit if person else "",
                len(certificate.sessions),
                certificate.total,
                round(certificate.minutes / 60, 2) if certificate.minutes else None,
                local(certificate.issued_at, zone),
                certificate.station,
                _("valid") if certificate.is_valid else _("revoked"),
                local(certificate.revoked_at, zone),
                certificate.why,
            )
        )
    columns = (
        _("Number"), _("Full name"), _("Code"), _("Position"), _("Unit"), _("Sessions attended"), _("Of"),
        _("Hours"), _("Issued"), _("Station"), _("State"), _("Revoked"), _("Reason"),
    )  # fmt: skip
    above = tuple(line for line in (event.organiser, pick(event.name, event.name_en)) if line)
    return marked(Table(_("Register of certificates"), columns, tuple(rows), above), event)


def write_register_pdf(
    target: Target,
    event: Event,
    register: Sequence[Certificate],
    people: Mapping[str, Delegate],
    at: datetime,
) -> int:
    """Write the list to be signed and filed; returns the number of pages. Raises EnvironmentFault."""
    sheet, zone = Sheet(_PAPER, _("Register of certificates"), event.organiser), ZoneInfo(event.zone)
    sheet.begin_part(_("As of {time}").format(time=f"{at.astimezone(zone):%H:%M %d/%m/%Y}"))
    draw_letterhead(sheet, event.organiser, 10.5)
    sheet.y_mm += 5
    sheet.line(_("Register of certificates").upper(), Font.BOLD, 16, align=Align.CENTRE, after_mm=0.6)
    about = f"{title_of(event)}, {event_dates(event)}"
    sheet.line(about, Font.MEDIUM, 10.5, align=Align.CENTRE, after_mm=3, most_lines=2)
    sheet.heading = lambda: _draw_headings(sheet)
    _draw_headings(sheet)
    for place, one in enumerate(register, 1):
        person = people.get(one.delegate)
        texts = (
            one.label,
            one.name or "–",
            person.position if person else "",
            person.unit if person else "",
            f"{len(one.sessions)}/{one.total}",
            f"{one.issued_at.astimezone(zone):%d/%m/%Y}",
            "" if one.is_valid else _("revoked: {why}").format(why=one.why),
        )
        _draw_row(sheet, texts, room_mm=_END_MM if place == len(register) else 0.0)
    _draw_end(sheet, register)
    return sheet.save(target)


def _draw_headings(sheet: Sheet) -> None:
    texts = (
        _("Number"), _("Full name"), _("Position"), _("Unit"), _("Sessions"), _("Issued"), _("Note"),
    )  # fmt: skip
    sheet.rectangle(sheet.left_mm, sheet.y_mm, sheet.width_mm, 7.5, _BAND)
    _draw_cells(sheet, texts, 7.5, Font.SEMI_BOLD, centred=range(len(texts)))


def _draw_row(sheet: Sheet, texts: Sequence[str], room_mm: float) -> None:
    """One line of the list; the last one stays together with the signature below."""
    lines = [
        fit(text, Font.REGULAR, _SIZE_PT, 7, width - 2 * _PAD_MM, 2)
        for text, width in zip(texts, _WIDTHS, strict=True)
    ]
    height_mm = max(7.5, *(line.height_mm + 1.6 for line in lines))
    sheet.make_room(height_mm + room_mm)
    _draw_cells(sheet, texts, height_mm, Font.REGULAR, centred=_CENTRED)


def _draw_cells(
    sheet: Sheet, texts: Sequence[str], height_mm: float, font: Font, centred: Sequence[int]
) -> None:
    x_mm, y_mm = sheet.left_mm, sheet.y_mm
    for place, (text, width) in enumerate(zip(texts, _WIDTHS, strict=True)):
        weight = Font.MEDIUM if place == 1 and font is Font.REGULAR else font
        cell = fit(text, weight, _SIZE_PT, 7, width - 2 * _PAD_MM, 2)
        align = Align.CENTRE if place in centred else Align.LEFT
        top_mm = y_mm + (height_mm - cell.height_mm) / 2
        sheet.write(x_mm + _PAD_MM, top_mm, width - 2 * _PAD_MM, cell, weight, INK, align)
        sheet.rectangle(x_mm - _THIN_MM / 2, y_mm, _THIN_MM, height_mm, _RULE)
        x_mm += width
    sheet.rectangle(x_mm - _THIN_MM / 2, y_mm, _THIN_MM, height_mm, _RULE)
    for edge_mm in (y_mm, y_mm + height_mm):
        sheet.rectangle(sheet.left_mm, edge_mm - _THIN_MM / 2, sheet.width_mm, _THIN_MM, _RULE)
    sheet.y_mm += height_mm


def _draw_end(sheet: Sheet, register: Sequence[Certificate]) -> None:
    """How many are valid, and who answers for the list."""
    sheet.heading = lambda: None
    sheet.make_room(_END_MM)
    sheet.y_mm += 4
    valid = sum(one.is_valid for one in register)
    text = ngettext("{count} valid certificate", "{count} valid certificates", valid).format(count=valid)
    revoked = _("{count} revoked").format(count=len(register) - valid)
    sheet.line(f"{text}, {revoked}.", Font.REGULAR, 10, after_mm=2)
    half_mm = sheet.width_mm / 2
    for said, font, colour in (
        (_("Drawn up by").upper(), Font.SEMI_BOLD, INK),
        (_("(signature and full name)"), Font.REGULAR, MUTED),
    ):
        fitted = fit(said, font, 10, 7, half_mm, 1)
        sheet.write(sheet.left_mm + half_mm, sheet.y_mm, half_mm, fitted, font, colour, Align.CENTRE)
        sheet.y_mm += fitted.height_mm
