"""The words of the scenarios: what a clerk does (khi…), what the screen says and the journal holds (thì…).

Each step goes through the real window: keys, a scanner's keystrokes, dialogs. Each expectation waits for its fact.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget
from pytestqt.qtbot import QtBot

from station.app import Station, open_station
from station.model.document import Document
from station.model.event import Session
from station.settings import Settings
from station.store import documents, journal
from tests.builders import DELEGATES, INSTANCE, HandClock, make_event, payload
from tests.ui.clerk import Script
from tests.ui.keyboard import Keyboard
from ui.app import OpenEvent
from ui.dialogs.cases.menu import CasesMenu
from ui.dialogs.cases.move import MoveDialog
from ui.dialogs.cases.person import PersonDialog
from ui.dialogs.cases.read_back import ReadBackDialog
from ui.dialogs.cases.reason import ReasonDialog
from ui.dialogs.message import MessageDialog
from ui.dialogs.pin import PinDialog
from ui.style.tokens import Tone

Buoc = tuple[type[QDialog], Callable[[QDialog], None]]
XANH, VANG, DO, TRA_CUU = Tone.ADMITTED, Tone.ATTENTION, Tone.REFUSED, Tone.ENQUIRY
_WAIT_MS = 15_000
ANH_HA_NAM, DUC, AN, HA, DUNG, ANH_NAM_DINH = (f"DB{number:05d}" for number in range(1, 7))
PEOPLE = (
    *DELEGATES,
    replace(
        DELEGATES[0], code=ANH_NAM_DINH, name="Nguyễn Thị Anh", unit="LĐLĐ tỉnh Nam Định", phone="0912345678"
    ),
)


def lam_su_kien(folder: Path, phien: Sequence[Session], clock: HandClock) -> None:
    """Six delegates, two of them with names that are easily mixed up; three documents, five copies of the first."""
    make_event(folder, delegates=PEOPLE, sessions=phien, clock=clock)
    station = open_station(folder, clock=clock)
    stocked = Document("TL01", 1, "Chuyên đề 1", stock=5)
    station.files.write(lambda connection: documents.update_document(connection, "TL01", stocked))
    station.close()


class Ban:
    """A desk: its window, the clerk's hands, and what can be seen of it."""

    def __init__(
        self, qtbot: QtBot, application: QApplication, folder: Path, clock: HandClock, settings: Settings
    ) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.clock = clock
        self.station: Station = open_station(folder, clock=clock)
        self.keyboard = Keyboard()
        self.event = OpenEvent(application, self.station, settings, keep=lambda _settings: None)
        self.answers = 0
        self.event.controller.shown.connect(self._on_shown)
        self.event.window.resize(1366, 768)
        self.event.window.show()
        self._activate()
        self._before = len(self._entries())
        self.yen()

    # Khi: what a clerk does.

    def khi_quet(self, code: int | bytes) -> None:
        """A wedge scanner reads a delegate's code (by its number) or any other text."""
        raw = payload(code) if isinstance(code, int) else code
        before = self.answers
        self._activate()
        self.keyboard.pause(1)
        self.keyboard.type(raw.decode() + "\r")
        self.qtbot.waitUntil(lambda: self.answers > before, timeout=_WAIT_MS)
        self.yen()

    def khi_bam(self, key: str, *steps: Buoc) -> list[str]:
        """Press a key such as ``Shift+F2``; ``steps`` is what is done in the dialogs that then open one by one."""
        self._activate()
        script = Script(*steps)
        pressed = QKeySequence(key)[0]
        receiver = QApplication.focusWidget() or self.event.window
        QTest.keyClick(receiver, pressed.key(), pressed.keyboardModifiers())
        self.yen()
        self.qtbot.waitUntil(lambda: not script.steps, timeout=_WAIT_MS)
        script.stop()
        self.yen()
        unexpected = [seen for seen in script.seen if seen.startswith("unexpected")]
        assert not unexpected, unexpected
        return script.seen

    def khi_go(self, text: str) -> None:
        """Type as people do, far slower than a scanner."""
        self.keyboard.pause(1)
        self.keyboard.type(text, 130)
        self.keyboard.pause(1)
        self.yen()

    def khi_tim(self, text: str) -> list[str]:
        """Look for a name with F3; gives the names that are found."""
        self.khi_bam("F3")
        self.khi_go(text)
        return [row.title for row in self.event.desk.search.rows()]

    def khi_mo_the(self, text: str) -> None:
        """Find somebody and open the card of the first line."""
        assert self.khi_tim(text)
        self.khi_bam("Return")
        self.qtbot.waitUntil(lambda: not self.event.desk.is_idle(), timeout=_WAIT_MS)

    def khi_qua(self, **span: float) -> None:
        """Time goes by, or back."""
        self.clock.forward(**span)

    # Thì: what must be seen and recorded.

    def thi_man_hinh_bao(self, word: str, tone: Tone | None = None, sentence: str = "") -> None:
        """The large panel says this word, in this colour, and a sentence that holds these words."""
        panel = self.event.desk.result.panel

        def says() -> bool:
            return not self.event.desk.is_idle() and panel.notice().word == word

        self._see(says, lambda: f"{panel.notice()} instead of {word}")
        notice = panel.notice()
        assert tone is None or notice.tone is tone, notice
        assert sentence in f"{notice.sentence} {notice.advice}", notice

    def thi_the_la(self, name: str) -> None:
        """The card on show is of this person."""
        card = self.event.desk.result.card

        def shows() -> bool:
            person = card.delegate()
            return person is not None and person.name == name

        self._see(shows, lambda: f"{card.delegate()} instead of {name}")

    def thi_bao_nho(self, text: str) -> None:
        """The short message at the foot says this."""
        toast = self.event.desk.toast
        self._see(lambda: text in toast.text(), lambda: f"{toast.text()!r} instead of {text!r}")

    def thi_dai_bao(self, text: str) -> None:
        """The strip above the verdict says this; '' while there is none."""
        strip = self.event.desk.session_strip
        self._see(lambda: strip.text() == text, lambda: f"{strip.text()!r} instead of {text!r}")

    def thi_nhat_ky_ghi(self, *expected: str) -> None:
        """The journal holds exactly these entries since the window opened: kind, reason or outcome, code, document."""
        lines = self.nhat_ky()
        assert lines == list(expected), lines

    def thi_co_mat(self, *codes: str) -> None:
        """Exactly these delegates are present in the session of the desk."""
        session = self.event.controller.session().id
        present = [line.delegate.code for line in self.station.desk.roster(session) if line.present]
        assert sorted(present) == sorted(codes)

    def thi_con_lai(self, code: str, left: int) -> None:
        """So many copies of a document are left."""
        card = self.station.desk.card(self.ma(HA))
        assert {item.document.code: item.left for item in card.bundle}[code] == left

    # What is looked at.

    def nhat_ky(self) -> list[str]:
        """The entries since the window opened, a line each."""
        codes = {line.delegate.id: line.delegate.code for line in self.station.desk.roster()}
        lines = []
        for entry in self._entries()[self._before :]:
            content = entry.content
            said = entry.body.get("reason") or content.outcome
            parts = (content.kind, said, codes.get(content.delegate or ""), content.document)
            lines.append(" ".join(str(part) for part in parts if part))
        return lines

    def ma(self, code: str) -> str:
        """The identity of a delegate's code."""
        return f"{INSTANCE}-{int(code[2:])}"

    def yen(self) -> None:
        """Wait until everything that was asked is answered and shown."""
        done: list[bool] = []
        self.event.when_idle(lambda: done.append(True))
        self.qtbot.waitUntil(lambda: bool(done), timeout=_WAIT_MS)

    def dong(self) -> None:
        """Close the window; a second time does nothing."""
        self.event.close()

    def _entries(self) -> list[journal.Entry]:
        with self.station.files.reading() as connection:
            return list(journal.entries(connection, INSTANCE))

    def _activate(self) -> None:
        if QApplication.activeModalWidget() is None:
            self.event.window.activateWindow()
            self.qtbot.waitUntil(self.event.window.isActiveWindow, timeout=_WAIT_MS)

    def _on_shown(self) -> None:
        self.answers += 1

    def _see(self, fact: Callable[[], bool], instead: Callable[[], str]) -> None:
        try:
            self.qtbot.waitUntil(fact, timeout=_WAIT_MS)
        except self.qtbot.TimeoutError:
            raise AssertionError(instead()) from None


