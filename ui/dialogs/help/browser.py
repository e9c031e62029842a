"""Shows pages of the guide: local pictures only, nothing of the network, no link that leads anywhere."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from station.guide.markdown import Block
from station.guide.pages import PICTURES_DIR
from ui.dialogs.help.rich_text import PICTURE, rich_text
from ui.style.fonts import font, scale, scaled
from ui.style.theme import theme

_MARGIN_PX = 24


class GuideBrowser(QTextBrowser):
    """A page of the guide, with its pictures no wider than the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(scaled(_MARGIN_PX))
        # A width that changes while a page is laid out, for its scroll bar appears, must not lay it out within itself.
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._on_width_changed)
        self._blocks: tuple[Block, ...] = ()
        self._anchor = ""

    def show_page(self, blocks: tuple[Block, ...], anchor: str) -> None:
        """Show a page from one of its places."""
        if blocks != self._blocks:
            self._blocks = blocks
            self._lay_out()
        self._anchor = anchor
        self.scrollToAnchor(anchor)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only a picture of the guide, made as narrow as the window."""
        wished = QUrl(name).toString()
        if kind != QTextDocument.ResourceType.ImageResource.value or not wished.startswith(PICTURE):
            return None
        path = (PICTURES_DIR.parent / "vi" / wished.removeprefix(PICTURE)).resolve()
        if not path.is_relative_to(PICTURES_DIR.resolve()):
            return None
        image = QImage(str(path))
        room = self.viewport().width() - 2 * scaled(_MARGIN_PX) - 8
        if 0 < room < image.width():
            ratio = self.devicePixelRatioF()
            image = image.scaledToWidth(round(room * ratio), Qt.TransformationMode.SmoothTransformation)
            image.setDevicePixelRatio(ratio)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures and lines are broken anew, and the same place stays in sight."""
        super().resizeEvent(event)
        if self._blocks and event.size().width() != event.oldSize().width():
            self._again.start()

    def _on_width_changed(self) -> None:
        self._lay_out()
        self.scrollToAnchor(self._anchor)

    def _lay_out(self) -> None:
        self.document().setDefaultFont(font(15))
        self.setHtml(rich_text(self._blocks, theme(), scale()))
