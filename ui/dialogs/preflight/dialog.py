"""Ready for the doors: makes the checks, says how the machine stands, and leads to what can be done."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from PySide6.QtCore import QEvent, QStandardPaths, QTimer, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from station.app import Station
from station.errors import EnvironmentFault, StationError
from station.i18n import _
from station.media.names import safe_name
from station.preflight import trials as trial_names
from station.preflight.all_checks import CHECKS, run_checks
from station.preflight.check import Check, Level, worst
from station.preflight.sheet import render_sheet
from station.preflight.subject import Machine, Subject
from station.preflight.titles import verdict_on
from ui.bridge.operation import Operation, Progress
from ui.devices.printer import printer_names
from ui.devices.sound import has_sound
from ui.dialogs.choose import Choose
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.message import MessageDialog
from ui.dialogs.preflight.remedies import remedies_of
from ui.dialogs.preflight.rows import MARKS, ResultList
from ui.dialogs.preflight.test_page import TestPageDialog
from ui.dialogs.printing import PrintDialog
from ui.trials import Trials
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

_NARROWEST_PX = 780
_SIZE_PX = (1040, 700)
_EDGE_PX = 40  # of the screen, for the window's frame
_MARK_PX = 44


class PreflightDialog(DialogFrame):
    """Checks when it is shown, and again with F5; devices must be the dialog's own meanwhile, see ``Trials``.

    Args:
        machine: how this machine answers; None to ask the system.

    Signals:
        roster_wanted, export_wanted: the organiser's dialogs for these are to be opened.
        ended: the checks are done or stopped.
    """

    roster_wanted = Signal()
    export_wanted = Signal()
    ended = Signal()

    def __init__(
        self, station: Station, trials: Trials, parent: QWidget | None = None, machine: Machine | None = None
    ) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self._station, self._trials, self._machine = station, trials, machine
        self._operation: Operation | None = None
        self._closing = False
        self._stick: Path | None = None
        self._results: dict[str, Check] = {}
        self._fresh: SimpleQueue[Check] = SimpleQueue()  # filled by the worker
        self._waiting: list[str] = []
        self._mark = IconMark(_MARK_PX)
        self._headline = PlainLabel(size_px=22, weight=QFont.Weight.Bold, elide=True)
        self._detail = PlainLabel(size_px=14, role="muted", elide=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._list = ResultList(remedies_of(self))
        self._make_buttons()
        self._build()
        self._dress()
        QTimer.singleShot(0, self, self.check)

    def check(self, names: Sequence[str] = ()) -> None:
        """Make the checks of these names, all without any."""
        if self._operation is not None:
            return
        self._waiting = [name for name in CHECKS if not names or name in names]
        self._results = {name: old for name, old in self._results.items() if name not in self._waiting}
        fresh = self._fresh
        subject, wanted = self._subject(), tuple(self._waiting)

        def work(progress: Progress) -> None:
            for made in run_checks(subject, wanted, progress):
                fresh.put(made)

        operation = Operation("preflight", work, self)
        operation.progressed.connect(self._on_progressed)
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self._bar.setRange(0, 0)
        self._refresh()
        operation.start()

    def results(self) -> dict[str, Check]:
        """What was found, by the name of the check."""
        return dict(self._results)

    def is_working(self) -> bool:
        """Whether checks are being made."""
        return self._operation is not None

    def headline(self) -> str:
        """How the machine stands, in one line."""
        return self._headline.full_text()

    def remedy(self, name: str) -> KeyButton | None:
        """The button in the row of a check."""
        return self._list.button(name)

    def reject(self) -> None:
        """Checks under way are stopped first."""
        if self._operation is None:
            super().reject()
        else:
            self._closing = True
            self._operation.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        """A long list wants room."""
        super().showEvent(event)
        self._list.setFocus()  # arrows move through the results
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self._dress()
            self.check()  # their sentences are in the other language

    # What can be done.

    def try_camera(self) -> None:
        """Hold a code before the camera, or choose another."""
        self._trials.open_camera(self)
        self.check(["camera"])

    def try_scanner(self) -> None:
        """Scan the test codes."""
        self._trials.open_scanner(self)
        self.check(["scanner", "camera"])  # without a camera, a tested scanner is enough

    def try_printer(self) -> None:
        """Print the test page."""
        dialog = TestPageDialog(self._station, self)
        dialog.exec()
        good = dialog.judgement()
        if good is not None:
            self._trials.remember(trial_names.PRINTER, dialog.printer(), passed=good)
        self.check(["printer"])

    def try_stick(self) -> None:
        """Try the folder of a stick that was not found by itself."""
        self._stick = Choose.folder(self, _("Where is the stick?"), Path.home()) or self._stick
        self.check(["stick"])

    def make_backup(self) -> None:
        """Copy the database now."""
        operation = Operation("backup", lambda _progress: self._station.back_up(), self)
        operation.failed.connect(self._on_failed)
        operation.finished.connect(lambda: self.check(["backup"]))
        operation.start()

    def open_settings(self) -> None:
        """Sound and language."""
        self._trials.open_settings(self)
        self.check(["settings", "camera"])

    def take_roster(self) -> None:
        """Take in another roster."""
        self.roster_wanted.emit()
        self.check(["roster", "fonts", "clock"])

    def export(self) -> None:
        """Write what was recorded to a stick."""
        self.export_wanted.emit()
        self.check(["unsent"])

    # Parts.

    def _subject(self) -> Subject:
        if self._machine is None:
            names, sounds = printer_names(), has_sound()  # asked for here: Qt wants its own thread
            machine = Machine(printers=lambda: names, plays_sound=lambda: sounds)
        else:
            machine = self._machine
        return replace(self._station.preflight(self._trials.settings(), machine), stick=self._stick)

    def _make_buttons(self) -> None:
        self._again = KeyButton("refresh-cw", "F5")
        self._save = KeyButton("file-down")
        self._print = KeyButton("printer")
        for place, (button, act) in enumerate(
            ((self._again, self.check), (self._save, self.save_sheet), (self._print, self.print_sheet))
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._buttons.insertWidget(place, button)
        self._close = self.add_button("", primary=True)
        self._close.clicked.connect(self.reject)

    def _build(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._headline)
        texts.addWidget(self._detail)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._mark)
        row.addLayout(texts, 1)
        self._heading.hide()  # the state of the machine is the heading
        self.content.addLayout(row)
        self.content.addWidget(self._bar)
        self.content.addWidget(self._list, 1)

    def _dress(self) -> None:
        self.setWindowTitle(_("Ready for the doors"))
        self._again.set_caption(_("Check again"))
        self._save.set_caption(_("Save the record…"))
        self._print.set_caption(_("Print the record…"))
        self._close.set_caption(_("Close"))
        self._refresh()

    def _refresh(self) -> None:
        """Everything, as it stands."""
        busy = self._operation is not None
        shown = [self._results[name] for name in CHECKS if name in self._results]
        self._list.show_results(shown, self._waiting, idle=not busy)
        self._bar.setVisible(busy)
        for button in (self._again, self._save, self._print):
            button.setEnabled(not busy)
        self._show_state(shown, busy)

    def _show_state(self, shown: Sequence[Check], busy: bool) -> None:
        where = _("Station: {station}").format(station=self._station.name)
        if busy or not shown:
            self._mark.set_icon("clipboard-check", "accent")
            self._headline.set_role("text")
            self._headline.setText(_("Checking this laptop…"))
            self._detail.setText(where)
            return
        icon, role = MARKS[worst(shown)]
        self._mark.set_icon(icon, role)
        self._headline.set_role(role)
        self._headline.setText(verdict_on(shown))
        good = sum(check.level is Level.OK for check in shown)
        counted = _("{good} of {all} points are good").format(good=good, all=len(shown))
        self._detail.setText(f"{where} · {counted}")

    def save_sheet(self) -> None:
        """Write the record as a PDF."""
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        name = safe_name(f"{_('checks')}-{self._station.name}") + ".pdf"
        to = Choose.new_pdf(self, _("Where should the record go?"), folder / name)
        if to is None:
            return
        try:
            self._render(to)
        except EnvironmentFault as fault:
            self._on_failed(fault)
        else:
            self._detail.setText(_("The record is in {file}.").format(file=to))

    def print_sheet(self) -> None:
        """Put the record on paper."""

        def drawn(_paper: object) -> bytes:
            pdf = io.BytesIO()
            self._render(pdf)
            return pdf.getvalue()

        text = _("One page of A4 with every result, to be signed.")
        PrintDialog(self, _("Print the record"), text, drawn).exec()

    def _render(self, target: Path | io.BytesIO) -> None:
        checks = [self._results[name] for name in CHECKS if name in self._results]
        render_sheet(target, self._station.event, self._station.name, checks, self._station.clock.now())

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if self._take_fresh():
            self._refresh()

    def _take_fresh(self) -> bool:
        """Take over what the worker has found since."""
        before = len(self._waiting)
        while not self._fresh.empty():
            check = self._fresh.get()
            self._results[check.name] = check
            self._waiting.remove(check.name)
        return len(self._waiting) < before

    def _on_finished(self) -> None:
        self._take_fresh()
        self._operation, self._waiting = None, []
        if self._closing:
            super().reject()
            return
        self._refresh()
        self.ended.emit()

    def _on_failed(self, error: StationError) -> None:
        MessageDialog.tell(self, _("It was not done"), str(error))
