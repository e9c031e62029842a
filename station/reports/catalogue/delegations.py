"""A workbook for the units: a sheet for each with its delegates in every session."""

from collections import defaultdict

from station.i18n import N_
from station.reports.catalogue import presence
from station.reports.facts import Facts, Stay
from station.reports.missing import unit_name
from station.reports.report import Format, Report
from station.text import text_key


def _sheets(facts: Facts) -> list[tuple[str, list[Stay]]]:
    by_unit: defaultdict[str, list[Stay]] = defaultdict(list)
    for stay in presence.rows_of(facts):
        by_unit[stay.delegate.unit].append(stay)
    ordered = sorted(by_unit, key=lambda unit: (not unit, text_key(unit)))
    return [(unit_name(unit), by_unit[unit]) for unit in ordered]


REPORT = Report(
    "delegations",
    45,
    N_("Presence by unit"),
    N_("A workbook of its own with a sheet for each unit: its delegates in every session."),
    (Format.XLSX,),
    frozenset(),
    presence.REPORT.columns,
    lambda facts: [stay for _unit, stays in _sheets(facts) for stay in stays],
    sheets=_sheets,
    book="units",
)
