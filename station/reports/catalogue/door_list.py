"""The list for whoever stands at the door: everybody by the first letter of the given name, with a box to tick."""

from itertools import groupby

from station.badges.pdf import Target
from station.i18n import N_, _
from station.model.delegate import Delegate
from station.reports.catalogue.attendance_list import invited
from station.reports.facts import Facts
from station.reports.form import Form
from station.reports.paper import Sheet
from station.reports.people import person_columns
from station.reports.report import Format, Page, Report
from station.reports.roll import PORTRAIT, cells_of, roll_columns
from station.reports.ruled import RuledColumn, RuledTable
from station.text import fold

_SIZE_PT, _ROW_MM, _TICK_MM = 9.5, 6.6, 17.0
_HIDDEN = ("category", "phone", "email", "note", "position")


def _rows(facts: Facts) -> list[Delegate]:
    """Those of the attendance list, as names are looked for at a door: by given name."""
    return sorted(invited(facts), key=lambda who: (_initial(who), who.sort_key))


def _initial(who: Delegate) -> str:
    words = fold(who.name).split()
    return words[-1][:1].upper() if words else ""


def _draw(target: Target, page: Page) -> int:
    people, title = _rows(page.facts), _("Door list")
    sheet = Sheet(PORTRAIT, title, page.facts.event.organiser)
    form = Form(sheet, page.facts.event, page.letterhead, page.facts.now.astimezone(page.facts.zone))
    form.draw_head(title)
    tick = RuledColumn(_("Came"), fixed_mm=_TICK_MM)
    table = RuledTable(sheet, [*roll_columns(page.columns), tick], _SIZE_PT, _ROW_MM)
    table.begin()
    number = 0
    for initial, some in groupby(people, key=_initial):
        lines = []
        for who in some:
            number += 1
            lines.append(table.laid_out([f"{number}", *cells_of(page.columns, who), ""]))
        table.band(initial, _("{unit} (continued)").format(unit=initial), lines[0].height_mm)
        for line in lines:
            table.row(line)
        page.progress(number, 2 * len(people))
    table.end()
    sheet.save(target, lambda done, of: page.progress(number + number * done // of, 2 * number))
    return number


REPORT = Report(
    "door-list",
    165,
    N_("Door list"),
    N_("Everybody who may come, by given name, with a box to tick."),
    (Format.PDF,),
    frozenset(),
    person_columns(lambda who: who, hidden=_HIDDEN),
    _rows,
    draw=_draw,
)
