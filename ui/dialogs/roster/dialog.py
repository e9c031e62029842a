"""Takes in a roster in three steps; nothing changes before the last one, and that one is undone by one button."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from station.app import Station
from station.errors import BadInput, StationError
from station.i18n import _
from station.media.atomic import write_file
from station.model.delegate import Delegate
from station.reports.problems import problem_table
from station.reports.xlsx import workbook
from station.roster.apply import Undone
from station.roster.cells import part_of
from station.roster.diff import RosterDiff
from station.roster.lines import ChangeLine, LineKind, change_lines
from station.roster.plan import RosterFile
from station.roster.table import RosterTable, TableChoice, TableView
from ui.bridge.operation import Operation, Progress
from ui.dialogs.choose import Choose
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.message import MessageDialog
from ui.dialogs.roster.changes import ChangesPage
from ui.dialogs.roster.columns import ColumnsPage
from ui.dialogs.roster.confirm import confirmed
from ui.dialogs.roster.ends import DonePage, SourcePage, taken_text, undone_text
from ui.widgets.plain_label import PlainLabel

_NARROWEST_PX = 780
_SIZE_PX = (1120, 680)
_EDGE_PX = 40  # of the screen, for the window's frame
_PROBLEMS_SHOWN = 6
_STEPS_SHOWN = 1_000
_PROGRESS_AFTER_MS = 500
SOURCE, COLUMNS, CHANGES, DONE = range(4)


@dataclass(frozen=True, slots=True)
class _Checked:
    roster: RosterFile
    difference: RosterDiff
    lines: list[ChangeLine]


class RosterDialog(DialogFrame):
    """The four faces: which file, what its columns mean, what would change, and what has changed.

    Args:
        known: headings that a person mapped before, folded → field.

    Signals:
        applied: the roster is another one now.
        learnt: (dict) headings that a person mapped, folded → field; None for one that means what it says.
    """

    applied = Signal()
    learnt = Signal(object)

    def __init__(self, station: Station, known: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self._station = station
        self._known = known
        self._table: RosterTable | None = None
        self._view: TableView | None = None
        self._checked: _Checked | None = None
        self._apart: dict[int, Delegate] = {}  # rows that bring somebody new, with whom they were taken for
        self._operation: Operation | None = None
        self._closing = False
        self.columns, self.changes = ColumnsPage(), ChangesPage()
        self.columns.chosen.connect(self._on_choice)
        self.changes.other_person.connect(self._on_other_person)
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._note = PlainLabel(size_px=15, role="muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._busy = ""
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PROGRESS_AFTER_MS)
        self._delay.timeout.connect(self._show_progress)
        self.source, self.done_page = SourcePage(), DonePage()
        self.source.file_chosen.connect(self.read)
        self.source.pasted.connect(self.paste)
        for page in (self.source, self.done_page):
            page.undo_wanted.connect(self._on_undo_wanted)
        self._pages = QStackedWidget()
        for face in (self.source, self.columns, self.changes, self.done_page):
            self._pages.addWidget(face)
        self._pages.setMinimumHeight(200)
        self.content.addWidget(self._trouble)
        self.content.addWidget(self._note)
        self.content.addWidget(self._pages, 1)
        self.content.addWidget(self._bar)
        self._copy = self.add_button(_("Save a copy with the problems…"), icon="file-down")
        self._back = self.add_button(_("Back"))
        self._close = self.add_button(_("Cancel"))
        self._next = self.add_button(_("Continue"), primary=True)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._back.clicked.connect(lambda: self._show_page(self.page() - 1))
        self._close.clicked.connect(self.reject)
        self._next.clicked.connect(self._on_next_clicked)
        self.setAcceptDrops(True)
        self.source.show_latest(station)
        self._show_page(SOURCE)

    def page(self) -> int:
        """Which face is shown: SOURCE, COLUMNS, CHANGES or DONE."""
        return self._pages.currentIndex()

    def trouble(self) -> str:
        """What went wrong, '' for nothing."""
        return self._trouble.full_text()

    def note(self) -> str:
        """What is worth knowing and no trouble, '' for nothing."""
        return self._note.full_text()

    def progress(self) -> tuple[int, int]:
        """How far the work on show is, and of how much; (0, 0) while that is unknown."""
        return max(self._bar.value(), 0), self._bar.maximum()

    def outcome(self) -> str:
        """What the last face says."""
        return self.done_page.outcome()

    def is_working(self) -> bool:
        """Whether something is being read, compared or stored."""
        return self._operation is not None

    def read(self, path: Path) -> None:
        """Read a file and go to its columns."""
        self._work(lambda progress: RosterTable.read(path, progress), self._on_read, _("Reading the file…"))

    def paste(self, text: str) -> None:
        """Take a table from the clipboard."""
        if "\n" not in text.strip():
            self._tell(_("There is no table on the clipboard. Mark the rows in Excel and copy them first."))
            return
        self._work(lambda _progress: RosterTable.pasted(text), self._on_read)

    def reject(self) -> None:
        """Cancel and Esc: what is being read, checked or stored is stopped first, and leaves nothing."""
        if self._operation is None:
            super().reject()
        else:
            self._operation.cancel()
            self._close.setEnabled(False)
            self._say(_("Stopping…"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross means: stop, and close."""
        self._closing = self._operation is not None
        super().closeEvent(event)
        if self._closing:
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """Tables want room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.page() == SOURCE and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.read(local[0])

    # The faces.

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._tell("")
        headings = (
            _("Take in a roster"),
            _("What the columns mean"),
            _("What would change"),
            _("The roster is taken in"),
        )
        name = "" if self._table is None or page in (SOURCE, DONE) else f" – {self._table.name}"
        self.set_heading(headings[page] + name)
        self._refresh()

    def _refresh(self) -> None:
        """The buttons and the bar for the face on show."""
        page, busy = self.page(), self._operation is not None
        self._bar.setVisible(busy and not self._delay.isActive())
        self._pages.setEnabled(not busy)
        self._back.setVisible(page in (COLUMNS, CHANGES))
        self._back.setEnabled(not busy)
        self._next.setVisible(page in (COLUMNS, CHANGES))
        self._next.setEnabled(not busy and self._can_continue())
        self._close.setEnabled(True)
        self._close.set_caption(_("Close") if page == DONE else _("Cancel"))
        problems = self._checked is not None and self.changes.figures()[LineKind.PROBLEM] > 0
        self._copy.setVisible(page == CHANGES and problems)
        self._copy.setEnabled(not busy)
        if page == COLUMNS:
            self._next.set_caption(_("Continue"))
        elif page == CHANGES:
            self._next.set_caption(_("Take in without the problems") if problems else _("Take in"))

    def _can_continue(self) -> bool:
        if self.page() == COLUMNS:
            return self._view is not None and "name" in self.columns.fields().values()
        figures = self.changes.figures()
        kinds = (LineKind.ADDED, LineKind.CHANGED, LineKind.VANISHED, LineKind.UNCHANGED)
        return any(figures[kind] for kind in kinds)

    def _tell(self, trouble: str) -> None:
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        self._say("")

    def _say(self, note: str) -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))

    # The steps.

    def _work(self, work: Callable[[Progress], Any], done: Callable[[Any], None], busy: str = "") -> None:
        operation = Operation("roster", work, self)
        operation.progressed.connect(self._on_progressed)
        operation.cancelled.connect(self._on_cancelled)
        operation.succeeded.connect(done)
        operation.failed.connect(self._on_failed)
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self._busy = busy
        self._bar.setRange(0, 0)
        self._delay.start()
        self._tell("")
        self._refresh()
        operation.start()

    def _show_progress(self) -> None:
        """Quicker work shows nothing, which would only flicker."""
        if not self.note():
            self._say(self._busy)
        self._refresh()

    def _on_finished(self) -> None:
        self._operation = None
        self._delay.stop()
        if self.note() == self._busy:
            self._say("")
        if self._closing:
            super().reject()
        self._refresh()
        # The buttons were disabled meanwhile, and the focus had gone elsewhere.
        if self.page() == SOURCE:
            self.source.setFocus()
        else:
            (self._close if self.page() == DONE else self._next).setFocus()

    def _on_progressed(self, done: int, total: int) -> None:
        shown = min(total, _STEPS_SHOWN)  # a total of bytes is more than the bar can count
        self._bar.setRange(0, shown)
        self._bar.setValue(done * shown // total if total else 0)

    def _on_cancelled(self) -> None:
        self._say(_("Stopped. Nothing was changed."))

    def _on_failed(self, error: StationError) -> None:
        self._tell(_shortened(error) if isinstance(error, BadInput) else str(error))

    def _on_read(self, table: RosterTable) -> None:
        self._table = table
        self._view = table.view(TableChoice(), self._known)
        self.columns.show_view(self._view)
        self._show_page(COLUMNS)

    def _on_choice(self, choice: TableChoice) -> None:
        assert self._table is not None
        self._view = self._table.view(choice, self._known)
        if choice.fields is None:
            self.columns.show_view(self._view)
        self._tell("")
        self._refresh()

    def _on_next_clicked(self) -> None:
        if self.page() == COLUMNS:
            self._apart = {}
            self._work(
                self._check, self._on_checked, _("Checking the rows and comparing them with the roster…")
            )
        elif confirmed(self, self._checked.difference if self._checked else None):
            self._work(self._take, self._on_taken, _("Taking in the roster…"))
        else:
            self.changes.keep_only(LineKind.MATCHED)

    def _check(self, progress: Progress) -> _Checked:
        assert self._table is not None and self._view is not None
        roster = self._table.check(self._view, part_of(progress, 0, 2))
        return self._compared(roster, part_of(progress, 1, 2))

    def _compared(self, roster: RosterFile, progress: Progress) -> _Checked:
        difference = self._station.roster_changes(roster, self._apart, progress)
        return _Checked(roster, difference, change_lines(roster, difference, self._apart))

    def _on_other_person(self, row: int) -> None:
        """Turn around whether a row brings somebody new; everything is compared anew."""
        assert self._checked is not None
        roster = self._checked.roster
        meant = {change.row: change.before for change in self._checked.difference.changed if change.by_name}
        if row in self._apart:
            del self._apart[row]
        elif row in meant:
            self._apart[row] = meant[row]
        self._work(
            lambda progress: self._compared(roster, progress),
            lambda checked: self._on_turned(checked, row),
            _("Checking the rows and comparing them with the roster…"),
        )

    def _on_turned(self, checked: _Checked, row: int) -> None:
        self._checked = checked
        self.changes.show_lines(checked.lines)
        self.changes.keep_only(LineKind.MATCHED)
        self.changes.choose_row(row)

    def _on_checked(self, checked: _Checked) -> None:
        self._checked = checked
        self.changes.show_lines(checked.lines)
        self._show_page(CHANGES)

    def _take(self, progress: Progress) -> None:
        assert self._table is not None and self._checked is not None
        checked = self._checked
        self._station.take_roster(checked.difference, self._table.name, checked.roster.sha256, progress)

    def _on_taken(self, _nothing: object) -> None:
        assert self._table is not None and self._view is not None and self._checked is not None
        problems = self.changes.figures()[LineKind.PROBLEM]
        self.done_page.tell(taken_text(self._checked.difference, problems), undoable=True)
        self._show_page(DONE)
        self.learnt.emit(self._table.learnt(self._view))
        self.applied.emit()

    def _on_undo_wanted(self) -> None:
        latest = self._station.latest_roster()
        if latest is None:
            return
        question = _("Take back “{file}”?").format(file=latest.file_name)
        text = _(
            "Whoever it added leaves the roster, and their codes are no longer valid; what it changed is as before. "
            "Delegates of whom something was recorded stay. This cannot be undone, but the file can be taken in again."
        )
        if MessageDialog.confirm(self, question, text, yes=_("Take back"), no=_("Keep it")):
            self._work(
                lambda _progress: self._station.undo_roster(), self._on_undone, _("Taking the roster back…")
            )

    def _on_undone(self, undone: Undone) -> None:
        self.done_page.tell(undone_text(undone), undoable=False)
        self._show_page(DONE)
        self.set_heading(_("The roster was taken back"))
        self.applied.emit()

    def _on_copy_clicked(self) -> None:
        assert self._table is not None and self._view is not None and self._checked is not None
        word = _("problems")
        start = Path.home() / f"{Path(self._table.name).stem} – {word}.xlsx"
        chosen = Choose.new_workbook(self, _("Save a copy with the problems"), start)
        if chosen is None:
            return
        titles, rows = self._table.corrected(self._view, self._checked.roster)
        problems = [*self._checked.roster.problems, *self._checked.difference.problems]
        table = problem_table(self._view.sheets[self._view.sheet], titles, rows, problems)
        self._work(
            lambda _progress: write_file(chosen, workbook(table)),
            lambda _done: self._say(_("Saved: {path}").format(path=chosen)),
        )


def _shortened(error: BadInput) -> str:
    lines = [problem.message for problem in error.problems[:_PROBLEMS_SHOWN]]
    return "\n".join(lines) + ("\n…" if len(error.problems) > _PROBLEMS_SHOWN else "")
