"""What a document looks like: the pages of a PDF or a picture, drawn by a worker; and what is known of the file."""

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.i18n import _
from ui.bridge.sheets import Sheet, sheet_of
from ui.bridge.tasks import Tasks
from ui.style.fonts import font
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.painted_text import draw_lines, fit, lines_height
from ui.widgets.plain_label import PlainLabel

_MOST_PAGES = 20  # of a PDF that are looked through
_REDRAW_MS = 120


class _Paper(QWidget):
    """One page, centred; or a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._said = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 90)

    def show_sheet(self, image: QImage | None, said: str) -> None:
        self._image, self._said = image, said
        self.setAccessibleName(said)
        self.update()

    def room(self) -> QSize:
        """Device pixels that a page may have."""
        return (QSize(self.width() - 2, self.height() - 2) * self.devicePixelRatioF()).expandedTo(QSize(1, 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = theme()
        if self._image is not None:
            size = self._image.size().scaled(self.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF((self.width() - size.width()) / 2, 1, size.width(), size.height())
            painter.drawImage(box, self._image)
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
            return
        middle = self.height() / 2
        icon = QRectF(self.width() / 2 - 20, middle - 46, 40, 40)
        paint_icon(painter, "file-text", icon, colours.muted, 1.6)
        box = QRectF(8, middle, self.width() - 16, 80)
        chosen, lines = fit(self._said, box, 13, 12, font(13).weight(), 4, balanced=True)
        top = min(middle + 4, self.height() - lines_height(chosen, lines))
        draw_lines(
            painter, lines, chosen, QRectF(8, top, 1, 1).topLeft(), colours.muted, centred_in=box.width()
        )


class PreviewPanel(QFrame):
    """Pages of the chosen document, and what there is to say of it."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("surface")
        self._tasks = tasks
        self._path: Path | None = None
        self._page = self._pages = 0
        self._paper = _Paper()
        self._about = PlainLabel(size_px=13, role="muted", wrap=True)
        self._place = PlainLabel(size_px=13, role="muted")
        self._back, self._on = KeyButton("chevron-left"), KeyButton("chevron-right")
        self._back.clicked.connect(lambda: self._turn(-1))
        self._on.clicked.connect(lambda: self._turn(1))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REDRAW_MS)
        self._soon.timeout.connect(self._draw)
        self._build()

    def show_document(self, path: Path | None, about: str, said: str = "") -> None:
        """Show a file; without one, the sentence ``said``."""
        self._about.setText(about)
        if path == self._path and path is not None:
            return
        self._path, self._page, self._pages = path, 0, 0
        self._paper.show_sheet(None, said)
        self._tell_place()
        self._draw()

    def about(self) -> str:
        """What is said of the document."""
        return self._about.full_text()

    def forget(self) -> None:
        """The file may be another one now: draw it again when it is shown next."""
        self._path = None

    def page(self) -> tuple[int, int]:
        """Which page is shown, from 1, and how many there are; zeros for none."""
        return (self._page + 1, self._pages) if self._pages else (0, 0)

    def said(self) -> str:
        """What stands in place of a page."""
        return self._paper.accessibleName()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._path is not None:
            self._soon.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._tell_place()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._place)
        row.addStretch(1)
        row.addWidget(self._on)
        for button, name in ((self._back, _("Page before")), (self._on, _("Next page"))):
            button.setAutoDefault(False)
            button.setAccessibleName(name)
            button.setFixedSize(40, 34)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self._paper, 1)
        layout.addLayout(row)
        layout.addWidget(self._about)

    def _turn(self, by: int) -> None:
        self._page = max(0, min(self._pages - 1, self._page + by))
        self._tell_place()
        self._draw()

    def _draw(self) -> None:
        path, page, room = self._path, self._page, self._paper.room()
        if path is not None and self.isVisible():
            self._tasks.run(
                lambda: sheet_of(path, page, room),
                lambda sheet: self._on_drawn(path, sheet),
                topic="preview",
            )

    def _on_drawn(self, path: Path, sheet: Sheet) -> None:
        if path == self._path:
            self._pages = min(sheet.pages, _MOST_PAGES)
            self._paper.show_sheet(sheet.image, sheet.trouble)
            self._tell_place()

    def _tell_place(self) -> None:
        shown = self._pages > 1
        said = _("Page {page} of {pages}").format(page=self._page + 1, pages=self._pages) if shown else ""
        self._place.setText(said)
        for button, possible in ((self._back, self._page > 0), (self._on, self._page < self._pages - 1)):
            button.setVisible(shown)
            button.setEnabled(possible)
