"""The rule of certificates as fields: what share of which sessions, and how numbers are written."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSpinBox, QVBoxLayout, QWidget

from station.i18n import _
from station.model.certificate import LONGEST_FORM, NUMBER, Basis, CertificateRule
from station.model.event import Session
from ui.dialogs.badges.profile import INSET
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.field_grid import field_grid
from ui.widgets.plain_label import PlainLabel
from ui.wording import session_label

_LIST_PX = 150


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
        self.sessions = QListWidget()
        self.sessions.setAccessibleName(_("Sessions that count"))
        self.sessions.setFixedHeight(_LIST_PX)
        for session in sessions:
            item = QListWidgetItem(session_label(session), self.sessions)
            item.setData(Qt.ItemDataRole.UserRole, session.id)
            counts = not rule.sessions or session.id in rule.sessions
            item.setCheckState(Qt.CheckState.Checked if counts else Qt.CheckState.Unchecked)
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
        layout.addWidget(self.sessions)
        hint = _("A share of the sessions that the delegate may enter. {number} is the running number.")
        layout.addWidget(PlainLabel(hint.format(number=NUMBER), 13, role="muted", wrap=True))
        layout.addStretch(1)
        self.percent.valueChanged.connect(self.changed)
        self.basis.currentIndexChanged.connect(self.changed)
        self.form.textChanged.connect(self.changed)
        self.sessions.itemChanged.connect(self.changed)

    def rule(self) -> CertificateRule:
        """The rule that the fields say; no session at all counts as none that is known."""
        items = [self.sessions.item(place) for place in range(self.sessions.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        chosen = tuple(item.data(Qt.ItemDataRole.UserRole) for item in ticked)
        return CertificateRule(
            Basis(self.basis.currentData()),
            self.percent.value(),
            () if len(ticked) == len(items) else chosen or ("–",),
            self.form.text().strip(),
        )