# Steps in dialogs.


def chon_viec(title: str) -> Buoc:
    """Choose one of the other cases by its number."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, CasesMenu)
        QTest.keyClick(dialog, str(dialog.titles().index(title) + 1))

    return CasesMenu, act


def dien(ly_do: str = "", **texts: str) -> Buoc:
    """Fill in the fields of a person and press Enter."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PersonDialog)
        for field, text in texts.items():
            dialog._edits[field].setText(text)
        dialog._reason.setText(ly_do)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    return PersonDialog, act


def dong_y() -> Buoc:
    """Say yes to a question."""
    return MessageDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return)


def thoi() -> Buoc:
    """Say no to a question."""
    return MessageDialog, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape)


def nhap_pin(pin: str) -> Buoc:
    """Type a PIN; a wrong one is said, and the clerk gives up."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PinDialog)
        dialog._line.setText(pin)
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        if dialog.trouble():
            dialog.reject()

    return PinDialog, act


def noi_ly_do(text: str) -> Buoc:
    """Give a reason."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ReasonDialog)
        dialog._line.setText(text)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    return ReasonDialog, act


def doc_lai(number: int, people: list[tuple[str, str]]) -> Buoc:
    """Name and unit are read back: these are shown; choose one by its number and press Enter."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ReadBackDialog)
        assert [(card.person.name, card.person.unit) for card in dialog.cards()] == people
        QTest.keyClick(QApplication.focusWidget() or dialog, str(number))
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Return)

    return ReadBackDialog, act


def chuyen_phien(target: str, count: int) -> Buoc:
    """So many admissions are marked, and they are moved to a session."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, MoveDialog)
        assert (dialog.target(), len(dialog.findChild(QListWidget).selectedItems())) == (target, count)
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Return)

    return MoveDialog, act
