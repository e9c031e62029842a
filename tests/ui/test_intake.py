"""Pictures and codes that are dropped or pasted are scanned like any other; everything else says why not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station
from station.capture.opencv import cv2
from station.model.verdict import Outcome, Source, Verdict
from station.settings import Settings
from tests.builders import payload
from tests.unit.capture.pictures import code_picture, empty, scene
from ui.app import OpenEvent
from ui.dialogs.message import MessageDialog
from ui.shell import rail
from ui.shell.intake import pixels_of

COPY = Qt.DropAction.CopyAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def event(qtbot: QtBot, qapp: QApplication, station: Station) -> Iterator[OpenEvent]:
    opened = OpenEvent(qapp, station, Settings(sound=False, theme="light"), keep=lambda _s: None)
    opened.choose_language("en")
    opened.window.show()
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    yield opened
    QGuiApplication.clipboard().clear()
    opened.close()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences of message boxes, which would wait for a person."""
    sentences: list[str] = []
    monkeypatch.setattr(
        MessageDialog, "tell", classmethod(lambda _c, _p, _headline, sentence: sentences.append(sentence))
    )
    return sentences


def picture_of(*serials: int) -> np.ndarray:
    return scene(*(code_picture(payload(serial).decode(), 5) for serial in serials))


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(event: OpenEvent, data: QMimeData) -> None:
    """As the system delivers a drag: it enters the window, then is let go."""
    window = event.window
    entering = QDragEnterEvent(QPoint(50, 50), COPY, data, LEFT, NONE)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    assert event.intake.overlay().isVisible()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), COPY, data, LEFT, NONE))
    assert not event.intake.overlay().isVisible()


def paste(event: OpenEvent) -> None:
    QTest.keyClick(
        QApplication.focusWidget() or event.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier
    )


def shown(event: OpenEvent) -> list[Verdict]:
    verdicts: list[Verdict] = []
    event.desk.verdict_painted.connect(verdicts.append)
    return verdicts


def test_a_dropped_picture_is_scanned_from_any_screen(qtbot: QtBot, event: OpenEvent, tmp_path: Path) -> None:
    path = tmp_path / "vé của tôi.png"
    path.write_bytes(cv2.imencode(".png", picture_of(1))[1].tobytes())
    verdicts = shown(event)
    event.window.show_screen(rail.DELEGATES)
    drop(event, files(path))
    qtbot.waitUntil(lambda: len(verdicts) == 1)
    assert (verdicts[0].outcome, verdicts[0].source) == (Outcome.ADMITTED, Source.IMAGE)
    assert verdicts[0].delegate is not None
    assert verdicts[0].delegate.name == "Nguyễn Thị Ánh"


def test_every_code_of_every_dropped_picture_is_scanned(
    qtbot: QtBot, event: OpenEvent, tmp_path: Path
) -> None:
    for name, serials in (("two.jpg", (1, 2)), ("one.png", (3,))):
        (tmp_path / name).write_bytes(cv2.imencode(Path(name).suffix, picture_of(*serials))[1].tobytes())
    verdicts = shown(event)
    drop(event, files(tmp_path / "two.jpg", tmp_path / "one.png"))
    qtbot.waitUntil(lambda: event.station.desk.counts().present == 3)
    qtbot.waitUntil(lambda: len(verdicts) == 3)


@pytest.mark.parametrize("in_search", [False, True])
def test_a_pasted_picture_is_scanned_even_while_a_field_has_the_cursor(
    qtbot: QtBot, event: OpenEvent, in_search: bool
) -> None:
    verdicts = shown(event)
    if in_search:
        event.desk.open_search()
    picture = np.ascontiguousarray(picture_of(2))
    QGuiApplication.clipboard().setImage(
        QImage(
            picture.data,
            picture.shape[1],
            picture.shape[0],
            3 * picture.shape[1],
            QImage.Format.Format_BGR888,
        )
    )
    paste(event)
    qtbot.waitUntil(lambda: len(verdicts) == 1)
    assert verdicts[0].source is Source.IMAGE


