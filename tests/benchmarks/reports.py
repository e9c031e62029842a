"""The workbook and the tables of a large event beside what XlsxWriter and csv need for the same rows from a list.

Each in a process of its own, so that the memory is its alone; they take turns, so that a busy moment hits all alike.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

DELEGATES, ENTRIES, RUNS = 50_000, 200_000, 3
STEPS = {
    "least": "XlsxWriter (constant_memory) and csv, from a list",
    "reports": "workbook and tables",
    "protected": "the same, the workbook under a password",
}


def run() -> list[tuple[str, ...]]:
    """Rows: what, delegates, entries, rows written, seconds, ratio to the least, memory in MB."""
    return list(_measured(DELEGATES, ENTRIES))


def _measured(delegates: int, entries: int) -> Iterator[tuple[str, ...]]:
    told: dict[str, list[tuple[float, float, int]]] = {step: [] for step in STEPS}
    with tempfile.TemporaryDirectory() as folder:
        _run("make", folder, delegates, entries)
        for _turn in range(RUNS):
            for step in STEPS:
                told[step].append(_run(step, folder, delegates, entries))
    least = min(taken_s for taken_s, _memory, _rows in told["least"])
    for step, name in STEPS.items():
        best = min(taken_s for taken_s, _memory, _rows in told[step])
        memory_mb, rows = max(memory for _s, memory, _rows in told[step]), told[step][0][2]
        size = f"{delegates:,} / {entries:,}"
        yield name, size, f"{rows:,}", f"{best:.2f}", f"{best / least:.2f}", f"{memory_mb:.0f}"


def _run(step: str, folder: str, delegates: int, entries: int) -> tuple[float, float, int]:
    command = [sys.executable, "-m", "tests.benchmarks.reports", step, folder, str(delegates), str(entries)]
    child = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    taken_s, memory_mb, rows = json.loads(child.stdout.splitlines()[-1])
    return taken_s, memory_mb, rows


def main(step: str, folder: Path, delegates: int, entries: int) -> None:
    """One step; prints the seconds, the megabytes and the rows it took."""
    from tests.benchmarks.roster import _peak_bytes

    steps: dict[str, Callable[[Path, int, int], tuple[float, int]]] = {
        "make": _make,
        "least": _least,
        "reports": _reports,
        "protected": lambda *told: _reports(*told, password="mật khẩu"),
    }
    taken_s, rows = steps[step](folder, delegates, entries)
    print(json.dumps([taken_s, _peak_bytes() / 1e6, rows]))


def _make(folder: Path, delegates: int, entries: int) -> tuple[float, int]:
    """An event of one session with exits, and its tables as JSON for whoever only writes them."""
    from dataclasses import replace

    from station.app import new_event
    from station.model.delegate import Delegate
    from station.model.event import Session
    from station.store import documents, roster
    from tests.builders import DOCUMENTS, ENTITLEMENTS, EVENT, INSTANCE, MORNING

    people = [
        Delegate(
            f"{INSTANCE}-{n}",
            f"DB{n:06d}",
            f"Nguyễn Thị Ánh {n % 7_000}",
            "Chuyên viên",
            f"LĐLĐ tỉnh số {n % 400}",
            "Học viên",
            f"09{n:08d}",
        )
        for n in range(1, delegates + 1)
    ]

    def fill(connection: Any, _folder: Path, _instance: str) -> None:
        roster.insert_delegates(connection, people)
        documents.add_documents(connection, DOCUMENTS, ENTITLEMENTS)
        _fill_journal(connection, people, entries, MORNING)

    session = Session("CD1", 1, "Chuyên đề 1", exits=True, re_entry=True)
    new_event(
        folder / "event", replace(EVENT), station="Bàn 1", sessions=[session], instance=INSTANCE, fill=fill
    )
    return 0.0, 0


def _fill_journal(connection: Any, people: list[Any], entries: int, morning: datetime) -> None:
    """Admissions, hand-outs, exits, refusals and cancelled exits, with what follows from them.

    Written as rows, not recorded one by one: reports look at neither hashes nor their order. A quarter of the entries
    each is admissions and hand-outs; of the rest 45 % exits, 5 % of them cancelled, and refusals.
    """
    from tests.builders import INSTANCE

    at_ms = int(morning.timestamp() * 1000)
    camera, refused = '{"reason":null,"source":"camera"}', '{"reason":"UNKNOWN","source":"camera"}'
    rows: list[tuple[Any, ...]] = []
    words, attendance, departures, hand_outs = [], [], [], []
    (first,) = connection.execute("SELECT coalesce(max(sequence), 0) + 1 FROM entry").fetchone()
    chance = random.Random(1)
    for number in range(entries):
        sequence, at, person = first + number, at_ms + number * 150, people[number % len(people)].id
        turn, target = number // len(people), None
        delegate, session, document, outcome, body, kind = person, "CD1", None, None, camera, "left"
        if turn == 0:
            kind, outcome = "scan", "admitted"
            attendance.append((person, session, INSTANCE, sequence, at))
        elif turn == 1:
            kind, session, document, body = "handed_out", None, "TL01", '{"version":"1"}'
            hand_outs.append((person, document, INSTANCE, sequence, at, "1", None))
        elif chance.random() < 0.45:
            departures.append((person, session, INSTANCE, sequence, at, 1))
        elif chance.random() < 0.05:
            kind, delegate, session, body = "void", None, None, "{}"
            target = f"{INSTANCE}-{sequence - len(people)}"
            words.append((INSTANCE, sequence, "reason", b"salt", f"quét nhầm {number}"))
        else:
            kind, delegate, outcome, body = "scan", None, "refused", refused
        known = (delegate, session, document, target, outcome, body)
        rows.append((INSTANCE, sequence, kind, at, 420, at, 0, *known, "0" * 64, "0" * 64))
    connection.execute("PRAGMA defer_foreign_keys = ON")
    _insert(connection, "entry", rows)
    _insert(connection, "particulars", words)
    _insert(connection, "attendance", attendance)
    _insert(connection, "departure", list({row[0]: row for row in departures}.values()))
    _insert(connection, "hand_out", hand_outs)


def _insert(connection: Any, table: str, rows: list[Any]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _tables(folder: Path) -> tuple[Any, list[Any]]:
    from contextlib import ExitStack

    from station.reports.choice import Choice
    from station.reports.facts import Facts
    from station.reports.files import planned
    from station.reports.report import Format, grids
    from station.store.connection import snapshot
    from tests.builders import MORNING

    stack = ExitStack()
    facts = Facts(stack.enter_context(snapshot(folder / "event" / "event.sqlite3")), MORNING)
    choice, tables = Choice(), []
    for file in planned(choice):
        if file.format is not Format.PDF:
            made = [
                grid
                for report in file.reports
                for grid in grids(report, facts, choice.fields_of(report), parted=file.format is Format.XLSX)
            ]
            tables.append((file, made))
    return stack, tables


def _least(folder: Path, _delegates: int, _entries: int) -> tuple[float, int]:
    import xlsxwriter

    stack, tables = _tables(folder)
    listed = [
        (file.name, [([grid.headings, *map(tuple, grid.rows())]) for grid in made]) for file, made in tables
    ]
    plain = [
        (name, [[[_naive(cell) for cell in row] for row in rows] for rows in made]) for name, made in listed
    ]
    stack.close()
    del listed, tables
    began = time.perf_counter()
    for name, made in plain:
        if name.endswith(".csv"):
            with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file, lineterminator="\r\n").writerows(made[0])
            continue
        options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
        with xlsxwriter.Workbook(folder / name, options) as book:
            for rows in made:
                sheet = book.add_worksheet()
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
    return time.perf_counter() - began, sum(len(rows) for _name, made in plain for rows in made)


def _naive(cell: Any) -> Any:
    return cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell


def _reports(folder: Path, _delegates: int, _entries: int, password: str = "") -> tuple[float, int]:
    from station.reports.choice import Choice
    from station.reports.facts import Facts
    from station.reports.files import ReportWriter, planned
    from station.reports.report import Format
    from station.store.connection import snapshot
    from tests.builders import MORNING

    began, rows = time.perf_counter(), 0
    with snapshot(folder / "event" / "event.sqlite3") as connection:
        writer = ReportWriter(Facts(connection, MORNING), Choice(), lambda _done, _total: None, password)
        for file in planned(Choice()):
            if file.format is not Format.PDF:
                rows += writer.write(file, folder / f"our-{file.name}")
    return time.perf_counter() - began, rows


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
