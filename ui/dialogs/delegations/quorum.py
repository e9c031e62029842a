"""The rule of the quorum: which share of which delegates must be present."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from station.checkin.delegations import Delegations
from station.errors import StationError
from station.i18n import _
from station.model.quorum import HALF, THREE_QUARTERS, TWO_THIRDS, Quorum, QuorumRule, Share, parse_share
from ui.dialogs.frame import DialogFrame
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel

_WIDTH_PX = 560
_NONE, _OTHER = "none", "other"
_CATEGORIES_PX = 190


class QuorumDialog(DialogFrame):
    """Accepted when the rule is stored.

    Args:
        categories: of the event. quorum: how it stands by the present rule, None for no rule.
    """

    def __init__(
        self,
        delegations: Delegations,
        categories: Sequence[str],
        quorum: Quorum | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, _WIDTH_PX)
        self.set_heading(_("Quorum"))
        self._delegations = delegations
        rule = quorum.rule if quorum else None
        usual = [
            (HALF, _("More than half")),
            (TWO_THIRDS, _("At least two thirds")),
            (THREE_QUARTERS, _("At least three quarters")),
        ]
        shares = [(_NONE, _("No rule")), *usual, (_OTHER, _("Another share…"))]
        known = [share for share, _label in usual]
        chosen = _NONE if rule is None else rule.share if rule.share in known else _OTHER
        self.share = fill_choice(Choice(), shares, chosen)
        self.other = QLineEdit("" if chosen != _OTHER or rule is None else _typed(rule.share))
        self.other.setPlaceholderText(_("for example 60%, >50% or 3/5"))
        self.other.setAccessibleName(_("Another share"))
        self.other.setMaxLength(20)
        self.everybody = QCheckBox(_("Every category"))
        self.everybody.setChecked(rule is None or rule.categories is None)
        counted = set(rule.categories or ()) if rule else set()
        self.boxes = {name: QCheckBox(name.replace("&", "&&")) for name in categories}
        for name, box in self.boxes.items():
            box.setChecked(name in counted)
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self._build()
        self.share.currentIndexChanged.connect(self._adapt)
        self.everybody.toggled.connect(self._adapt)
        self._adapt()

    def trouble(self) -> str:
        """What is wrong, '' for nothing."""
        return self._trouble.full_text()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        caption = PlainLabel(_("Must be present"), 14, QFont.Weight.Medium)
        caption.setBuddy(self.share)
        self.share.setAccessibleName(_("Must be present"))
        row.addWidget(caption)
        row.addWidget(self.share, 1)
        row.addWidget(self.other, 1)
        inner = QWidget()
        boxes = QVBoxLayout(inner)
        boxes.setContentsMargins(26, 0, 8, 0)
        boxes.setSpacing(0)
        for box in self.boxes.values():
            boxes.addWidget(box)
        boxes.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        scroll.setMinimumHeight(min(_CATEGORIES_PX, 34 * len(self.boxes) + 4))
        self.content.addLayout(row)
        self.content.addWidget(PlainLabel(_("Who counts"), 14, QFont.Weight.Medium))
        self.content.addWidget(self.everybody)
        self.content.addWidget(scroll, 1)
        text = _(
            "Not counted: who was withdrawn or blocked, for whom somebody comes, and walk-ins not approved."
        )
        self.content.addWidget(PlainLabel(text, 13, role="muted", wrap=True))
        self.content.addWidget(self._trouble)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Apply"), primary=True).clicked.connect(self._on_applied)

    def _adapt(self) -> None:
        chosen = self.share.currentData()
        self.other.setVisible(chosen == _OTHER)
        self.everybody.setEnabled(chosen != _NONE)
        for box in self.boxes.values():
            box.setEnabled(chosen != _NONE and not self.everybody.isChecked())

    def _on_applied(self) -> None:
        try:
            self._delegations.set_quorum(self._rule())
        except StationError as error:
            self._trouble.setText(str(error))
            self._trouble.show()
        else:
            self.accept()

    def _rule(self) -> QuorumRule | None:
        chosen = self.share.currentData()
        if chosen == _NONE:
            return None
        share: Share = parse_share(self.other.text()) if chosen == _OTHER else chosen
        names = tuple(name for name, box in self.boxes.items() if box.isChecked())
        return QuorumRule(share, None if self.everybody.isChecked() else names)


def _typed(share: Share) -> str:
    """As it may be typed again."""
    return str(share).removeprefix(">=")
