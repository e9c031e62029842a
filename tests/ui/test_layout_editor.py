"""The layout editor with mouse and keys, over a real event."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station
from station.badges.layouts.arranging import Guide
from station.badges.layouts.folder import READY_MADE, copy_layout, layout_files, layout_named, read_layout
from station.badges.layouts.model import BadgeLayout, Code, Drawing, Place, TextBlock
from station.badges.layouts.own import fingerprint
from station.badges.layouts.parts import place_of, plain
from station.badges.layouts.start import blank_layout
from station.badges.rendering import render_badges
from tests.ui.dialogs import Script
from ui.dialogs.choose import Choose
from ui.dialogs.layouts.editor import EditorDialog
from ui.dialogs.layouts.library import LayoutsDialog
from ui.dialogs.layouts.paper import PaperDialog
from ui.dialogs.message import MessageDialog
from ui.dialogs.units.asking import NameDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Hand:
    """A mouse and a keyboard over an editor; points are millimetres of the card."""

    def __init__(self, qtbot: QtBot, editor: EditorDialog) -> None:
        self.editor, self.canvas, self.draft = editor, editor.canvas, editor.draft
        qtbot.addWidget(editor, before_close_func=lambda _editor: self.leave())
        editor.show()
        editor.activateWindow()
        editor.canvas.setFocus()
        qtbot.waitUntil(lambda: not editor.is_working())

    def leave(self) -> None:
        """Close without a question."""
        self.draft.note_saved(self.draft.layout)
        self.editor.reject()

    def at(self, x: float, y: float) -> QPoint:
        return self.canvas.mapFromScene(QPointF(x, y))

    def click(self, x: float, y: float, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.canvas.viewport(), LEFT, held, self.at(x, y))

    def press(self, start: tuple[float, float], to: tuple[float, float]) -> None:
        port = self.canvas.viewport()
        QTest.mousePress(port, LEFT, NONE, self.at(*start))
        QTest.mouseMove(port, self.at((start[0] + to[0]) / 2, (start[1] + to[1]) / 2))
        QTest.mouseMove(port, self.at(*to))

    def drag(self, start: tuple[float, float], to: tuple[float, float]) -> None:
        self.press(start, to)
        QTest.mouseRelease(self.canvas.viewport(), LEFT, NONE, self.at(*to))

    def drop(self, key: str, x: float, y: float) -> None:
        mime = self.editor.palette_list.mime_of(key)
        action = Qt.DropAction.CopyAction
        event = QDropEvent(QPointF(self.at(x, y)), action, mime, LEFT, NONE)
        self.canvas.dropEvent(event)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.canvas, key, held)

    def places(self) -> list[Place]:
        return [place_of(part) for part in self.draft.parts()]


def blank() -> BadgeLayout:
    return blank_layout("mine", "Thẻ của ta")


@pytest.fixture
def hand(qtbot: QtBot, station: Station) -> Hand:
    return Hand(qtbot, EditorDialog(station, blank(), ""))


@pytest.fixture
def card(qtbot: QtBot, station: Station) -> Hand:
    """A copy of the ready-made card."""
    copy_layout("card", "ours", station.folder)
    layout = layout_named("ours", station.folder)
    return Hand(qtbot, EditorDialog(station, layout, fingerprint("ours", station.folder)))


def test_a_layout_is_made_from_nothing_saved_opened_again_and_printed(
    qtbot: QtBot, station: Station, hand: Hand, tmp_path: Path
) -> None:
    hand.drop("field:name", 50, 30)
    hand.drop("code", 40, 90)
    assert [type(part[0]) for part in hand.draft.parts()] == [TextBlock, Code]
    hand.key(Qt.Key.Key_A, CTRL)
    assert hand.draft.chosen == (0, 1)
    hand.editor.tools._aligning[1].click()  # centres
    middles = [place.x_mm + place.width_mm / 2 for place in hand.places()]
    assert middles[0] == pytest.approx(middles[1])
    hand.click(-20, -20)
    hand.click(*middle(hand.places()[1]))
    hand.key(Qt.Key.Key_Delete)
    assert len(hand.places()) == 1
    hand.key(Qt.Key.Key_Z, CTRL)
    assert len(hand.places()) == 2

    hand.key(Qt.Key.Key_S, CTRL)

    assert not hand.draft.is_changed()
    again = layout_named("mine", station.folder)
    assert plain(again) == hand.draft.layout
    pdf = tmp_path / "badges.pdf"
    assert render_badges(pdf, station.event, list(station.badges().values()), again) == 5
    page = pypdfium2.PdfDocument(pdf)[0]
    assert "Nguyễn Thị Ánh" in page.get_textpage().get_text_range()


def middle(place: Place) -> tuple[float, float]:
    return place.x_mm + place.width_mm / 2, place.y_mm + place.height_mm / 2


def test_a_dragged_element_is_caught_by_the_middle_of_the_card_with_a_guide(hand: Hand) -> None:
    hand.editor.put("code", (30, 60))
    start = middle(hand.places()[0])
    near = 105 / 2 + 0.4

    hand.press(start, (near, 100))

    assert Guide(True, 52.5) in hand.canvas.guides()
    assert middle(hand.places()[0])[0] == 52.5
    hand.key(Qt.Key.Key_Escape)
    assert middle(hand.places()[0]) == start
    hand.drag(start, (near, 100))
    assert hand.canvas.guides() == []
    hand.key(Qt.Key.Key_Z, CTRL)
    assert middle(hand.places()[0]) == start  # one step, however long the way


def test_a_corner_makes_a_code_larger_and_it_stays_square(hand: Hand) -> None:
    hand.editor.put("code", (30, 30))
    place = hand.places()[0]

    hand.drag((place.right_mm, place.bottom_mm), (place.right_mm + 10, place.bottom_mm + 4))

    new = hand.places()[0]
    assert (new.x_mm, new.y_mm) == (place.x_mm, place.y_mm)
    assert new.width_mm == new.height_mm == pytest.approx(place.width_mm + 10, abs=1.6)


def test_arrows_nudge_and_shift_and_ctrl_change_the_step(hand: Hand) -> None:
    hand.editor.put("box")
    before = hand.places()[0]
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Down, SHIFT)
    hand.key(Qt.Key.Key_Left, CTRL)
    hand.key(Qt.Key.Key_Up, CTRL)

    after = hand.places()[0]
    assert (after.x_mm, after.y_mm) == pytest.approx((before.x_mm + 0.9, before.y_mm + 9.9))


def test_elements_are_duplicated_layered_and_taken_back_by_keys(hand: Hand) -> None:
    hand.editor.put("box")
    hand.editor.put("code")
    hand.key(Qt.Key.Key_D, CTRL)
    kinds = [part[0].label.kind for part in hand.draft.parts()]
    assert kinds == ["box", "code", "code"]
    hand.key(Qt.Key.Key_PageDown)  # from the last to the first
    assert hand.draft.chosen == (0,)
    hand.editor.tools._layering[2].click()
    assert [part[0].label.kind for part in hand.draft.parts()] == ["code", "code", "box"]
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Y, CTRL)
    assert hand.draft.chosen == (2,)
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert [part[0].label.kind for part in hand.draft.parts()] == ["code", "code", "box"]


def test_a_rectangle_drawn_from_nothing_selects_what_lies_in_it(hand: Hand) -> None:
    hand.editor.put("code", (30, 30))
    hand.editor.put("box", (60, 120))
    hand.drag((2, 2), (60, 60))
    assert hand.draft.chosen == (0,)
    hand.click(60, 120, SHIFT)
    assert hand.draft.chosen == (0, 1)


def test_the_zoom_keys_make_the_card_larger_and_whole_again(hand: Hand) -> None:
    whole = hand.canvas.pixels_per_mm()
    hand.key(Qt.Key.Key_Plus, CTRL)
    assert hand.canvas.pixels_per_mm() > whole
    hand.key(Qt.Key.Key_0, CTRL)
    assert hand.canvas.pixels_per_mm() == pytest.approx(whole)


def test_warnings_appear_at_once_and_lead_to_their_element(qtbot: QtBot, hand: Hand) -> None:
    hand.editor.put("field:name")
    hand.editor.put("code", (30, 125))
    qtbot.waitUntil(lambda: not hand.editor.is_working())
    assert hand.editor.found() == []

    hand.draft.put([Place(10, 80, 12, 12)])
    hand.draft.choose([0])
    hand.draft.put([Place(10, 20, 8, 5)])
    hand.draft.choose(())

    qtbot.waitUntil(lambda: {"CODE_TOO_SMALL", "CUT_OFF"} <= {w.warning for w in hand.editor.found()})
    row = next(n for n, w in enumerate(hand.editor.found()) if w.warning == "CODE_TOO_SMALL")
    hand.editor.warnings.select(row)
    hand.editor.warnings.choose_current()
    assert hand.draft.chosen == (1,)


def test_the_text_is_typed_in_the_panel_and_undone_as_one_step(hand: Hand) -> None:
    hand.editor.put("text")
    hand.key(Qt.Key.Key_Return)
    words = hand.editor.properties.words
    assert words is not None
    assert words.text.hasFocus()
    words.text.setText("Bàn {seat}")
    words.text.setText("Bàn số {seat}")
    (block,) = hand.draft.parts()[0]
    assert isinstance(block, TextBlock)
    assert block.words[0].text == "Bàn số {seat}"
    hand.key(Qt.Key.Key_Z, CTRL)
    (block,) = hand.draft.parts()[0]
    assert isinstance(block, TextBlock)
    assert block.words[0].text == "Chữ tự do"
    assert words.text.text() == "Chữ tự do"


def test_every_kind_has_its_panel(hand: Hand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Image.new("RGB", (20, 10), "#1d5aa8").save(tmp_path / "Ảnh nền.png")
    monkeypatch.setattr(Choose, "picture", lambda *_a: tmp_path / "Ảnh nền.png")
    for key in ("text", "code", "photo", "logo", "image", "line", "box", "band", "ticks"):
        hand.editor.put(key)
        count = len(hand.draft.parts())
        assert hand.draft.chosen == (count - 1,)
        assert hand.editor.properties.form.grid.count() > 4
    hand.key(Qt.Key.Key_S, CTRL)
    assert not hand.draft.is_changed()
    assert (hand.editor._station.folder / "layouts" / "anh-nen.png").exists()
    assert any(isinstance(element, Drawing) for element in hand.draft.layout.front)


def test_an_svg_is_refused_with_the_reason(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    monkeypatch.setattr(Choose, "picture", lambda *_a: tmp_path / "logo.svg")
    told: list[str] = []
    monkeypatch.setattr(MessageDialog, "tell", lambda _p, _h, text: told.append(text))

    hand.editor.put("image")

    assert hand.draft.parts() == []
    assert "SVG" in told[0]


def test_closing_with_changes_asks_first(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [False, True]
    monkeypatch.setattr(MessageDialog, "confirm", lambda *_a, **_k: answers.pop(0))
    hand.editor.put("code")
    hand.editor.reject()
    assert hand.editor.isVisible()
    hand.editor.reject()
    assert not hand.editor.isVisible()
    assert answers == []


def test_a_file_changed_meanwhile_is_noticed_and_both_are_kept(
    station: Station, card: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = station.folder / "layouts" / "ours.toml"
    path.write_text(path.read_text("utf-8") + "# ngoài\n", "utf-8")
    monkeypatch.setattr(MessageDialog, "confirm", lambda *_a, **_k: True)
    card.draft.choose([0])
    card.draft.remove()

    assert card.editor.save()

    assert path.read_text("utf-8").endswith("# ngoài\n")
    assert plain(layout_named("ours-2", station.folder)) == card.draft.layout
    assert not card.draft.is_changed()


def test_the_other_side_is_shown_and_a_step_back_leads_to_its_side(card: Hand) -> None:
    card.draft.choose([0])
    card.draft.remove()
    card.key(Qt.Key.Key_2, CTRL)
    assert card.draft.side == "back"
    card.key(Qt.Key.Key_Z, CTRL)
    assert card.draft.side == "front"


def test_a_delegate_found_by_search_is_shown(station: Station, card: Hand) -> None:
    card.editor.samples.search.setText("tran van duc")
    assert card.editor.filling().badge.delegate.name == "Trần Văn Đức"


def test_a_ready_made_layout_is_copied_before_it_is_changed(qtbot: QtBot, station: Station) -> None:
    before = (READY_MADE / "card.toml").read_bytes()
    dialog = LayoutsDialog(station)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.refresh("card")

    def change(editor: EditorDialog) -> None:
        assert editor.draft.layout.name == "card-1"
        editor.draft.choose([0])
        editor.draft.remove()
        assert editor.save()
        editor.reject()

    with Script((NameDialog, lambda d: d.accept()), (EditorDialog, change)):  # type: ignore[list-item]
        dialog.edit.click()

    assert (READY_MADE / "card.toml").read_bytes() == before
    names = [file.name for file in layout_files(station.folder) if file.is_own]
    assert names == ["card-1"]
    assert dialog.list.selected() == "card-1"
    assert len(layout_named("card-1", station.folder).front) < len(
        read_layout(READY_MADE / "card.toml").front
    )


def test_a_new_layout_gets_its_title_and_sheet_and_an_own_one_is_renamed_and_deleted(
    qtbot: QtBot, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = LayoutsDialog(station)
    qtbot.addWidget(dialog)
    dialog.show()

    def sizes(paper: PaperDialog) -> None:
        paper.title.setText("Thẻ đại biểu 2022")
        paper.card.setCurrentIndex(paper.card.findData("90x55"))
        paper.card.activated.emit(0)
        paper.paper.setCurrentIndex(paper.paper.findData("a4"))
        paper.paper.activated.emit(0)
        paper.accept()

    def make(editor: EditorDialog) -> None:
        assert len(editor.draft.layout.origins_mm) == 10
        editor.put("code")
        assert editor.save()
        editor.reject()

    with Script((PaperDialog, sizes), (EditorDialog, make)):  # type: ignore[list-item]
        dialog.new.click()
    assert dialog.list.selected() == "the-dai-bieu-2022"

    def rename(asking: NameDialog) -> None:
        asking.field.setText("the-2022")
        asking.accept()

    with Script((NameDialog, rename)):  # type: ignore[list-item]
        dialog.rename.click()
    assert dialog.list.selected() == "the-2022"
    monkeypatch.setattr(MessageDialog, "confirm", lambda *_a, **_k: True)
    dialog.remove.click()
    assert not any(file.is_own for file in layout_files(station.folder))
    assert not dialog.remove.isEnabled()


def test_a_layout_that_cannot_be_read_says_why_in_the_list(qtbot: QtBot, station: Station) -> None:
    copy_layout("card", "ours", station.folder)
    path = station.folder / "layouts" / "ours.toml"
    path.write_text(path.read_text("utf-8").replace("kind", "kin"), "utf-8")
    dialog = LayoutsDialog(station)
    qtbot.addWidget(dialog)
    dialog.refresh("ours")

    assert dialog.list.rows()[-1].icon == "triangle-alert"
    assert not dialog.edit.isEnabled()
    assert dialog.remove.isEnabled()


def test_a_card_larger_than_its_paper_cannot_be_chosen(qtbot: QtBot) -> None:
    dialog = PaperDialog(replace(blank(), card_width_mm=300.0, card_height_mm=400.0))
    qtbot.addWidget(dialog)
    dialog.paper.setCurrentIndex(dialog.paper.findData("a4"))
    dialog.paper.activated.emit(0)

    assert not dialog._yes.isEnabled()
