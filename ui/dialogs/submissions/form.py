"""One submission on a form: what, what kind, until when; at the right of whom it is expected."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from station.documents.submissions import LONGEST_TITLE
from station.errors import Refusal, StationError
from station.i18n import _
from station.model.document import Entitlement
from station.model.submission import Submission, SubmissionKind
from station.reports.owing import KIND_NAMES
from station.text import clean
from ui.dialogs.documents.contents import Contents
from ui.dialogs.documents.recipients import RecipientsPage
from ui.dialogs.frame import DialogFrame, screen_room
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel
from ui.wording import session_label

_NARROWEST_PX, _SIZE_PX, _EDGE_PX = 760, (1180, 600), 40
_FORMATS = ("%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M")

Keep = Callable[[Submission, Sequence[Entitlement]], None]


class SubmissionForm(DialogFrame):
    """Edits a submission or describes a new one.

    Args:
        contents: categories, units and people. submission: as it stands; one without a code is new.
        keep: stores what was typed; what it raises is said, and the form stays.
    """

    def __init__(
        self,
        contents: Contents,
        submission: Submission,
        rules: Sequence[Entitlement],
        keep: Keep,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self._submission, self._keep, self._zone = submission, keep, ZoneInfo(contents.event.zone)
        new = not submission.code
        self.set_heading(_("New submission") if new else f"{submission.code} – {submission.title}")
        self.title = QLineEdit(submission.title)
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setCursorPosition(0)
        self.kind, self.session = Choice(), Choice()
        fill_choice(self.kind, [(kind, _(name)) for kind, name in KIND_NAMES.items()], submission.kind)
        sessions = [("", _("no session")), *((each.id, session_label(each)) for each in contents.sessions)]
        fill_choice(self.session, sessions, submission.session)
        due = submission.due_at
        self.due = QLineEdit(f"{due.astimezone(self._zone):%d/%m/%Y %H:%M}" if due else "")
        self.due.setPlaceholderText(f"{contents.event.starts_on:%d/%m/%Y} 07:30")
        self.recipients = RecipientsPage(brings=True)
        self.recipients.show_rules(contents, rules or [Entitlement("")])
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self._build()
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Add") if new else _("Save"), primary=True).clicked.connect(self._on_keep_clicked)
        self.title.setFocus()

    def trouble(self) -> str:
        """What is wrong, '' for nothing."""
        return self._trouble.full_text()

    def showEvent(self, event: QShowEvent) -> None:
        """The list of delegates wants room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        fields: tuple[tuple[str, QWidget], ...] = (
            (_("What is to be brought in"), self.title),
            (_("Kind"), self.kind),
            (_("Due before the session"), self.session),
            (_("Or by day and time"), self.due),
        )
        for line, (caption, field) in enumerate(fields):
            label = PlainLabel(caption, 14, QFont.Weight.Medium)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            field.setMinimumWidth(120)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(label, 3 * line, 0)
            grid.addWidget(field, 3 * line + 1, 0)
            grid.setRowMinimumHeight(3 * line + 2, 8)
        grid.setRowStretch(3 * len(fields), 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(PlainLabel(_("Who brings it"), 14, QFont.Weight.Medium))
        right.addWidget(self.recipients, 1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(grid, 2)
        row.addLayout(right, 3)
        self.content.addWidget(self._trouble)
        self.content.addLayout(row, 1)

    def _on_keep_clicked(self) -> None:
        try:
            self._keep(self._wish(), self.recipients.rules())
        except StationError as error:
            self._trouble.setText(str(error))
            self._trouble.show()
        else:
            self.accept()

    def _wish(self) -> Submission:
        """The submission of the fields. Raises Refusal."""
        return replace(
            self._submission,
            title=self.title.text(),
            kind=SubmissionKind(self.kind.currentData()),
            session=str(self.session.currentData()),
            due_at=parse_due(self.due.text(), self._zone),
        )


def parse_due(text: str, zone: ZoneInfo) -> datetime | None:
    """A day and time people typed, None for nothing. Raises Refusal."""
    typed = clean(text)
    if not typed:
        return None
    for form in _FORMATS:
        try:
            return datetime.strptime(typed, form).replace(tzinfo=zone)
        except ValueError:
            continue
    sentence = _("“{text}” is no day and time. Write it like 27/10/2026 07:30.")
    raise Refusal(sentence.format(text=typed[:40]))
