"""What an export holds: the reports of the event, what to read first, and the sealed journal, in one folder."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from station.exchange.headquarters import lock_of
from station.exchange.segment import segment_lines
from station.media.atomic import write_file
from station.model.entry import canonical_json
from station.reports.choice import Choice, read_choice
from station.reports.facts import Facts
from station.reports.files import ReportFile, ReportWriter, planned
from station.reports.readme import README_NAME, readme
from station.store import journal, roster
from station.store.connection import ReadConnection

Progress = Callable[[int, int], None]


def write_contents(
    connection: ReadConnection,
    folder: Path,
    prefix: str,
    sealed_at: str,
    step: Progress,
    *,
    choice: Choice | None = None,
    password: str = "",
) -> dict[str, object]:
    """Write everything an export holds but its manifest; returns what the manifest is to say about it.

    Args:
        prefix: what the names of files begin with. sealed_at: now, ISO 8601.
        step: told (done, total) often, whose total may grow; may raise Cancelled.
        choice: of reports; None for what was chosen for the event.
        password: of the workbooks; with one, nothing is written that cannot bear it but the journal.
    """
    chosen = read_choice(connection) if choice is None else choice
    facts = Facts(connection, datetime.fromisoformat(sealed_at))
    files = planned(chosen, protect=bool(password))
    writer = ReportWriter(facts, chosen, step, password)
    rows = {file.name: writer.write(file, folder / f"{prefix}{file.name}") for file in files}
    lock = None if facts.event.rehearsal else lock_of(chosen.headquarters)
    chains = {}
    for instance in journal.instances_with_entries(connection):
        last = journal.last_entry(connection, instance)
        chains[instance] = {"last": last.sequence, "hash": last.hash} if last else {}
        write_file(
            folder / f"{prefix}journal-{instance}.segment",
            segment_lines(connection, instance, sealed_at, lock=lock),
        )
    write_file(
        folder / f"{prefix}{README_NAME}",
        readme(facts, files, prefix, protected=bool(password), locked=lock is not None),
    )
    return {
        "reports": {f"{prefix}{file.name}": _told(file, rows[file.name]) for file in files},
        "roster": roster_digest(connection),
        "chains": chains,
    }


def roster_digest(connection: ReadConnection) -> dict[str, object]:
    """How many delegates the roster has as the office listed it, and its SHA-256.

    That is of the canonical JSON of a list in the order of codes: code, name, position, unit, category, phone, email,
    seat, note. So whoever has the list can prove that it is the one the event was held with.
    """
    listed = sorted(
        [d.code, d.name, d.position, d.unit, d.category, d.phone, d.email, d.seat, d.note]
        for d in roster.unsorted_delegates(connection, corrected=False)
    )
    digest = hashlib.sha256(canonical_json(listed).encode()).hexdigest()
    return {"delegates": len(listed), "sha256": digest}


def _told(file: ReportFile, count: int) -> dict[str, object]:
    return {"reports": [report.name for report in file.reports], "count": count}
