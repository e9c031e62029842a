"""Codes and invitations in one window: choose whom and what, look at one, make all; give new codes."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from station.app import Station
from station.badges.addressees import Addressee, addressees
from station.badges.invitations import draw_invitation
from station.badges.texts import invitation_message
from station.codes.issuing import Reissued, reissue_codes
from station.errors import StationError
from station.i18n import _, ngettext
from station.model.role import Act
from station.reports.mailing import Mailing, make_mailing
from ui.bridge.operation import Operation
from ui.bridge.tasks import Tasks
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.invitations.ends import DonePage, WorkPage
from ui.dialogs.invitations.paper import PaperPage
from ui.dialogs.invitations.people import PeoplePage
from ui.dialogs.invitations.picture import PIXELS_PER_MM
from ui.dialogs.invitations.reissue import ReissueDialog
from ui.dialogs.pin import allowed
from ui.widgets.plain_label import PlainLabel

_NARROWEST_PX = 780
_SIZE_PX = (1240, 700)
_EDGE_PX = 40  # of the screen, for the window's frame
CHOOSE, WORK, DONE = range(3)


class InvitationsDialog(DialogFrame):
    """Three faces: the choice, the work, the outcome. Closing it during the work stops the work first."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self._station = station
        self._operation: Operation | None = None
        self._mailing: Mailing | None = None
        self._marked: Addressee | None = None
        self._looks = Tasks("invitations", self)
        self._looks.failed.connect(self._on_failed)
        self.people = PeoplePage(station.event.zone)
        self.paper = PaperPage(station.folder / "exports")
        self.work_page, self.done_page = WorkPage(), DonePage()
        self._notice = PlainLabel(size_px=15, wrap=True)
        self._pages = QStackedWidget()
        self._close = self.add_button(_("Close"))
        self._back = self.add_button(_("Make more"))
        self._open = self.add_button(_("Open the folder"), primary=True, icon="folder-open")
        self._make = self.add_button("", primary=True, icon="mail")
        self._connect()
        self._build()
        self._show_page(CHOOSE)
        self._load()

    def page(self) -> int:
        """Which face is shown: CHOOSE, WORK or DONE."""
        return self._pages.currentIndex()

    def notice(self) -> str:
        """What is said above the choice, '' for nothing."""
        return self._notice.full_text()

    def is_working(self) -> bool:
        """Whether invitations are being made."""
        return self._operation is not None

    def reject(self) -> None:
        """Esc, Close or the window's cross: first the work is stopped."""
        if self._operation is not None:
            self.work_page.stopping()
            self._operation.cancel()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """End the worker with the dialog."""
        self._looks.close()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        """Tables want room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def _connect(self) -> None:
        self.people.chosen.connect(self._refresh)
        self.people.marked.connect(self._on_marked)
        self.people.reissue_wanted.connect(self._on_reissue_wanted)
        self.people.again_wanted.connect(self._on_again_wanted)
        self.paper.changed.connect(self._on_paper_changed)
        self.paper.copy_wanted.connect(self._on_copy_wanted)
        self._close.clicked.connect(self.reject)
        self._back.clicked.connect(lambda: self._show_page(CHOOSE))
        self._open.clicked.connect(self._on_open_clicked)
        self._make.clicked.connect(self._on_make_clicked)

    def _build(self) -> None:
        choice = QWidget()
        row = QHBoxLayout(choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(22)
        row.addWidget(self.people, 62)
        row.addWidget(self.paper, 38)
        for face in (choice, self.work_page, self.done_page):
            self._pages.addWidget(face)
        self.content.addWidget(self._notice)
        self.content.addWidget(self._pages, 1)
        self._tell("")

    def _show_page(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        headings = (_("Codes and invitations"), _("Codes and invitations"), _("The invitations are made"))
        self.set_heading(headings[page])
        self._close.set_caption(_("Cancel") if page == WORK else _("Close"))
        self._back.setVisible(page == DONE)
        self._open.setVisible(page == DONE)
        self._make.setVisible(page == CHOOSE)
        self._make.setDefault(page == CHOOSE)
        self._open.setDefault(page == DONE)
        if page == DONE:
            self._open.setFocus()
        self._refresh()

    def _refresh(self) -> None:
        count = len(self.people.ticked())
        text = ngettext("Make {count} invitation", "Make {count} invitations", count)
        self._make.set_caption(text.format(count=count))
        self._make.setEnabled(count > 0 and bool(self.paper.kinds().ways()) and self._operation is None)

    def _tell(self, sentence: str, role: str = "negative") -> None:
        self._notice.set_role(role)
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    # The people.

    def _load(self) -> None:
        self._looks.run(self._read, self._on_read)

    def _read(self) -> list[Addressee]:
        with self._station.files.reading() as connection:
            return addressees(connection, self._station.key)

    def _on_read(self, people: list[Addressee]) -> None:
        self.people.show_people(people)
        if self.page() == CHOOSE:
            self.people.begin()
        if not people:
            self._tell(_("There is nobody on the roster yet: take in the office's list first."), "muted")
        self._refresh()

    def _on_marked(self, addressee: Addressee | None) -> None:
        self._marked = addressee
        self._look()

    def _on_paper_changed(self) -> None:
        self._refresh()
        self._look()

    def _look(self) -> None:
        """Draw the invitation of the marked delegate anew."""
        addressee = self._marked
        if addressee is None or not addressee.badge.payload:
            self.paper.show_whose(*self._about(addressee), can_copy=False)
            self._looks.run(lambda: b"", self.paper.picture.show_png, topic="look")
            return
        badge, card, event = addressee.badge, self.paper.card(), self._station.event
        self.paper.show_whose(*self._about(addressee), can_copy=True)
        self._looks.run(
            lambda: draw_invitation(event, badge, card, PIXELS_PER_MM),
            self.paper.picture.show_png,
            topic="look",
        )

    def _about(self, addressee: Addressee | None) -> tuple[str, str]:
        """The name of a delegate, and what else is said of them beside their invitation."""
        if addressee is None:
            return "", ""
        person = addressee.badge.delegate
        state = (self.people.model.state_text(addressee), self.people.model.ways_text(addressee))
        return person.name, "\n".join(filter(None, (person.unit, " · ".join(filter(None, state)))))

    def _on_copy_wanted(self) -> None:
        if self._marked is not None:
            QGuiApplication.clipboard().setText(invitation_message(self._station.event, self._marked.badge))
            self._tell(_("The message is on the clipboard; paste it into the chat or e-mail."), "positive")

    # New codes.

    def _on_reissue_wanted(self) -> None:
        people = self.people.marked_people()
        if not people or not allowed(self._station.access, Act.REISSUE, self):
            return
        question = ReissueDialog([a.badge.delegate.name for a in people], self)
        if question.exec() != DialogFrame.DialogCode.Accepted:
            return
        delegates = [addressee.badge.delegate.id for addressee in people]
        reason, anew, station = question.reason(), question.anew(), self._station
        self._looks.run(
            lambda: reissue_codes(station.files, station.key, station.clock, delegates, reason, anew=anew),
            self._on_reissued,
        )

    def _on_reissued(self, codes: list[Reissued]) -> None:
        delegates = {reissued.delegate for reissued in codes}
        anew = any(reissued.payload for reissued in codes)
        if anew:
            text = ngettext(
                "The new code is issued: make the new invitation now and send it.",
                "{count} new codes are issued: make the new invitations now and send them.",
                len(codes),
            )
        else:
            text = ngettext("The code is revoked.", "{count} codes are revoked.", len(codes))

        def show(people: list[Addressee]) -> None:
            self._on_read(people)
            if anew:
                self.people.model.tick_only([a for a in people if a.badge.delegate.id in delegates])
            self._tell(text.format(count=len(codes)), "positive")

        self._looks.run(self._read, show)

    # The making.

    def _on_again_wanted(self) -> None:
        self.people.model.tick_only(self.people.marked_people())
        self._on_make_clicked()

    def _on_make_clicked(self) -> None:
        whom, kinds, to, station = (
            self.people.ticked(),
            self.paper.kinds(),
            self.paper.folder(),
            self._station,
        )
        if not whom or not kinds.ways() or self._operation is not None:
            return
        operation = Operation(
            "mailing",
            lambda progress: make_mailing(
                station.files, station.event, whom, kinds, to, station.clock, progress, dated=True
            ),
            self,
        )
        operation.progressed.connect(self.work_page.show_progress)
        operation.succeeded.connect(self._on_made)
        operation.failed.connect(self._on_failed)
        operation.cancelled.connect(self._on_cancelled)
        operation.finished.connect(self._on_finished)
        self._operation, self._mailing = operation, None
        self._tell("")
        self.work_page.start(len(whom))
        self._show_page(WORK)
        operation.start()

    def _on_made(self, mailing: Mailing) -> None:
        self._mailing = mailing
        self.done_page.tell(mailing)
        self._load()

    def _on_failed(self, error: Exception) -> None:
        self._mailing = None
        self._tell(str(error) if isinstance(error, StationError) else _("The program made a mistake."))

    def _on_cancelled(self) -> None:
        self._mailing = None
        self._tell(_("Stopped. Nothing was left half-written, and nothing is remembered as made."), "muted")

    def _on_finished(self) -> None:
        self._operation = None
        self._show_page(DONE if self._mailing is not None else CHOOSE)

    def folder(self) -> Path | None:
        """Where the latest invitations are; None before."""
        return self._mailing.folder if self._mailing else None

    def _on_open_clicked(self) -> None:
        if self._mailing is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._mailing.folder)))
