"""The list of what can be put on a card: chosen with Enter or a double click, or dragged onto it."""

from PySide6.QtCore import QByteArray, QMimeData, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

from station.i18n import _
from ui.dialogs.layouts.canvas import MIME
from ui.dialogs.layouts.elements import Offer
from ui.widgets.row_list import Row, RowList


class Palette(RowList):
    """The key of a row is that of its offer."""

    def __init__(self) -> None:
        super().__init__(32, one_click=False)
        self.setAccessibleName(_("Put on the card"))
        self._pressed: tuple[float, float] | None = None

    def offer(self, offers: list[Offer]) -> None:
        """Show these."""
        self.show_rows([Row(each.caption, icon=each.icon, key=each.key) for each in offers])
        self.select(0)

    def mime_of(self, key: str) -> QMimeData:
        """What is dragged."""
        mime = QMimeData()
        mime.setData(MIME, QByteArray(key.encode()))
        return mime

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = (event.position().x(), event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        far = abs(event.position().x() - self._pressed[0]) + abs(event.position().y() - self._pressed[1])
        key = self.selected()
        if far >= QApplication.startDragDistance() and key:
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(self.mime_of(key))
            drag.exec(Qt.DropAction.CopyAction)
