"""Categories and units in the window: colours, names, merges, each done at once and seen at the desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from station.app import Station, open_station
from station.model.unit import Kind
from station.settings import Settings
from station.store import units
from tests.builders import HandClock, make_event
from ui.app import OpenEvent
from ui.dialogs.message import MessageDialog
from ui.dialogs.units.asking import MergeDialog, NameDialog
from ui.dialogs.units.dialog import LISTS, SUGGESTIONS, UnitsDialog
from ui.dialogs.units.lists import NAME
from ui.screens.prepare.steps import UNITS
from ui.style.theme import apply_language
from ui.style.tokens import DARK, LIGHT, contrast
from ui.widgets.colour_popup import ColourPopup
from ui.widgets.swatch import SWATCHES

HA_NAM = "LĐLĐ tỉnh Hà Nam"


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


@pytest.fixture
def dialog(qtbot: QtBot, station: Station) -> UnitsDialog:
    station.files.write(lambda c: units.add(c, Kind.UNIT, "Liên đoàn Lao động tỉnh Hà Nam"))
    shown = UnitsDialog(station)
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def names(dialog: UnitsDialog, kind: Kind) -> dict[str, int]:
    return {division.name: division.delegates for division in dialog.lists[kind].model.divisions()}


def settled(qtbot: QtBot, dialog: UnitsDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_working())


def answer(monkeypatch: pytest.MonkeyPatch, yes: bool) -> list[str]:
    asked: list[str] = []

    def confirm(_class: object, _parent: object, headline: str, *_text: str, **_words: str) -> bool:
        asked.append(headline)
        return yes

    monkeypatch.setattr(MessageDialog, "confirm", classmethod(confirm))
    return asked


def test_a_colour_is_chosen_by_keyboard_and_kept(qtbot: QtBot, dialog: UnitsDialog, station: Station) -> None:
    shown = dialog.lists[Kind.CATEGORY]
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ColourPopup)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(popup.focusWidget(), key)
    settled(qtbot, dialog)
    assert station.desk.colours()["Báo chí"] == list(SWATCHES)[7]
    assert shown.current().colour == list(SWATCHES)[7]  # type: ignore[union-attr]
    assert shown.current().name == "Báo chí"  # type: ignore[union-attr]


def test_any_colour_is_typed_by_its_figures(qtbot: QtBot) -> None:
    popup = ColourPopup("")
    popup.open_below(QApplication.topLevelWidgets()[0] if QApplication.topLevelWidgets() else popup, QPoint())
    chosen: list[str] = []
    popup.chosen.connect(chosen.append)
    popup._field.setText("#12")
    assert not popup._take.isEnabled()
    popup._field.setText("0AF")
    QTest.keyClick(popup._field, Qt.Key.Key_Return)
    assert chosen == ["#00aaff"]


def test_a_name_typed_into_its_cell_stands_everywhere(
    qtbot: QtBot, dialog: UnitsDialog, station: Station
) -> None:
    shown = dialog.lists[Kind.CATEGORY]
    shown.table.setFocus()
    QTest.keyClick(shown.table, Qt.Key.Key_F2)
    editor = shown.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("Nhà báo")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Nhà báo" in names(dialog, Kind.CATEGORY))
    assert dialog.isVisible()  # Enter in a cell does not close the dialog
    assert {line.delegate.category for line in station.desk.roster()} == {"Học viên", "Nhà báo"}


@pytest.mark.parametrize("yes", [True, False])
def test_a_name_that_is_there_is_asked_about_before_it_swallows_another(
    qtbot: QtBot, dialog: UnitsDialog, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    asked = answer(monkeypatch, yes)
    model = dialog.lists[Kind.CATEGORY].model
    model.setData(model.index(0, NAME), " Học viên ")
    settled(qtbot, dialog)
    assert asked == ["“Học viên” is there already. Merge both?"]
    assert names(dialog, Kind.CATEGORY) == ({"Học viên": 5} if yes else {"Báo chí": 1, "Học viên": 4})


def test_one_click_makes_one_name_of_two_and_nobody_is_asked_again(
    qtbot: QtBot, dialog: UnitsDialog, station: Station
) -> None:
    assert dialog.look.caption() == "1 name in several spellings…"
    dialog.look.click()
    assert dialog.page() == SUGGESTIONS
    (card,) = dialog.suggestions.cards
    assert card.into.currentText() == HA_NAM  # the usual one
    card.into.setCurrentText("Liên đoàn Lao động tỉnh Hà Nam")
    card.merge.click()
    settled(qtbot, dialog)
    assert dialog.page() == LISTS
    assert names(dialog, Kind.UNIT) == {"Liên đoàn Lao động tỉnh Hà Nam": 5}
    assert not dialog.look.isVisible()
    assert HA_NAM in dialog.lists[Kind.UNIT]._spellings.full_text()


def test_names_that_are_different_are_not_suggested_again(qtbot: QtBot, dialog: UnitsDialog) -> None:
    dialog.look.click()
    dialog.suggestions.cards[0].apart.click()
    settled(qtbot, dialog)
    assert dialog.page() == LISTS
    assert len(names(dialog, Kind.UNIT)) == 2
    assert UnitsDialog(dialog._station).suggestions.cards == []


def test_any_two_are_merged_through_the_list(
    qtbot: QtBot, dialog: UnitsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[list[str]] = []

    def ask(_class: object, _parent: object, _division: object, others: list[str]) -> str:
        offered.append(others)
        return others[0]

    monkeypatch.setattr(MergeDialog, "ask", classmethod(ask))
    dialog.lists[Kind.CATEGORY].merge.click()
    settled(qtbot, dialog)
    assert offered == [["Học viên"]]
    assert names(dialog, Kind.CATEGORY) == {"Học viên": 5}


def test_one_is_added_and_removed_and_what_is_used_stays(
    qtbot: QtBot, dialog: UnitsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, True)
    shown = dialog.lists[Kind.CATEGORY]
    monkeypatch.setattr(NameDialog, "ask", classmethod(lambda *_arguments: "Khách mời"))
    shown.add.click()
    settled(qtbot, dialog)
    assert shown.current().name == "Khách mời"  # type: ignore[union-attr]
    QTest.keyClick(shown.table, Qt.Key.Key_Delete)
    settled(qtbot, dialog)
    assert "Khách mời" not in names(dialog, Kind.CATEGORY)
    shown.remove.click()
    settled(qtbot, dialog)
    assert "Merge it into another one instead" in dialog.trouble()


def test_spellings_are_forgotten(
    qtbot: QtBot, dialog: UnitsDialog, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, True)
    dialog.lists[Kind.CATEGORY].name_typed.emit(dialog.lists[Kind.CATEGORY].current(), "Nhà báo")
    settled(qtbot, dialog)
    dialog.lists[Kind.CATEGORY]._forget.click()
    settled(qtbot, dialog)
    with station.files.reading() as connection:
        assert units.aliases(connection, Kind.CATEGORY) == {}


@pytest.mark.parametrize("colour", SWATCHES)
def test_every_swatch_is_readable_in_the_light_the_dark_and_on_paper(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 4.5
    for theme in (LIGHT, DARK):
        assert contrast(colour, theme.surface) >= 3
        assert contrast(colour, theme.canvas) >= 3


def test_the_desk_and_the_list_show_the_colours_after_the_dialog(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    station = open_station(make_event(tmp_path / "event"), clock=HandClock())
    event = OpenEvent(qapp, station, Settings(sound=False, theme="light", language="en"))
    event.window.show()

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, UnitsDialog)
        station.files.write(lambda c: units.set_colour(c, Kind.UNIT, HA_NAM, "#0e7f6f"))
        station.files.write(lambda c: units.set_colour(c, Kind.CATEGORY, "Học viên", "#d81428"))
        dialog.reject()

    try:
        QTimer.singleShot(0, act)
        event.office.open(UNITS)
        qtbot.waitUntil(lambda: event.controller._colours["Học viên"] == "#d81428")
        qtbot.waitUntil(lambda: any(line.unit_colour for line in event.delegates._model.lines()))
        line = event.delegates._model.lines()[0]
        assert (line.unit_colour, line.category_colour) == ("#0e7f6f", "#d81428")
        event.controller.open_card(line.delegate.id)
        qtbot.waitUntil(lambda: event.desk.result.card.delegate() == line.delegate)
        assert "#0e7f6f" in [mark.colour() for mark in event.desk.result.card._marks]
        assert event.prepare.details()[UNITS] == "2 categories · 1 unit"
    finally:
        event.close()


def test_escape_leaves_a_cell_before_it_leaves_the_dialog(qtbot: QtBot, dialog: UnitsDialog) -> None:
    shown = dialog.lists[Kind.CATEGORY]
    QTest.keyClick(shown.table, Qt.Key.Key_F2)
    editor = shown.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    QApplication.sendEvent(
        editor, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    )
    assert dialog.isVisible()
    assert names(dialog, Kind.CATEGORY) == {"Báo chí": 1, "Học viên": 4}
