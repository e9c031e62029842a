"""The sheet that a word processor or mailer reads to send every delegate their invitation."""

from collections.abc import Sequence

from station.badges.texts import BadgeData, grouped, invitation_message
from station.i18n import _
from station.model.event import Event
from station.reports.tables import Table


def mail_merge_table(event: Event, badges: Sequence[BadgeData], pictures: Sequence[str]) -> Table:
    """A row for each delegate, in the order given, with the file name of their picture; no lines above.

    Payloads are text: as numbers their 44 digits would be rounded.
    """
    columns = (
        _("Code"), _("Full name"), _("Position"), _("Unit"), _("Category"), _("Email"), _("Phone"), _("Seat"),
        _("Picture"), _("QR content"), _("Number under the code"), _("Message"),
    )  # fmt: skip
    rows = [
        (*_person(badge), picture, badge.payload, grouped(badge.payload), invitation_message(event, badge))
        for badge, picture in zip(badges, pictures, strict=True)
    ]
    return Table(_("Mail merge"), columns, tuple(rows))


def _person(badge: BadgeData) -> tuple[str, ...]:
    person = badge.delegate
    return (
        person.code,
        person.name,
        person.position,
        person.unit,
        person.category,
        person.email,
        person.phone,
        person.seat,
    )
