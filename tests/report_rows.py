"""The rows of a report as they are written, for tests that compare them with something else."""

from pathlib import Path

from station.clock import Clock
from station.reports.catalogue import report_of
from station.reports.choice import Choice
from station.reports.facts import Facts
from station.reports.report import Grid, grids
from station.store.connection import ReadConnection, snapshot
from station.store.folder import EventFolder


def grid_of(connection: ReadConnection, name: str, clock: Clock, choice: Choice | None = None) -> Grid:
    """The one table of a report."""
    report = report_of(name)
    (grid,) = grids(
        report, Facts(connection, clock.now()), (choice or Choice()).fields_of(report), parted=False
    )
    return grid


def rows_of(
    files: EventFolder | Path, name: str, clock: Clock, choice: Choice | None = None
) -> list[dict[str, object]]:
    """The rows of a report by the keys of their columns; where several share one, the last."""
    database = files.database if isinstance(files, EventFolder) else files
    with snapshot(database) as connection:
        grid = grid_of(connection, name, clock, choice)
        return [dict(zip(grid.keys, row, strict=True)) for row in grid.rows()]
