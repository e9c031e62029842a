"""The layout editor: what can be put on a card at the left, the card, and what is selected at the right."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QFont, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.app import Station
from station.badges.layouts.drawing import Filling
from station.badges.layouts.model import BadgeLayout, Drawing, Label, Photo
from station.badges.layouts.own import ChangedMeanwhile, save_layout, saved_beside
from station.badges.layouts.parse import element_said
from station.badges.layouts.parts import BACK, FRONT, Part, kind_of
from station.badges.layouts.warnings import LayoutWarning, warnings_of
from station.badges.layouts.words import values_of
from station.badges.logo import Size
from station.badges.rendering import render_badges
from station.errors import StationError
from station.i18n import _, ngettext, pick
from ui.bridge.operation import Operation, Progress
from ui.dialogs.choose import Choose
from ui.dialogs.frame import DialogFrame
from ui.dialogs.layouts.boxes import column, fill_screen, plain_button
from ui.dialogs.layouts.canvas import Canvas
from ui.dialogs.layouts.checking import Checking
from ui.dialogs.layouts.draft import Draft
from ui.dialogs.layouts.elements import IMAGE, KINDS, new_part, offers, part_said
from ui.dialogs.layouts.palette import Palette
from ui.dialogs.layouts.paper import PaperDialog
from ui.dialogs.layouts.people import People, SampleChoice, people_of
from ui.dialogs.layouts.pictures import take_picture
from ui.dialogs.layouts.properties import Properties
from ui.dialogs.layouts.tools import Tools
from ui.dialogs.message import MessageDialog
from ui.style.fonts import scaled
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_SIDE_PX = (200, 290)
_MOST_WARNINGS = 60


class EditorDialog(DialogFrame):
    """One own layout; ``known`` is the fingerprint of its file, '' for a new one that has none."""

    def __init__(
        self, station: Station, layout: BadgeLayout, known: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, 700)
        self._station, self._known = station, known
        self._people = People()
        self._warnings: list[LayoutWarning] = []
        self.draft = Draft(layout, self)
        self.samples = SampleChoice()
        self._fill_with()
        self.canvas = Canvas(self.draft, self.filling)
        self.tools = Tools(self.draft, self.canvas, self)
        self.palette_list = Palette()
        self.palette_list.offer(offers([]))
        self.layers = RowList(32, one_click=False)
        self.layers.setAccessibleName(_("Layers"))
        self.properties = Properties(self.draft)
        self.warnings = RowList(48, one_click=False)
        self.warnings.setAccessibleName(_("Warnings"))
        self._warned = PlainLabel(size_px=14, weight=QFont.Weight.Bold, wrap=True)
        self.sides = {
            FRONT: plain_button("id-card", _("Front side")),
            BACK: plain_button("id-card", _("Back side")),
        }
        self._told = PlainLabel(size_px=14, role="muted", wrap=True)
        self.checking = Checking(self._check, self)
        self._reading: Operation | None = Operation("layout-people", lambda _p: people_of(station), self)
        self._build()
        self._connect()
        self._on_changed()
        self.canvas.setFocus()
        self._reading.start()

    def filling(self) -> Filling:
        """What the badge on show is filled with."""
        badge, values, photo = self._filled
        return Filling(badge, values, self._station.event.logo, photo, self.draft.layout.pictures)

    def is_working(self) -> bool:
        """Whether people are being read or the layout is being checked."""
        return self._reading is not None or self.checking.is_working()

    def found(self) -> list[LayoutWarning]:
        """The warnings on show."""
        return self._warnings

    # What a person does.

    def put(self, key: str, at: tuple[float, float] | None = None) -> None:
        """Put something of the palette on the card, its middle at a point."""
        card = self.draft.layout.card
        part = self._new_picture() if key == IMAGE else new_part(key, card)
        if part is None:
            return
        self.draft.add([part])
        if at is not None:
            place = part[0].place
            self.draft.nudge(
                round(at[0] - place.x_mm - place.width_mm / 2),
                round(at[1] - place.y_mm - place.height_mm / 2),
            )
        self.canvas.setFocus()

    def save(self) -> bool:
        """Write the file; False when it could not be."""
        layout, folder = self.draft.layout, self._station.folder
        try:
            self._known = save_layout(layout, folder, self._known)
        except ChangedMeanwhile as error:
            text = str(error) + " " + _("Yours can be kept under another name beside it.")
            if not MessageDialog.confirm(
                self, _("Changed meanwhile"), text, yes=_("Keep both"), no=_("Do not save")
            ):
                return False
            return self._save_beside(layout)
        except StationError as error:
            MessageDialog.tell(self, _("Not saved"), str(error))
            return False
        self._note_saved(layout)
        return True

    def print_sample(self) -> None:
        """Write the badge on show as a PDF, as it is printed."""
        start = self._station.folder / "exports" / f"{self.draft.layout.name}.pdf"
        to = Choose.new_pdf(self, _("Where should the sample go?"), start)
        if to is not None:
            self._write_sample(to)

    def reject(self) -> None:
        """Changes that are not saved are asked for."""
        if self.draft.is_changed():
            question = _("Close without saving?")
            text = _("The layout {name} was changed. What is not saved is lost.")
            text = text.format(name=self.draft.layout.title)
            if not MessageDialog.confirm(
                self, question, text, yes=_("Close without saving"), no=_("Go on editing")
            ):
                return
        self._end()
        super().reject()

    def accept(self) -> None:
        """Enter belongs to the fields."""

    def showEvent(self, event: QShowEvent) -> None:
        """As large as the screen allows."""
        super().showEvent(event)
        fill_screen(self)

    # What follows from it.

    def _save_beside(self, layout: BadgeLayout) -> bool:
        try:
            layout, self._known = saved_beside(layout, self._station.folder)
        except StationError as error:
            MessageDialog.tell(self, _("Not saved"), str(error))
            return False
        self._note_saved(layout)
        return True

    def _note_saved(self, layout: BadgeLayout) -> None:
        self.draft.note_saved(layout)
        self._told.setText(_("Saved as {file}.").format(file=f"layouts/{layout.name}.toml"))

    def _write_sample(self, to: Path) -> None:
        people, badge = self._people, self.samples.badge()
        try:
            to.parent.mkdir(exist_ok=True)
            render_badges(
                to,
                self._station.event,
                [badge],
                self.draft.layout,
                photos=people.photos,
                sessions=people.sessions,
            )
        except (StationError, OSError) as error:
            MessageDialog.tell(self, _("Not written"), str(error))
        else:
            self._told.setText(_("Written: {file}").format(file=to.name))

    def _new_picture(self) -> Part | None:
        taken = take_picture(self, self._station.folder, self.draft.layout)
        if taken is None:
            return None
        name, self.draft.layout = taken
        return new_part(IMAGE, self.draft.layout.card, name)

    def _on_other_picture(self) -> None:
        part = self._new_picture()
        if part is not None and isinstance(part[0], Drawing):
            file = part[0].file
            self.draft.change_chosen(
                lambda old: (Drawing(old[0].label, old[0].place, file, old[0].audience),)
            )

    def _on_paper(self) -> None:
        dialog = PaperDialog(self.draft.layout, self)
        if dialog.exec() == PaperDialog.DialogCode.Accepted:
            self.draft.change(dialog.layout_chosen())

    def _on_people(self, people: People) -> None:
        self._people = people
        self.palette_list.offer(offers(people.columns))
        self.properties.offer(people.columns, people.categories)
        self.samples.offer(people)
        self.checking.look_at(self.draft.layout)

    def _on_read(self) -> None:
        self._reading = None

    def _fill_with(self) -> None:
        """Fill the badge anew: another person, or another size of the photo."""
        badge = self.samples.badge()
        places = [element.place for element in self.draft.layout.elements if isinstance(element, Photo)]
        photo = b""
        if places:
            largest = max(places, key=lambda place: place.width_mm * place.height_mm)
            photo = self._people.photos.scaled(badge.delegate.id, Size(largest.width_mm, largest.height_mm))
        self._filled = badge, values_of(self._station.event, badge, self._people.sessions), photo

    def _check(self, layout: BadgeLayout, progress: Progress) -> list[LayoutWarning]:
        """On a worker: of everybody's badge, of the sample person's where the roster is empty."""
        people = self._people
        found = warnings_of(
            layout,
            self._station.event,
            people.badges or [self._filled[0]],
            sessions=people.sessions,
            with_photo=people.with_photo,
            progress=progress,
        )
        return found if people.badges else [w for w in found if w.warning != "UNKNOWN_CATEGORY"]

    def _on_sample(self) -> None:
        self._fill_with()
        self.canvas.viewport().update()

    def _on_changed(self) -> None:
        self._fill_with()
        layout = self.draft.layout
        mark = " •" if self.draft.is_changed() or not self._known else ""
        self.set_heading(_("Badge layout: {title}").format(title=pick(layout.title, layout.title_en)) + mark)
        self._show_layers()
        self.checking.look_at(layout)

    def _on_selected(self) -> None:
        for side, button in self.sides.items():
            button.set_primary(side == self.draft.side)
        self._show_layers()
        self.canvas.viewport().update()

    def _show_layers(self) -> None:
        parts = list(enumerate(self.draft.parts()))[::-1]
        self._showing = True
        self.layers.show_rows(
            [Row(part_said(part), icon=KINDS[kind_of(part)][1], key=str(number)) for number, part in parts]
        )
        if len(self.draft.chosen) == 1:
            self.layers.select(len(parts) - 1 - self.draft.chosen[0])
        self._showing = False

    def _on_layer(self) -> None:
        key = self.layers.selected()
        if key and not self._showing:
            self._showing = True
            self.draft.choose([int(key)])
            self._showing = False

    def _on_found(self, warnings: Sequence[LayoutWarning]) -> None:
        self._warnings = list(warnings)
        shown = self._warnings[:_MOST_WARNINGS]
        self.warnings.show_rows([self._warning_row(number, each) for number, each in enumerate(shown)])
        self.warnings.setVisible(bool(shown))
        count = len(self._warnings)
        said = ngettext("{count} warning", "{count} warnings", count).format(count=count)
        self._warned.setText(said if count else _("Nothing would be cut off, and the code can be read."))
        self._warned.set_role("warning" if count else "positive")

    def _warning_row(self, number: int, warning: LayoutWarning) -> Row:
        said = warning.message
        if warning.element is not None:  # the title says which one it is
            said = said[len(element_said(warning.element)) :].lstrip(" :")
            said = said[:1].upper() + said[1:]
        title = self._part_of(warning.element)
        return Row(title, said, icon="triangle-alert", role="warning", key=str(number))

    def _part_of(self, label: Label | None) -> str:
        if label is None:
            return _("The card")
        elements = self.draft.layout.front if label.side == FRONT else self.draft.layout.back
        part = tuple(element for element in elements if element.label.number == label.number)
        return part_said(part) if part else ""

    def _on_warning(self) -> None:
        key = self.warnings.selected()
        warning = self._warnings[int(key)] if key else None
        if warning is None:
            return
        self._told.setText(warning.message)
        if warning.element is not None:
            self.draft.show_side(warning.element.side)
            if warning.element.number <= len(self.draft.parts()):
                self.draft.choose([warning.element.number - 1])
        if warning.code:
            self.samples.search.setText(warning.code)

    # Building.

    def _connect(self) -> None:
        self.draft.changed.connect(self._on_changed)
        self.draft.selected.connect(self._on_selected)
        self.samples.chosen.connect(lambda _badge: self._on_sample())
        self.palette_list.chosen.connect(self.put)
        self.canvas.dropped.connect(lambda key, x, y: self.put(key, (x, y)))
        self.canvas.edit_wanted.connect(self.properties.edit_text)
        self.layers.selectionModel().currentChanged.connect(self._on_layer)
        self.warnings.clicked.connect(self._on_warning)
        self.warnings.chosen.connect(lambda _key: self._on_warning())
        self.properties.paper_wanted.connect(self._on_paper)
        self.properties.picture_wanted.connect(self._on_other_picture)
        self.checking.found.connect(self._on_found)
        for side, button in self.sides.items():
            button.clicked.connect(lambda _on=False, side=side: self.draft.show_side(side))
        assert self._reading is not None
        self._reading.succeeded.connect(self._on_people)
        self._reading.finished.connect(self._on_read)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        QShortcut(QKeySequence("Ctrl+1"), self, lambda: self.draft.show_side(FRONT))
        QShortcut(QKeySequence("Ctrl+2"), self, lambda: self.draft.show_side(BACK))

    def _build(self) -> None:
        said = _(
            "Drag things onto the card, or choose them and press Enter. What you see is what is printed. "
            "Arrows move by 1 mm, with Shift by 10, with Ctrl by 0.1; Alt lets nothing catch while dragging."
        )
        self.content.addWidget(PlainLabel(said, 14, role="muted", wrap=True))
        self.content.addWidget(self.tools)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        for widget, stretch in ((self._left(), 0), (self.canvas, 1), (self._right(), 0)):
            columns.addWidget(widget, stretch)
        self.content.addLayout(columns, 1)
        self.content.addWidget(self._below())
        self._buttons.insertWidget(0, self._told, 1)
        self._sample = self.add_button(_("Sample as PDF…"), icon="file-down")
        self._sample.clicked.connect(self.print_sample)
        self._close = self.add_button(_("Close"))
        self._close.clicked.connect(self.reject)
        self.save_button = self.add_button(_("Save"), icon="save")
        self.save_button.set_primary(True)
        self.save_button.clicked.connect(lambda: self.save())
        for shown in (self.palette_list, self.layers, self.warnings):
            shown.setMinimumHeight(scaled(70))
        for button in (self._sample, self._close, self.save_button):
            button.setAutoDefault(False)

    def _left(self) -> QWidget:
        return column(
            _SIDE_PX[0],
            (PlainLabel(_("Put on the card"), 14, QFont.Weight.Bold), 0),
            (self.palette_list, 3),
            (PlainLabel(_("Layers"), 14, QFont.Weight.Bold), 0),
            (self.layers, 2),
        )

    def _below(self) -> QWidget:
        """Which side is shown, and whose."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for side, button in self.sides.items():
            button.set_primary(side == self.draft.side)
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.samples, 1)
        return line

    def _right(self) -> QWidget:
        return column(_SIDE_PX[1], (self.properties, 3), (self._warned, 0), (self.warnings, 2))

    def _end(self) -> None:
        self.checking.end()
        if self._reading is not None:
            self._reading.wait()
