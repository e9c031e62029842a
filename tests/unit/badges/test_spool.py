"""The spool tells the truth: one label for one wish, every state recorded, nothing lost, nothing printed twice."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from station.app import Station, open_station
from station.badges.printers import Fate, Installed, NoneInstalled, PrinterAway, Printers
from station.badges.profiles import FILE_PRINTER, Printing, Profile, When
from station.badges.worker import Spool
from station.errors import EnvironmentFault, Refusal
from station.model.entry import EntryKind
from station.model.print_job import JobState
from station.model.verdict import Source
from station.store import badges as badge_store
from station.store import journal, migration
from tests.builders import INSTANCE, HandClock, make_event, payload
from tests.printers import Obedient, RawPrinter, wait_until

ANH, DUC, AN, HA, DUNG = (f"{INSTANCE}-{number}" for number in range(1, 6))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    opened = open_station(make_event(tmp_path / "event"), clock=clock)
    yield opened
    opened.close()


Start = Callable[..., Spool]


@pytest.fixture
def start(station: Station) -> Iterator[Start]:
    """Starts spools that end before the station does."""
    with ExitStack() as stack:

        def start(printing: Printing, installed: Installed | None = None) -> Spool:
            printers = Printers(station.folder / "exports" / "badges", installed or NoneInstalled())
            spool = Spool(
                station.files, station.clock, printers, station.badge, station.badge_pdf, lambda: printing
            )
            spool.start()
            stack.callback(spool.close)
            return spool

        yield start


def states(station: Station) -> list[str]:
    with station.files.reading() as connection:
        jobs = [*badge_store.open_jobs(connection), *badge_store.closed_jobs(connection, 50)]
    return [job.state for job in sorted(jobs, key=lambda job: job.number)]


def settled(station: Station, *wanted: JobState) -> None:
    wait_until(lambda: states(station) == list(wanted))


def printed(station: Station) -> list[str | None]:
    with station.files.reading() as connection:
        kept = journal.entries(connection, INSTANCE)
        return [e.content.delegate for e in kept if e.content.kind == EntryKind.BADGE_PRINTED]


def test_an_admission_brings_its_badge_to_a_raw_queue(station: Station, start: Start) -> None:
    with RawPrinter() as printer:
        start(Printing(at_once=True, printer=printer.address))

        station.desk.redeem(payload(1), Source.CAMERA)

        settled(station, JobState.DONE)
        assert [label[:5] for label in printer.labels] == [b"%PDF-"]
    assert printed(station) == [ANH]
    assert station.desk.counts().badges_waiting == 0


def test_one_wish_makes_one_label_however_often_the_button_is_hit(station: Station, start: Start) -> None:
    for _ in range(5):
        station.desk.wish_badge(ANH)
    printer = Obedient("Zebra")
    start(Printing(at_once=True, printer="Zebra"), printer)

    settled(station, JobState.DONE)
    assert [name for name, _title in printer.sent] == ["Zebra"]


def test_badges_wait_for_a_person_unless_they_are_printed_at_once(station: Station, start: Start) -> None:
    printer = Obedient("Zebra")
    spool = start(Printing(printer="Zebra"), printer)
    station.desk.redeem(payload(1), Source.CAMERA)
    station.desk.redeem(payload(2), Source.CAMERA)
    assert states(station) == [JobState.QUEUED, JobState.QUEUED]

    spool.print_now()

    settled(station, JobState.DONE, JobState.DONE)
    assert [title[:7] for _name, title in printer.sent] == ["DB00001", "DB00002"]


def test_a_printed_badge_is_printed_again_only_with_a_reason(
    station: Station, start: Start, clock: HandClock
) -> None:
    start(Printing(at_once=True, printer="Zebra"), Obedient("Zebra"))
    station.desk.wish_badge(ANH)
    settled(station, JobState.DONE)

    with pytest.raises(Refusal, match=r"07:30 27/10.*Bàn 1"):
        station.desk.wish_badge(ANH)
    station.desk.wish_badge(ANH, "Ướt")

    settled(station, JobState.DONE, JobState.DONE)
    with station.files.reading() as connection:
        told = connection.execute("SELECT text FROM particulars WHERE field = 'reason'").fetchall()
    assert [row[0] for row in told] == ["Ướt"]


def test_a_second_session_prints_no_second_badge_unless_always(station: Station, start: Start) -> None:
    start(Printing(at_once=True, printer="Zebra"), Obedient("Zebra"))
    station.desk.redeem(payload(1), Source.CAMERA)
    settled(station, JobState.DONE)
    with station.files.reading() as connection:
        entry = next(e for e in journal.entries(connection, INSTANCE) if e.content.kind == EntryKind.SCAN)
    station.desk.void(entry.id)

    station.desk.redeem(payload(1), Source.CAMERA)
    assert states(station) == [JobState.DONE]

    station.desk.badge_when = When.DEMAND
    station.desk.redeem(payload(2), Source.CAMERA)
    station.desk.badge_when = When.ALWAYS
    station.desk.redeem(payload(3), Source.CAMERA)
    settled(station, JobState.DONE, JobState.DONE)
    assert printed(station) == [ANH, AN]


def test_what_was_sent_when_the_program_died_is_unknown_and_never_printed_by_itself(
    station: Station, start: Start
) -> None:
    for person in (ANH, DUC):
        station.desk.wish_badge(person)
    station.files.write(lambda c: badge_store.send(c, 1, "Zebra"))
    printer = Obedient("Zebra")

    spool = start(Printing(at_once=True, printer="Zebra"), printer)

    settled(station, JobState.UNKNOWN, JobState.DONE)
    spool.print_now()
    station.desk.redeem(payload(1), Source.CAMERA)
    with pytest.raises(Refusal, match="Nobody knows"):
        station.desk.wish_badge(ANH)
    assert [title[:7] for _name, title in printer.sent] == ["DB00002"]

    spool.retry(1)
    settled(station, JobState.DONE, JobState.DONE)


def test_a_person_can_say_that_an_unknown_badge_came_out(station: Station, start: Start) -> None:
    station.desk.wish_badge(ANH)
    station.files.write(lambda c: badge_store.send(c, 1, "Zebra"))
    spool = start(Printing(at_once=True, printer="Zebra"), Obedient("Zebra"))

    spool.settle(1)

    assert states(station) == [JobState.DONE]
    assert printed(station) == [ANH]


def test_a_printer_that_is_away_keeps_everything_and_goes_on_when_it_is_back(
    station: Station, start: Start
) -> None:
    with RawPrinter() as gone:
        address = gone.address
    spool = start(Printing(at_once=True, printer=address))
    for serial in (1, 2):
        station.desk.redeem(payload(serial), Source.CAMERA)
    wait_until(lambda: address in spool.holds())
    settled(station, JobState.QUEUED, JobState.QUEUED)
    assert "is not there" in spool.holds()[address].reason

    with RawPrinter(gone.port) as back:
        spool.resume(address)
        settled(station, JobState.DONE, JobState.DONE)
        assert len(back.labels) == 2
    assert spool.holds() == {}


def test_a_printer_is_asked_again_without_a_click(
    station: Station, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.badges.worker.RETRY_S", 0.05)
    printer = Obedient("Zebra")
    printer.faults["Zebra"] = PrinterAway("weg")
    spool = start(Printing(at_once=True, printer="Zebra"), printer)
    station.desk.wish_badge(ANH)
    wait_until(lambda: bool(spool.holds()))

    printer.faults.clear()

    settled(station, JobState.DONE)


def test_a_printer_paused_by_a_person_stays_so(station: Station, start: Start) -> None:
    printer = Obedient("Zebra")
    spool = start(Printing(at_once=True, printer="Zebra"), printer)
    spool.pause("Zebra")
    station.desk.wish_badge(ANH)
    spool.print_now()
    spool.pause("Zebra")
    station.desk.wish_badge(DUC)
    assert spool.holds()["Zebra"].until is None
    assert printer.sent == []

    spool.resume("Zebra")
    settled(station, JobState.DONE, JobState.DONE)


def test_a_job_that_is_refused_fails_alone_and_can_be_tried_again(station: Station, start: Start) -> None:
    printer = Obedient("Zebra")
    printer.faults["Zebra"] = EnvironmentFault("Zebra nimmt A6 nicht")
    spool = start(Printing(at_once=True, printer="Zebra"), printer)
    station.desk.wish_badge(ANH)
    settled(station, JobState.FAILED)
    with station.files.reading() as connection:
        (job,) = badge_store.open_jobs(connection)
    assert (job.reason, job.attempts) == ("Zebra nimmt A6 nicht", 1)
    printer.faults.clear()
    station.desk.wish_badge(DUC)
    settled(station, JobState.FAILED, JobState.DONE)

    spool.retry(job.number)

    settled(station, JobState.DONE, JobState.DONE)


def test_a_line_that_breaks_in_the_middle_leaves_a_doubt(station: Station, start: Start) -> None:
    with RawPrinter() as printer:
        printer.breaks_off = True
        start(Printing(at_once=True, printer=printer.address))
        station.desk.wish_badge(ANH)
        settled(station, JobState.UNKNOWN)


def test_an_address_that_makes_no_sense_is_told(station: Station, start: Start) -> None:
    start(Printing(at_once=True, printer="socket:máy in"))
    station.desk.wish_badge(ANH)
    settled(station, JobState.FAILED)


def test_without_any_printer_badges_wait(station: Station, start: Start) -> None:
    spool = start(Printing(at_once=True))
    station.desk.wish_badge(ANH)
    spool.print_now()
    assert states(station) == [JobState.QUEUED]
    assert station.print_badges(station.folder / "exports" / "badges.pdf") == 1
    assert states(station) == [JobState.DONE]


def test_a_full_disk_pauses_the_pdf_files(
    station: Station, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("station.badges.printers.write_file", full)
        spool = start(Printing(at_once=True, printer=FILE_PRINTER))
        station.desk.wish_badge(ANH)
        wait_until(lambda: FILE_PRINTER in spool.holds())
        settled(station, JobState.QUEUED)

    spool.resume(FILE_PRINTER)
    settled(station, JobState.DONE)
    (file,) = (station.folder / "exports" / "badges").iterdir()
    assert file.name.startswith("00001-db00001")
    assert file.read_bytes().startswith(b"%PDF")


def test_the_printers_own_queue_says_when_a_badge_is_out(station: Station, start: Start) -> None:
    printer = Obedient("Canon", asks=True)
    start(Printing(at_once=True, printer="Canon"), printer)
    for person in (ANH, DUC):
        station.desk.wish_badge(person)
    wait_until(lambda: len(printer.sent) == 2)
    settled(station, JobState.SENT, JobState.SENT)
    assert station.desk.counts().badges_waiting == 2

    printer.fates = {"Canon-1": (Fate.PRINTED, ""), "Canon-2": (Fate.REFUSED, "job-canceled-by-user")}

    settled(station, JobState.DONE, JobState.FAILED)
    assert printed(station) == [ANH]


def test_a_job_in_the_printers_queue_is_asked_after_even_after_a_crash(
    station: Station, start: Start
) -> None:
    station.desk.wish_badge(ANH)
    station.files.write(lambda c: badge_store.send(c, 1, "Canon"))
    station.files.write(lambda c: badge_store.set_ticket(c, 1, "Canon-7"))
    printer = Obedient("Canon", asks=True)
    printer.fates["Canon-7"] = (Fate.PRINTED, "")

    start(Printing(printer="Canon"), printer)

    settled(station, JobState.DONE)
    assert printer.sent == []


def test_categories_have_printers_of_their_own_and_rolls_are_counted(station: Station, start: Start) -> None:
    station.files.write(lambda c: badge_store.new_roll(c, "Zebra", 100))
    printer = Obedient("Zebra", "Brother")
    profiles = {"Zebra": Profile(copies=2, double_sided=True)}
    start(
        Printing(at_once=True, printer="Zebra", by_category={"Báo chí": "Brother"}, profiles=profiles),
        printer,
    )

    for person in (ANH, DUC, DUNG):
        station.desk.wish_badge(person)

    settled(station, *[JobState.DONE] * 3)
    assert [name for name, _title in printer.sent] == ["Zebra", "Zebra", "Brother"]
    with station.files.reading() as connection:
        rolls = badge_store.rolls(connection)
    assert (rolls["Zebra"].printed, rolls["Zebra"].left, rolls["Brother"].left) == (4, 96, None)


def test_a_correction_while_the_badge_is_on_its_way_is_printed_after_it(
    station: Station, start: Start
) -> None:
    printer = Obedient("Canon", asks=True)
    start(Printing(at_once=True, printer="Canon"), printer)
    station.desk.wish_badge(ANH)
    wait_until(lambda: len(printer.sent) == 1)
    settled(station, JobState.SENT)

    station.cases.correct(ANH, {"name": "Nguyễn Thị Ánh Nguyệt"})
    printer.fates["Canon-1"] = (Fate.PRINTED, "")

    wait_until(lambda: len(printer.sent) == 2)
    assert printer.sent[1][1].endswith("Ánh Nguyệt")


def test_sheets_take_what_waits_and_what_failed_but_never_what_may_be_out(
    station: Station, tmp_path: Path
) -> None:
    for person in (ANH, DUC, AN):
        station.desk.wish_badge(person)
    station.files.write(lambda c: badge_store.send(c, 1, "Zebra"))
    station.files.write(badge_store.doubt_sent)
    station.files.write(lambda c: badge_store.set_state(c, 2, JobState.FAILED, "Papier"))

    assert station.print_badges(tmp_path / "thẻ.pdf") == 2
    assert states(station) == [JobState.UNKNOWN, JobState.DONE, JobState.DONE]


def test_wishes_of_an_older_event_folder_go_over_into_the_spool() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        for number, script in migration.steps():
            if number == 15:
                connection.execute(
                    "INSERT INTO print_wish (delegate, wished_at_ms, problem) VALUES ('a', 5, 'Giấy')"
                )
            connection.executescript(script.read_text("utf-8"))
        row = connection.execute("SELECT delegate, state, reason FROM print_job").fetchone()
    assert tuple(row) == ("a", "queued", "Giấy")
