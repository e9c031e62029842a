"""The reports of an event as files of a folder: the workbooks, the files for programs, the papers."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station.i18n import _, pick
from station.media.atomic import write_file
from station.media.faults import write_fault
from station.model.event import mark_of
from station.reports import csv as csv_report
from station.reports.catalogue import all_reports
from station.reports.choice import Choice
from station.reports.facts import Facts
from station.reports.protection import protected
from station.reports.report import Format, Grid, Page, Progress, Report, chosen_columns, grids
from station.reports.workbook import write_workbook


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file to be written.

    Attributes:
        name: ASCII, as FAT and Windows take it. reports: what stands in it, in order.
    """

    name: str
    format: Format
    reports: tuple[Report[Any], ...]


def planned(choice: Choice, *, protect: bool = False) -> list[ReportFile]:
    """The files that a choice makes, workbooks first. ``protect``: only what can bear a password."""
    books: dict[str, list[Report[Any]]] = {}
    others = []
    for report in all_reports():
        formats = choice.formats_of(report)
        if Format.XLSX in formats:
            books.setdefault(report.book, []).append(report)
        if not protect:
            rest = [format for format in (Format.CSV, Format.PDF) if format in formats]
            others += [ReportFile(f"{report.name}.{format}", format, (report,)) for format in rest]
    workbooks = [ReportFile(f"{book}.xlsx", Format.XLSX, tuple(reports)) for book, reports in books.items()]
    return workbooks + sorted(others, key=lambda file: file.format is Format.PDF)


class ReportWriter:
    """Writes planned files of one event, and tells how far it is.

    Args:
        progress: told (done, total) often, the total growing as rows are found; may raise Cancelled.
        password: of workbooks, '' for none.
    """

    def __init__(self, facts: Facts, choice: Choice, progress: Progress, password: str = "") -> None:
        self._facts, self._choice, self._password = facts, choice, password
        self._progress = progress
        self._done = self._total = 0

    def write(self, file: ReportFile, path: Path) -> int:
        """Write one file; returns how many rows it has. Raises EnvironmentFault, Cancelled."""
        if file.format is Format.PDF:
            return self._write_paper(file.reports[0], path)
        tables = [grid for report in file.reports for grid in self._grids(report, file.format)]
        self._total += sum(map(len, tables))
        if file.format is Format.CSV:
            (table,) = tables
            write_file(path, csv_report.lines(table.headings, table.rows(), self._advance))
        elif self._password:
            whole = io.BytesIO()
            write_workbook(whole, tables, self._above(), self._advance)
            write_file(path, protected(whole, self._password))
        else:
            self._write_workbook(path, tables)
        return sum(map(len, tables))

    def _write_workbook(self, path: Path, tables: list[Grid]) -> None:
        """Into the file itself, whose folder has no final name yet; it need not fit into memory."""
        try:
            with path.open("wb") as target:
                write_workbook(target, tables, self._above(), self._advance)
        except OSError as error:
            raise write_fault(error, path) from error

    def _write_paper(self, report: Report[Any], path: Path) -> int:
        assert report.draw is not None
        columns = chosen_columns(report, self._facts, self._choice.fields_of(report))
        before = self._done

        def paper_progress(done: int, total: int) -> None:
            self._done = before + done
            self._progress(self._done, max(self._total, before + total))

        rows = report.draw(path, Page(self._facts, columns, self._choice.letterhead, paper_progress))
        self._total = max(self._total, self._done)
        return rows

    def _grids(self, report: Report[Any], format: Format) -> list[Grid]:
        self._progress(self._done, max(self._total, self._done + 1))
        fields = self._choice.fields_of(report)
        return grids(report, self._facts, fields, parted=format is Format.XLSX)

    def _above(self) -> tuple[str, ...]:
        event = self._facts.event
        return tuple(filter(None, (mark_of(event), event.organiser, pick(event.name, event.name_en))))

    def _advance(self, rows: int) -> None:
        self._done += rows
        self._progress(self._done, max(self._total, self._done))


def described(file: ReportFile) -> Iterator[str]:
    """What a file holds, a sentence each, in the language in force."""
    return (_(report.about) for report in file.reports)
