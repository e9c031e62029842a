"""Pack, unpack and rehearsal in the window: by an organiser and by who sets a laptop up, with what they mistype."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from station.app import open_station
from station.errors import Refusal
from station.exchange.rehearsal import make_rehearsal, place_of_rehearsal
from station.exchange.unpack import look_into
from station.model.verdict import Source
from station.settings import Settings
from tests.builders import HandClock, make_event, opened, payload
from tests.unit.exchange.packing import PASSPHRASE, make_office, open_pack, pack
from ui.app import OpenEvent
from ui.dialogs.message import MessageDialog
from ui.dialogs.pack import PackDialog
from ui.dialogs.rehearsal import RehearsalDialog
from ui.dialogs.unpack import UnpackDialog
from ui.run import Program
from ui.screens.prepare import steps
from ui.style.theme import apply_language
from ui.widgets.passphrase import PassphraseField
from ui.widgets.watermark import RehearsalMark


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    apply_language("en")
    yield
    apply_language("vi")


def test_the_office_makes_a_pack_and_it_opens(qtbot: QtBot, tmp_path: Path) -> None:
    station = open_station(make_office(tmp_path / "office"), clock=HandClock())
    dialog = PackDialog(station)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog._contents.full_text() == "5 delegates · 1 session · 3 documents · 3 MB"
    dialog.set_file(tmp_path / "stick")
    dialog.begin()
    assert dialog.trouble() == "Type the passphrase."
    dialog.passphrase.set_passphrase("một hai ba bốn")
    dialog.passphrase._second.setText("một hai ba")
    dialog.begin()
    assert dialog.trouble().startswith("The two passphrases are not the same.")
    dialog.passphrase._second.setText("một hai ba bốn")
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20_000)
    assert dialog.outcome() == "Packed"  # on the same drive
    station.close()
    assert look_into(tmp_path / "stick.ckpack", "một hai ba bốn")[0].number == 1


def test_a_passphrase_is_hidden_until_it_is_to_be_seen_and_its_strength_is_said(qtbot: QtBot) -> None:
    field = PassphraseField(new=True)
    qtbot.addWidget(field)
    assert field._first.echoMode() is QLineEdit.EchoMode.Password
    for text, said in (("", "Four words"), ("123", "Weak"), ("aaaaaaaaaaaaaaaaaaaaa", "Weak"),
                       ("năm chữ nữa", "Fair"), ("xe đạp cũ và trăng non", "Strong")):  # fmt: skip
        field.set_passphrase(text)
        assert field.hint().startswith(said), text
    field._show.setChecked(True)
    assert field._second.echoMode() is QLineEdit.EchoMode.Normal


def shown(qtbot: QtBot, home: Path, recent: list[Path], file: Path) -> UnpackDialog:
    dialog = UnpackDialog(home, recent)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.set_file(file)
    return dialog


def look(qtbot: QtBot, dialog: UnpackDialog, passphrase: str) -> None:
    dialog.passphrase.set_passphrase(passphrase)
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_looking(), timeout=20_000)


def test_a_laptop_becomes_a_desk_after_a_mistyped_passphrase(qtbot: QtBot, tmp_path: Path) -> None:
    made = pack(make_office(tmp_path / "office"), tmp_path / "p.ckpack").file
    dialog = shown(qtbot, tmp_path / "home", [], made)
    assert dialog._told.full_text() == "Pack 1, made on 27/10/2022 07:30"
    look(qtbot, dialog, "wrong")
    assert "does not open this pack" in dialog.trouble()
    assert not dialog.is_asking_for_desk()
    look(qtbot, dialog, PASSPHRASE)
    assert dialog.is_asking_for_desk()
    assert dialog._event.full_text() == "Training"
    assert "2022" in dialog._warning.full_text()
    QTest.keyClick(dialog._number, Qt.Key.Key_Backspace)
    QTest.keyClick(dialog._number, "3")
    assert dialog._name.text() == "Desk 3"
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20_000)
    assert dialog.outcome() == "Desk 3 is ready"
    assert dialog.desk == tmp_path / "home" / "tap-huan"
    with opened(dialog.desk) as station:
        assert (station.name, station.files.instance.number) == ("Desk 3", 3)


def test_a_desk_of_the_same_event_is_offered_to_be_updated(qtbot: QtBot, tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    desk = open_pack(pack(office, tmp_path / "p.ckpack").file, tmp_path / "desk").folder
    later = HandClock()
    later.forward(hours=1)
    second = pack(office, tmp_path / "p2.ckpack", later).file
    dialog = shown(qtbot, tmp_path, [make_event(tmp_path / "x" / "y"), desk, tmp_path / "gone"], second)
    look(qtbot, dialog, PASSPHRASE)
    offered = [dialog._which.itemData(place) for place in range(dialog._which.count())]
    assert offered == [str(tmp_path / "x" / "y"), str(desk), ""]
    dialog._which.setCurrentIndex(1)
    assert not dialog._new.isVisible()
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20_000)
    assert dialog.outcome() == "Bàn 2 is up to date"


def test_a_file_that_is_no_pack_is_said_as_soon_as_it_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF")
    dialog = shown(qtbot, tmp_path, [], tmp_path / "letter.pdf")
    assert "is not an event pack" in dialog.trouble()
    dialog.set_file(tmp_path / "nowhere")
    look(qtbot, dialog, "x")
    assert "cannot be read" in dialog.trouble()


def test_a_failure_brings_the_fields_back(qtbot: QtBot, tmp_path: Path) -> None:
    made = pack(make_office(tmp_path / "office"), tmp_path / "p.ckpack").file
    dialog = shown(qtbot, tmp_path, [], made)
    look(qtbot, dialog, PASSPHRASE)
    dialog._folder.setText(str(tmp_path))
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20_000)
    assert "exists already" in dialog.text()
    assert dialog._folder.isVisible()
    assert dialog.desk is None


def test_from_the_first_window_to_an_open_desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    made = pack(make_office(tmp_path / "office"), tmp_path / "p.ckpack").file
    program = Program(qapp, Settings(sound=False, recent_events=[str(tmp_path / "x")]), "nowhere.avi")
    program.ask()
    assert program._welcome is not None
    qtbot.addWidget(program._welcome)

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, UnpackDialog)
        dialog.set_file(made)
        look(qtbot, dialog, PASSPHRASE)
        dialog.begin()
        qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20_000)
        dialog.reject()

    QTimer.singleShot(50, act)
    QTest.keyClick(program._welcome, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    if program.opened is None:  # offscreen, the shortcut needs an active window
        QTimer.singleShot(50, act)
        program._welcome._unpack.click()
    assert program.opened is not None
    assert program.opened.station.name == "Desk 2"
    program.opened.close()


def test_a_rehearsal_is_made_shown_and_discarded_and_the_event_is_back(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = make_office(tmp_path / "office")
    program = Program(qapp, Settings(sound=False), "nowhere.avi")
    program.open(office)
    assert program.opened is not None

    def begin() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RehearsalDialog)
        dialog.begin()
        qtbot.waitUntil(lambda: not dialog.is_working(), timeout=20_000)
        assert dialog.outcome() == "The rehearsal is ready"
        dialog.reject()

    QTimer.singleShot(50, begin)
    program.opened.office.open(steps.REHEARSAL)
    qtbot.waitUntil(lambda: program.opened is not None and program.opened.station.event.rehearsal)
    rehearsal = program.opened
    assert rehearsal.window.windowTitle().startswith("REHEARSAL – Training")
    assert rehearsal._header._word.text() == "REHEARSAL"
    marks = rehearsal.desk.findChildren(RehearsalMark)
    assert len(marks) == 1
    assert marks[0].geometry() == rehearsal.desk._right.geometry()
    rehearsal.station.desk.redeem(payload(1), Source.CAMERA)
    assert str(place_of_rehearsal(office)) in program._settings.recent_events
    questions: list[str] = []

    def answer(_cls: type, _parent: object, headline: str, *_rest: str, **_words: str) -> bool:
        questions.append(headline)
        return True

    monkeypatch.setattr(MessageDialog, "confirm", classmethod(answer))
    rehearsal.office.open(steps.REHEARSAL)
    qtbot.waitUntil(lambda: program.opened is not None and not program.opened.station.event.rehearsal)
    assert questions == ["Discard the rehearsal?"]
    assert not place_of_rehearsal(office).exists()
    assert program._settings.recent_events == [str(office)]
    assert program.opened.station.desk.counts().present == 0
    assert program.opened.desk.findChildren(RehearsalMark) == []
    program.opened.close()


def test_a_rehearsal_that_is_there_is_gone_on_with(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(make_office(tmp_path / "office")) as station:
        make_rehearsal(station.files, place_of_rehearsal(station.folder), station.clock)
        dialog = RehearsalDialog(station)
        qtbot.addWidget(dialog)
        assert dialog._start.caption() == "Go on rehearsing"
        dialog.begin()
        assert dialog.folder == place_of_rehearsal(station.folder)
        with pytest.raises(Refusal):
            make_rehearsal(station.files, dialog.folder, station.clock)


def test_the_steps_say_what_was_made(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    pack(office, tmp_path / "p.ckpack")
    with opened(office) as station:
        told = {line.step.key: line.detail for line in steps.lines(station)}
        assert told[steps.PACK] == "Pack 1, made on 27/10/2022 07:30"
        assert told[steps.REHEARSAL].startswith("Try everything")
        make_rehearsal(station.files, place_of_rehearsal(office), station.clock)
        assert {line.step.key: line.detail for line in steps.lines(station)}[
            steps.REHEARSAL
        ] == "A rehearsal is there."
    station = open_station(place_of_rehearsal(office), clock=HandClock())
    event = OpenEvent(qapp, station, Settings(sound=False, language="en"), keep=lambda _settings: None)
    try:
        assert {line.step.key: line.detail for line in steps.lines(station)}[steps.REHEARSAL].startswith(
            "This is"
        )
    finally:
        event.close()
