"""What the organiser opens over an event: a dialog for each step of preparing it.

Each is imported when it is opened: a desk has no use for them, and starts sooner.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station.app import Station
from station.errors import StationError
from station.exchange.restoring import restore
from station.exchange.wiping import look_at
from station.i18n import _
from station.model.role import Act
from station.settings import Settings, take_over
from station.store.backup import Backup
from ui.copies import Copies
from ui.dialogs.message import MessageDialog
from ui.dialogs.pin import allowed
from ui.outgoing import Outgoing
from ui.screens.prepare import steps
from ui.trials import Trials


class Office(QObject):
    """Opens the steps, one at a time, over the window.

    Args:
        settings: those in force at the moment. keep_settings: stores them.
        trials: where camera, scanner and printer are tried. copies: backups and the second copy. outgoing: the outbox.

    Signals:
        changed: delegates, documents or codes may be others now: what shows them must look again.
        reopen_wanted: the event's own data changed: the event is to be closed and opened again.
        other_wanted: (Path) another event folder is to be opened instead.
        discard_wanted: this event is to be closed and removed: a rehearsal, or one that is wiped.
    """

    changed = Signal()
    reopen_wanted = Signal()
    other_wanted = Signal(object)
    discard_wanted = Signal()

    def __init__(
        self,
        station: Station,
        window: QWidget,
        settings: Callable[[], Settings],
        keep_settings: Callable[[], None],
        trials: Trials,
        copies: Copies,
        outgoing: Outgoing,
    ) -> None:
        super().__init__(window)
        self._station = station
        self._window = window
        self._settings = settings
        self._keep_settings = keep_settings
        self._trials = trials
        self._copies = copies
        self._outgoing = outgoing
        self._backup: Backup | None = None
        self._reopens = False
        self._doors: dict[str, Callable[[], None]] = {
            steps.EVENT: self.open_event,
            steps.ROSTER: self.open_roster,
            steps.UNITS: self.open_units,
            steps.PHOTOS: self.open_photos,
            steps.DOCUMENTS: self.open_documents,
            steps.SUBMISSIONS: self.open_submissions,
            steps.LAYOUTS: self.open_layouts,
            steps.INVITATIONS: self.open_invitations,
            steps.REPORTS: self.open_reports,
            steps.REHEARSAL: self.open_rehearsal,
            steps.ROLES: self.open_roles,
            steps.PACK: self.open_pack,
            steps.COPIES: self.open_copies,
            steps.DOORS: self.open_preflight,
            steps.SHEETS: self.open_sheets,
            steps.TAKING_IN: self.open_taking_in,
            steps.CERTIFICATES: self.open_certificates,
            steps.WIPE: self.open_wipe,
            steps.MERGE: self.open_merge,
            steps.SENDING: self.open_sending,
        }

    def open(self, step: str) -> None:
        """Open a step by its key; returns when its dialog is closed. Organisers only."""
        if not allowed(self._station.access, Act.PREPARE, self._window):
            return
        try:
            self._doors[step]()
        except StationError as error:  # the disk did not give back what a dialog shows first
            MessageDialog.tell(self._window, _("Prepare"), str(error))
        if self._reopens:
            self.reopen_wanted.emit()
            return
        self.changed.emit()

    def open_event(self) -> None:
        """Change the event's data and programme; what is open shows them when it is opened again."""
        from ui.dialogs.event import EventDialog

        folder = self._station.folder
        dialog = EventDialog(folder, folder.parent, self._window, station=self._station)
        dialog.ready.connect(self._on_event_changed)
        dialog.exec()

    def open_preflight(self) -> None:
        """Check whether this machine is ready for the doors; the desk lets camera and scanners go meanwhile."""
        from ui.dialogs.export import ExportDialog
        from ui.dialogs.preflight.dialog import PreflightDialog

        with self._trials.borrowed():
            dialog = PreflightDialog(self._station, self._trials, self._window)
            dialog.roster_wanted.connect(lambda: self.open_roster(dialog))
            dialog.export_wanted.connect(lambda: ExportDialog(self._station, dialog).exec())
            dialog.exec()

    def open_roster(self, over: QWidget | None = None) -> None:
        """Take in a roster, or take the latest back."""
        from ui.dialogs.roster.dialog import RosterDialog

        dialog = RosterDialog(self._station, self._settings().roster_headings, over or self._window)
        dialog.learnt.connect(self._on_headings_learnt)
        dialog.exec()

    def open_rehearsal(self) -> None:
        """Make the rehearsal and go there; in it, discard it."""
        from ui.dialogs.rehearsal import RehearsalDialog, wants_to_discard

        if self._station.event.rehearsal:
            if wants_to_discard(self._window):
                self.discard_wanted.emit()
            return
        dialog = RehearsalDialog(self._station, self._window)
        dialog.exec()
        if dialog.folder is not None:
            self.other_wanted.emit(dialog.folder)

    def open_pack(self) -> None:
        """Make the event pack for the laptops."""
        from ui.dialogs.pack import PackDialog

        PackDialog(self._station, self._window).exec()

    def open_merge(self) -> None:
        """Take in what other desks recorded, watch a folder, decide conflicts."""
        from ui.dialogs.merge.dialog import MergeDialog

        MergeDialog(self._station, self._window).exec()

    def open_sending(self) -> None:
        """Where results go over the network, what waits, what was refused."""
        from ui.dialogs.sending.dialog import SendingDialog

        SendingDialog(self._station, self._outgoing, self._window).exec()

    def open_documents(self) -> None:
        """What delegates receive, who of them does, and what is to be printed."""
        from ui.dialogs.documents.dialog import DocumentsDialog

        DocumentsDialog(self._station, self._window).exec()

    def open_submissions(self) -> None:
        """What delegates were to bring in, and who still owes it."""
        from ui.dialogs.submissions.dialog import SubmissionsDialog

        SubmissionsDialog(self._station, self._window).exec()

    def open_layouts(self) -> None:
        """How badges look on paper."""
        from ui.dialogs.layouts.library import LayoutsDialog

        LayoutsDialog(self._station, self._window).exec()

    def open_invitations(self) -> None:
        """Make invitations, and give new codes."""
        from ui.dialogs.invitations.dialog import InvitationsDialog

        InvitationsDialog(self._station, self._window).exec()

    def open_sheets(self) -> None:
        """Print sign-in sheets; the way to taking them in leads on from there."""
        from ui.dialogs.paper.sheets import SheetsDialog

        dialog = SheetsDialog(self._station, self._window)
        wanted: list[bool] = []
        dialog.taking_in_wanted.connect(lambda: wanted.append(True))
        dialog.exec()
        if wanted:
            self.open_taking_in()

    def open_taking_in(self) -> None:
        """Take signatures on paper in; the desk lets camera and scanners go meanwhile."""
        from ui.dialogs.paper.take_in import TakeInDialog

        with self._trials.borrowed():  # before the dialog takes the camera
            dialog = TakeInDialog(self._station, self._settings(), self._window)
            with self._trials.scanning(dialog.take_raw):
                dialog.exec()

    def open_certificates(self) -> None:
        """Who fulfils the rule, and the certificates."""
        from ui.dialogs.certificates.dialog import CertificatesDialog

        CertificatesDialog(self._station, self._window).exec()

    def open_reports(self) -> None:
        """Choose what exports hold."""
        from ui.dialogs.reports.dialog import ReportsDialog

        ReportsDialog(self._station, self._window).exec()

    def open_roles(self, over: QWidget | None = None) -> None:
        """Set PIN and password, and read who may do what; what is changed there is proved there."""
        from ui.dialogs.roles import RolesDialog

        RolesDialog(self._station.access, over or self._window).exec()

    def open_photos(self) -> None:
        """Take in photos of delegates, or remove some."""
        from ui.dialogs.photos.dialog import PhotosDialog

        PhotosDialog(self._station, self._window).exec()

    def open_units(self) -> None:
        """Categories and units: colours, names, spellings."""
        from ui.dialogs.units.dialog import UnitsDialog

        UnitsDialog(self._station, self._window).exec()

    def open_diagnostics(self, over: QWidget) -> None:
        """Make the file that is sent to whoever looks after the program."""
        from ui.dialogs.diagnostics import save_diagnostics

        save_diagnostics(over, self._settings(), self._station.files)

    def open_copies(self) -> None:
        """Second copy on a stick, backups; one that is put back is when the event is closed."""
        from ui.dialogs.copies import CopiesDialog

        dialog = CopiesDialog(self._station, self._settings(), self._copies.state, self._window)
        dialog.applied.connect(self._on_copies_applied)
        dialog.restore_wanted.connect(self._on_restore_wanted)
        dialog.exec()

    def open_wipe(self) -> None:
        """Remove the event from this laptop, when everything is elsewhere."""
        from ui.dialogs.export import ExportDialog
        from ui.dialogs.wipe import WipeDialog

        dialog = WipeDialog(self._station, look_at(self._station.folder), self._window)
        if dialog.exec():
            self.discard_wanted.emit()
        elif dialog.export_wanted:
            ExportDialog(self._station, self._window).exec()

    def put_back(self) -> None:
        """Put back the backup that was chosen, after the event was closed; says how that went."""
        if self._backup is None:
            return
        try:
            made = restore(self._station.folder, self._backup, self._station.clock)
        except StationError as error:
            MessageDialog.tell(None, _("It was not put back"), str(error))
            return
        text = _("{count} records since then were taken over from the file that was there.")
        said = "\n".join([text.format(count=made.rescued), *made.warnings])
        MessageDialog.tell(None, _("The backup is put back"), said)

    def _on_copies_applied(self, wished: Settings) -> None:
        take_over(self._settings(), wished)
        self._keep_settings()
        self._copies.apply()

    def _on_restore_wanted(self, backup: Backup) -> None:
        self._backup, self._reopens = backup, True

    def _on_event_changed(self) -> None:
        self._reopens = True

    def _on_headings_learnt(self, headings: dict[str, str | None]) -> None:
        settings = self._settings()
        known = {**settings.roster_headings, **headings}
        settings.roster_headings = {heading: field for heading, field in known.items() if field is not None}
        self._keep_settings()
