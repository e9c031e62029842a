"""The sizes of card and paper, and how many cards stand on a sheet; for a new layout its name and title, too."""

from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QLineEdit, QWidget

from station.badges.layouts.folder import LONGEST_NAME
from station.badges.layouts.model import BadgeLayout
from station.badges.layouts.start import CARDS, LEAST_MM, MOST_MM, PAPERS, Format, on_paper, paper_of
from station.i18n import _, ngettext
from ui.dialogs.frame import DialogFrame
from ui.dialogs.layouts.form import INSET
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.field_grid import field_grid
from ui.widgets.plain_label import PlainLabel

_OWN_SIZE = ""


class PaperDialog(DialogFrame):
    """Accepted with :meth:`layout_chosen`; with ``asks_title`` the layout is a new one and gets its title here."""

    def __init__(
        self, layout: BadgeLayout, parent: QWidget | None = None, *, asks_title: bool = False
    ) -> None:
        super().__init__(parent, 580)
        self._layout_before, self._asks_title = layout, asks_title
        self.set_heading(_("New layout") if asks_title else _("Card and paper"))
        self.title = QLineEdit(layout.title)
        self.title.setMaxLength(LONGEST_NAME)
        sizes = [(card.key, _(card.caption)) for card in CARDS]
        self.card = fill_choice(Choice(), [*sizes, (_OWN_SIZE, _("Another size"))], self._card_of(layout))
        self.width_mm, self.height_mm = _measure(layout.card_width_mm), _measure(layout.card_height_mm)
        papers = [(paper.key, _(paper.caption)) for paper in PAPERS]
        self._own_paper = Format(_OWN_SIZE, "", layout.width_mm, layout.height_mm)
        if not paper_of(layout):
            size = f"{layout.width_mm:g} × {layout.height_mm:g} mm"
            papers.append((_OWN_SIZE, _("As it is: {size}").format(size=size)))
        self.paper = fill_choice(Choice(), papers, paper_of(layout))
        self.gap_mm = _measure(0.0, 0.0, 50.0)
        self.folds = QCheckBox(_("The back is below the front, to be folded"))
        self.folds.setChecked(layout.folds)
        self.cuts = QCheckBox(_("Marks at the edges show where to cut"))
        self.cuts.setChecked(layout.has_cut_marks)
        self._told = PlainLabel(size_px=14, role="muted", wrap=True)
        self._build()
        self._show()

    def layout_chosen(self) -> BadgeLayout:
        """The layout with what is chosen; without places for cards where none fits the paper."""
        papers = {paper.key: paper for paper in (*PAPERS, self._own_paper)}
        return on_paper(
            self._layout_before,
            (self.width_mm.value(), self.height_mm.value()),
            papers[self.paper.currentData()],
            self.gap_mm.value(),
            folds=self.folds.isChecked(),
            cuts=self.cuts.isChecked(),
        )

    def _build(self) -> None:
        fields: list[tuple[str, QWidget]] = [(_("Layout's title"), self.title)] if self._asks_title else []
        fields += [
            (_("Card"), self.card),
            (_("Width"), self.width_mm),
            (_("Height"), self.height_mm),
            (_("Paper"), self.paper),
            (_("Gap between cards"), self.gap_mm),
        ]
        grid = field_grid(fields)
        grid.addWidget(self.folds, len(fields), 1)
        grid.addWidget(self.cuts, len(fields) + 1, 1)
        self.content.addLayout(grid)
        self.content.addWidget(self._told)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self._yes = self.add_button(_("Begin") if self._asks_title else _("Apply"), primary=True)
        self._yes.clicked.connect(self.accept)
        self.card.activated.connect(self._on_card)
        for box in (self.width_mm, self.height_mm):
            box.valueChanged.connect(self._on_size)
        self.gap_mm.valueChanged.connect(self._show)
        self.paper.activated.connect(self._show)
        self.folds.toggled.connect(self._show)
        self.title.textChanged.connect(self._show)
        if self._asks_title:
            self.title.setFocus()
            self.title.selectAll()

    @staticmethod
    def _card_of(layout: BadgeLayout) -> str:
        size = layout.card_width_mm, layout.card_height_mm
        return next((card.key for card in CARDS if (card.width_mm, card.height_mm) == size), _OWN_SIZE)

    def _on_card(self) -> None:
        for card in CARDS:
            if card.key == self.card.currentData():
                self.width_mm.setValue(card.width_mm)
                self.height_mm.setValue(card.height_mm)

    def _on_size(self) -> None:
        size = self.width_mm.value(), self.height_mm.value()
        key = next((card.key for card in CARDS if (card.width_mm, card.height_mm) == size), _OWN_SIZE)
        self.card.setCurrentIndex(self.card.findData(key))
        self._show()

    def _show(self) -> None:
        cards = len(self.layout_chosen().origins_mm)
        said = ngettext("{count} card on a page.", "{count} cards on a page.", cards).format(count=cards)
        self._told.setText(said if cards else _("The card is larger than the paper."))
        self._told.set_role("muted" if cards else "negative")
        self._yes.setEnabled(cards > 0 and (bool(self.title.text().strip()) or not self._asks_title))


def _measure(value: float, least: float = LEAST_MM, most: float = MOST_MM) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.lineEdit().setTextMargins(*INSET)
    box.setRange(least, most)
    box.setDecimals(1)
    box.setSuffix(" mm")
    box.setValue(value)
    return box
