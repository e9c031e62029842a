"""Proves that an event folder, an export or a segment is whole: chain, hashes, completeness."""

from dataclasses import dataclass, field
from pathlib import Path

from station.errors import BadInput, EnvironmentFault, Refusal
from station.exchange.continuing import FoundCopy, copies_in, copy_problems
from station.exchange.headquarters import HeadquartersKey
from station.exchange.second_copy import TAILS
from station.exchange.segment import SegmentReport, check_segment, particulars_problem
from station.i18n import _
from station.media import manifest
from station.store import instance as instances
from station.store import journal, migration, projections
from station.store.connection import DATABASE_NAME, ReadConnection, damage_named, scratch_copy, snapshot
from station.store.folder import database_at_rest


@dataclass(slots=True)
class Verification:
    """What was found.

    Attributes:
        entries: how many were read. stations: the instances that wrote them.
        erased: personal words whose person was erased. problems: sentences, empty when all is well.
        rehearsal: a chain says that its records count for nothing.
        reports: the files of reports of an export, as its manifest names them.
        locked: segments whose entries only headquarters can read: proved by signature and hash alone.
    """

    entries: int = 0
    stations: list[str] = field(default_factory=list)
    erased: int = 0
    problems: list[str] = field(default_factory=list)
    rehearsal: bool = False
    reports: list[str] = field(default_factory=list)
    locked: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def verify(path: Path, key: HeadquartersKey | None = None) -> Verification:
    """Verify whatever is at a path, a second copy too; changes nothing. Raises Refusal when it is none of these.

    ``key`` opens journals that are locked for headquarters.
    """
    if _is_file(path) and path.name != DATABASE_NAME:
        return _of_segments([path], key)[0]
    folder = path.parent if _is_file(path) else path
    if _is_file(folder / DATABASE_NAME):
        return verify_event(folder)
    try:
        below = sorted(folder.glob("*/")) if folder.is_dir() else []
    except OSError:
        below = []
    found = [place for place in [folder, *below] if _is_file(place / manifest.MANIFEST_NAME)]
    copies = copies_in(folder)
    if not found and not copies:
        raise Refusal(
            _("{path} is neither an event folder nor an export nor a journal segment.").format(path=path)
        )
    total = Verification()
    for export in found:
        _add(total, verify_export(export, key))
    for copy in copies:
        _add(total, verify_second_copy(copy))
    return total


def verify_second_copy(copy: FoundCopy) -> Verification:
    """Verify the newest whole copy, and of the two running journals the one that goes further."""
    tails = [_of_segments([path])[0] for name in TAILS if _is_file(path := copy.folder / name)]
    whole = [tail for tail in tails if tail.ok]
    result = max(whole or tails, key=lambda tail: tail.entries, default=Verification())
    result.problems += copy_problems(copy)
    if not tails:
        result.problems.append(_("{path} holds no journal segment.").format(path=copy.folder))
    return result


def verify_export(folder: Path, key: HeadquartersKey | None = None) -> Verification:
    """Verify an exported folder: every file of the manifest, every segment, and that no station is missing."""
    result, reports = _of_segments(sorted(folder.glob("*.segment")), key)
    result.problems[:0] = manifest.verify_manifest(folder)
    result.problems += _missing_chains(folder, reports)
    result.reports = _reports_of(folder)
    if not result.stations:
        result.problems.append(_("{path} holds no journal segment.").format(path=folder))
    return result


def _reports_of(folder: Path) -> list[str]:
    """The files of reports that the manifest names."""
    try:
        told = manifest.read_manifest(folder).about.get("reports")
    except BadInput:
        return []  # said already
    return [str(name) for name in told] if isinstance(told, dict) else []


def _missing_chains(folder: Path, reports: list[SegmentReport]) -> list[str]:
    """What the manifest says of the stations' chains and the segments do not hold."""
    try:
        chains = manifest.read_manifest(folder).about.get("chains")
    except BadInput:
        return []  # said already
    held = {report.instance: (report.last, report.last_hash) for report in reports}
    return [
        _("The journal of station {instance} is missing or ends too early.").format(instance=instance)
        for instance, end in (chains.items() if isinstance(chains, dict) else ())
        if not isinstance(end, dict) or held.get(instance) != (end.get("last"), end.get("hash"))
    ]


def _is_file(path: Path) -> bool:
    """Whether there is such a file; one that may not even be asked for is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def verify_event(folder: Path) -> Verification:
    """Verify an event folder: the file, every chain, personal words and projections. Raises Refusal."""
    result = Verification()
    database = folder / DATABASE_NAME
    try:
        with database_at_rest(folder) as database, damage_named(database):
            _check_journal(database, folder, result)
            if result.ok:  # projections of a damaged journal say nothing
                with scratch_copy(database) as connection:
                    migration.migrate(connection)  # an older program kept fewer of them
                    result.problems += [
                        _("The projections are not what the journal says: {row}").format(row=row)
                        for row in projections.rebuild(connection)
                    ]
    except EnvironmentFault as fault:
        result.problems.append(str(fault).replace(str(database), str(folder / DATABASE_NAME)))
    return result


def _check_journal(database: Path, folder: Path, result: Verification) -> None:
    with snapshot(database) as connection:
        # A text that is no longer UTF-8 must not hide whose it is: its entry's hash tells that it was changed.
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        migration.refuse_foreign(connection, folder)
        damage = [row[0] for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
        result.problems += [
            _("{path} is damaged: {detail}").format(path=DATABASE_NAME, detail=detail) for detail in damage
        ]
        if not migration.is_complete(connection):
            result.problems.append(
                _("{path}: its tables or the guards of the journal were changed.").format(path=DATABASE_NAME)
            )
        known = instances.all_instances(connection)
        for instance in journal.instances_with_entries(connection):
            result.stations.append(instance)
            if instance not in known:
                result.problems.append(_("Station {instance} is unknown here.").format(instance=instance))
            elif not instances.keys_hold(connection, instance):
                result.problems.append(
                    _("Station {instance}: the keys are not those with which its journal began.").format(
                        instance=instance
                    )
                )
            _check_chain(connection, instance, result)


def _check_chain(connection: ReadConnection, instance: str, result: Verification) -> None:
    result.problems += journal.chain_problems(journal.entries(connection, instance))
    for entry in journal.entries(connection, instance):
        result.entries += 1
        result.rehearsal |= bool(entry.body.get(instances.REHEARSAL)) and entry.sequence == 1
        problem, erased = particulars_problem(entry, journal.particulars_of(connection, entry))
        result.erased += erased
        result.problems += [problem] if problem else []


def _of_segments(
    paths: list[Path], key: HeadquartersKey | None = None
) -> tuple[Verification, list[SegmentReport]]:
    result = Verification()
    reports = [check_segment(path, key=key) for path in paths]
    for report in reports:
        result.entries += report.entries
        result.erased += report.erased
        result.locked += bool(report.locked_for)
        result.problems += report.problems
        result.rehearsal |= report.is_rehearsal
        if report.instance:
            result.stations.append(report.instance)
    return result, reports


def _add(total: Verification, part: Verification) -> None:
    total.entries += part.entries
    total.erased += part.erased
    total.locked += part.locked
    total.rehearsal |= part.rehearsal
    total.stations += [station for station in part.stations if station not in total.stations]
    total.problems += part.problems
    total.reports += [name for name in part.reports if name not in total.reports]
