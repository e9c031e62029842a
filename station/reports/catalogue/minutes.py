"""The annex of the minutes: who was present, absent and why, session by session, with totals and the quorum."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from station.badges.fonts import Font
from station.badges.pdf import Target
from station.documents.bundles import receives
from station.i18n import N_, _, ngettext
from station.model.event import Session
from station.reports.facts import Facts, Stay, title_of_session
from station.reports.form import Form
from station.reports.missing import unit_name
from station.reports.paper import Align, Sheet
from station.reports.people import person_columns
from station.reports.report import Format, Page, Report
from station.reports.roll import NUMBER_MM, PORTRAIT, cells_of, roll_columns
from station.reports.ruled import LaidOut, RuledColumn, RuledTable
from station.reports.standing import remark_of
from station.reports.words import in_words, roman
from station.store.cases import Approval
from station.text import text_key

_SIZE_PT = 9.5
_HIDDEN = ("code", "category", "phone", "email", "seat", "note")
_KEPT_TOGETHER = 2  # rows that go with the signatures to the next page


@dataclass(frozen=True, slots=True)
class Totals:
    """Of those the annex names: how many there are, came, did not, and for how many somebody else came."""

    named: int
    came: int
    substituted: int

    @property
    def absent(self) -> int:
        """Who did not come."""
        return self.named - self.came


def totals_of(stays: Sequence[Stay]) -> Totals:
    """The totals of some people."""
    came = sum(stay.first_in is not None for stay in stays)
    return Totals(len(stays), came, sum(bool(stay.substitute) for stay in stays))


def named(facts: Facts, session: Session) -> list[Stay]:
    """Whom the annex of a session names, by unit and name.

    Who came or was expected, and who would have been but was withdrawn or blocked, or sent somebody else.
    """
    chosen = [stay for stay in facts.stays(session) if stay.expected or stay.first_in or _excused(stay)]
    return sorted(chosen, key=lambda s: (not s.delegate.unit, text_key(s.delegate.unit)))


def _excused(stay: Stay) -> bool:
    declined = stay.approval is Approval.DECLINED
    kept_away = bool(stay.substitute) or not receives(stay.delegate)
    return kept_away and not declined and stay.session.entitles(stay.delegate)


def presence_words(stay: Stay) -> str:
    """Present since when, left when; absent and why."""
    remark = remark_of(stay)
    if stay.first_in is None:
        return "; ".join(filter(None, (_("absent"), remark)))
    said = _("present from {time}").format(time=f"{stay.first_in:%H:%M}")
    if not stay.present and stay.last_out is not None:
        said = _("present {first}–{last}").format(
            first=f"{stay.first_in:%H:%M}", last=f"{stay.last_out:%H:%M}"
        )
    return "; ".join(filter(None, (said, remark)))


def _rows(facts: Facts) -> list[Stay]:
    return [stay for session in facts.sessions for stay in named(facts, session)]


def _draw(target: Target, page: Page) -> int:
    facts = page.facts
    sheet = Sheet(PORTRAIT, _("Annex to the minutes"), facts.event.organiser)
    total = max(1, len(_rows(facts)))
    done = 0
    for number, session in enumerate(facts.sessions):
        if number:
            sheet.next_page()
        annex = _Annex(sheet, page, session)
        for some in annex.draw():
            done += some
            page.progress(done, 2 * total)
    sheet.save(target, lambda drawn, of: page.progress(total + total * drawn // of, 2 * total))
    return done


class _Annex:
    """The annex of one session on a sheet."""

    def __init__(self, sheet: Sheet, page: Page, session: Session) -> None:
        self._sheet, self._page, self._session = sheet, page, session
        facts = page.facts
        self._form = Form(sheet, facts.event, page.letterhead, facts.now.astimezone(facts.zone))
        self._columns = [column for column in page.columns if column.key != "unit"]
        stays = named(facts, session)
        self._units = [(unit, list(some)) for unit, some in groupby(stays, key=lambda s: s.delegate.unit)]
        self._totals = totals_of(stays)

    def draw(self) -> "list[int]":
        """Draw it; returns how many people each unit has."""
        self._sheet.heading = lambda: None
        title = _("Annex to the minutes: delegates present and absent")
        self._form.draw_head(title, title_of_session(self._session))
        self._draw_people()
        self._draw_totals()
        return [len(stays) for _unit, stays in self._units]

    def _draw_people(self) -> None:
        presence = RuledColumn(_("Present or absent, reason"), 1.7)
        table = RuledTable(self._sheet, [*roll_columns(self._columns), presence], _SIZE_PT)
        table.begin()
        number = 0
        for place, (unit, stays) in enumerate(self._units, 1):
            totals = totals_of(stays)
            lines = []
            for stay in stays:
                number += 1
                texts = [f"{number}", *cells_of(self._columns, stay), presence_words(stay)]
                lines.append(table.laid_out(texts))
            said = _("{unit}: {came} of {named} present").format(
                unit=unit_name(unit), came=totals.came, named=totals.named
            )
            again = _("{unit} (continued)").format(unit=unit_name(unit))
            table.band(f"{roman(place)}. {said}", again, lines[0].height_mm)
            for line in lines:
                table.row(line)
        table.end()
        self._sheet.y_mm += 5

    def _draw_totals(self) -> None:
        sheet, closing = self._sheet, self._closing()
        sheet.make_room(30)
        sheet.line(_("Totals by unit"), Font.BOLD, 11, after_mm=1.5)
        table = RuledTable(sheet, _total_columns(), _SIZE_PT)
        table.begin()
        lines = [
            _total_line(table, f"{place}", unit_name(unit), totals_of(stays))
            for place, (unit, stays) in enumerate(self._units, 1)
        ]
        lines.append(_total_line(table, "", _("Total"), self._totals, Font.SEMI_BOLD))
        kept = min(_KEPT_TOGETHER, len(lines))
        for number, line in enumerate(lines):
            if len(lines) - number == kept:
                height_mm = sum(each.height_mm for each in lines[number:])
                table.keep_together(height_mm + self._form.foot_mm(len(closing) + 1))
            table.row(line, shaded=line is lines[-1])
        table.end()
        self._form.draw_foot(closing)

    def _closing(self) -> list[str]:
        totals = self._totals
        if not totals.named:
            return [_("Nobody was expected in this session.")]
        count = ngettext("{count} delegate", "{count} delegates", totals.came).format(count=totals.came)
        said = _("Present: {delegates} ({words}) of {named}; absent: {absent}; substituted: {substituted}.")
        lines = [
            said.format(
                delegates=count,
                words=in_words(totals.came),
                named=totals.named,
                absent=totals.absent,
                substituted=totals.substituted,
            )
        ]
        quorum = self._page.facts.quorum(self._session, came=True)
        if quorum is not None:
            text = _("Quorum: {present} of the {total} who count came, {needed} are needed: {answer}.")
            answer = _("reached") if quorum.is_reached else _("not reached")
            lines.append(
                text.format(present=quorum.present, total=quorum.total, needed=quorum.needed, answer=answer)
            )
        return lines


def _total_columns() -> list[RuledColumn]:
    return [
        RuledColumn(_("No."), align=Align.CENTRE, fixed_mm=NUMBER_MM),
        RuledColumn(_("Unit"), 1.0),
        *(
            RuledColumn(heading, align=Align.CENTRE, fixed_mm=19.0)
            for heading in (_("Delegates"), _("Present"), _("Absent"), _("Substituted"))
        ),
    ]


def _total_line(
    table: RuledTable, number: str, name: str, totals: Totals, font: Font = Font.REGULAR
) -> LaidOut:
    figures = (totals.named, totals.came, totals.absent, totals.substituted)
    return table.laid_out([number, name, *map(str, figures)], font)


REPORT = Report(
    "minutes-annex",
    160,
    N_("Minutes annex"),
    N_("Who was present and absent and why, session by session, with totals by unit and the quorum."),
    (Format.PDF,),
    frozenset({Format.PDF}),
    person_columns(lambda stay: stay.delegate, hidden=_HIDDEN),
    _rows,
    draw=_draw,
)
