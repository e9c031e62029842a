"""A field for a passphrase: hidden until it is to be seen; nothing of it is kept, logged or put on the clipboard."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from station.i18n import _
from station.media.passphrase import Strength, strength_of
from ui.widgets.plain_label import PlainLabel

_ROLES = {
    Strength.EMPTY: "muted",
    Strength.WEAK: "negative",
    Strength.FAIR: "warning",
    Strength.STRONG: "positive",
}


class PassphraseField(QWidget):
    """One line to open something, or two equal ones to set a new passphrase.

    Args:
        new: a passphrase is set: it is asked for twice, and how strong it is is said.

    Signals:
        changed: other text.
    """

    changed = Signal()

    def __init__(self, *, new: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new = new
        self._first, self._second = QLineEdit(), QLineEdit()
        self._show = QCheckBox(_("Show"))
        self._hint = PlainLabel(size_px=13, role="muted", wrap=True)
        captions = (_("Passphrase"), _("The same once more"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for column, (caption, field) in enumerate(zip(captions, (self._first, self._second), strict=True)):
            if column and not new:
                break
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(caption)
            field.textChanged.connect(self._on_text_changed)
            label = PlainLabel(caption, 14)
            label.setBuddy(field)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._show, 1, 2)
        grid.addWidget(self._hint, 2, 0, 1, 3)
        self._hint.setVisible(new)
        self._show.toggled.connect(self._on_show_toggled)
        self.setFocusProxy(self._first)
        self._on_text_changed()

    def passphrase(self) -> str:
        """What was typed."""
        return self._first.text()

    def set_passphrase(self, text: str) -> None:
        """Type it, twice where it is asked for twice."""
        self._first.setText(text)
        self._second.setText(text)

    def trouble(self) -> str:
        """What is missing, '' for nothing."""
        if not self.passphrase():
            self._first.setFocus()
            return _("Type the passphrase.")
        if self._new and self._first.text() != self._second.text():
            self._second.setFocus()
            return _("The two passphrases are not the same. Type them again, or press “Show” to compare.")
        return ""

    def hint(self) -> str:
        """What is said of its strength."""
        return self._hint.full_text()

    def _on_show_toggled(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._first.setEchoMode(mode)
        self._second.setEchoMode(mode)

    def _on_text_changed(self) -> None:
        strength = strength_of(self.passphrase())
        said = {
            Strength.EMPTY: _(
                "Four words or more that do not belong together are easy to tell and hard to guess."
            ),
            Strength.WEAK: _("Weak: a computer guesses it. Take more words."),
            Strength.FAIR: _("Fair. One word more makes it strong."),
            Strength.STRONG: _("Strong. Tell it to the desks by another way than the stick."),
        }
        self._hint.set_role(_ROLES[strength])
        self._hint.setText(said[strength])
        self.changed.emit()
