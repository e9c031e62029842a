"""What delegates were to bring in: defined by the organiser, expected of whom, owed by whom; files taken in."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from station.documents.bundles import Admits, Catalogue, receives
from station.documents.catalogue import admits_of
from station.documents.files import Progress, StoredFile, sha256_of, store_file
from station.errors import EnvironmentFault, Refusal
from station.i18n import _
from station.media.names import safe_name
from station.model.delegate import Delegate
from station.model.document import Document, Entitlement
from station.model.submission import Received, Submission, SubmissionKind
from station.store import event as event_store
from station.store import roster
from station.store import submissions as store
from station.store.connection import ReadConnection, WriteConnection
from station.text import clean, fold

FOLDER = "submissions"
LONGEST_TITLE = 500
_LONGEST_CODE = 32
_YES = frozenset({"x", "co", "yes", "y", "1", "v", "true", "dung"})
_NO = frozenset({"", "khong", "no", "n", "0", "-", "–", "false", "khong co", "mien"})


@dataclass(frozen=True, slots=True)
class Expected:
    """One submission of one delegate; ``received`` is None while it is owed."""

    delegate: Delegate
    submission: Submission
    received: Received | None = None


class Expectations:
    """All submissions of an event with of whom each is expected, by the rules that documents know too."""

    def __init__(
        self, submissions: Sequence[Submission], rules: Iterable[Entitlement], admits: Admits
    ) -> None:
        self._submissions = {submission.code: submission for submission in submissions}
        known = [Document(submission.code, submission.number, submission.title) for submission in submissions]
        self._catalogue = Catalogue(known, rules, admits)

    def of(self, delegate: Delegate) -> list[Submission]:
        """What is expected of a delegate, in order; nothing of who was withdrawn or blocked."""
        if not self._submissions or not receives(delegate):
            return []
        codes = self._catalogue.entitled(delegate)
        return [submission for code, submission in self._submissions.items() if code in codes]


def read_expectations(connection: ReadConnection) -> Expectations:
    """What is expected of whom, as the store has it."""
    return Expectations(store.submissions(connection), store.rules(connection), admits_of(connection))


def read_expected(connection: ReadConnection) -> list[Expected]:
    """Every submission of every delegate, received or owed: by submission, then by name."""
    expectations = read_expectations(connection)
    came = {(each.delegate, each.submission): each for each in store.received(connection)}
    found = [
        Expected(person, submission, came.get((person.id, submission.code)))
        for person in roster.delegates(connection)
        for submission in expectations.of(person)
    ]
    return sorted(found, key=lambda each: each.submission.number)


def expected_of(connection: ReadConnection, delegate: Delegate) -> list[Expected]:
    """The submissions of one delegate, received or owed, in order."""
    if not store.submission_count(connection):
        return []
    submissions = read_expectations(connection).of(delegate)
    came = {each.submission: each for each in store.received(connection, delegate.id)}
    return [Expected(delegate, submission, came.get(submission.code)) for submission in submissions]


def owed(lines: Iterable[Expected], *, session: str = "", unit: str = "") -> list[Expected]:
    """Those that are still owed: due before one session, by one unit; '' for any."""
    return [
        line
        for line in lines
        if line.received is None
        and (not session or line.submission.session == session)
        and (not unit or line.delegate.unit == unit)
    ]


def add_submission(connection: WriteConnection, wish: Submission, rules: Sequence[Entitlement]) -> Submission:
    """Add a submission behind the others; an empty code becomes the next free one. Raises Refusal."""
    asked = _checked(connection, wish)
    added = replace(
        asked, code=asked.code or _next_code(connection), number=store.last_number(connection) + 1
    )
    if store.submission_of(connection, added.code) is not None:
        raise Refusal(_("There is a submission with the code {code} already.").format(code=added.code))
    store.add(connection, added, rules)
    return added


def change_submission(
    connection: WriteConnection, code: str, wish: Submission, rules: Sequence[Entitlement]
) -> Submission:
    """Store other data of a submission; its code stays. Raises Refusal."""
    before = known_submission(connection, code)
    changed = _checked(connection, replace(wish, code=before.code, number=before.number))
    store.update(connection, before.code, changed, rules)
    return changed


def remove_submission(connection: WriteConnection, code: str) -> None:
    """Take a submission out that nobody has brought yet. Raises Refusal."""
    found = known_submission(connection, code)
    if any(each.submission == found.code for each in store.received(connection)):
        text = _(
            "{code} was received from somebody already and stays, so that the records keep their meaning."
        )
        raise Refusal(text.format(code=found.code))
    store.remove(connection, found.code)


def known_submission(connection: ReadConnection, code: str) -> Submission:
    """The submission of a code. Raises Refusal for an unknown one."""
    found = store.submission_of(connection, clean(code))
    if found is None:
        known = ", ".join(each.code for each in store.submissions(connection)) or "–"
        text = _("There is no submission {code}. There are: {known}.")
        raise Refusal(text.format(code=clean(code)[:40], known=known))
    return found


def add_from_column(
    connection: WriteConnection, heading: str, kind: SubmissionKind, session: str = ""
) -> list[Submission]:
    """Make submissions of an extra column of the roster, expected of the delegates who stand there.

    A mark such as ``x`` or ``có`` means the heading itself as the title; any other text is the title; nothing,
    ``không`` or ``-`` means none. Raises Refusal where the column is unknown or empty.
    """
    wanted = fold(heading)
    titles: dict[str, list[Entitlement]] = {}
    known: set[str] = set()
    for person in roster.delegates(connection):
        for name, text in person.extra:
            known.add(name)
            answer = fold(text).strip()
            if fold(name) == wanted and answer not in _NO:
                title = clean(name) if answer in _YES else clean(text)[:LONGEST_TITLE]
                titles.setdefault(title, []).append(Entitlement("", delegate=person.id))
    if not titles:
        text = _("The roster has no column “{heading}” with something in it. Its other columns are: {known}.")
        raise Refusal(text.format(heading=clean(heading)[:80], known=", ".join(sorted(known)) or "–"))
    there = {fold(each.title) for each in store.submissions(connection)}
    return [
        add_submission(connection, Submission("", 0, title, kind, session), rules)
        for title, rules in titles.items()
        if fold(title) not in there
    ]


def take_file(
    event: Path, delegate: Delegate, submission: Submission, source: Path, progress: Progress | None = None
) -> StoredFile:
    """Copy a delegate's file into ``submissions/`` and read it back; it is never opened or run.

    Raises Refusal (a program, empty, over 2 GB …), EnvironmentFault, Cancelled; then nothing is left behind.
    """
    name = safe_name(f"{submission.code}-{delegate.code}{Path(clean(source.name)).suffix}")
    stored = store_file(event, source, progress, folder=FOLDER, name=name)
    path = event / FOLDER / stored.name
    if sha256_of(path) != stored.sha256:
        with suppress(OSError):
            path.unlink()
        text = _("{path} was not read back as it was written. Check the disk and take it in again.")
        raise EnvironmentFault(text.format(path=path))
    return stored


def _checked(connection: ReadConnection, wish: Submission) -> Submission:
    code, title = clean(wish.code), clean(wish.title)
    if not title:
        raise Refusal(_("The submission needs a title."))
    if len(title) > LONGEST_TITLE:
        text = _("The title has {length} characters; at most {most} are possible.")
        raise Refusal(text.format(length=len(title), most=LONGEST_TITLE))
    if len(code) > _LONGEST_CODE or " " in code:
        text = _("“{code}” is no code: at most {most} characters without blanks, for example TL01.")
        raise Refusal(text.format(code=code[:40], most=_LONGEST_CODE))
    sessions = {session.id for session in event_store.sessions_of(connection)}
    if wish.session and wish.session not in sessions:
        text = _("There is no session {session}. The sessions are: {known}.")
        raise Refusal(text.format(session=wish.session[:40], known=", ".join(sorted(sessions))))
    return replace(wish, code=code, title=title)


def _next_code(connection: ReadConnection) -> str:
    taken = {each.code.casefold() for each in store.submissions(connection)}
    number = len(taken) + 1
    while f"sp{number:02d}" in taken:
        number += 1
    return f"SP{number:02d}"
