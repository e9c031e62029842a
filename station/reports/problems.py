"""A roster's own rows with a column that says what is wrong with each, for the office to mend in Excel."""

from collections import defaultdict
from collections.abc import Sequence

from station.errors import Problem
from station.i18n import _
from station.reports.tables import Table


def problem_table(
    title: str, columns: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], problems: Sequence[Problem]
) -> Table:
    """The rows as they are, each with its problems in a last column; rows come with their number in the sheet."""
    of_row: defaultdict[int, list[str]] = defaultdict(list)
    for problem in problems:
        of_row[problem.row or 0].append(problem.message)
    return Table(
        title,
        (*columns, _("Problem")),
        tuple((*cells, "\n".join(of_row[number])) for number, cells in rows),
    )
