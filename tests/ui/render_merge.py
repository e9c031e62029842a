"""The states of bringing desks together, for tests/ui/render_screens.py."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from station.app import Station
from station.checkin.cases import Person
from station.clock import Clock, ShiftedClock
from station.exchange.pack import make_pack
from station.exchange.seal import seal
from station.exchange.unpack import unpack
from station.media.encryption import Cost
from station.model.verdict import Source
from station.store import journal
from tests.builders import opened
from ui.dialogs.merge.conflicts import ConflictsDialog
from ui.dialogs.merge.dialog import MergeDialog

if TYPE_CHECKING:
    from tests.ui.render_screens import Studio

_PASSPHRASE = "bốn từ rất khác nhau 27"
_DESKS = (("Bàn 2 – Sảnh B", 2, timedelta()), ("Bàn 3 – Cổng sau", 3, timedelta(hours=1, minutes=12)))


class MergeStates:
    """One method a state."""

    def __init__(self, studio: "Studio", wait: Callable[[int], None]) -> None:
        self._studio = studio
        self._wait = wait

    def states(self) -> dict[str, Callable[[], QWidget | None]]:
        """Each state by name."""
        return {
            "merge-empty": lambda: self._dialog(),
            "merge-done": lambda: self._merged("*/*.segment"),
            "merge-troubles": self._troubles,
            "office": self._office,
            "conflicts": lambda: self._conflicts(0),
            "conflicts-person": lambda: self._conflicts(3),
            "conflicts-correction": lambda: self._conflicts(1),
            "conflicts-cancelled": lambda: self._conflicts(2),
            "conflicts-none": self._no_conflicts,
        }

    @property
    def _station(self) -> Station:
        return self._studio.event.station

    @property
    def _session(self) -> str:
        return self._studio.event.controller.session().id

    @property
    def _top(self) -> Path:
        return Path(self._station.folder).parent / "other desks"

    def _dialog(self) -> MergeDialog:
        dialog = MergeDialog(self._station, self._studio.event.window)
        self._studio._dialog(dialog)
        return dialog

    def _desks(self) -> list[Path]:
        """The sticks of two other desks, at which this and that contradicts; made once."""
        sticks = self._top / "sticks"
        if not sticks.exists():
            sticks.mkdir(parents=True)
            clock = self._station.clock
            file = self._top / "p.ckpack"
            make_pack(self._station.files, file, _PASSPHRASE, clock, cost=Cost(n=2))
            for name, number, ahead in _DESKS:
                theirs = ShiftedClock(clock.now() + ahead)
                folder = unpack(file, self._top / str(number), _PASSPHRASE, name, theirs, number).folder
                self._work(folder, theirs, number, sticks)
            self._here()
        return sorted(sticks.glob("*/*.segment"))

    def _work(self, folder: Path, clock: Clock, number: int, sticks: Path) -> None:
        stick = sticks / str(number)
        stick.mkdir()
        payloads = list(self._station.payloads().items())
        with opened(folder, clock) as desk:
            for _who, text in payloads[70 : 74 + number]:
                entry = desk.desk.redeem(text.encode(), Source.CAMERA, self._session).entry
            if number == 2:
                desk.desk.void(entry, "nhầm người")
                desk.cases.correct(payloads[5][0], {"unit": "Liên đoàn Lao động thành phố Hải Phòng"})
            else:
                desk.cases.correct(payloads[5][0], {"unit": "LĐLĐ TP. Hải Phòng"})
            desk.cases.walk_in(Person("Nguyễn Thị Hồng Nhung", unit="Ban Nữ công"))
            own = next(p for p in seal(desk.files, stick, clock) if desk.instance in p.name)
            for path in stick.iterdir():
                if path != own:
                    path.unlink()
            late = self._top / f"late {number}"
            late.mkdir()
            for _who, text in payloads[60:65]:
                desk.desk.redeem(text.encode(), Source.CAMERA)
            with desk.files.reading() as connection:
                end = journal.last_sequence(connection, desk.instance)
                others = [one for one in journal.instances_with_entries(connection) if one != desk.instance]
            seal(desk.files, late, clock, {desk.instance: end - 2, **dict.fromkeys(others, end)})

    def _here(self) -> None:
        payloads = list(self._station.payloads().values())
        self._station.desk.redeem(payloads[71].encode(), Source.CAMERA, self._session)

    def _merged(self, _pattern: str) -> MergeDialog:
        sticks = self._desks()
        dialog = self._dialog()
        dialog.take(sticks)
        self._until_done(dialog)
        return dialog

    def _troubles(self) -> MergeDialog:
        sticks = self._desks()
        place = self._top / "troubles"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for path in self._top.glob("late */*.segment"):
            shutil.copy(path, place)
        (place / "goi-hong.segment").write_bytes(sticks[0].read_bytes()[:-40])
        (place / "anh.segment").write_bytes(b"\xff\xd8\xff" * 90)
        dialog = self._dialog()
        dialog.take([place])
        self._until_done(dialog)
        return dialog

    def _office(self) -> MergeDialog:
        self._desks()
        dialog = self._dialog()
        dialog.watch(self._top / "sticks")
        self._until_done(dialog)
        return dialog

    def _conflicts(self, place: int) -> ConflictsDialog:
        self._merged("").close()
        dialog = ConflictsDialog(self._station, self._studio.event.window)
        self._studio._dialog(dialog)
        while not dialog.said():
            self._wait(20)
        dialog.list.select(min(place, len(dialog.shown()) - 1))
        return dialog

    def _no_conflicts(self) -> ConflictsDialog:
        dialog = ConflictsDialog(self._station, self._studio.event.window)
        self._studio._dialog(dialog)
        while not dialog.said():
            self._wait(20)
        return dialog

    def _until_done(self, dialog: MergeDialog) -> None:
        while dialog.is_working():
            self._wait(20)
