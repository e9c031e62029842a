"""The second face: what becomes of every picture, and a way to say whose it is."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFont, QImage, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.i18n import _, ngettext
from station.model.delegate import Delegate
from station.roster.photos.plan import PhotoKind, PhotoLine, PhotoPlan
from ui.dialogs.photos.chooser import DelegateChooser
from ui.dialogs.photos.wording import KINDS, line_row, remark
from ui.widgets.key_button import KeyButton
from ui.widgets.photo_tile import PhotoTile, photo_image
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import RowList
from ui.widgets.tally import Tally

_HIGHEST_PHOTO_PX, _LOWEST_PHOTO_PX = 176, 88
_PHOTO_SHARE = 0.34  # of the page's height
_LOW_BELOW = 420  # pixels of height; then only what is needed to choose is beside the list
_SIDE_PX = 330
_OPEN = (PhotoKind.AMBIGUOUS, PhotoKind.UNMATCHED)


class PreviewPage(QWidget):
    """Figures that filter, the pictures, and beside them the one that is chosen with the delegates to choose.

    Signals:
        given: (number of the picture, identity or None) a person said whose it is, or that it is nobody's.
    """

    given = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._plan = PhotoPlan((), 0)
        self._shown: list[PhotoLine] = []
        self._thumbnails: Mapping[int, QImage] = {}
        self._near: Callable[[str], Sequence[Delegate]] = lambda _file: ()
        self._kind: PhotoKind | None = None
        self._low = False
        self._without = PlainLabel(size_px=14, role="muted", wrap=True)
        self._tallies = {kind: Tally(words[0], words[3]) for kind, words in KINDS.items()}
        for kind, tally in self._tallies.items():
            tally.clicked.connect(lambda checked, kind=kind: self.keep_only(kind if checked else None))
        self.list = RowList(64)
        self.list.setAccessibleName(_("Photos"))
        self.list.selectionModel().currentRowChanged.connect(self._on_line_selected)
        self._photo = PhotoTile()
        self._file = PlainLabel(size_px=14, weight=QFont.Weight.DemiBold, elide=True)
        self._note = PlainLabel(size_px=13, role="muted", wrap=True)
        self._question = PlainLabel(size_px=15, weight=QFont.Weight.Bold)
        self.chooser = DelegateChooser()
        self.chooser.chosen.connect(self._give)
        self.list.chosen.connect(lambda _key: self.chooser.setFocus())
        self.leave_out = KeyButton("x", "Alt+X")
        self.leave_out.set_caption(_("Leave out"))
        self.leave_out.setAutoDefault(False)
        self.leave_out.clicked.connect(lambda: self._give(None))
        self._build()

    def begin(self, people: Sequence[Delegate], thumbnails: Mapping[int, QImage]) -> None:
        """Other pictures. ``thumbnails`` by number of the picture."""
        self._thumbnails = thumbnails
        self._kind = None
        self.chooser.show_people(people)

    def set_near(self, near: Callable[[str], Sequence[Delegate]]) -> None:
        """Who is offered for a picture that is nobody's, by its file name."""
        self._near = near

    def show_plan(self, plan: PhotoPlan) -> None:
        """Show what becomes of the pictures; the line that was chosen stays so, or the next one is."""
        self._plan = plan
        for kind, tally in self._tallies.items():
            tally.show_figure(len(plan.of(kind)))
            tally.setVisible(kind is not PhotoKind.LEFT_OUT or bool(plan.of(kind)))
        if self._kind is not None and not plan.of(self._kind):
            self._kind = None
        text = ngettext(
            "{count} delegate will be without a photo.",
            "{count} delegates will be without a photo.",
            plan.without,
        )
        self._without.setText(
            text.format(count=plan.without) if plan.without else _("Every delegate will have a photo.")
        )
        self.keep_only(self._kind)

    def keep_only(self, kind: PhotoKind | None) -> None:
        """Show the pictures of one kind, None for all."""
        self._kind = kind
        for each, tally in self._tallies.items():
            tally.setChecked(each is kind)
        order = list(PhotoKind)
        lines = [line for line in self._plan.lines if kind is None or line.kind is kind]
        self._shown = sorted(lines, key=lambda line: (order.index(line.kind), not line.note))
        place = max(0, self.list.currentIndex().row())
        self.list.show_rows([line_row(line, self._thumbnails.get(line.number)) for line in self._shown])
        if self._shown:
            self.list.select(min(place, len(self._shown) - 1))
        else:
            self._on_line_selected(QModelIndex(), QModelIndex())

    def figures(self) -> dict[PhotoKind, int]:
        """How many pictures of each kind there are."""
        return {kind: len(self._plan.of(kind)) for kind in PhotoKind}

    def current(self) -> PhotoLine | None:
        """The picture that is chosen."""
        place = self.list.currentIndex().row()
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def without(self) -> str:
        """What is said of those without a photo."""
        return self._without.full_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._low = event.size().height() < _LOW_BELOW
        wished = round(event.size().height() * _PHOTO_SHARE) - (24 if self._low else 0)
        height_px = max(_LOWEST_PHOTO_PX, min(_HIGHEST_PHOTO_PX, wished))
        self._photo.setFixedSize(round(height_px * 3 / 4), height_px)
        self._note.setVisible(not self._low)
        self._question.setVisible(not self._low and self.chooser.isVisibleTo(self))

    def _build(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(8)
        for tally in self._tallies.values():
            figures.addWidget(tally, 1)
        left = QWidget()
        left.setObjectName("surface")
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(6, 6, 6, 6)
        left_column.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 1)
        row.addWidget(self._side())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(figures)
        layout.addLayout(row, 1)
        layout.addWidget(self._without)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setObjectName("surface")
        side.setFixedWidth(_SIDE_PX)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addWidget(self._file)
        texts.addWidget(self._note)
        texts.addStretch(1)
        texts.addWidget(self.leave_out)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._photo)
        head.addLayout(texts, 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(14, 14, 14, 10)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._question)
        column.addWidget(self.chooser, 1)
        self._question.setText(_("Whose photo is it?"))
        QShortcut("Ctrl+F", self, self.chooser.setFocus)
        return side

    def _on_line_selected(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        line = self.current()
        portrait = line.picture.portrait if line is not None else None
        self._file.setText(line.picture.file if line is not None else "")
        self._note.setText(remark(line) if line is not None else "")
        for widget in (self.chooser, self.leave_out):
            widget.setVisible(portrait is not None)
        self._question.setVisible(portrait is not None and not self._low)
        self._note.setVisible(portrait is None or not self._low)
        if portrait is None:
            self._photo.setVisible(False)
            return
        self._photo.setVisible(True)
        self._photo.show_image(photo_image(portrait.jpeg, self._photo.pixels()))
        assert line is not None
        self.leave_out.setVisible(line.kind is not PhotoKind.LEFT_OUT)
        self.chooser.suggest(line.delegates or self._near(line.picture.file) or None)

    def _give(self, delegate: str | None) -> None:
        """After a decision the next picture that waits for one is shown."""
        line = self.current()
        if line is None:
            return
        self.given.emit(line.number, delegate)
        waiting = [place for place, each in enumerate(self._shown) if each.kind in _OPEN]
        if waiting:
            self.list.select(waiting[0])
        self.list.setFocus()
