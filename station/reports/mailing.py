"""A mailing: the invitations of the chosen delegates in one new folder, and the memory that they were made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from station.badges.addressees import Addressee
from station.badges.invitation_cards import PAGE
from station.badges.invitations import Order, invitation_png, ordered, picture_names, render_invitations
from station.badges.layout import Layout
from station.badges.texts import BadgeData
from station.clock import Clock
from station.errors import Refusal
from station.i18n import _
from station.media.atomic import new_folder, write_file
from station.media.faults import write_fault
from station.media.names import safe_name
from station.model.event import Event
from station.reports import xlsx
from station.reports.mail_merge import mail_merge_table
from station.reports.tables import marked
from station.store import invitations
from station.store.folder import EventFolder

Progress = Callable[[int, int], None]
PDF_NAME, PICTURES_NAME, SHEET_NAME = "invitations.pdf", "png", "mail-merge.xlsx"
_PAGE_BYTES, _PICTURE_BYTES = 10_000, 120_000  # at most, for what must be free before anything is written


@dataclass(frozen=True, slots=True)
class Kinds:
    """What a mailing holds.

    Attributes:
        layout: of the PDF: PAGE, SHEET, or None for no PDF.
        pictures: a PNG each. mail_merge: the workbook for a word processor or mailer.
        dividers: in the PDF a card with the name of each unit before its invitations, where they go by units.
    """

    layout: Layout | None = PAGE
    pictures: bool = True
    mail_merge: bool = True
    order: Order = Order.UNIT
    dividers: bool = False

    def ways(self) -> tuple[str, ...]:
        """Its parts by name, as they are remembered: ``page``, ``sheet``, ``picture``, ``mail-merge``."""
        paper = self.layout.name if self.layout else ""
        parts = (paper, "picture" if self.pictures else "", "mail-merge" if self.mail_merge else "")
        return tuple(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Mailing:
    """What was made.

    Attributes:
        folder: where everything is; pdf, pictures (a folder), sheet: None for what was not wished for.
        written: how many delegates were made an invitation.
        skipped: who was chosen and got none: withdrawn, blocked, or without a code.
    """

    folder: Path
    written: int
    pdf: Path | None
    pictures: Path | None
    sheet: Path | None
    skipped: tuple[Addressee, ...]


def make_mailing(
    files: EventFolder,
    event: Event,
    whom: Sequence[Addressee],
    kinds: Kinds,
    to: Path,
    clock: Clock,
    progress: Progress | None = None,
    *,
    dated: bool = False,
) -> Mailing:
    """Write the invitations into a new folder and remember them.

    The folder is ``to`` itself where there is none of that name yet, else, or when it is to be ``dated``, a dated
    one in it; it appears when it is complete. ``progress(done, total)`` may raise Cancelled: then nothing is left
    behind and nothing remembered. Raises Refusal when nobody or nothing is left to be made, EnvironmentFault.
    """
    invited = [addressee for addressee in whom if addressee.can_be_invited]
    if not invited:
        raise Refusal(_("There are no delegates to invite."))
    if not kinds.ways():
        raise Refusal(_("Choose what is to be made: a PDF, pictures, or the mail-merge sheet."))
    badges = ordered((addressee.badge for addressee in invited), kinds.order)
    folder = _free_place(to, event, clock, dated=dated)
    needed = len(badges) * (_PAGE_BYTES + (_PICTURE_BYTES if kinds.pictures else 0))
    with new_folder(folder.parent, folder.name, needed_bytes=needed) as part:
        _write(part, event, badges, kinds, progress or (lambda _done, _total: None))
    now = clock.now()
    issued = [addressee.issued for addressee in invited if addressee.issued is not None]
    files.write(lambda connection: invitations.remember(connection, issued, kinds.ways(), now))
    return Mailing(
        folder,
        len(badges),
        folder / PDF_NAME if kinds.layout else None,
        folder / PICTURES_NAME if kinds.pictures else None,
        folder / SHEET_NAME if kinds.mail_merge else None,
        tuple(addressee for addressee in whom if not addressee.can_be_invited),
    )


def _write(part: Path, event: Event, badges: Sequence[BadgeData], kinds: Kinds, progress: Progress) -> None:
    pages = len(badges) if kinds.layout else 0
    total = pages + (len(badges) if kinds.pictures else 0) + kinds.mail_merge
    progress(0, total)
    if kinds.layout:
        render_invitations(
            part / PDF_NAME,
            event,
            badges,
            kinds.layout,
            dividers=kinds.dividers and kinds.order is Order.UNIT,
            progress=lambda done, _total: progress(done, total),
        )
    pictures = [""] * len(badges)
    if kinds.pictures:
        names = picture_names(badges)
        pictures = [f"{PICTURES_NAME}/{name}" for name in names]
        (part / PICTURES_NAME).mkdir()
        for done, (badge, name) in enumerate(zip(badges, names, strict=True), pages + 1):
            (part / PICTURES_NAME / name).write_bytes(
                invitation_png(event, badge)
            )  # new_folder syncs them all
            progress(done, total)
    if kinds.mail_merge:
        merged = marked(mail_merge_table(event, badges, pictures), event)
        write_file(part / SHEET_NAME, xlsx.workbook(merged))
        progress(total, total)


def _free_place(to: Path, event: Event, clock: Clock, *, dated: bool) -> Path:
    """``to`` where that is free, else a dated folder in it that is. Raises EnvironmentFault."""
    try:
        if not to.exists() and not dated:
            to.parent.mkdir(parents=True, exist_ok=True)
            return to
        to.mkdir(parents=True, exist_ok=True)
        now = clock.now().astimezone(ZoneInfo(event.zone))
        word = _("invitations")
        name = safe_name(f"{word} {now:%Y-%m-%d %H%M}")
        free, number = to / name, 1
        while free.exists():
            number += 1
            free = to / f"{name}-{number}"
    except OSError as error:
        raise write_fault(error, to) from error
    return free
