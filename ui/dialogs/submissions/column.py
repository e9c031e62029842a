"""Submissions from an extra column of the roster: which one, and of what kind they are."""

from collections.abc import Sequence

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.i18n import _
from station.model.event import Session
from station.model.submission import SubmissionKind
from station.reports.owing import KIND_NAMES
from ui.dialogs.frame import DialogFrame
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel
from ui.wording import session_label


class ColumnForm(DialogFrame):
    """Three choices."""

    def __init__(
        self, headings: Sequence[str], sessions: Sequence[Session], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, 560)
        self.set_heading(_("From a roster column"))
        text = _(
            "Each title in the column becomes a submission of the delegates beside it. A mark such as x or “có” "
            "stands for the heading itself; empty, “không” or a dash for nothing."
        )
        self.content.addWidget(PlainLabel(text, 15, wrap=True))
        self.column, self.kind, self.session = Choice(), Choice(), Choice()
        fill_choice(self.column, [(heading, heading) for heading in headings], None)
        kinds = [(kind, _(name)) for kind, name in KIND_NAMES.items()]
        fill_choice(self.kind, kinds, SubmissionKind.SLIDES)
        named = [("", _("no session")), *((each.id, session_label(each)) for each in sessions)]
        fill_choice(self.session, named, "")
        for caption, field in (
            (_("Column"), self.column),
            (_("Kind"), self.kind),
            (_("Due before the session"), self.session),
        ):
            label = PlainLabel(caption, 14, QFont.Weight.Medium)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self.content.addWidget(label)
            self.content.addWidget(field)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Add"), primary=True).clicked.connect(self.accept)

    def wish(self) -> tuple[str, SubmissionKind, str]:
        """Heading, kind and session."""
        kind = SubmissionKind(self.kind.currentData())
        return str(self.column.currentData()), kind, str(self.session.currentData())
