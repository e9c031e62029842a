"""Certificates of attendance on paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from station.badges.layouts.drawing import Filling, draw_side
from station.badges.layouts.model import BadgeLayout
from station.badges.layouts.words import values_of
from station.badges.pdf import PdfPages, Target
from station.badges.texts import BadgeData, event_dates
from station.checkin.certificates import hours
from station.errors import Refusal
from station.i18n import _, language, ngettext, pick
from station.model.certificate import Certificate
from station.model.delegate import Delegate
from station.model.event import Event, Session

LAYOUT = "certificate-a4"
Progress = Callable[[int, int], None]


def write_certificates(
    target: Target,
    event: Event,
    papers: Sequence[tuple[Delegate, Certificate, str]],
    layout: BadgeLayout,
    sessions: Sequence[Session],
    progress: Progress | None = None,
) -> int:
    """Write one page (two where the layout has a back) for each delegate with a certificate and its payload.

    Returns the number of pages. ``progress`` may raise Cancelled: then nothing is written.
    Raises Refusal when there are none, or the layout puts several on a page; EnvironmentFault.
    """
    if not papers:
        raise Refusal(_("There are no certificates to print."))
    if len(layout.origins_mm) != 1 or layout.folds:
        raise Refusal(
            _("The layout {name} is no certificate's: it must put one on a page.").format(name=layout.name)
        )
    title = f"{_('Certificates')} – {pick(event.name, event.name_en)}"
    pages = PdfPages(layout.width_mm, layout.height_mm, title, event.organiser)
    count = 0
    for done, (person, certificate, payload) in enumerate(papers, 1):
        badge = BadgeData(replace(person, name=certificate.name or person.name), payload)
        values = {**values_of(event, badge, sessions), **certificate_values(event, certificate, sessions)}
        filling = Filling(badge, values, event.logo, pictures=layout.pictures)
        for side in filter(None, (layout.front, layout.back)):
            pages.place(*layout.origins_mm[0])
            draw_side(pages, layout.card, side, filling)
            pages.next_page()
            count += 1
        if progress is not None:
            progress(done, len(papers))
    pages.save(target)
    return count


def certificate_values(
    event: Event, certificate: Certificate, sessions: Sequence[Session]
) -> Mapping[str, str]:
    """The fields that only certificates have."""
    titles = {session.id: pick(session.title, session.title_en) for session in sessions}
    attended = ngettext("{came} of {total} session", "{came} of {total} sessions", certificate.total).format(
        came=len(certificate.sessions), total=certificate.total
    )
    return {
        "certificate_number": certificate.label,
        "certificate_date": _day(event, certificate),
        "attended": attended,
        "attended_hours": _(" · {hours} hours").format(hours=hours(certificate.minutes))
        if certificate.minutes
        else "",
        "attended_sessions": " · ".join(titles.get(session, session) for session in certificate.sessions),
    }


def _day(event: Event, certificate: Certificate) -> str:
    """The day of issue as it is written above a signature."""
    day = certificate.issued_at.astimezone(ZoneInfo(event.zone)).date()
    if language() == "en":
        return event_dates(replace(event, starts_on=day, ends_on=day))
    text = _("Day {day} month {month} year {year}")
    return text.format(day=f"{day:%d}", month=f"{day:%m}", year=f"{day:%Y}")