def test_a_pasted_code_is_scanned_but_text_for_a_field_stays_there(qtbot: QtBot, event: OpenEvent) -> None:
    verdicts = shown(event)
    QGuiApplication.clipboard().setText(f"  {payload(1).decode()}\n")
    paste(event)
    qtbot.waitUntil(lambda: len(verdicts) == 1)
    assert (verdicts[0].outcome, verdicts[0].source) == (Outcome.ADMITTED, Source.TYPED)
    event.desk.open_search()
    QGuiApplication.clipboard().setText("Ánh")
    paste(event)
    assert event.desk.search.text() == "Ánh"
    cells = QMimeData()
    cells.setText("Trần Văn Đức")
    cells.setImageData(QImage(20, 10, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(cells)
    event.desk.open_search()
    paste(event)
    assert event.desk.search.text() == "Trần Văn Đức"
    assert len(verdicts) == 1


def test_a_code_on_a_transparent_ground_is_read(qtbot: QtBot, event: OpenEvent, tmp_path: Path) -> None:
    modules = code_picture(payload(1).decode(), 5)
    picture = np.zeros((*modules.shape, 4), np.uint8)
    picture[:, :, 3] = 255 - modules  # black modules upon nothing
    path = tmp_path / "transparent.png"
    path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    drop(event, files(path))
    qtbot.waitUntil(lambda: event.station.desk.counts().present == 1)
    image = QImage(str(path))
    assert image.hasAlphaChannel()
    assert np.array_equal(pixels_of(image)[:, :, 0], modules)


def _write_text(folder: Path) -> Path:
    (folder / "thư.docx").write_bytes(b"PK\x03\x04 no picture")
    return folder / "thư.docx"


def _write_wall(folder: Path) -> Path:
    (folder / "wall.png").write_bytes(cv2.imencode(".png", empty())[1].tobytes())
    return folder / "wall.png"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (_write_text, "thư.docx is not a picture."),
        (
            _write_wall,
            "There is no code to be read in wall.png. Ask for a sharper picture of the whole code.",
        ),
        (lambda folder: folder / "gone.png", "There is no file"),
        (lambda folder: folder, "is a folder: drop the pictures in it."),
        (lambda folder: folder / "film.mp4", "film.mp4 is a video: choose it as the camera in the settings."),
    ],
)
def test_what_cannot_be_scanned_says_why(
    qtbot: QtBot,
    event: OpenEvent,
    told: list[str],
    tmp_path: Path,
    given: Callable[[Path], Path],
    sentence: str,
) -> None:
    drop(event, files(given(tmp_path)))
    qtbot.waitUntil(lambda: len(told) == 1)
    assert sentence in told[0]
    assert event.station.desk.counts().scans == 0


def test_an_address_alone_asks_for_the_file(event: OpenEvent, told: list[str]) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/code.png")])
    drop(event, data)
    assert told == ["Save the picture as a file first, then drop the file here."]


def test_a_drag_that_leaves_again_leaves_the_window_as_it_was(event: OpenEvent, tmp_path: Path) -> None:
    data = files(tmp_path / "x.png")
    entering = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NONE)
    QApplication.sendEvent(event.window, entering)
    assert event.intake.overlay().isVisible()
    QApplication.sendEvent(event.window, QDragLeaveEvent())
    assert not event.intake.overlay().isVisible()


def test_nothing_is_pasted_behind_an_open_dialog(qtbot: QtBot, event: OpenEvent) -> None:
    QGuiApplication.clipboard().setText(payload(1).decode())

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        paste(event)
        dialog.close()

    QTimer.singleShot(100, act)
    MessageDialog.tell(event.window, "headline", "sentence")
    assert event.station.desk.counts().scans == 0
