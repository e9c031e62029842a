"""The disk fails at every single call: what was told stands, and nothing is told that does not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.exchange.verify import verify
from tests.builders import make_event, payload
from tests.e2e.brood import Brood, Line, can_fork
from tests.e2e.proof import prove_nothing_lost
from tests.e2e.strace import Fault, Outcome, every_position, why_not

pytestmark = [
    pytest.mark.skipif(not can_fork(), reason="needs fork to start hundreds of programs in seconds"),
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
]
RENAMING = "rename,renameat,renameat2"
QUICK = (Fault("fdatasync", "error=EIO"), Fault("ftruncate", "error=EIO"))
THOROUGH = (
    Fault("fdatasync", "signal=SIGKILL"),
    Fault("pwrite64", "error=EIO"),
    Fault("pwrite64", "error=ENOSPC"),
    Fault("pwrite64", "signal=SIGKILL"),
    Fault("pread64", "error=EIO"),
    Fault("openat", "error=EIO"),
    Fault("unlink", "error=EIO"),
)
SLOWLY = [*QUICK, *(pytest.param(fault, marks=pytest.mark.slow) for fault in THOROUGH)]
FILES = (
    Fault("fsync", "error=EIO"),
    Fault("fsync", "signal=SIGKILL"),
    Fault(RENAMING, "error=EIO"),
    Fault(RENAMING, "signal=SIGKILL"),
    Fault("mkdir", "error=ENOSPC"),
)
LASTING = [
    pytest.param(Fault("fdatasync", "error=EIO", 2)),
    pytest.param(Fault("fdatasync", "error=EIO", 3)),
    pytest.param(Fault("fdatasync", "error=EIO", 0)),
    pytest.param(Fault("pwrite64", "error=EIO", 2), marks=pytest.mark.slow),
    pytest.param(Fault("pwrite64", "error=ENOSPC", 0), marks=pytest.mark.slow),
    pytest.param(Fault("pread64", "error=EIO", 2), marks=pytest.mark.slow),
]
MAKING = (*QUICK, Fault("pwrite64", "error=ENOSPC"), *FILES)
EXPORTING = (Fault("pread64", "error=EIO"), *FILES)
KILLED = -9
BUG = 70
WRITES = 4
NOTHING = "chưa ghi được gì"  # what every sentence of the store says where nothing was recorded


@pytest.fixture(scope="module")
def brood(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brood]:
    with Brood(tmp_path_factory.mktemp("brood") / "errors") as brood:
        yield brood


def database_files(folder: Path) -> list[Path]:
    return [folder / f"event.sqlite3{end}" for end in ("", "-wal", "-shm", "-journal")]


def assert_said_in_plain_words(outcome: Outcome) -> None:
    assert "Traceback" not in outcome.messages, outcome
    assert outcome.code != BUG, outcome


@pytest.mark.parametrize("fault", SLOWLY, ids=str)
def test_a_scan_is_told_only_if_it_is_recorded(brood: Brood, tmp_path: Path, fault: Fault) -> None:
    folder = make_event(tmp_path / "event")
    told: list[Line] = []
    command = ("command", "scan", folder, "--payload", payload(1).decode(), "--json")
    positions = 0
    for outcome in every_position(brood, tmp_path / "log", fault, database_files(folder), *command):
        positions += 1
        assert_said_in_plain_words(outcome)
        verdicts = [line for line in outcome.lines if "entry" in line]
        assert (outcome.code in (0, 1)) == bool(verdicts) or outcome.code == KILLED, outcome
        assert outcome.code in (0, 2, KILLED), outcome
        assert bool(outcome.messages.strip()) == (outcome.code == 2), outcome
        told += verdicts
        prove_nothing_lost(folder, told)
    assert positions
    print(positions, "positions of", fault)


def test_telling_too_early_is_found(brood: Brood, tmp_path: Path) -> None:
    """The negative control: were this not found, the others would prove nothing."""
    folder = make_event(tmp_path / "event")
    act, fault = "work_told_too_early", Fault("pwrite64", "signal=SIGKILL")
    with pytest.raises(AssertionError, match="told and not in the journal"):
        for outcome in every_position(brood, tmp_path / "log", fault, database_files(folder), act, folder):
            prove_nothing_lost(folder, outcome.lines)


@pytest.mark.parametrize("fault", [*SLOWLY, *LASTING], ids=str)
def test_the_writer_says_only_what_is_certain_and_goes_on(brood: Brood, tmp_path: Path, fault: Fault) -> None:
    """The store's thread from opening to closing: a fault at BEGIN, in the midst, at COMMIT, at a checkpoint."""
    folder = make_event(tmp_path / "event")
    told: list[Line] = []
    entries, positions = 1, 0
    act = ("write", folder, WRITES)
    for outcome in every_position(brood, tmp_path / "log", fault, database_files(folder), *act):
        positions += 1
        assert_said_in_plain_words(outcome)
        acknowledged = [line for line in outcome.lines if "entry" in line]
        faults = [line["fault"] for line in outcome.lines if "fault" in line]
        told += acknowledged
        new = len(prove_nothing_lost(folder, told)) - entries
        entries += new
        uncertain = [text for text in faults if NOTHING not in text]
        assert 0 <= new - len(acknowledged) <= len(uncertain) + (outcome.code == KILLED), outcome
        if outcome.code == 0:
            assert len(acknowledged) + len(faults) == WRITES
            # The write after a fault finds a new connection.
            assert len(faults) <= (fault.times or WRITES), outcome
    assert positions
    print(positions, "positions of", fault)


