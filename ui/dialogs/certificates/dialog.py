"""Certificates of attendance: the rule, who fulfils it and who does not and why, making, revoking, the register."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QTableView, QVBoxLayout, QWidget

from station.app import Station
from station.badges.layouts.folder import layout_files, layout_named
from station.checkin.certificates import Standing
from station.errors import Refusal, StationError
from station.i18n import N_, _, ngettext
from station.media.names import safe_name
from station.model.certificate import Certificate
from station.reports.certificate_register import write_register
from station.reports.certificates import LAYOUT, write_certificates
from station.store import roster as roster_store
from ui.bridge.operation import Operation, Progress
from ui.bridge.tasks import Tasks
from ui.dialogs.cases.reason import ReasonDialog
from ui.dialogs.certificates.rule import RuleForm
from ui.dialogs.choose import Choose
from ui.dialogs.frame import DialogFrame, screen_room
from ui.style.fonts import scaled
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import TextModel, dress_table

DUE, LACKING, ALL = "due", "lacking", ""
_SIZE_PX, _EDGE_PX = (1240, 700), 40
_RULE_PX = 310
_HEADINGS = (N_("Full name"), N_("Unit"), N_("Attended"), N_("Number"), N_("Note"))
_SHARES = {0: 0.37, 1: 0.29}  # of what the narrow columns leave; the last one has the rest
_NARROW_PX = {2: 78, 3: 126}
_ROW_PX = 38
_AGAIN_MS = 250


class CertificatesDialog(DialogFrame):
    """Closing it during the work stops the work first; numbers that were given stay given."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, 900)
        self.set_heading(_("Certificates"))
        self._station = station
        self._operation: Operation | None = None
        self._standings: tuple[Standing, ...] | None = None
        self._shown: list[Standing] = []
        self._tasks = Tasks("certificates", self)
        self._tasks.failed.connect(self._on_failed)
        self.form = RuleForm(station.certificates.rule(), station.desk.sessions())
        files = [file for file in layout_files(station.folder) if file.is_certificate]
        self.layout_choice = fill_choice(Choice(), [(file.name, file.name) for file in files], LAYOUT)
        self._sum = PlainLabel(size_px=17, weight=QFont.Weight.Bold, wrap=True)
        kinds = [(ALL, _("Everybody")), (DUE, _("Who fulfils the rule")), (LACKING, _("Who does not"))]
        self.kind = fill_choice(Choice(), kinds, ALL)
        self.kind.setAccessibleName(_("Who is shown"))
        self.model = TextModel(_HEADINGS, strong=0)
        self.table = QTableView()
        self._mark, self._said = IconMark(20), PlainLabel(size_px=14, wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AGAIN_MS)
        self._later.timeout.connect(self._load)
        self.form.changed.connect(self._later.start)
        self.kind.currentIndexChanged.connect(self._show)
        self._load()

    def summary(self) -> str:
        """How many fulfil the rule."""
        return self._sum.full_text()

    def said(self) -> str:
        """How the latest wish ended, '' for none."""
        return self._said.full_text()

    def is_working(self) -> bool:
        """Whether certificates are being made."""
        return self._operation is not None

    def standings(self) -> tuple[Standing, ...] | None:
        """How everybody stands to the rule on show; None until it was read."""
        return self._standings

    def marked(self) -> list[Standing]:
        """The delegates whose rows are marked."""
        return [self._shown[index.row()] for index in self.table.selectionModel().selectedRows()]

    def reject(self) -> None:
        """First the work is stopped; a file is either whole or not there."""
        if self._operation is not None:
            self._operation.cancel()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """End the worker with the dialog."""
        self._later.stop()
        self._tasks.close()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        """Tables want room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))
        self._share_columns()
        self.table.setFocus()

    def _build(self) -> None:
        self.form.setFixedWidth(_RULE_PX)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.form, 1)
        self.table.setModel(self.model)
        dress_table(self.table, _ROW_PX)
        self.table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.table.setAccessibleName(_("Delegates"))
        self.table.selectionModel().selectionChanged.connect(lambda *_changed: self._refresh())
        right = QVBoxLayout()
        right.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self._sum, 1)
        head.addWidget(self.kind)
        right.addLayout(head)
        right.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._said, 1)
        right.addLayout(row)
        right.addWidget(self._bar)
        self._mark.hide()
        self._bar.hide()
        columns = QHBoxLayout()
        columns.setSpacing(26)
        columns.addLayout(left)
        columns.addLayout(right, 1)
        self.content.addLayout(columns, 1)
        if self.layout_choice.count() > 1:
            left.addWidget(self.layout_choice)
        self.revoke = self._button("ban", "", _("Revoke…"), self._on_revoke)
        self.register = self._button("file-down", "Ctrl+S", _("Save the register…"), self._on_register)
        self.make = self.add_button("", primary=True, icon="award")
        self.make.clicked.connect(self._on_make)
        self.add_button(_("Close")).clicked.connect(self.reject)

    def _button(self, icon: str, key: str, caption: str, act: Callable[[], None]) -> KeyButton:
        button = KeyButton(icon, key)
        button.set_caption(caption)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def _share_columns(self) -> None:
        narrow = {column: scaled(width) for column, width in _NARROW_PX.items()}
        rest = self.table.viewport().width() - sum(narrow.values())
        for column, width in (narrow | {at: round(rest * share) for at, share in _SHARES.items()}).items():
            self.table.setColumnWidth(column, width)

    # Who fulfils the rule.

    def _load(self) -> None:
        rule = self.form.rule()
        self._tasks.run(
            lambda: self._station.certificates.standings(rule),
            self._on_read,
            self._on_rule_refused,
            topic="look",
        )

    def _on_read(self, standings: tuple[Standing, ...]) -> None:
        self._standings = standings
        due = sum(standing.fulfils for standing in standings)
        text = _("{due} of {total} fulfil the rule; {lacking} do not")
        self._sum.setText(text.format(due=due, total=len(standings), lacking=len(standings) - due))
        self._show()

    def _on_rule_refused(self, error: Exception) -> None:
        self._standings = None
        self._sum.setText(str(error) if isinstance(error, StationError) else _("The program made a mistake."))
        self._show()

    def _show(self) -> None:
        kind = self.kind.currentData()
        self._shown = [
            standing
            for standing in self._standings or ()
            if kind == ALL or standing.fulfils == (kind == DUE) or (kind == DUE and standing.certificate)
        ]
        roles = {(row, 4): "warning" for row, standing in enumerate(self._shown) if standing.why_not}
        self.model.show_rows([_cells(standing) for standing in self._shown], roles)
        self._refresh()

    def _refresh(self) -> None:
        wanted = self._wanted()
        idle = self._operation is None and self._standings is not None
        if self.marked():
            text = ngettext("Make {count} marked", "Make {count} marked", len(wanted))
        else:
            text = ngettext("Make {count} certificate", "Make {count} certificates", len(wanted))
        self.make.set_caption(text.format(count=len(wanted)))
        self.make.setEnabled(idle and bool(wanted))
        self.revoke.setEnabled(idle and any(standing.certificate for standing in self.marked()))
        self.register.setEnabled(self._operation is None)

    def _wanted(self) -> list[Standing]:
        """For whom certificates would be made: the marked ones who fulfil the rule, else everybody who does."""
        return [standing for standing in self.marked() or self._standings or () if standing.fulfils]

    # Making, revoking, the register.

    def _on_make(self) -> None:
        wanted = [standing.delegate.id for standing in self._wanted()]
        name = f"{_('Certificates')} {self._station.event.name[:60]}.pdf"
        to = Choose.new_pdf(self, _("Where should the certificates go?"), _documents() / safe_name(name))
        if to is None or not wanted:
            return
        station, rule, layout = self._station, self.form.rule(), self.layout_choice.currentData()

        def work(progress: Progress) -> int:
            design = layout_named(layout, station.folder)
            station.certificates.set_rule(rule)
            issued = station.certificates.issue(wanted)
            papers = [(who.delegate, one, station.certificates.payload(one)) for who, one in issued.papers]
            write_certificates(to, station.event, papers, design, station.desk.sessions(), progress)
            return len(papers)

        def told(count: int) -> str:
            text = ngettext("{count} certificate in {path}.", "{count} certificates in {path}.", count)
            return text.format(count=count, path=to)

        self._run(work, told)

    def _on_revoke(self) -> None:
        certificates = [standing.certificate for standing in self.marked() if standing.certificate]
        labels = ", ".join(one.label for one in certificates[:5]) + ("…" if len(certificates) > 5 else "")
        text = _("{labels}: for ever; a new certificate gets another number. Scanning the old one says so.")
        reason = ReasonDialog.ask(self, _("Revoke certificates"), text.format(labels=labels), _("Revoke"))
        if reason and certificates:
            self._tasks.run(
                lambda: self._station.certificates.revoke(certificates, reason),
                lambda _done: self._on_revoked(certificates),
            )

    def _on_revoked(self, certificates: list[Certificate]) -> None:
        text = ngettext("{count} certificate revoked.", "{count} certificates revoked.", len(certificates))
        self._tell(text.format(count=len(certificates)), "circle-check", "positive")
        self._load()

    def _on_register(self) -> None:
        start = _documents() / safe_name(f"{_('Register of certificates')}.xlsx")
        to = Choose.new_table(self, _("Where should the register go?"), start)
        if to is None:
            return
        station = self._station

        def work(_progress: Progress) -> None:
            with station.files.reading() as connection:
                people = {person.id: person for person in roster_store.delegates(connection)}
            write_register(to, station.event, station.certificates.register(), people, station.clock.now())

        self._run(work, lambda _none: _("It is in {file}.").format(file=to))

    def _run(self, work: Callable[[Progress], Any], told: Callable[[Any], str]) -> None:
        if self._operation is not None:
            return
        operation = Operation("certificates", work, self)
        operation.progressed.connect(self._on_progressed)
        operation.succeeded.connect(lambda result: self._tell(told(result), "circle-check", "positive"))
        operation.failed.connect(self._on_failed)
        operation.cancelled.connect(
            lambda: self._tell(_("Stopped. The numbers stay given; no file was written."), "info", "muted")
        )
        operation.finished.connect(self._on_finished)
        self._operation = operation
        self._tell(_("Writing…"), "clock", "muted")
        self._refresh()
        operation.start()

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setVisible(done < total)

    def _on_failed(self, error: Exception) -> None:
        said = str(error) if isinstance(error, StationError) else _("The program made a mistake.")
        self._tell(said, "octagon-x" if not isinstance(error, Refusal) else "triangle-alert", "negative")

    def _on_finished(self) -> None:
        self._operation = None
        self._bar.hide()
        self._load()
        self._refresh()

    def _tell(self, text: str, icon: str, role: str) -> None:
        self._mark.set_icon(icon, role)
        self._mark.show()
        self._said.setText(text)


def _cells(standing: Standing) -> tuple[str, ...]:
    certificate = standing.certificate
    revoked = _("{label} was revoked").format(label=standing.revoked) if standing.revoked else ""
    return (
        standing.delegate.name,
        standing.delegate.unit,
        f"{len(standing.attended)} / {len(standing.counting)}",
        certificate.label if certificate else "",
        " · ".join(filter(None, (standing.why_not, revoked))),
    )


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
