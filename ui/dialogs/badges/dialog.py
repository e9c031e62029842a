"""The badge place: the queue with states and reasons at the left, printers and how this desk prints at the right."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from station.badges.printers import SOCKET, printer_label
from station.badges.profiles import FILE_PRINTER, When
from station.errors import StationError
from station.i18n import _, ngettext
from station.model.print_job import Job, JobState, Roll
from station.model.role import Act
from station.model.unit import Kind
from station.store import badges as badge_store
from station.text import text_key
from ui.badges import BadgePrinting
from ui.dialogs.badges.address import AddressDialog
from ui.dialogs.badges.batch import BatchDialog
from ui.dialogs.badges.categories import CategoriesDialog
from ui.dialogs.badges.profile import ProfileDialog
from ui.dialogs.badges.roll import RollDialog
from ui.dialogs.badges.rows import WHENS, job_row, printer_row
from ui.dialogs.badges.sheets import SheetsDialog
from ui.dialogs.frame import DialogFrame
from ui.dialogs.message import MessageDialog
from ui.dialogs.pin import allowed
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_CLOSED_SHOWN = 50
_REFRESH_MS = 40  # a batch changes hundreds of times a second
_OTHER = "other"


class BadgesDialog(DialogFrame):
    """Everything about badges on their way to paper."""

    def __init__(self, house: BadgePrinting, parent: QWidget | None = None) -> None:
        super().__init__(parent, 1100)
        self._house = house
        self._station = house.station
        self._zone = ZoneInfo(house.station.event.zone)
        self._jobs: dict[str, Job] = {}
        self.set_heading(_("Badges"))
        self._told = PlainLabel(size_px=15, role="muted", wrap=True)
        self._reason = PlainLabel(size_px=14, wrap=True)
        self._no_printer = PlainLabel(size_px=14, role="muted", wrap=True)
        self._no_printer.setText(_("No printer is chosen: badges wait until they are written as PDF sheets."))
        self.queue = RowList(46, one_click=False)
        self.queue.setMinimumHeight(200)
        self.printers = RowList(46, one_click=False)
        self.printers.setMinimumHeight(92)
        self._when = fill_choice(Choice(), [(when, _(said)) for when, said in WHENS.items()], None)
        self._at_once = QCheckBox(_("Print as soon as a badge is wished"))
        self._printer = Choice()
        self._retry = _button("rotate-ccw", _("Print again"))
        self._settle = _button("circle-check", _("It came out"))
        self._cancel = _button("ban", _("Cancel the badge"))
        self._pause = _button("pause", _("Pause"))
        self._roll = _button("layers", _("New roll…"))
        self._profile = _button("sliders-horizontal", _("Profile…"))
        self._by_category = _button("shapes", _("By category…"))
        self._build()
        self._fill_printers()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show queue and printers as they are now."""
        with self._station.files.reading() as connection:
            jobs = [
                *badge_store.open_jobs(connection),
                *badge_store.closed_jobs(connection, _CLOSED_SHOWN),
            ]
            rolls = badge_store.rolls(connection)
        chosen, printer = self.queue.selected(), self.printers.selected()
        self._jobs = {str(job.number): job for job in jobs}
        _show(self.queue, [job_row(job, self._zone) for job in jobs], chosen)
        printing, holds = self._house.printing(), self._house.spool.holds()
        rows = [printer_row(p, printing, holds.get(p), rolls.get(p, Roll())) for p in printing.printers()]
        _show(self.printers, rows, printer)
        self._no_printer.setVisible(not rows)
        self._tell(jobs)
        self._offer()

    def text(self) -> str:
        """What is said above the queue."""
        return self._told.full_text()

    def _tell(self, jobs: list[Job]) -> None:
        waiting = sum(job.state in (JobState.QUEUED, JobState.FAILED, JobState.SENT) for job in jobs)
        doubtful = sum(job.state is JobState.UNKNOWN for job in jobs)
        said = ngettext("{count} badge waits for printing.", "{count} badges wait for printing.", waiting)
        told = said.format(count=waiting) if waiting else _("No badge waits for printing.")
        if doubtful:
            text = ngettext(
                "Of {count} badge nobody knows whether it came out: look at the printer, then decide.",
                "Of {count} badges nobody knows whether they came out: look at the printer, then decide.",
                doubtful,
            )
            told += " " + text.format(count=doubtful)
        self._told.set_role("negative" if self._house.spool.fault() else "warning" if doubtful else "muted")
        self._told.setText(self._house.spool.fault() or told)

    def _offer(self) -> None:
        """Only what makes sense for what is selected."""
        job = self._jobs.get(self.queue.selected())
        state = job.state if job else None
        self._reason.setText(job.reason if job else "")
        self._reason.setVisible(bool(job and job.reason))
        self._retry.setEnabled(state in (JobState.UNKNOWN, JobState.FAILED, JobState.QUEUED))
        self._retry.set_caption(_("Print now") if state is JobState.QUEUED else _("Print again"))
        self._settle.setEnabled(state is JobState.UNKNOWN)
        self._cancel.setEnabled(state in (JobState.UNKNOWN, JobState.FAILED, JobState.QUEUED))
        printer = self.printers.selected()
        for button in (self._pause, self._roll, self._profile):
            button.setEnabled(bool(printer))
        held = printer in self._house.spool.holds()
        self._pause.set_caption(_("Resume") if held else _("Pause"))
        self._pause.set_icon("play" if held else "pause")
        queued = any(each.state is JobState.QUEUED for each in self._jobs.values())
        self._now.setEnabled(queued and bool(self._house.printing().printers()))
        self._sheets.setEnabled(
            any(each.state in (JobState.QUEUED, JobState.FAILED) for each in self._jobs.values())
        )

    def _connect(self) -> None:
        self._house.changed.connect(self._timer.start)
        self.queue.selectionModel().currentChanged.connect(self._offer)
        self.printers.selectionModel().currentChanged.connect(self._offer)
        self._retry.clicked.connect(self._on_retry)
        self._settle.clicked.connect(lambda: self._decide(self._house.spool.settle))
        self._cancel.clicked.connect(lambda: self._decide(self._house.spool.cancel))
        self._pause.clicked.connect(self._on_pause)
        self._roll.clicked.connect(self._on_roll)
        self._profile.clicked.connect(self._on_profile)
        self._by_category.clicked.connect(self._on_by_category)
        self._now.clicked.connect(lambda: self._house.spool.print_now())
        self._sheets.clicked.connect(self._on_sheets)
        self._batch.clicked.connect(self._on_batch)
        self._layouts.clicked.connect(self._on_layouts)
        self._when.currentIndexChanged.connect(lambda _row: self._choose(when=When(self._when.currentData())))
        self._at_once.toggled.connect(lambda on: self._choose(at_once=on))
        self._printer.activated.connect(self._on_printer)

    def _choose(self, **changes: Any) -> None:
        self._house.choose(replace(self._house.printing(), **changes))

    def _on_printer(self) -> None:
        chosen = self._printer.currentData()
        if chosen == _OTHER:
            dialog = AddressDialog(self)
            accepted = dialog.exec() == AddressDialog.DialogCode.Accepted
            chosen = dialog.address() if accepted else self._house.printing().printer
        self._choose(printer=chosen)
        self._fill_printers()

    def _fill_printers(self) -> None:
        """None, all there are, and the chosen one even while it is away."""
        chosen = self._house.printing().printer
        names = self._house.printers.names()
        items = [("", _("None: badges become PDF sheets")), *((name, printer_label(name)) for name in names)]
        if chosen and chosen not in names:
            label = printer_label(chosen)
            away = label if chosen.startswith(SOCKET) else _("{port} (not there)").format(port=label)
            items.append((chosen, away))
        items.append((_OTHER, _("In the network…")))
        fill_choice(self._printer, items, chosen)

    def _on_retry(self) -> None:
        job = self._jobs.get(self.queue.selected())
        if job is None:
            return
        if job.state is JobState.QUEUED:
            self._house.spool.print_now(job.number)
            return
        question = _("Print the badge of {name} again?").format(name=job.name)
        text = _(
            "Nobody knows whether it came out of {printer}. Look there first, or there will be two."
        ).format(printer=printer_label(job.printer))
        if job.state is JobState.FAILED or MessageDialog.confirm(
            self, question, text, yes=_("Print again"), no=_("Cancel")
        ):
            self._decide(self._house.spool.retry)

    def _decide(self, act: Callable[[int], None]) -> None:
        job = self._jobs.get(self.queue.selected())
        if job is None:
            return
        try:
            act(job.number)
        except StationError as error:
            MessageDialog.tell(self, _("Not recorded"), str(error))
        self.refresh()

    def _on_pause(self) -> None:
        printer, spool = self.printers.selected(), self._house.spool
        (spool.resume if printer in spool.holds() else spool.pause)(printer)
        self.refresh()

    def _on_roll(self) -> None:
        printer = self.printers.selected()
        with self._station.files.reading() as connection:
            size = badge_store.rolls(connection).get(printer, Roll()).size
        dialog = RollDialog(printer, size, self)
        if dialog.exec() == RollDialog.DialogCode.Accepted:
            labels = dialog.size_chosen()
            self._station.files.write(lambda c: badge_store.new_roll(c, printer, labels))
            self.refresh()

    def _on_profile(self) -> None:
        printer, printing = self.printers.selected(), self._house.printing()
        dialog = ProfileDialog(printer, printing.profile(printer), self._station, self._house.printers, self)
        if dialog.exec() == ProfileDialog.DialogCode.Accepted:
            self._choose(profiles={**printing.profiles, printer: dialog.profile()})

    def _on_by_category(self) -> None:
        categories = sorted(self._station.desk.colours(Kind.CATEGORY), key=text_key)
        printing = self._house.printing()
        printers = list(dict.fromkeys([*self._house.printers.names(), *printing.printers()]))
        dialog = CategoriesDialog(categories, printers, printing.by_category, self)
        if dialog.exec() == CategoriesDialog.DialogCode.Accepted:
            self._choose(by_category=dialog.by_category())

    def _on_sheets(self) -> None:
        waiting = sum(job.state in (JobState.QUEUED, JobState.FAILED) for job in self._jobs.values())
        SheetsDialog(self._station, waiting, self).exec()
        self.refresh()

    def _on_batch(self) -> None:
        layout = self._house.printing().profile(self._house.printing().printer or FILE_PRINTER).layout
        BatchDialog(self._station, layout, self).exec()
        self.refresh()

    def _on_layouts(self) -> None:
        """Organisers only, as in Prepare; a desk that only prints starts without the editor."""
        from ui.dialogs.layouts.library import LayoutsDialog

        if allowed(self._station.access, Act.PREPARE, self):
            LayoutsDialog(self._station, self).exec()

    def _build(self) -> None:
        printing = self._house.printing()
        self._when.setCurrentIndex(self._when.findData(printing.when))
        self._at_once.setChecked(printing.at_once)
        for widget, name in ((self.queue, _("Badges")), (self.printers, _("Printers"))):
            widget.setAccessibleName(name)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self._told)
        left.addWidget(self.queue, 1)
        left.addWidget(self._reason)
        left.addLayout(_row(self._retry, self._settle, self._cancel))
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addLayout(self._choices())
        right.addWidget(self._at_once)
        right.addWidget(PlainLabel(_("Printers"), 15, QFont.Weight.Bold))
        right.addWidget(self._no_printer)
        right.addWidget(self.printers, 1)
        right.addLayout(_row(self._pause, self._roll))
        right.addLayout(_row(self._profile, self._by_category))
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        self.content.addLayout(columns)
        self._sheets = self.add_button(_("All as PDF sheets…"), icon="file-down")
        self._layouts = self.add_button(_("Layouts…"), icon="id-card")
        self._batch = self.add_button(_("Print a batch…"), icon="boxes")
        self.add_button(_("Close")).clicked.connect(self.accept)
        self._now = self.add_button(_("Print all now"), primary=True, icon="printer")
        for button in (self._sheets, self._layouts, self._batch):
            button.setAutoDefault(False)

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, (caption, field) in enumerate(
            ((_("When to print"), self._when), (_("Printer"), self._printer))
        ):
            label = PlainLabel(caption, 15)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            field.setMinimumWidth(240)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        return grid


def _button(icon: str, caption: str) -> KeyButton:
    button = KeyButton(icon)
    button.set_caption(caption)
    button.setAutoDefault(False)
    return button


def _row(*buttons: KeyButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _show(shown: RowList, rows: list[Row], chosen: str) -> None:
    """Other rows; what was selected stays so, else the first is."""
    shown.show_rows(rows)
    places = [row.key for row in rows]
    if rows:
        shown.select(places.index(chosen) if chosen in places else 0)
