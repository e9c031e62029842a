"""Killed in the midst of printing, no badge comes out twice by itself, and none is lost."""

import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from station.model.delegate import Delegate
from station.model.print_job import JobState
from station.store import badges as badge_store
from tests.builders import make_event, opened
from tests.printers import RawPrinter, wait_until

ROOT = Path(__file__).resolve().parents[2]
EACH, KILLS = 8, 5
PEOPLE = tuple(Delegate("", f"DB{n:05d}", f"Nguyễn Văn {n}") for n in range(1, EACH * KILLS + 1))


def codes(labels: list[bytes]) -> list[str]:
    """The code on each label that came out whole."""
    found = []
    for label in labels:
        with pypdfium2.PdfDocument(label) as document:
            found += re.findall(r"DB\d{5}", document[0].get_textpage().get_text_range())
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX")
def test_kill_9_while_badges_are_printed_doubles_none_and_loses_none(tmp_path: Path) -> None:
    folder, chance = make_event(tmp_path / "event", delegates=PEOPLE), random.Random(27)
    with RawPrinter() as printer:
        for kill in range(KILLS):
            program = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.e2e.programs.printing",
                    str(folder),
                    printer.address,
                    str(kill * EACH + 1),
                    str((kill + 1) * EACH),
                ],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert program.stdout is not None
            before, more = len(printer.labels), chance.randint(1, EACH - 1)
            while program.stdout.readline().strip() != str((kill + 1) * EACH):
                pass
            wait_until(lambda before=before, more=more: len(printer.labels) >= before + more, 30)  # type: ignore[misc]
            program.kill()
            program.wait()
            program.stdout.close()

        came_out = Counter(codes(printer.labels))
    assert max(came_out.values()) == 1
    with opened(folder) as station:
        station.files.write(badge_store.doubt_sent)
        with station.files.reading() as connection:
            left = badge_store.open_jobs(connection)
            done = badge_store.closed_jobs(connection, 1000)
    assert {job.state for job in left} <= {JobState.QUEUED, JobState.UNKNOWN}
    assert len(left) + len(done) == len(PEOPLE)
    assert {job.code for job in done} <= set(came_out)
    assert not {job.code for job in left if job.state is JobState.QUEUED} & set(came_out)
