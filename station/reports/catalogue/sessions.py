"""How each session stands: the figures of the desk's header, and the quorum."""

from dataclasses import dataclass

from station.i18n import N_, pick
from station.model.event import Session
from station.model.quorum import Quorum
from station.reports.facts import Facts
from station.reports.report import Column, Format, Report
from station.store.checkin import Counts


@dataclass(frozen=True, slots=True)
class Line:
    """One session."""

    session: Session
    expected: int
    came: int
    present: int
    counts: Counts
    quorum: Quorum | None


def _rows(facts: Facts) -> list[Line]:
    lines = []
    for session in facts.sessions:
        stays = facts.stays(session)
        lines.append(
            Line(
                session,
                sum(stay.expected for stay in stays),
                sum(stay.first_in is not None for stay in stays),
                sum(stay.present for stay in stays),
                facts.counts(session),
                facts.quorum(session),
            )
        )
    return lines


REPORT = Report(
    "sessions",
    10,
    N_("By session"),
    N_("A line for each session: expected, came, present, missing, refused, the quorum."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        Column("session", N_("Session"), lambda line: line.session.id, 10),
        Column(
            "title", N_("Session title"), lambda line: pick(line.session.title, line.session.title_en), 40
        ),
        Column("expected", N_("Expected delegates"), lambda line: line.expected),
        Column("came", N_("Came"), lambda line: line.came),
        Column("present", N_("Present"), lambda line: line.present),
        Column("missing", N_("Not here"), lambda line: line.expected - line.present),
        Column("scans", N_("Scans"), lambda line: line.counts.scans),
        Column("refused", N_("Refused"), lambda line: line.counts.refused),
        Column(
            "quorum", N_("Needed for the quorum"), lambda line: line.quorum.needed if line.quorum else None
        ),
        Column(
            "quorum",
            N_("Present of those who count"),
            lambda line: line.quorum.present if line.quorum else None,
        ),
    ),
    _rows,
)
