"""What delegates were to bring in: the organiser's list, and who still owes it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from station.app import Station
from station.documents import submissions
from station.documents.recipients import Names, in_words
from station.documents.submissions import read_expected
from station.errors import StationError
from station.i18n import _
from station.media.atomic import write_file
from station.media.names import safe_name
from station.model.document import Entitlement
from station.model.submission import Submission
from station.reports.owing import submissions_table
from station.reports.xlsx import workbook
from station.store import submissions as store
from ui.bridge.tasks import Tasks
from ui.dialogs.choose import Choose
from ui.dialogs.documents.contents import read_contents
from ui.dialogs.frame import DialogFrame, screen_room
from ui.dialogs.message import MessageDialog
from ui.dialogs.submissions.column import ColumnForm
from ui.dialogs.submissions.form import SubmissionForm
from ui.dialogs.submissions.pages import ListPage, OwingPage, Shown
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tabs import Tabs
from ui.wording import session_label

_NARROWEST_PX, _SIZE_PX, _EDGE_PX = 780, (1240, 680), 40
LIST, OWING = range(2)


class SubmissionsDialog(DialogFrame):
    """Two faces over the same contents; every change is stored at once."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self.set_heading(_("Submissions"))
        self._heading.hide()  # the faces say it, and small screens want the room
        self._station = station
        self._shown: Shown | None = None
        self._wanted = ""
        self._looks = Tasks("submissions", self)
        self._looks.failed.connect(lambda error: self._tell(str(error), "negative"))
        self.list, self.owing = ListPage(), OwingPage()
        self.tabs = Tabs(2)
        self.tabs.set_captions((_("Submissions"), _("Who still owes")))
        self._said = PlainLabel(size_px=15, wrap=True)
        self._said.hide()
        self._pages = QStackedWidget()
        for page in (self.list, self.owing):
            self._pages.addWidget(page)
        self.content.addWidget(self.tabs)
        self.content.addWidget(self._said)
        self.content.addWidget(self._pages, 1)
        self.add_button(_("Close")).clicked.connect(self.reject)
        self.tabs.chosen.connect(self._on_face_chosen)
        self.list.add_wanted.connect(self._on_add_wanted)
        self.list.column_wanted.connect(self._on_column_wanted)
        self.list.edit_wanted.connect(self._on_edit_wanted)
        self.list.remove_wanted.connect(self._on_remove_wanted)
        self.owing.export_wanted.connect(self._on_export_wanted)
        self.reload()
        self.list.setFocus()

    def contents(self) -> Shown | None:
        """What is shown; None until it is read."""
        return self._shown

    def said(self) -> str:
        """What became of the latest wish, '' for nothing to say."""
        return "" if self._said.isHidden() else self._said.full_text()

    def reload(self, code: str = "") -> None:
        """Read everything anew; the submission of a code is chosen then."""
        self._wanted = code or self._wanted
        self._looks.run(lambda: read_shown(self._station), self._on_read, topic="read")

    def done(self, result: int) -> None:
        self._looks.close()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        """Tables want room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def _on_read(self, shown: Shown) -> None:
        self._shown = shown
        self.list.show_contents(shown, self._wanted)
        self._wanted = ""
        self.owing.show_contents(shown)

    def _on_face_chosen(self, face: int) -> None:
        self._pages.setCurrentIndex(face)
        self._tell("")
        (self.list, self.owing)[face].setFocus()

    def _tell(self, text: str, role: str = "positive") -> None:
        self._said.set_role(role)
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _write(self, work: Callable[[Any], Any]) -> Any:
        """Store something at once. Raises StationError."""
        result = self._station.files.write(work)
        self._tell("")
        return result

    def _on_add_wanted(self) -> None:
        def keep(wish: Submission, rules: Sequence[Entitlement]) -> None:
            self.reload(self._write(lambda c: submissions.add_submission(c, wish, rules)).code)

        self._open_form(Submission("", 0, ""), (), keep)

    def _on_edit_wanted(self, submission: Submission) -> None:
        def keep(wish: Submission, rules: Sequence[Entitlement]) -> None:
            self._write(lambda c: submissions.change_submission(c, submission.code, wish, rules))
            self.reload(submission.code)

        with self._station.files.reading() as connection:
            rules = [rule for rule in store.rules(connection) if rule.document == submission.code]
        self._open_form(submission, rules, keep)

    def _open_form(
        self,
        submission: Submission,
        rules: Sequence[Entitlement],
        keep: Callable[[Submission, Sequence[Entitlement]], None],
    ) -> None:
        if self._shown is not None:
            form = SubmissionForm(self._shown.contents, submission, rules, keep, self)
            form.exec()
            form.deleteLater()

    def _on_column_wanted(self) -> None:
        if self._shown is None:
            return
        form = ColumnForm(self._shown.headings, self._shown.contents.sessions, self)
        if form.exec() != DialogFrame.DialogCode.Accepted:
            return
        heading, kind, session = form.wish()
        try:
            added = self._write(lambda c: submissions.add_from_column(c, heading, kind, session))
        except StationError as error:
            self._tell(str(error), "negative")
            return
        self.reload(added[-1].code if added else "")
        if not added:
            self._tell(_("Everything in this column is expected already."), "warning")

    def _on_remove_wanted(self, submission: Submission) -> None:
        question = _("Remove “{title}”?").format(title=submission.title)
        text = _("Nobody has brought it yet; it is expected of nobody any more.")
        if not MessageDialog.confirm(self, question, text, yes=_("Remove"), no=_("Keep it")):
            return
        try:
            self._write(lambda c: submissions.remove_submission(c, submission.code))
        except StationError as error:
            self._tell(str(error), "negative")
        self.reload()

    def _on_export_wanted(self) -> None:
        start = Path.home() / f"{safe_name(_('Submissions'))}.xlsx"
        path = Choose.new_workbook(self, _("Save the list"), start)
        if path is None or self._shown is None:
            return
        table = submissions_table(self._station.event, self._shown.contents.sessions, self.owing.lines())
        done = lambda _result: self._tell(_("Saved: {path}").format(path=path))  # noqa: E731
        self._looks.run(lambda: write_file(path, workbook(table)), done)


def read_shown(station: Station) -> Shown:
    """Read everything at one moment. Raises EnvironmentFault."""
    contents = read_contents(station)
    with station.files.snapshot() as connection:
        known, rules = store.submissions(connection), store.rules(connection)
        lines = tuple(read_expected(connection))
    names = Names(
        {session.id: session_label(session) for session in contents.sessions},
        {person.id: person.name for person in contents.people},
    )
    words = {each.code: in_words([r for r in rules if r.document == each.code], names) for each in known}
    headings = dict.fromkeys(heading for person in contents.people for heading, _text in person.extra)
    return Shown(contents, tuple(known), lines, words, tuple(headings), station.clock.now())
