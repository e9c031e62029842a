"""Whether records of this laptop are in no export yet, and badges wait for the printer."""

from pathlib import Path

from station.errors import BadInput
from station.exchange.exported import last_export
from station.i18n import _, ngettext
from station.media import manifest
from station.preflight.check import Check, Level
from station.preflight.subject import Subject
from station.store import badges, journal

NAME = "unsent"


def check_unsent(subject: Subject) -> Check:
    """Warns of what exists on this laptop alone, as far as the exports in the event folder tell."""
    instance = subject.files.instance.id
    elsewhere = last_export(subject.files.path)
    exported = max(
        last_exported(subject.files.path / "exports", instance),
        elsewhere.chains.get(instance, (0, ""))[0] if elsewhere else 0,
    )
    with subject.files.reading() as connection:
        all_acts = journal.acts_after(connection, instance, 0)
        unsent = journal.acts_after(connection, instance, exported)
        waiting = len(badges.waiting(connection))
    said, advice = [], []
    if unsent:
        text = ngettext(
            "{count} record is in no export of the event folder.",
            "{count} records are in no export of the event folder.",
            unsent,
        )
        said.append(text.format(count=unsent))
        advice.append(_("Export them to a stick."))
    if waiting:
        text = ngettext("{count} badge waits for printing.", "{count} badges wait for printing.", waiting)
        said.append(text.format(count=waiting))
        advice.append(_("Print them under Badges."))
    if said:
        return Check(NAME, Level.WARN, " ".join(said), " ".join(advice))
    if not all_acts:
        return Check(NAME, Level.OK, _("Nothing has been recorded here yet."))
    return Check(NAME, Level.OK, _("Every record is in an export, and no badge waits."))


def last_exported(exports: Path, instance: str) -> int:
    """The place in an instance's chain up to which the exports below a folder hold it; 0 for none."""
    return max((_end_of(place, instance) for place in exports.glob(f"*/{manifest.MANIFEST_NAME}")), default=0)


def _end_of(place: Path, instance: str) -> int:
    try:
        chains = manifest.read_manifest(place.parent).about.get("chains")
    except (BadInput, OSError):
        return 0
    end = chains.get(instance) if isinstance(chains, dict) else None
    last = end.get("last") if isinstance(end, dict) else None
    return last if isinstance(last, int) else 0
