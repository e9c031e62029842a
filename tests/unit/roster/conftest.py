"""Workbooks as offices make them, and texts of problems in English."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

MakeWorkbook = Callable[..., Path]


@pytest.fixture(autouse=True)
def english() -> None:
    """These tests compare messages; the next test starts in the language of the desk again."""
    from station.i18n import set_language

    set_language("en")


@pytest.fixture
def make_workbook(tmp_path: Path) -> MakeWorkbook:
    """Writes rows (of cells, from A1 on) to a workbook and returns its path."""

    def make(*rows: Sequence[object], name: str = "roster.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet("Danh sách")
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
        return path

    return make
