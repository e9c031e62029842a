"""What is seen while invitations are made, and when they are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from station.i18n import _, ngettext
from station.reports.mailing import Mailing
from ui.widgets.icon_mark import IconMark
from ui.widgets.plain_label import PlainLabel

_MARGINS_PX = (28, 24, 28, 24)


class WorkPage(QWidget):
    """A bar and what is being done."""

    def __init__(self) -> None:
        super().__init__()
        self._text = PlainLabel(size_px=17, wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addStretch(1)
        layout.addWidget(self._text, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self._bar)
        layout.addStretch(2)

    def start(self, count: int) -> None:
        """So many invitations are being made."""
        text = ngettext("Making {count} invitation…", "Making {count} invitations…", count)
        self._text.setText(text.format(count=count))
        self._bar.setRange(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def stopping(self) -> None:
        """The person does not want to wait."""
        self._text.setText(_("Stopping…"))


class DonePage(QWidget):
    """What was made and where it is."""

    def __init__(self) -> None:
        super().__init__()
        self._outcome = PlainLabel(size_px=17, wrap=True)
        self._details = PlainLabel(size_px=15, role="muted", wrap=True)
        mark = IconMark(48)
        mark.set_icon("circle-check", "positive")
        box = QWidget()
        box.setObjectName("surface")
        row = QHBoxLayout(box)
        row.setContentsMargins(*_MARGINS_PX)
        row.setSpacing(18)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        texts.addWidget(self._outcome)
        texts.addWidget(self._details)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box)
        layout.addStretch(1)

    def tell(self, mailing: Mailing) -> None:
        """Say what was made."""
        text = ngettext("{count} invitation in {path}.", "{count} invitations in {path}.", mailing.written)
        self._outcome.setText(text.format(count=mailing.written, path=mailing.folder))
        lines = [
            said
            for there, said in (
                (mailing.pdf, _("invitations.pdf – for the printer, at 100 % (“actual size”)")),
                (mailing.pictures, _("png – a picture for each delegate, to be sent")),
                (mailing.sheet, _("mail-merge.xlsx – addresses, codes, file names and messages")),
            )
            if there
        ]
        lines.append(_("They are remembered: who comes later, or gets a new code, is shown as not yet made."))
        self._details.setText("\n".join(lines))

    def outcome(self) -> str:
        """What is said."""
        return self._outcome.full_text()
