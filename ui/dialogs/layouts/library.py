"""The list of badge layouts: ready-made ones are copied before they are changed, own ones are the event's."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.app import Station
from station.badges.layouts.drawing import Filling, draw_side
from station.badges.layouts.folder import LONGEST_NAME, LayoutFile, copy_layout, layout_files, read_layout
from station.badges.layouts.model import BadgeLayout
from station.badges.layouts.own import fingerprint, free_name, remove_layout, rename_layout
from station.badges.layouts.samples import BUILT_IN
from station.badges.layouts.start import blank_layout
from station.badges.layouts.words import values_of
from station.errors import StationError
from station.i18n import _, ngettext, pick
from station.media.names import safe_name
from ui.dialogs.frame import DialogFrame
from ui.dialogs.layouts.boxes import plain_button
from ui.dialogs.layouts.editor import EditorDialog
from ui.dialogs.layouts.painter import PainterSurface
from ui.dialogs.layouts.paper import PaperDialog
from ui.dialogs.message import MessageDialog
from ui.dialogs.units.asking import NameDialog
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList

_PICTURE_PX = 320
_FINE = 3  # pixels of the picture a pixel of the screen


class LayoutsDialog(DialogFrame):
    """Every layout, with a picture of its front."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, 880)
        self._station = station
        self._files: dict[str, LayoutFile] = {}
        self.set_heading(_("Badge layouts"))
        self.list = RowList(48, one_click=False)
        self.list.setAccessibleName(_("Badge layouts"))
        self.list.setMinimumHeight(380)
        self.picture = _Picture()
        self._told = PlainLabel(size_px=14, role="muted", wrap=True)
        self.edit = plain_button("pencil", _("Edit…"))
        self.duplicate = plain_button("copy", _("Duplicate…"))
        self.rename = plain_button("tag", _("Rename…"))
        self.remove = plain_button("trash-2", _("Delete…"))
        self._build()
        self.refresh()

    def refresh(self, chosen: str = "") -> None:
        """Show the layouts as they are now."""
        chosen = chosen or self.list.selected()
        files = layout_files(self._station.folder)
        self._files = {file.name: file for file in files}
        self.list.show_rows([self._row(file) for file in files])
        names = list(self._files)
        self.list.select(names.index(chosen) if chosen in names else 0)
        self._show()

    def _row(self, file: LayoutFile) -> Row:
        note = _("own") if file.is_own else _("ready-made")
        try:
            layout = read_layout(file.path)
        except StationError as error:
            said = str(error)
            return Row(
                file.name, detail=said, note=note, icon="triangle-alert", role="warning", key=file.name
            )
        cards = len(layout.origins_mm)
        count = ngettext("{count} card a page", "{count} cards a page", cards).format(count=cards)
        size = f"{layout.card_width_mm:g} × {layout.card_height_mm:g} mm"
        title = pick(layout.title, layout.title_en)
        return Row(title, f"{file.name} · {size} · {count}", note, icon="id-card", key=file.name)

    def _show(self) -> None:
        file = self._files.get(self.list.selected())
        layout, said = None, ""
        if file is not None:
            try:
                layout = read_layout(file.path)
            except StationError as error:
                said = str(error)
        own = file is not None and file.is_own
        self.picture.show_layout(layout, self._station)
        if not said and not own:
            said = _("A ready-made layout is copied before it is changed.")
        self._told.setText(said)
        self._told.set_role("muted" if layout else "negative")
        self.edit.setEnabled(layout is not None)
        self.duplicate.setEnabled(layout is not None)
        self.rename.setEnabled(own)
        self.remove.setEnabled(own)

    # What a person does.

    def on_new(self) -> None:
        """A layout from nothing."""
        dialog = PaperDialog(blank_layout("", _("Our badge")), self, asks_title=True)
        if dialog.exec() != PaperDialog.DialogCode.Accepted:
            return
        title = dialog.title.text().strip()
        name = free_name(safe_name(title)[:LONGEST_NAME], self._station.folder)
        self._edit(replace(dialog.layout_chosen(), name=name, title=title), "")

    def on_edit(self) -> None:
        """Change an own layout; of a ready-made one a copy."""
        file = self._files.get(self.list.selected())
        if file is None or not self.edit.isEnabled():
            return
        if not file.is_own:
            self.on_duplicate()
            return
        self._tried(lambda: self._open(file.name))

    def on_duplicate(self) -> None:
        """Begin an own layout as a copy, and change it."""
        source, folder = self.list.selected(), self._station.folder
        name = self._ask(_("A copy to change"), free_name(f"{source}-1"[:LONGEST_NAME], folder), _("Copy"))

        def copy() -> None:
            copy_layout(source, name, folder)
            self._open(name)

        if name:
            self._tried(copy)

    def on_rename(self) -> None:
        """Give an own layout another name."""
        old = self.list.selected()
        name = self._ask(_("Rename {name}").format(name=old), old, _("Rename"))

        def rename() -> None:
            rename_layout(old, name, self._station.folder)
            self.refresh(name)

        if name and name != old:
            self._tried(rename)

    def on_remove(self) -> None:
        """Delete an own layout after a question."""
        name = self.list.selected()
        question = _("Delete the layout {name}?").format(name=name)
        text = _("Its file is removed from the event. Badges that were printed with it stay as they are.")

        def remove() -> None:
            remove_layout(name, self._station.folder)
            self.refresh()

        if MessageDialog.confirm(self, question, text, yes=_("Delete"), no=_("Cancel")):
            self._tried(remove)

    def _ask(self, heading: str, wish: str, yes: str) -> str:
        dialog = NameDialog(self, heading, _("Name of the file"), LONGEST_NAME, yes)
        dialog.field.setText(wish)
        dialog.field.selectAll()
        accepted = dialog.exec() == NameDialog.DialogCode.Accepted
        return dialog.field.text().strip() if accepted else ""

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except StationError as error:
            MessageDialog.tell(self, _("Not done"), str(error))

    def _open(self, name: str) -> None:
        known = fingerprint(name, self._station.folder)
        self.refresh(name)
        self._edit(read_layout(self._files[name].path), known)

    def _edit(self, layout: BadgeLayout, known: str) -> None:
        editor = EditorDialog(self._station, layout, known, self)
        editor.exec()
        self.refresh(editor.draft.layout.name)

    def _build(self) -> None:
        said = _("How badges look on paper. Own layouts lie with the event and go with it to every laptop.")
        self.content.addWidget(PlainLabel(said, 15, role="muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(18)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.edit, self.duplicate, self.rename, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        left.addLayout(buttons)
        right.addWidget(self.picture, 1)
        right.addWidget(self._told)
        row.addLayout(left, 1)
        row.addLayout(right)
        self.content.addLayout(row, 1)
        self.add_button(_("Close")).clicked.connect(self.reject)
        self.new = self.add_button(_("New layout…"), icon="plus")
        self.new.set_primary(True)
        self.new.setAutoDefault(False)
        self.new.clicked.connect(self.on_new)
        self.edit.clicked.connect(self.on_edit)
        self.duplicate.clicked.connect(self.on_duplicate)
        self.rename.clicked.connect(self.on_rename)
        self.remove.clicked.connect(self.on_remove)
        self.list.chosen.connect(lambda _name: self.on_edit())
        self.list.selectionModel().currentChanged.connect(self._show)


class _Picture(QWidget):
    """The front of a layout with the sample person."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setFixedWidth(_PICTURE_PX)
        self.setMinimumHeight(_PICTURE_PX)
        self.setAccessibleName(_("Picture of the layout"))

    def show_layout(self, layout: BadgeLayout | None, station: Station) -> None:
        """Paint another one, None for none."""
        self._image = None
        if layout is not None:
            card = layout.card
            scale = _FINE * _PICTURE_PX / max(card.width_mm, card.height_mm)
            size = QSize(round(card.width_mm * scale), round(card.height_mm * scale))
            self._image = QImage(size, QImage.Format.Format_RGB32)
            self._image.fill(QColor("#ffffff"))
            painter = QPainter(self._image)
            painter.scale(scale, scale)
            filling = Filling(
                BUILT_IN, values_of(station.event, BUILT_IN), station.event.logo, b"", layout.pictures
            )
            draw_side(PainterSurface(painter), card, layout.front, filling)
            painter.end()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.size()
        ratio = self.devicePixelRatioF()
        shown = self._image.scaled(
            room * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        size = shown.deviceIndependentSize()
        painter.drawImage(round((room.width() - size.width()) / 2), 0, shown)
