"""Photos through the window: nothing changes before the last step, and what is unclear a person decides."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station
from station.roster.photos.plan import PhotoKind
from tests.portraits import photo
from ui.dialogs.choose import Choose
from ui.dialogs.message import MessageDialog
from ui.dialogs.photos.dialog import DONE, GALLERY, PREVIEW, SOURCE, PhotosDialog
from ui.style.theme import apply_language


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


@pytest.fixture
def dialog(qtbot: QtBot, station: Station) -> PhotosDialog:
    shown = PhotosDialog(station)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    settled(qtbot, shown)
    return shown


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "ảnh"
    photo(folder / "DB00002.jpg")
    photo(folder / "Lê Hoàng Ân.jpg", "#c67a7a")
    photo(folder / "IMG_1.jpg", "#7ac67a")
    photo(folder / "IMG_2.jpg", "#c6c67a")
    (folder / "IMG_3.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(20))
    return folder


def settled(qtbot: QtBot, dialog: PhotosDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20000)


def read(qtbot: QtBot, dialog: PhotosDialog, path: Path) -> None:
    dialog.read([path])
    settled(qtbot, dialog)


def codes(station: Station) -> set[str]:
    state = station.photos.state()
    return {delegate.code for delegate in state.delegates if delegate.id in state.photos}


def select(dialog: PhotosDialog, file: str) -> None:
    titles = [row.title for row in dialog.preview.list.rows()]
    dialog.preview.list.select(titles.index(file))


def test_a_folder_is_previewed_and_taken_in(
    qtbot: QtBot, station: Station, dialog: PhotosDialog, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Choose, "folder", lambda *_args: pictures)
    assert dialog.source.standing() == "0 of 5 delegates have a photo"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # the button for a folder has the focus
    settled(qtbot, dialog)

    assert dialog.page() == PREVIEW
    figures = dialog.preview.figures()
    assert [figures[kind] for kind in (PhotoKind.ADDED, PhotoKind.UNMATCHED, PhotoKind.UNUSABLE)] == [2, 2, 1]
    assert dialog.preview.without() == "3 delegates will be without a photo."
    assert codes(station) == set()

    dialog._next.click()
    settled(qtbot, dialog)

    assert dialog.page() == DONE
    assert "2 of 5" in dialog.done_page.outcome() and "left over: 3" in dialog.done_page.outcome()
    assert codes(station) == {"DB00002", "DB00003"}


def test_whose_picture_it_is_can_be_said_with_the_keyboard_alone(
    qtbot: QtBot, station: Station, dialog: PhotosDialog, pictures: Path
) -> None:
    read(qtbot, dialog, pictures)
    first = dialog.preview.current()
    assert first is not None and first.kind is PhotoKind.UNMATCHED
    QTest.keyClick(dialog.preview.list, Qt.Key.Key_Return)
    field = dialog.preview.chooser.field
    assert QApplication.focusWidget() is field
    field.setText("pham thu ha")
    QTest.keyClick(field, Qt.Key.Key_Return)

    following = dialog.preview.current()
    assert (
        following is not None and following.kind is PhotoKind.UNMATCHED and following.number != first.number
    )
    assert dialog.preview.list.hasFocus()
    QTest.keyClick(dialog.preview.list, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    assert dialog.preview.figures()[PhotoKind.LEFT_OUT] == 1
    assert dialog.page() == PREVIEW

    dialog._next.click()
    settled(qtbot, dialog)
    assert codes(station) == {"DB00002", "DB00003", "DB00004"}


def test_a_wrong_match_can_be_put_right(
    qtbot: QtBot, station: Station, dialog: PhotosDialog, pictures: Path
) -> None:
    read(qtbot, dialog, pictures)
    select(dialog, "Trần Văn Đức · DB00002")
    dialog.preview.chooser.field.setText("DB00005")
    dialog.preview.chooser.list.choose_current()

    dialog._next.click()
    settled(qtbot, dialog)
    assert codes(station) == {"DB00003", "DB00005"}


def test_a_file_that_is_no_photo_says_why_and_offers_no_delegate(
    qtbot: QtBot, dialog: PhotosDialog, pictures: Path
) -> None:
    read(qtbot, dialog, pictures)
    dialog.preview.keep_only(PhotoKind.UNUSABLE)

    (row,) = dialog.preview.list.rows()
    assert row.title == "IMG_3.heic" and "HEIC" in row.detail
    assert dialog.preview.chooser.isHidden() and dialog.preview.leave_out.isHidden()


def test_a_zip_is_dropped_and_a_broken_one_is_told(
    qtbot: QtBot, dialog: PhotosDialog, pictures: Path, tmp_path: Path
) -> None:
    archive, broken = tmp_path / "a.zip", tmp_path / "b.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(pictures / "DB00002.jpg", "x/DB00002.jpg")
    broken.write_bytes(b"PK\3\4")

    drop(dialog, broken)
    settled(qtbot, dialog)
    assert dialog.page() == SOURCE and "b.zip" in dialog.trouble()

    drop(dialog, archive)
    settled(qtbot, dialog)
    assert (dialog.page(), dialog.trouble()) == (PREVIEW, "")
    assert dialog.preview.figures()[PhotoKind.ADDED] == 1


def drop(dialog: PhotosDialog, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    dialog.dragEnterEvent(enter)
    assert enter.isAccepted()
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_reading_that_is_cancelled_changes_nothing_and_stays(
    qtbot: QtBot, station: Station, dialog: PhotosDialog, tmp_path: Path
) -> None:
    for number in range(60):
        photo(tmp_path / "many" / f"DB{number:05}.jpg")
    dialog.read([tmp_path / "many"])
    dialog.reject()
    settled(qtbot, dialog)

    assert dialog.isVisible() and dialog.page() == SOURCE
    assert codes(station) == set()
    dialog.reject()
    assert not dialog.isVisible()


def test_photos_are_removed_one_by_one_and_all_after_a_question(
    qtbot: QtBot, station: Station, dialog: PhotosDialog, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(qtbot, dialog, pictures)
    dialog._next.click()
    settled(qtbot, dialog)
    again = PhotosDialog(station)
    qtbot.addWidget(again)
    again.show()
    settled(qtbot, again)
    again.source.gallery.click()
    assert again.page() == GALLERY
    asked: list[str] = []

    def confirm(_parent: object, question: str, *_texts: object, **_captions: object) -> bool:
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr(MessageDialog, "confirm", confirm)

    again.gallery.chooser.field.setText("duc")
    again.gallery.remove.click()
    assert len(codes(station)) == 2  # the answer was no
    again.gallery.remove.click()
    settled(qtbot, again)
    assert codes(station) == {"DB00003"}
    again.gallery.chooser.field.clear()
    again.gallery.remove_all.click()
    settled(qtbot, again)

    assert codes(station) == set()
    assert again.page() == SOURCE
    assert "Trần Văn Đức" in asked[0]


def test_missing_files_are_told_before_anything_else(
    qtbot: QtBot, station: Station, dialog: PhotosDialog, pictures: Path
) -> None:
    read(qtbot, dialog, pictures)
    dialog._next.click()
    settled(qtbot, dialog)
    next((station.folder / "photos").iterdir()).unlink()

    again = PhotosDialog(station)
    qtbot.addWidget(again)
    again.show()
    settled(qtbot, again)

    assert again.source.standing() == "1 of 5 delegates have a photo"
    assert "1 photo is missing" in again.source._broken.full_text()
