"""What was recorded and cancelled again, with the reason."""

from dataclasses import dataclass
from datetime import datetime

from station.i18n import N_, _
from station.model.delegate import Delegate
from station.model.entry import EntryKind
from station.reports.facts import Facts
from station.reports.people import person_columns
from station.reports.report import Column, Format, Report
from station.store import reports
from station.store.reports import Voided

_KINDS = {
    EntryKind.SCAN: N_("admission"),
    EntryKind.LEFT: N_("exit"),
    EntryKind.HANDED_OUT: N_("hand-out"),
    EntryKind.COPIED_DIGITALLY: N_("copy to a stick"),
    EntryKind.SUBMITTED: N_("submission"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry that was cancelled."""

    delegate: Delegate | None
    recorded_at: datetime | None
    at: datetime | None
    told: Voided

    @property
    def kind(self) -> str:
        """What was cancelled."""
        return _(_KINDS[EntryKind(self.told.kind)]) if self.told.kind in _KINDS else self.told.kind

    @property
    def reason(self) -> str:
        """Why, or where it went."""
        moved = _("moved to {session}").format(session=self.told.moved_to) if self.told.moved_to else ""
        return "; ".join(filter(None, (self.told.reason, moved)))


def _rows(facts: Facts) -> list[Line]:
    return [
        Line(facts.by_id.get(each.delegate), facts.local(each.recorded_at), facts.local(each.at), each)
        for each in reports.voided(facts.connection)
    ]


REPORT = Report(
    "cancelled",
    80,
    N_("Cancelled records"),
    N_("Admissions, exits and hand-outs that were cancelled, with the reason."),
    (Format.XLSX, Format.CSV),
    frozenset({Format.XLSX}),
    (
        Column("kind", N_("Record"), lambda line: line.kind, 16),
        *person_columns(lambda line: line.delegate),
        Column("session", N_("Session"), lambda line: line.told.session, 10),
        Column("document", N_("Document"), lambda line: line.told.document, 12),
        Column("recorded_at", N_("Recorded at"), lambda line: line.recorded_at, 19),
        Column("at", N_("Cancelled at"), lambda line: line.at, 19),
        Column("reason", N_("Reason"), lambda line: line.reason, 36),
        Column("station", N_("Station"), lambda line: line.told.station, 14),
    ),
    _rows,
)
