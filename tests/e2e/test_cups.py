"""Badges on a real queue of the system: through Qt and CUPS to the bytes at the printer."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.app import open_station
from station.badges.printers import Printers
from station.badges.profiles import Printing
from station.badges.worker import Spool
from station.model.print_job import Job, JobState
from station.model.verdict import Source
from station.store import badges as badge_store
from tests.builders import HandClock, make_event, payload
from tests.cups import QUEUE, lead_here, printing_system, why_not
from tests.printers import RawPrinter, wait_until
from ui.devices.printer import InstalledPrinters

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "there is CUPS")


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[RawPrinter]:
    with RawPrinter() as printer, printing_system(f"socket://127.0.0.1:{printer.port}") as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        lead_here(variables["CUPS_SERVER"])
        yield printer
        lead_here(None)


def test_an_admission_reaches_the_printer_and_its_queue_says_so(
    qtbot: QtBot, tmp_path: Path, printer: RawPrinter
) -> None:
    installed = InstalledPrinters()
    assert list(installed.names()) == [QUEUE]
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    printing = Printing(at_once=True, printer=QUEUE)
    spool = Spool(
        station.files,
        station.clock,
        Printers(tmp_path, installed),
        station.badge,
        station.badge_pdf,
        lambda: printing,
    )
    spool.start()

    def jobs() -> list[Job]:
        with station.files.reading() as connection:
            return [*badge_store.open_jobs(connection), *badge_store.closed_jobs(connection, 9)]

    try:
        station.desk.redeem(payload(1), Source.CAMERA)
        wait_until(lambda: [job.state for job in jobs()] == [JobState.DONE], 30)
        assert (jobs()[0].confirmed, jobs()[0].ticket) == (True, f"{QUEUE}-1")
        assert printer.labels[0].startswith(b"%PDF")

        subprocess.run(["cupsdisable", "-r", "out of labels", QUEUE], check=True, env=os.environ)
        station.desk.redeem(payload(2), Source.CAMERA)
        wait_until(
            lambda: any(job.state is JobState.SENT and "out of labels" in job.reason for job in jobs()), 30
        )
        assert len(printer.labels) == 1

        subprocess.run(["cupsenable", QUEUE], check=True, env=os.environ)
        wait_until(lambda: {job.state for job in jobs()} == {JobState.DONE}, 30)
        assert len(printer.labels) == 2

        subprocess.run(["cupsdisable", QUEUE], check=True, env=os.environ)
        station.desk.redeem(payload(3), Source.CAMERA)
        wait_until(lambda: any(job.ticket == f"{QUEUE}-3" for job in jobs()), 30)
        subprocess.run(["cancel", f"{QUEUE}-3"], check=True, env=os.environ)
        wait_until(lambda: any(job.state is JobState.FAILED for job in jobs()), 30)
    finally:
        spool.close()
        station.close()
