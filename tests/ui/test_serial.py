"""A scanner on a serial port: a pseudo-terminal plays the scanner."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.builders import payload
from ui.devices import serial
from ui.devices.serial import SerialScanner

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals that are serial ports", allow_module_level=True)

import tty

CARD = b"BEGIN:VCARD\r\nEMAIL:anh@example.org\r\nEND:VCARD\r\n"


class Plugged:
    """The scanner's end of a port that is named by a link, as ``/dev/serial/by-id`` names real ones."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self.scanner = -1

    def plug(self) -> None:
        self.scanner, port = os.openpty()
        tty.setraw(port)
        self.link.symlink_to(os.ttyname(port))
        self._port = port

    def unplug(self) -> None:
        self.link.unlink()
        os.close(self.scanner)
        os.close(self._port)

    def scan(self, raw: bytes) -> None:
        os.write(self.scanner, raw)


@pytest.fixture
def plugged(tmp_path: Path) -> Plugged:
    scanner = Plugged(tmp_path / "scanner")
    scanner.plug()
    return scanner


@pytest.fixture
def listening(qtbot: QtBot, plugged: Plugged) -> Iterator[tuple[SerialScanner, list[bytes]]]:
    owner, scans = QObject(), []
    scanner = SerialScanner(owner)
    scanner.scanned.connect(scans.append)
    scanner.start(str(plugged.link), 9600)
    assert scanner.is_open()
    yield scanner, scans
    scanner.stop()


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n", b""])
def test_a_code_comes_whole_whatever_ends_it(
    qtbot: QtBot, plugged: Plugged, listening: tuple[SerialScanner, list[bytes]], ending: bytes
) -> None:
    _scanner, scans = listening
    code = payload(1)
    plugged.scan(code[:20])
    plugged.scan(code[20:] + ending)
    qtbot.waitUntil(lambda: bool(scans))
    assert scans == [code]
    plugged.scan(payload(2) + ending)
    qtbot.waitUntil(lambda: len(scans) == 2)
    assert scans == [code, payload(2)]


def test_a_visiting_card_of_several_lines_is_one_code(
    qtbot: QtBot, plugged: Plugged, listening: tuple[SerialScanner, list[bytes]]
) -> None:
    _scanner, scans = listening
    plugged.scan(CARD)
    qtbot.waitUntil(lambda: bool(scans))
    assert scans == [CARD.strip()]


def test_two_codes_that_came_together_are_two(
    qtbot: QtBot, plugged: Plugged, listening: tuple[SerialScanner, list[bytes]]
) -> None:
    _scanner, scans = listening
    plugged.scan(payload(1) + b"\r\n" + payload(2) + b"\r\n")
    qtbot.waitUntil(lambda: len(scans) == 2)
    assert scans == [payload(1), payload(2)]


def test_a_scanner_that_was_unplugged_is_told_about_once_and_found_again(
    qtbot: QtBot,
    plugged: Plugged,
    listening: tuple[SerialScanner, list[bytes]],
) -> None:
    scanner, scans = listening
    troubles: list[str] = []
    scanner.trouble.connect(troubles.append)
    plugged.unplug()
    qtbot.waitUntil(lambda: bool(troubles))
    assert not scanner.is_open()
    with qtbot.waitSignal(scanner._retry.timeout, timeout=3000):
        pass
    assert len(troubles) == 1
    assert str(plugged.link) in troubles[0]
    with qtbot.waitSignal(scanner.restored, timeout=3000):
        plugged.plug()
    plugged.scan(payload(1) + b"\r")
    qtbot.waitUntil(lambda: bool(scans))
    assert scans == [payload(1)]


def test_a_port_that_is_not_there_is_told_and_found_when_it_comes(qtbot: QtBot, tmp_path: Path) -> None:
    owner = QObject()
    scanner, troubles = SerialScanner(owner), []
    scanner.trouble.connect(troubles.append)
    late = Plugged(tmp_path / "late")
    scanner.start(str(late.link), 9600)
    assert len(troubles) == 1
    with qtbot.waitSignal(scanner.restored, timeout=3000):
        late.plug()
    scanner.stop()


def test_no_port_is_listened_to_unless_one_is_chosen(qtbot: QtBot) -> None:
    owner = QObject()
    scanner, troubles = SerialScanner(owner), []
    scanner.trouble.connect(troubles.append)
    scanner.start("", 9600)
    assert not scanner.is_open()
    assert troubles == []


def test_ports_are_listed_with_what_they_say_of_themselves() -> None:
    assert all(isinstance(name, str) and isinstance(text, str) for name, text in serial.port_names())
