"""The list that everybody signs when they come: by unit, with an empty column, as an official form."""

from itertools import groupby

from station.badges.pdf import Target
from station.documents.bundles import receives
from station.i18n import N_, _, ngettext
from station.model.delegate import Delegate
from station.reports.facts import Facts
from station.reports.form import Form
from station.reports.missing import unit_name
from station.reports.paper import Sheet
from station.reports.people import person_columns
from station.reports.report import Format, Page, Report
from station.reports.roll import PORTRAIT, cells_of, roll_columns
from station.reports.ruled import LaidOut, RuledColumn, RuledTable
from station.reports.words import in_words, roman
from station.store.cases import Approval
from station.text import text_key

_SIZE_PT, _ROW_MM, _SIGNATURE_MM = 10.0, 9.5, 36.0
_HIDDEN = ("category", "phone", "email", "seat", "note")
_KEPT_TOGETHER = 2  # rows that go with the signatures to the next page


def invited(facts: Facts) -> list[Delegate]:
    """Who may come, by unit and name: nobody withdrawn, blocked, declined, or for whom somebody else comes."""
    elsewhere = {each.delegate for each in facts.substitutions}
    elsewhere |= {each.delegate for each in facts.walk_ins if each.approval is Approval.DECLINED}
    people = [who for who in facts.delegates if receives(who) and who.id not in elsewhere]
    return sorted(people, key=lambda who: (not who.unit, text_key(who.unit)))  # stable: names stay in order


def _draw(target: Target, page: Page) -> int:
    people = invited(page.facts)
    title, event = _("Attendance list"), page.facts.event
    sheet = Sheet(PORTRAIT, title, event.organiser)
    form = Form(sheet, event, page.letterhead, page.facts.now.astimezone(page.facts.zone))
    form.draw_head(title)
    columns = [column for column in page.columns if column.key != "unit"]
    signature = RuledColumn(_("Signature"), fixed_mm=_SIGNATURE_MM)
    table = RuledTable(sheet, [*roll_columns(columns), signature], _SIZE_PT, _ROW_MM)
    table.begin()
    units = [(unit, list(some)) for unit, some in groupby(people, key=lambda who: who.unit)]
    closing = _closing(len(people), len(units))
    number = 0
    for place, (unit, members) in enumerate(units, 1):
        lines = [
            table.laid_out([f"{number + n}", *cells_of(columns, who), ""]) for n, who in enumerate(members, 1)
        ]
        _draw_unit(table, place, unit, lines, form.foot_mm(len(closing)) if place == len(units) else 0.0)
        number += len(members)
        page.progress(number, 2 * len(people))
    table.end()
    form.draw_foot(closing)
    sheet.save(target, lambda done, of: page.progress(number + number * done // of, 2 * number))
    return number


def _draw_unit(table: RuledTable, place: int, unit: str, lines: list[LaidOut], foot_mm: float) -> None:
    """A unit under its name; its last rows go with the foot that follows, if one does."""
    said = f"{roman(place)}. {unit_name(unit)} ({len(lines)})"
    table.band(said, _("{unit} (continued)").format(unit=unit_name(unit)), lines[0].height_mm)
    for number, line in enumerate(lines):
        rest = lines[number:]
        if foot_mm and len(rest) == min(_KEPT_TOGETHER, len(lines)):
            table.keep_together(sum(each.height_mm for each in rest) + foot_mm)
        table.row(line)


def _closing(people: int, units: int) -> list[str]:
    if not people:
        return [_("Nobody is on the list.")]
    count = ngettext("{count} delegate", "{count} delegates", people).format(count=people)
    bodies = ngettext("{count} unit", "{count} units", units).format(count=units)
    return [
        _("This list holds {delegates} ({words}) of {units}.").format(
            delegates=count, words=in_words(people), units=bodies
        ),
        _("Present: ………… / {count}; absent: …………").format(count=people),
    ]


REPORT = Report(
    "attendance-list",
    150,
    N_("Attendance list for signature"),
    N_("Everybody who may come, by unit, with a column to sign: an official form."),
    (Format.PDF,),
    frozenset({Format.PDF}),
    person_columns(lambda who: who, hidden=_HIDDEN),
    invited,
    draw=_draw,
)