@pytest.mark.slow
@pytest.mark.parametrize("fault", MAKING, ids=str)
def test_a_new_event_is_whole_or_not_there(brood: Brood, tmp_path: Path, fault: Fault) -> None:
    new = ("--name", "Hội nghị", "--from", "2026-11-22", "--to", "2026-11-23", "--json")
    folder, part = tmp_path / "event", tmp_path / "event.part"
    positions = 0
    paths = [] if fault in FILES else [*database_files(part), *database_files(folder)]
    act = ("command", "new", folder, *new)
    for outcome in every_position(brood, tmp_path / "log", fault, paths, *act):
        positions += 1
        assert_said_in_plain_words(outcome)
        assert outcome.code in (0, 1, KILLED), outcome
        assert bool(outcome.messages.strip()) == (outcome.code == 1), outcome
        assert folder.exists() or outcome.code != 0
        if folder.exists():
            report = verify(folder)
            assert (report.problems, report.entries) == ([], 1), outcome
        for left in (folder, part):
            shutil.rmtree(left, ignore_errors=True)
    assert positions
    print(positions, "positions of", fault)


@pytest.mark.slow
@pytest.mark.parametrize("fault", EXPORTING, ids=str)
def test_an_export_is_verified_or_not_there(brood: Brood, tmp_path: Path, fault: Fault) -> None:
    folder, stick = make_event(tmp_path / "event"), tmp_path / "stick"
    stick.mkdir()
    brood.run("work", folder, 12)
    paths = [] if fault in FILES else database_files(folder)
    # One table is enough: every file goes the same way.
    act = ("command", "export", folder, "--to", stick, "--reports", "attendance.csv", "--json")
    positions = 0
    for outcome in every_position(brood, tmp_path / "log", fault, paths, *act):
        positions += 1
        assert_said_in_plain_words(outcome)
        assert outcome.code in (0, 1, KILLED), outcome
        assert bool(outcome.messages.strip()) == (outcome.code == 1), outcome
        assert [line["verified"] for line in outcome.lines] == ([True] if outcome.code == 0 else []) or (
            outcome.code == KILLED
        )
        whole = [export for export in stick.iterdir() if not export.name.endswith(".part")]
        assert len(whole) >= len(outcome.lines), (
            outcome
        )  # one that got its name and was not claimed is whole, too
        assert [verify(export).problems for export in whole] == [[]] * len(whole), outcome
        # What a failed try wrote stays under its own name for the next one; after a success nothing of it is there.
        assert outcome.code != 0 or list(stick.iterdir()) == whole
        shutil.rmtree(stick)
        stick.mkdir()
        prove_nothing_lost(folder, [])
    assert positions
    print(positions, "positions of", fault)
