"""The columns that say who somebody is, the same in every report."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeVar

from station.i18n import N_
from station.model.delegate import Delegate
from station.model.verdict import Source
from station.reports.report import Column

Row = TypeVar("Row")
CODE, NAME, POSITION, UNIT, CATEGORY = N_("Code"), N_("Full name"), N_("Position"), N_("Unit"), N_("Category")
SOURCES = {
    Source.CAMERA: N_("camera"),
    Source.SCANNER: N_("scanner"),
    Source.IMAGE: N_("picture"),
    Source.TYPED: N_("typed"),
    Source.HAND: N_("by hand"),
    Source.PAPER: N_("paper sheet"),
}
_NOBODY = Delegate("", "", "")


def person_columns(
    of: Callable[[Row], Delegate | None], *, hidden: Collection[str] = ("phone", "email", "seat", "note")
) -> tuple[Column[Row], ...]:
    """Code, name, position, unit, category, phone, email, seat and note of somebody; '' for nobody.

    ``hidden``: shown only where somebody chose so.
    """

    def who(row: Row) -> Delegate:
        return of(row) or _NOBODY

    columns: tuple[Column[Row], ...] = (
        Column("code", CODE, lambda row: who(row).code, 12),
        Column("name", NAME, lambda row: who(row).name, 28),
        Column("position", POSITION, lambda row: who(row).position, 24),
        Column("unit", UNIT, lambda row: who(row).unit, 34),
        Column("category", CATEGORY, lambda row: who(row).category, 16),
        Column("phone", N_("Phone"), lambda row: who(row).phone, 14),
        Column("email", N_("Email"), lambda row: who(row).email, 26),
        Column("seat", N_("Seat"), lambda row: who(row).seat, 9),
        Column("note", N_("Note"), lambda row: who(row).note, 24),
    )
    return tuple(replace(column, shown=column.key not in hidden) for column in columns)
