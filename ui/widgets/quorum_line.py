"""Whether enough delegates are present: an icon, a word and the figures, in one line."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from station.checkin.quorum import sentence, standing_words
from station.i18n import _
from station.model.quorum import Quorum
from ui.widgets.icon_mark import IconMark
from ui.widgets.plain_label import PlainLabel

_REACHED, _LACKING = ("circle-check", "positive"), ("triangle-alert", "warning")


class QuorumLine(QFrame):
    """Hidden while there is no rule.

    Args:
        short: only the figures, not whom and by which rule.
    """

    def __init__(self, parent: QWidget | None = None, *, short: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._short = short
        self._quorum: Quorum | None = None
        self._mark = IconMark(20)
        self._word = PlainLabel(size_px=14, weight=QFont.Weight.Bold)
        self._figures = PlainLabel(size_px=14, elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._word)
        row.addWidget(self._figures, 1)
        self.hide()

    def show_quorum(self, quorum: Quorum | None) -> None:
        """Show how a session stands."""
        self._quorum = quorum
        self._tell()
        self.setVisible(quorum is not None)

    def text(self) -> str:
        """What is said, '' for nothing."""
        return f"{self._word.full_text()} · {self._figures.full_text()}" if self._quorum else ""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()

    def _tell(self) -> None:
        quorum = self._quorum
        if quorum is None:
            return
        icon, role = _REACHED if quorum.is_reached else _LACKING
        self._mark.set_icon(icon, role)
        self._word.set_role(role)
        self._word.setText(_short_words(quorum) if self._short else standing_words(quorum))
        self._figures.setText(_figures(quorum) if self._short else sentence(quorum))
        self.setAccessibleName(f"{standing_words(quorum)}. {sentence(quorum)}")


def _short_words(quorum: Quorum) -> str:
    return _("Quorum reached") if quorum.is_reached else _("No quorum")


def _figures(quorum: Quorum) -> str:
    text = _("{present} / {total}, {needed} needed")
    return text.format(present=quorum.present, total=quorum.total, needed=quorum.needed)
