"""A desk in the program's own window, as the scenarios want it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.model.event import Session
from station.settings import Settings
from tests.builders import HandClock
from tests.e2e.scenarios.ban import Ban, lam_su_kien
from tests.ui.conftest import (
    _garbage_stays_on_the_gui_thread,
    _imported_modules_are_no_garbage,
    _looks,
)

__all__ = ["_garbage_stays_on_the_gui_thread", "_imported_modules_are_no_garbage", "_looks"]

MoBan = Callable[..., Ban]


@pytest.fixture
def mo_ban(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MoBan]:
    """Opens a desk; ``phien`` are the sessions of its event."""
    opened: list[Ban] = []
    settings = Settings(sound=False, theme="light")  # of this machine, whichever window is opened

    def mo(phien: Sequence[Session] = ()) -> Ban:
        folder, clock = tmp_path / "su-kien", HandClock()
        if not folder.exists():
            lam_su_kien(folder, phien, clock)
        opened.append(Ban(qtbot, qapp, folder, clock, settings))
        return opened[-1]

    yield mo
    for ban in opened:
        ban.dong()


@pytest.fixture
def ban(mo_ban: MoBan) -> Ban:
    """A desk with one session for the whole event."""
    return mo_ban()
