"""The sheet that a word processor or mailer reads to send every delegate their invitation."""

from collections.abc import Sequence

from station.badges.texts import BadgeData
from station.i18n import _
from station.reports.tables import Table


def mail_merge_table(badges: Sequence[BadgeData], pictures: Sequence[str]) -> Table:
    """A row for each delegate, in the order given, with the file name of their picture; no lines above.

    Payloads are text: as numbers their 44 digits would be rounded.
    """
    columns = (_("Code"), _("Full name"), _("Position"), _("Unit"), _("Email"), _("Picture"), _("QR content"))
    rows = [
        (
            badge.delegate.code,
            badge.delegate.name,
            badge.delegate.position,
            badge.delegate.unit,
            badge.delegate.email,
            picture,
            badge.payload,
        )
        for badge, picture in zip(badges, pictures, strict=True)
    ]
    return Table(_("Mail merge"), columns, tuple(rows))
