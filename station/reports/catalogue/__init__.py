"""Every report there is, one module each; what stands in this folder is in the list, by its number.

A module names its rows (a frozen dataclass that :class:`station.reports.facts.Facts` gives), its columns, how it can be
written and a sentence about it in one ``REPORT``; SQL it needs anew stands in ``station.store.reports``.
"""

import pkgutil
from functools import lru_cache
from importlib import import_module
from typing import Any

from station.errors import Refusal
from station.i18n import _
from station.reports.report import Report


@lru_cache(maxsize=1)
def all_reports() -> tuple[Report[Any], ...]:
    """Every report in its order."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    found = [import_module(f"{__name__}.{name}").REPORT for name in names]
    return tuple(sorted(found, key=lambda report: report.number))


def report_of(name: str) -> Report[Any]:
    """The report of a name. Raises Refusal."""
    for report in all_reports():
        if report.name == name:
            return report
    known = ", ".join(report.name for report in all_reports())
    raise Refusal(_("There is no report {name}. The reports are: {known}.").format(name=name, known=known))
