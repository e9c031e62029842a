"""The rule of certificates as fields: what share of which sessions, and how numbers are written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from station.i18n import _
from station.model.certificate import LONGEST_FORM, NUMBER, Basis, CertificateRule
from station.model.event import Session
from ui.dialogs.badges.profile import INSET
from ui.style.fonts import scaled
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.field_grid import field_grid
from ui.widgets.plain_label import PlainLabel
from ui.wording import session_label

_NAME_PX = 230


class RuleForm(QWidget):
    """Fields with the rule in force.

    Signals:
        changed: a field has another content.
    """

    changed = Signal()

    def __init__(self, rule: CertificateRule, sessions: Sequence[Session]) -> None:
        super().__init__()
        bases = [(Basis.SESSIONS, _("of the sessions")), (Basis.HOURS, _("of the hours"))]
        self.basis = fill_choice(Choice(), bases, rule.basis)
        self.percent = QSpinBox()
        self.percent.lineEdit().setTextMargins(*INSET)
        self.percent.setRange(1, 100)
        self.percent.setSuffix(" %")
        self.percent.setValue(rule.percent)
        self.form = QLineEdit(rule.number_form)
        self.form.setMaxLength(LONGEST_FORM)
        self.form.setPlaceholderText(NUMBER)
        self._ticks = {session.id: _Tick(session, rule) for session in sessions}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        fields = [
            (_("At least"), self.percent),
            (_("Share"), self.basis),
            (_("Number"), self.form),
        ]
        layout.addLayout(field_grid(fields))
        layout.addWidget(PlainLabel(_("Sessions that count"), 15))
        layout.addWidget(self._list(), 1)
        hint = _("A share of the sessions that the delegate may enter. {number} is the running number.")
        layout.addWidget(PlainLabel(hint.format(number=NUMBER), 13, role="muted", wrap=True))
        self.percent.valueChanged.connect(self.changed)
        self.basis.currentIndexChanged.connect(self.changed)
        self.form.textChanged.connect(self.changed)
        for tick in self._ticks.values():
            tick.toggled.connect(self.changed)

    def tick(self, session: str) -> QCheckBox:
        """The box of a session."""
        return self._ticks[session]

    def rule(self) -> CertificateRule:
        """The rule that the fields say; no session at all counts as none that is known."""
        chosen = tuple(session for session, tick in self._ticks.items() if tick.isChecked())
        return CertificateRule(
            Basis(self.basis.currentData()),
            self.percent.value(),
            () if len(chosen) == len(self._ticks) else chosen or ("–",),
            self.form.text().strip(),
        )

    def _list(self) -> QScrollArea:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for tick in self._ticks.values():
            column.addWidget(tick)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(box)
        area.setAccessibleName(_("Sessions that count"))
        return area


class _Tick(QCheckBox):
    """A session with its name, cut to the width of the rule; the whole name is read aloud."""

    def __init__(self, session: Session, rule: CertificateRule) -> None:
        super().__init__()
        label = session_label(session)
        cut = self.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, scaled(_NAME_PX))
        self.setText(cut.replace("&", "&&"))  # else Qt takes it for the mark of a key
        self.setAccessibleName(label)
        self.setChecked(not rule.sessions or session.id in rule.sessions)
