"""Makes sign-in sheets: who is expected in a session, a code for each row, and the record of what was printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from station.badges.pdf import Target
from station.clock import Clock
from station.codes.payload import EventKey
from station.codes.sign_in import LAST_SHEET, make_row
from station.errors import Refusal
from station.i18n import _
from station.model.delegate import Delegate
from station.model.event import Event, Session
from station.reports.sign_in import Progress, SheetLook, SignInSheet, in_order, write_sheets
from station.store import delegations, sheets
from station.store.connection import ReadConnection, WriteConnection
from station.store.folder import EventFolder

MOST_BLANK_ROWS = 200


@dataclass(frozen=True, slots=True)
class MadeSheets:
    """What was made."""

    sheets: tuple[SignInSheet, ...]
    pages: int


def expected_in(connection: ReadConnection, session: Session) -> list[Delegate]:
    """Who gets a row on the sheet of a session: who may come to it, or is in."""
    return [line.delegate for line in delegations.people(connection, session.id) if line.expected]


def make_sheets(
    files: EventFolder,
    event: Event,
    key: EventKey,
    clock: Clock,
    sessions: Sequence[Session],
    look: SheetLook,
    target: Target,
    progress: Progress | None = None,
) -> MadeSheets:
    """Number and remember the sheets of sessions, then write them into one PDF.

    ``progress(done, total)`` may raise Cancelled: then nothing is written, and nothing remembered.
    Raises Refusal where nobody is expected or numbers run out, EnvironmentFault.
    """
    if not 0 <= look.blank_rows <= MOST_BLANK_ROWS:
        raise Refusal(_("At most {most} blank rows are possible.").format(most=MOST_BLANK_ROWS))
    now = clock.now()

    def number(connection: WriteConnection) -> list[SignInSheet]:
        made = []
        for session in sessions:
            people = in_order(expected_in(connection, session), look.order)
            if not people and not look.blank_rows:
                text = _("Nobody is expected in {session}, and no blank rows are wished: the sheet is empty.")
                raise Refusal(text.format(session=session.id))
            if len(sheets.printed_sheets(connection)) >= LAST_SHEET:
                raise Refusal(
                    _("{last} sheets were printed already; there are no more numbers.").format(
                        last=LAST_SHEET
                    )
                )
            identities = [person.id for person in people]
            sheet = sheets.add_sheet(connection, session.id, identities, look.blank_rows, now)
            rows = tuple((person, make_row(key, person.id, session.id, sheet)) for person in people)
            made.append(SignInSheet(session, sheet, rows))
        return made

    made = files.write(number)
    try:
        return MadeSheets(tuple(made), write_sheets(target, event, made, look, now, progress))
    except BaseException:
        files.write(lambda connection: sheets.forget_sheets(connection, [sheet.number for sheet in made]))
        raise
