"""The bundle as a numbered checklist: everything with one key, single items by their number, and back again."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from station.i18n import _, pick
from station.model.document import BundleItem, BundleState
from ui.style.fonts import font, scaled
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.painted_text import draw_elided, draw_lines, fit, lines_height
from ui.widgets.plain_label import PlainLabel

_TWO_COLUMNS_FROM = 430  # pixels of width
_ROW_PX, _TALL_ROW_PX = 32, 50  # a row, and one with room for two lines
_NOTE_SHARE = 0.64  # of the row, at most
_TIGHT_ROW_PX = 26  # where all rows then fit without scrolling
_CAPS_FROM = 0.88  # the scale below which the summary needs the room of the keys' caps
_POOL = 16  # rows made at the start, so that a verdict creates no widget


class BundleRow(QAbstractButton):
    """One document; pressing it hands it out or takes it back, the other mouse button opens it.

    Args:
        number: its place in the list, from 1; the first ten have the key Alt + number (Alt+0 is ten).

    Signals:
        opened: (code) it is to be looked at.
    """

    opened = Signal(str)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._item: BundleItem | None = None
        self._scale = 1.0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if number <= 10:
            QShortcut(QKeySequence(f"Alt+{number % 10}"), self, self.click)

    def show_item(self, item: BundleItem) -> None:
        """Show a document and whether it was handed out."""
        self._item = item
        title = pick(item.document.title, item.document.title_en)
        self.setAccessibleName(f"{self._number}. {title}: {_state_text(item)}")
        self.update()

    def set_scale(self, scale: float) -> None:
        """Change the size of type and row."""
        self._scale = scale

    def item(self) -> BundleItem | None:
        """The document shown."""
        return self._item

    def sizeHint(self) -> QSize:
        return QSize(scaled(200), scaled(_ROW_PX * self._scale))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._item is not None:
            self.opened.emit(self._item.document.code)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._item is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, done = theme(), self._item.state is BundleState.HANDED_OUT
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        back = colours.accent_soft if self.isDown() else colours.hover
        painter.setPen(QPen(QColor(colours.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(back) if self.underMouse() or self.isDown() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 7, 7)
        self._paint_box(painter, box, done)
        self._paint_number(painter, box)
        left = scaled(64 * self._scale)
        document = self._item.document
        place = QRectF(box.left() + left, box.top(), box.width() - left - 8, box.height())
        place.setRight(self._paint_note(painter, place))
        weight = QFont.Weight.Normal if done else QFont.Weight.DemiBold
        colour = colours.muted if done else colours.text
        title = pick(document.title, document.title_en)
        size_px = 14 * self._scale
        chosen, lines = fit(title, place, size_px, size_px, weight, 2)
        if len(lines) == 1:
            draw_elided(painter, lines[0], chosen, place, colour)
            return
        top = place.center().y() - lines_height(chosen, lines) / 2
        draw_lines(painter, lines, chosen, QPointF(place.left(), top), colour)

    def _paint_box(self, painter: QPainter, box: QRectF, done: bool) -> None:
        size_px = scaled(20 * self._scale)
        tick_box = QRectF(
            box.left() + scaled(8 * self._scale), box.center().y() - size_px / 2, size_px, size_px
        )
        colours = theme()
        painter.setPen(QPen(QColor(colours.positive if done else colours.strong_line), 2))
        painter.setBrush(QColor(colours.positive if done else colours.surface))
        painter.drawRoundedRect(tick_box, 5, 5)
        if done:
            paint_icon(painter, "check", tick_box.adjusted(2, 2, -2, -2), colours.surface, 3.6)

    def _paint_number(self, painter: QPainter, box: QRectF) -> None:
        place = QRectF(
            box.left() + scaled(34 * self._scale), box.top(), scaled(24 * self._scale), box.height()
        )
        number_font = font(14 * self._scale, QFont.Weight.Bold)
        draw_elided(
            painter, str(self._number), number_font, place, theme().muted, Qt.AlignmentFlag.AlignRight
        )

    def _paint_note(self, painter: QPainter, place: QRectF) -> float:
        """What is special of the document, at the right; returns where the title has to end."""
        assert self._item is not None
        note = _note(self._item)
        if not note:
            return place.right()
        note_font = font(13 * self._scale, QFont.Weight.DemiBold)
        metrics, most = QFontMetricsF(note_font), place.width() * _NOTE_SHARE
        done = self._item.state is BundleState.HANDED_OUT
        if done and metrics.horizontalAdvance(note) > most:
            note = self._item.received_by  # the name says more than what it is there for
        width = min(metrics.horizontalAdvance(note) + 2, most)
        box = QRectF(place.right() - width, place.top(), width, place.height())
        draw_elided(painter, note, note_font, box, self._note_colour(), Qt.AlignmentFlag.AlignRight)
        return box.left() - 8

    def _note_colour(self) -> str:
        assert self._item is not None
        if self._item.state is BundleState.HANDED_OUT:
            return theme().accent
        if _note(self._item) == _("on USB"):
            return theme().muted
        return theme().negative if self._item.is_out_of_stock else theme().warning


def _note(item: BundleItem) -> str:
    """What the clerk must see at a glance: of a document that is due, or that somebody else received."""
    if item.state is BundleState.HANDED_OUT:
        return _("taken by {name}").format(name=item.received_by) if item.received_by else ""
    parts = []
    if item.is_out_of_stock:
        parts.append(_("none left"))
    if item.is_outdated:
        text = _("version {held} → {version}")
        parts.append(text.format(held=item.held_version, version=item.document.version))
    if item.is_copied:
        parts.append(_("on USB"))
    return " · ".join(parts)


def _state_text(item: BundleItem) -> str:
    """The state of a document in words."""
    if item.is_outdated:
        said = _("has version {held}, version {version} is due").format(
            held=item.held_version, version=item.document.version
        )
    elif item.state is BundleState.HANDED_OUT and item.received_by:
        said = _("handed out, received by {name} for the delegate").format(name=item.received_by)
    else:
        said = _("handed out") if item.state is BundleState.HANDED_OUT else _("still to hand out")
    said = f"{said}, {_('copied to USB')}" if item.is_copied else said
    return f"{said}, {_('none left')}" if item.is_out_of_stock else said


class BundlePanel(QFrame):
    """The checklist with its heading and the buttons of the delegate on show.

    Signals:
        hand_out_all_requested: everything that is due.
        document_toggled: (code) one document was pressed.
        open_requested: (code, '' for any) to look at a document. copy_requested: to the delegate's own stick.
    """

    hand_out_all_requested = Signal()
    document_toggled = Signal(str)
    open_requested = Signal(str)
    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._items: tuple[BundleItem, ...] = ()
        self._scale = 1.0
        self._rows: list[BundleRow] = []
        self._heading = PlainLabel(size_px=16, weight=QFont.Weight.Bold)
        self._summary = PlainLabel(size_px=14, role="muted", elide=True)
        self._all = KeyButton("package-check", "F2", primary=True)
        self._all.clicked.connect(self.hand_out_all_requested)
        self._open, self._copy = KeyButton("eye", "F12"), KeyButton("usb", "F11")
        self._open.clicked.connect(lambda: self.open_requested.emit(""))
        self._copy.clicked.connect(self.copy_requested)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._build()
        self._add_rows(_POOL)
        self._dress()

    def show_items(self, items: Sequence[BundleItem]) -> None:
        """Show a bundle."""
        moved = len(items) != len(self._items)
        self._items = tuple(items)
        self._add_rows(len(items) - len(self._rows))
        for row, item in zip(self._rows, items, strict=False):
            row.show_item(item)
        if moved:
            self._arrange()
        self._tell()

    def items(self) -> tuple[BundleItem, ...]:
        """The bundle on show."""
        return self._items

    def set_frozen(self, frozen: bool) -> None:
        """Only show it: nothing can be handed out."""
        self._all.setVisible(not frozen)

    def adapt(self, scale: float) -> None:
        """Choose the size of type and rows."""
        self._scale = scale
        for row in self._rows:
            row.set_scale(scale)
        for button in (self._open, self._copy):
            button.show_cap(scale >= _CAPS_FROM)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layout.activate()  # or the rows would be given the height of before
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._dress()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._heading)
        head.addWidget(self._summary, 1)
        for button in (self._open, self._copy, self._all):
            head.addWidget(button)
        self._inner = QWidget()
        self._inner.setLayout(self._grid)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)

    def _add_rows(self, missing: int) -> None:
        for _ignored in range(missing):
            row = BundleRow(len(self._rows) + 1, self._inner)
            row.set_scale(self._scale)
            row.clicked.connect(self._on_row_clicked)
            row.opened.connect(self.open_requested)
            row.hide()
            self._rows.append(row)

    def _arrange(self) -> None:
        """Down the first column, then down the second: numbers stay together."""
        shown = len(self._items)
        columns = 2 if self.width() >= scaled(_TWO_COLUMNS_FROM * self._scale * 1.2) and shown > 4 else 1
        per_column = -(-shown // columns) or 1
        height_px = self._scroll.viewport().height() / per_column
        tight_px = scaled(_TIGHT_ROW_PX * self._scale)
        least_px = tight_px if height_px >= tight_px else scaled(_ROW_PX * self._scale)
        height_px = max(least_px, min(scaled(_TALL_ROW_PX * self._scale), height_px))
        for number, row in enumerate(self._rows):
            if number < shown:
                row.setFixedHeight(int(height_px))
                self._grid.addWidget(row, number % per_column, number // per_column)
            row.setVisible(number < shown)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _tell(self) -> None:
        done = sum(item.state is BundleState.HANDED_OUT for item in self._items)
        total = len(self._items)
        if not total:
            self._summary.setText(_("Nothing to hand out."))
        elif done == total:
            self._summary.setText(_("All handed out."))
        else:
            self._summary.setText(_("{done} of {total} handed out").format(done=done, total=total))
        self._all.setEnabled(done < total)
        self._open.setEnabled(bool(total))
        self._copy.setEnabled(any(item.document.file_name for item in self._items))

    def _dress(self) -> None:
        self._heading.setText(_("Documents"))
        self._all.set_caption(_("Hand out all"))
        for button, text in ((self._open, _("Open documents")), (self._copy, _("Copy to USB stick"))):
            button.setAccessibleName(text)
            button.setToolTip(text)
        self._tell()
        for row, item in zip(self._rows, self._items, strict=False):
            row.show_item(item)

    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, BundleRow) and (item := row.item()) is not None:
            self.document_toggled.emit(item.document.code)
