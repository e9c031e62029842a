"""Pictures and codes that are dropped on the window or pasted into it, for example from a chat."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from station.capture.decoder import decode_image
from station.capture.files import codes_of_image, is_video
from station.capture.frame import Code, Image
from station.capture.opencv import MOST_PIXELS
from station.errors import BadInput, Problem
from station.i18n import _
from ui.bridge.pictures import Picture
from ui.style.icons import paint_icon
from ui.style.theme import theme
from ui.widgets.painted_text import draw_lines, fit

_MOST_PICTURES = 50  # at once; more is a mistake of the hand
_LONGEST_TEXT = 8000  # characters; no QR symbol holds more


class Intake(QObject):
    """Watches the window for drops and Ctrl+V; what is typed or pasted into a field stays there.

    Signals:
        pictures_given: (list of Picture) to be read.
        text_given: (text) a code that was copied as text.
        refused: (sentence) what was given cannot be a code.
    """

    pictures_given = Signal(object)
    text_given = Signal(str)
    refused = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._overlay = Overlay(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            return self._take_drag(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(watched, event)
        return False

    def take(self, data: QMimeData) -> bool:
        """Take what was dropped or pasted; False when there is nothing in it that could be a code."""
        pictures = _pictures(data)
        if pictures:
            self.pictures_given.emit(pictures[:_MOST_PICTURES])
        elif data.hasUrls():
            self.refused.emit(_("Save the picture as a file first, then drop the file here."))
        elif data.hasText() and data.text().strip():
            self.text_given.emit(data.text().strip()[:_LONGEST_TEXT])
        else:
            return False
        return True

    def overlay(self) -> "Overlay":
        """What lies over the window while something is dragged over it."""
        return self._overlay

    def _take_drag(self, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent | QDragMoveEvent) and event.type() != QEvent.Type.Drop:
            if _may_be_code(event.mimeData()):
                event.acceptProposedAction()
                self._overlay.cover()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._overlay.hide()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._overlay.hide()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.take(event.mimeData())
            return True
        return False

    def _take_key(self, watched: QObject, event: QKeyEvent) -> bool:
        if not event.matches(QKeySequence.StandardKey.Paste) or not self._window.isActiveWindow():
            return False
        focus = QApplication.focusWidget() or self._window
        if watched is not focus:
            return False
        data = QGuiApplication.clipboard().mimeData()
        in_field = isinstance(focus, QLineEdit | QPlainTextEdit)
        if in_field and not data.hasUrls() and (data.hasText() or not data.hasImage()):
            return False  # also cells of a spreadsheet, which come as a picture too
        return self.take(data)


def _may_be_code(data: QMimeData) -> bool:
    return data.hasUrls() or data.hasImage() or data.hasText()


def _pictures(data: QMimeData) -> Sequence[Picture]:
    """The files in it, else the picture itself: a browser gives both a picture and an address."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return [Picture(path.name, partial(_codes_of_file, path)) for path in files]
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            return [Picture(_("the picture"), partial(_codes_of_image, image))]
    return []


def _codes_of_file(path: Path) -> list[Code]:
    if path.is_dir():
        raise _refusal(_("{file} is a folder: drop the pictures in it.").format(file=path.name))
    if is_video(path):
        message = _("{file} is a video: choose it as the camera in the settings.").format(file=path.name)
        raise _refusal(message)
    return codes_of_image(path)


def _codes_of_image(image: QImage) -> list[Code]:
    if image.width() * image.height() > MOST_PIXELS:
        raise _refusal(_("The picture is too large. Cut out the code and try again."))
    return decode_image(pixels_of(image))


def pixels_of(image: QImage) -> Image:
    """The picture as height × width × 3, blue green red; what is transparent becomes white."""
    if image.hasAlphaChannel():
        opaque = QImage(image.size(), QImage.Format.Format_RGB32)
        opaque.fill(Qt.GlobalColor.white)
        painter = QPainter(opaque)
        painter.drawImage(0, 0, image)
        painter.end()
        image = opaque
    image = image.convertToFormat(QImage.Format.Format_BGR888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def _refusal(sentence: str) -> BadInput:
    return BadInput([Problem(None, None, "NOT_A_PICTURE", sentence)])


class Overlay(QWidget):
    """Says that the window takes what is dragged over it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Lie over the whole window."""
        if self.isHidden():
            self.setGeometry(self._window.rect())
            self.raise_()
            self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(theme().canvas)
        veil.setAlpha(246)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(20, 20, -20, -20)
        pen = QPen(QColor(theme().accent), 4)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawRoundedRect(frame, 18, 18)
        text = _("Drop the picture: its codes are scanned.")
        chosen, lines = fit(text, frame.adjusted(30, 0, -30, 0), 34, 16, QFont.Weight.Bold, 2, balanced=True)
        middle = frame.center()
        icon_box = QRectF(middle.x() - 48, middle.y() - 112, 96, 96)
        paint_icon(painter, "scan-qr-code", icon_box, theme().accent)
        top_left = QPointF(frame.left(), middle.y() + 8)
        draw_lines(painter, lines, chosen, top_left, theme().text, centred_in=frame.width())
