"""A plain table, which every writer can write."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from station.model.event import Event, mark_of

Cell = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one heading row.

    Attributes:
        columns: the headings.
        rows: as many cells each; instants are aware, in the zone in which they are to be read.
        above: lines over the heading; empty where a program is to read the file.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    above: tuple[str, ...] = ()


def marked(table: Table, event: Event) -> Table:
    """The same table, saying in title, heading and every row that it is of a rehearsal, where it is."""
    mark = mark_of(event)
    if not mark:
        return table
    return Table(
        f"{mark} – {table.title}",
        (*table.columns, mark),
        tuple((*row, mark) for row in table.rows),
        (mark, *table.above) if table.above else (),
    )


def local(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    """An aware instant in the event's zone, in whole seconds."""
    return instant.astimezone(zone).replace(microsecond=0) if instant else None
