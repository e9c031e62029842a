"""Which reports an export holds, in which formats and with which fields: what the organiser chose for the event.

Only what differs from the reports' own wishes is kept, so a report that a newer program brings is in the export too.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from station.errors import Refusal
from station.i18n import _
from station.model.entry import canonical_json
from station.reports.catalogue import all_reports, report_of
from station.reports.letterhead import Letterhead
from station.reports.report import Format, Report
from station.store import reports as store
from station.store.connection import ReadConnection, WriteConnection


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen.

    Attributes:
        formats: of a report by its name, where other than it is by default; none: it is left out.
        fields: keys of the columns shown, by the report's name, where other than by default.
        letterhead: what official forms say of the organiser.
        headquarters: public key, 64 hexadecimal digits, for which journals are locked; '' where anybody reads them.
    """

    formats: Mapping[str, frozenset[Format]] = field(default_factory=dict)
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    letterhead: Letterhead = field(default_factory=Letterhead)
    headquarters: str = ""

    def formats_of(self, report: Report[Any]) -> frozenset[Format]:
        """How a report is written."""
        return self.formats.get(report.name, report.by_default) & frozenset(report.formats)

    def fields_of(self, report: Report[Any]) -> frozenset[str]:
        """The keys of the columns that are shown."""
        known = frozenset(column.key for column in report.fields)
        usual = frozenset(column.key for column in report.fields if column.shown)
        return self.fields.get(report.name, usual) & known

    def with_formats(self, report: Report[Any], formats: Collection[Format]) -> "Choice":
        """The same with other formats of a report."""
        return replace(self, formats={**self.formats, report.name: frozenset(formats)})

    def with_fields(self, report: Report[Any], keys: Collection[str]) -> "Choice":
        """The same with other fields of a report."""
        return replace(self, fields={**self.fields, report.name: frozenset(keys)})

    def only(self, names: Collection[str]) -> "Choice":
        """The same with these reports alone; one that nothing was chosen of in all its formats.

        ``name.csv`` means one format. Raises Refusal for an unknown one.
        """
        wanted: dict[str, frozenset[Format]] = {report.name: frozenset() for report in all_reports()}
        for said in names:
            name, _dot, suffix = said.strip().partition(".")
            report = report_of(name)
            if suffix and suffix not in report.formats:
                text = _("The report {name} is written as {formats}, not as {format}.")
                known = ", ".join(report.formats)
                raise Refusal(text.format(name=name, formats=known, format=suffix))
            chosen = {Format(suffix)} if suffix else self.formats_of(report) or frozenset(report.formats)
            wanted[name] |= chosen
        return replace(self, formats=wanted)

    def without(self, keys: Collection[str]) -> "Choice":
        """The same without some fields, in every report that has them. Raises Refusal for one that none has."""
        _refuse_unknown(keys)
        left = {report.name: self.fields_of(report) - frozenset(keys) for report in all_reports()}
        return replace(self, fields=left) if keys else self

    def with_shown(self, keys: Collection[str]) -> "Choice":
        """The same with some fields, in every report that has them. Raises Refusal for one that none has."""
        _refuse_unknown(keys)
        shown = {report.name: self.fields_of(report) | frozenset(keys) for report in all_reports()}
        return replace(self, fields=shown) if keys else self


def _refuse_unknown(keys: Collection[str]) -> None:
    known = {column.key for report in all_reports() for column in report.fields}
    for key in keys:
        if key not in known:
            text = _("There is no field {name}. The fields are: {known}.")
            raise Refusal(text.format(name=key, known=", ".join(sorted(known))))


def read_choice(connection: ReadConnection) -> Choice:
    """What was chosen for an event; what nobody can read any more counts as never chosen."""
    return parsed(store.choice_of(connection))


def keep_choice(connection: WriteConnection, choice: Choice) -> None:
    """Remember what was chosen for an event."""
    store.set_choice(connection, as_text(choice))


def as_text(choice: Choice) -> str:
    """A choice as canonical JSON: formats and fields by report, as sorted lists, and the letterhead."""
    return canonical_json(
        {
            "formats": {name: sorted(some) for name, some in choice.formats.items()},
            "fields": {name: sorted(some) for name, some in choice.fields.items()},
            "letterhead": asdict(choice.letterhead),
            "headquarters": choice.headquarters,
        }
    )


def parsed(text: str) -> Choice:
    """The choice of a text; a total function: what is not known, or nonsense, is left out."""
    try:
        stored = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        stored = {}
    stored = stored if isinstance(stored, dict) else {}
    known = frozenset(Format)
    formats = {
        name: frozenset(Format(each) for each in some if each in known)
        for name, some in _lists(stored.get("formats"))
    }
    return Choice(
        formats,
        {name: frozenset(some) for name, some in _lists(stored.get("fields"))},
        _letterhead(stored.get("letterhead")),
        key if isinstance(key := stored.get("headquarters"), str) else "",
    )


def _lists(stored: Any) -> list[tuple[str, list[str]]]:
    items = stored.items() if isinstance(stored, dict) else ()
    return [
        (name, [each for each in some if isinstance(each, str)])
        for name, some in items
        if isinstance(some, list)
    ]


def _letterhead(stored: Any) -> Letterhead:
    if not isinstance(stored, dict):
        return Letterhead()
    texts = {
        each.name: stored[each.name]
        for each in fields(Letterhead)
        if each.name != "national" and isinstance(stored.get(each.name), str)
    }
    national = stored.get("national")
    return Letterhead(**texts, national=national if isinstance(national, bool) else None)
