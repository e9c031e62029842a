"""A batch of badges before the event: whose, in which order, into how many boxes, as a PDF."""

import contextlib
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from station.app import Station
from station.badges.batch import MOST_BOXES, Box, boxed, print_batch
from station.badges.invitations import Order
from station.badges.layouts.folder import LayoutFile, layout_files, layout_named, read_layout
from station.badges.rendering import Progress
from station.errors import BadInput, EnvironmentFault
from station.i18n import _, ngettext, pick
from station.store import badges as badge_store
from station.text import text_key
from ui.dialogs.badges.profile import INSET
from ui.dialogs.choose import Choose
from ui.dialogs.work import WorkDialog
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.field_grid import field_grid
from ui.widgets.plain_label import PlainLabel


class BatchDialog(WorkDialog):
    """Shows what the boxes will hold while it is chosen; ``layout`` is the name of the layout chosen at first."""

    def __init__(self, station: Station, layout: str, parent: QWidget | None = None) -> None:
        explanation = _(
            "Badges in an order in which they are found again. The desk then shows the box of each badge."
        )
        super().__init__(parent, _("Print a batch"), explanation, _("Write a PDF…"))
        self._station = station
        self._badges = list(station.badges().values())
        with station.files.reading() as connection:
            self._printed = badge_store.printed_before(connection)
        categories = sorted(
            {badge.delegate.category for badge in self._badges if badge.delegate.category}, key=text_key
        )
        self._whose = fill_choice(
            Choice(), [("", _("Everybody")), *((each, each) for each in categories)], ""
        )
        self._again = QCheckBox(_("Those that were printed already, too"))
        orders = [(Order.NAME, _("By given name")), (Order.UNIT, _("By unit"))]
        self._order = fill_choice(Choice(), orders, Order.NAME)
        self._boxes = QSpinBox()
        self._boxes.lineEdit().setTextMargins(*INSET)
        self._boxes.setRange(1, MOST_BOXES)
        self._boxes.setValue(4)
        files = [file for file in layout_files(station.folder) if not file.is_certificate]
        papers = [(file.name, _title(file)) for file in files]
        self._paper = fill_choice(Choice(), papers, layout)
        self._preview = PlainLabel(size_px=14, role="muted", wrap=True)
        self._place = QWidget()
        self._lay_out()
        for choice in (self._whose, self._order):
            choice.currentIndexChanged.connect(self._show)
        self._boxes.valueChanged.connect(self._show)
        self._again.toggled.connect(self._show)
        self._show()

    def boxes(self) -> list[Box]:
        """What is chosen, distributed."""
        category = self._whose.currentData()
        wanted = [
            badge
            for badge in self._badges
            if (not category or badge.delegate.category == category)
            and (self._again.isChecked() or badge.delegate.id not in self._printed)
        ]
        return boxed(wanted, Order(self._order.currentData()), self._boxes.value())

    def begin(self) -> None:
        """Ask where to, then write."""
        start = self._station.folder / "exports" / "badges-batch.pdf"
        with contextlib.suppress(OSError):  # writing says what is wrong with the folder
            start.parent.mkdir(exist_ok=True)
        to = Choose.new_pdf(self, _("Where should the badges go?"), start)
        if to is not None:
            self._print(to)

    def preview(self) -> str:
        """What is said of the boxes."""
        return self._preview.full_text()

    def _print(self, to: Path) -> None:
        boxes, layout, station = self.boxes(), self._paper.currentData(), self._station
        self._place.hide()

        def told(printed: int) -> tuple[str, str]:
            count = ngettext("{count} badge", "{count} badges", printed).format(count=printed)
            return _("Done"), _("{badges} in {file}").format(badges=count, file=to)

        def work(progress: Progress) -> int:
            return print_batch(
                station.files,
                station.event,
                station.clock,
                boxes,
                to,
                layout_named(layout, station.folder),
                progress,
                photos=station.photo_files(),
                sessions=station.desk.sessions(),
            )

        self.run("batch", work, told, _("Drawing the badges…"))

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        super()._end(icon, role, headline, text)
        self._place.setVisible(icon != "circle-check")

    def _show(self) -> None:
        boxes = self.boxes()
        total = sum(len(box.badges) for box in boxes)
        said = ngettext("{count} badge", "{count} badges", total).format(count=total)
        held = [
            _("box {box}: {count}").format(box=box.label, count=len(box.badges)) for box in boxes if box.label
        ]
        self._preview.setText(" · ".join([said, *held]) if total else _("All badges were printed already."))
        self._start.setEnabled(total > 0)

    def _lay_out(self) -> None:
        fields: list[tuple[str, QWidget]] = [
            (_("Whose badges"), self._whose),
            (_("Order"), self._order),
            (_("Boxes"), self._boxes),
            (_("Paper"), self._paper),
        ]
        grid = field_grid(fields, self._place)
        grid.addWidget(self._again, len(fields), 1)
        grid.addWidget(self._preview, len(fields) + 1, 0, 1, 2)
        self.content.insertWidget(1, self._place)


def _title(file: LayoutFile) -> str:
    """What a layout is called; its file's name where it has no title or is not whole: printing says what is wrong."""
    try:
        layout = read_layout(file.path)
    except (BadInput, EnvironmentFault):
        return file.name
    return pick(layout.title, layout.title_en) or file.name
