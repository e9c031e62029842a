"""Bringing desks together: takes in sticks or watches a folder, and says of every station what is here and missing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QTableView, QWidget

from station.app import Station
from station.errors import StationError
from station.exchange.conflicts import conflicts
from station.exchange.merge import Merged, bring_together
from station.exchange.office import Office, OfficeReport, StationLine, clock_sentence, station_lines
from station.exchange.unpack import local_text
from station.i18n import N_, _, ngettext
from ui.bridge.operation import Operation, Progress
from ui.dialogs.choose import Choose
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.merge.notes import Note, Notes
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import TextModel, dress_table, share_width

_NARROWEST_PX, _SIZE_PX, _EDGE_PX = 820, (1120, 680), 40
_HEADINGS = (N_("Station"), N_("Complete to"), N_("Missing entries"), N_("Taken in"), N_("Clock"))
_SHARES = (0.27, 0.15, 0.16, 0.13, 0.29)
_LOOK_EVERY_MS = 3_000


class MergeDialog(DialogFrame):
    """The table of stations, what came of the last merge, and the ways to bring something in."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self.set_heading(_("Bring the desks together"))
        self._station = station
        self._office: Office | None = None
        self._operation: Operation | None = None
        self._text = PlainLabel(size_px=15, role="muted", wrap=True)
        self._headline = PlainLabel(size_px=16, wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self.model = TextModel(_HEADINGS, strong=0, figures=(1,))
        self._table = QTableView()
        self.notes = Notes()
        self._folder, self._files, self._watch = (
            KeyButton("usb"),
            KeyButton("files"),
            KeyButton("folder-open"),
        )
        self._conflicts = self.add_button("", icon="git-compare-arrows")
        self._conflicts.clicked.connect(self.open_conflicts)
        self._close = self.add_button(_("Close"), primary=True)
        self._close.clicked.connect(self.reject)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._build()
        self._show_standing()

    def take(self, paths: Sequence[Path]) -> None:
        """Take in segments: files, and folders with all below them."""
        station = self._station

        def work(progress: Progress) -> OfficeReport:
            merged = bring_together(station.files, paths, station.clock, progress)
            return _report(station, merged)

        self._run(work, self._on_merged)

    def watch(self, folder: Path | None) -> None:
        """Take in whatever arrives in a folder from now on; None for no longer."""
        self._office = None
        self._timer.stop()
        if folder is not None:
            self._office = Office(self._station.files, self._station.clock, folder)
            self._timer.start()
            self._look()
        self._say_what_to_do()

    def is_working(self) -> bool:
        """Whether something is being taken in."""
        return self._operation is not None

    def is_watching(self) -> bool:
        """Whether a folder is watched."""
        return self._office is not None

    def said(self) -> str:
        """What came of it, in one line."""
        return self._headline.full_text()

    def open_conflicts(self) -> None:
        """Look at what contradicts itself, and decide."""
        from ui.dialogs.merge.conflicts import ConflictsDialog

        ConflictsDialog(self._station, self).exec()
        self._show_standing()

    def showEvent(self, event: QShowEvent) -> None:
        """A table wants room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share_width(self._table, self.width() - 60, _SHARES)

    def reject(self) -> None:
        """Esc or Close: what is being taken in is stopped first."""
        if self._operation is not None:
            self._operation.cancel()
            return
        super().reject()

    def done(self, result: int) -> None:
        self._timer.stop()
        super().done(result)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button, caption, pressed in (
            (self._folder, _("From a stick or folder…"), self._on_folder_wanted),
            (self._files, _("Single files…"), self._on_files_wanted),
            (self._watch, _("Watch a folder…"), self._on_watch_wanted),
        ):
            button.set_caption(caption)
            button.setAutoDefault(False)
            button.clicked.connect(pressed)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._table.setModel(self.model)
        dress_table(self._table, 36)
        self._table.setMinimumHeight(110)
        self._headline.hide()
        self.content.addWidget(self._text)
        self.content.addLayout(buttons)
        self.content.addWidget(self._bar)
        self.content.addWidget(self._headline)
        self.content.addWidget(self._table, 1)
        self.content.addWidget(self.notes, 1)
        self._say_what_to_do()
        self._folder.setFocus()

    def _say_what_to_do(self) -> None:
        if self._office is None:
            self._text.setText(
                _(
                    "Plug in the stick of each desk, in any order, also twice. Whatever is whole is taken in; what is "
                    "missing or altered is named."
                )
            )
            self._watch.set_caption(_("Watch a folder…"))
            return
        text = _("This is headquarters now: whatever is put into {folder} is taken in at once.")
        self._text.setText(text.format(folder=self._office.folder))
        self._watch.set_caption(_("Stop watching"))

    def _look(self) -> None:
        office, station = self._office, self._station
        if office is None or self._operation is not None:
            return

        def work(progress: Progress) -> OfficeReport:
            report = office.look(progress)
            if report.merged.new:
                station.desk.reload()
            return report

        self._run(work, self._on_looked)

    def _run(self, work: Callable[[Progress], OfficeReport], done: Callable[[OfficeReport], None]) -> None:
        if self._operation is not None:
            return
        operation = Operation("merge", work, self)
        operation.progressed.connect(self._on_progressed)
        operation.succeeded.connect(done)
        operation.failed.connect(self._on_failed)
        operation.cancelled.connect(self._on_cancelled)
        operation.finished.connect(self._on_finished)
        self._operation = operation
        for button in (self._folder, self._files):
            button.setEnabled(False)
        operation.start()

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setVisible(total > 1 and done < total)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_merged(self, report: OfficeReport) -> None:
        self._tell(*_outcome(report.merged))
        self._show(report)

    def _on_looked(self, report: OfficeReport) -> None:
        if report.merged.new or not self.said():
            self._tell(*_outcome(report.merged))
        self._show(report)

    def _on_failed(self, error: StationError) -> None:
        self._tell(str(error), "negative")

    def _on_cancelled(self) -> None:
        self._tell(_("Stopped. What was taken in by then stays; take the rest in later."), "muted")
        self._show_standing()

    def _on_finished(self) -> None:
        self._operation = None
        self._bar.hide()
        for button in (self._folder, self._files):
            button.setEnabled(True)
        if self._office is None and self.focusWidget() in (None, self._files, self._watch):
            self._folder.setFocus()  # a button that could not be pressed for a moment has lost it

    def _tell(self, text: str, role: str) -> None:
        self._headline.set_role(role)
        self._headline.setText(text)
        self._headline.show()

    def _show_standing(self) -> None:
        """What is known without taking anything in."""
        try:
            self._show(_report(self._station, Merged()), keep_notes=True)
        except StationError as error:
            self._tell(str(error), "negative")

    def _show(self, report: OfficeReport, *, keep_notes: bool = False) -> None:
        zone, now = self._station.event.zone, self._station.clock.now()
        rows = [_cells(line, zone, now) for line in report.stations]
        roles = {(row, 2): "warning" for row, line in enumerate(report.stations) if line.missing}
        self.model.show_rows(
            rows, roles | {(row, 4): "warning" for row, cells in enumerate(rows) if cells[4]}
        )
        if not keep_notes:
            notes = _notes(report.merged)
            self.notes.show_notes(notes)
            self._text.setVisible(not notes or self._office is not None)  # room for what has to be read now
        count = report.conflicts
        text = ngettext("{count} conflict…", "{count} conflicts…", count).format(count=count)
        self._conflicts.set_caption(text if count else _("No conflicts"))
        self._conflicts.setEnabled(bool(count))

    def _on_folder_wanted(self) -> None:
        chosen = Choose.folder(self, _("Where are the files of the desks?"), Path.home())
        if chosen is not None:
            self.take([chosen])

    def _on_files_wanted(self) -> None:
        chosen = Choose.segments(self, _("Which files?"), Path.home())
        if chosen:
            self.take(chosen)

    def _on_watch_wanted(self) -> None:
        if self._office is not None:
            self.watch(None)
            return
        chosen = Choose.folder(self, _("Into which folder are the files put?"), Path.home())
        if chosen is not None:
            self.watch(chosen)


def _report(station: Station, merged: Merged) -> OfficeReport:
    if merged.new:
        station.desk.reload()
    with station.files.reading() as connection:
        count = len(conflicts(connection))
    return OfficeReport(merged, station_lines(station.files, merged.gaps), count)


def _when(instant: datetime, zone: str, now: datetime) -> str:
    """The time, with the day where it is another one."""
    day, clock = local_text(instant, zone).split(" ")
    return clock if local_text(now, zone).startswith(day) else f"{day[:5]} {clock}"


def _cells(line: StationLine, zone: str, today: datetime) -> tuple[str, ...]:
    met = line.met
    name = met.station if met.number is None else f"{met.number} · {met.station}"
    if met.here:
        name = _("{station} (this laptop)").format(station=name)
    runs = ", ".join(f"{first}–{last}" if first < last else str(first) for first, last in line.missing)
    when = _when(met.met_at, zone, today) if met.met_at is not None else ""
    return name, str(met.last), runs or _("nothing"), when, clock_sentence(met)


def _outcome(merged: Merged) -> tuple[str, str]:
    """What came of it, and in which colour."""
    if not merged.files:
        return _("There are no files of desks in there."), "warning"
    new = ngettext("{count} new entry", "{count} new entries", merged.new).format(count=merged.new)
    known = ngettext("{count} was known", "{count} were known", merged.known).format(count=merged.known)
    text = ", ".join([new] * bool(merged.new) + [known] * bool(merged.known) or [_("Nothing new")]) + "."
    if merged.rejected:
        refused = ngettext(
            "{count} file was not taken in.", "{count} files were not taken in.", len(merged.rejected)
        )
        return f"{text} {refused.format(count=len(merged.rejected))}", "negative"
    if merged.gaps:
        return f"{text} {_('Something is missing.')}", "warning"
    return text, "positive"


def _notes(merged: Merged) -> list[Note]:
    gaps = [Note("triangle-alert", "warning", gap.sentence()) for gap in merged.gaps]
    return gaps + [
        Note("octagon-x", "negative", _("Not taken in: {reason}").format(reason=one.reason), one.station)
        for one in merged.rejected
    ]
