"""An event and a laptop on which all is well, for tests that break one thing of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from station.app import Station, open_station
from station.media.drives import Drive
from station.media.faults import MEGABYTE
from station.model.document import Document
from station.preflight import trials
from station.preflight.all_checks import run_checks
from station.preflight.check import Check
from station.preflight.subject import Machine, Subject
from station.preflight.trials import Trial
from station.settings import Settings
from station.store import documents as document_store
from tests.builders import HandClock, make_event, payload
from tests.unit.capture.pictures import code_picture, scene, write_video

PRINTER = "HP LaserJet M404"
PAGES = b"%PDF a document of the event"


@dataclass
class Evening:
    """An open event with everything around it; tests exchange what they break, then ask for a check."""

    station: Station
    clock: HandClock
    settings: Settings
    stick: Path
    machine: Machine
    changes: dict[str, object] = field(default_factory=dict)

    def subject(self) -> Subject:
        return replace(self.station.preflight(self.settings, self.machine), **self.changes)

    def check(self, name: str) -> Check:
        (check,) = run_checks(self.subject(), [name])
        return check

    def change_machine(self, **changes: object) -> None:
        self.machine = replace(self.machine, **changes)


@pytest.fixture
def good_video(tmp_path: Path) -> Path:
    """A camera before which somebody holds a code."""
    picture = scene(code_picture(payload(1).decode()))
    return write_video(tmp_path / "camera.avi", [picture] * 20, codec="MJPG")


@pytest.fixture
def evening_of(tmp_path: Path, good_video: Path) -> Iterator[Callable[..., Evening]]:
    """Makes the evening of an event that is built as told."""
    opened: list[Station] = []

    def make(**built: object) -> Evening:
        folder = make_event(tmp_path / "event", **built)
        clock = HandClock()
        clock.forward(minutes=12)
        stick = tmp_path / "KINGSTON"
        stick.mkdir()
        station = open_station(folder, clock=clock)
        opened.append(station)
        (folder / "documents" / "chuong-trinh.pdf").write_bytes(PAGES)
        document = Document(
            "CT", 9, "Chương trình", file_name="chuong-trinh.pdf", sha256=sha256(PAGES).hexdigest()
        )
        station.files.write(lambda connection: document_store.add_documents(connection, [document], []))
        station.back_up()
        settings = Settings(camera=str(good_video))
        for name, what in ((trials.SCANNER, ""), (trials.PRINTER, PRINTER)):
            trials.remember(settings, name, Trial(what, clock.now(), passed=True))
        machine = Machine(
            free_bytes=lambda _path: 84_000 * MEGABYTE,
            drives=lambda: [Drive(stick)],
            battery=lambda: None,
            utc_offset=lambda _at: timedelta(hours=7),
            built_at=lambda: None,
            printers=lambda: [PRINTER],
            plays_sound=lambda: True,
        )
        return Evening(station, clock, settings, stick, machine)

    yield make
    for station in opened:
        station.close()


@pytest.fixture
def evening(evening_of: Callable[..., Evening]) -> Evening:
    """Five delegates, one session, a document, a backup, a camera that reads."""
    return evening_of()
