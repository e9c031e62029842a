"""A window over a real event folder, in the size and look of a desk's laptop."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from station.app import Station, open_station
from tests.builders import HandClock, make_event
from ui.style.fonts import load_fonts
from ui.style.theme import apply_theme, theme
from ui.style.tokens import LIGHT


@pytest.fixture(autouse=True)
def _looks(qapp: QApplication) -> None:
    """The program's typeface and light theme."""
    if theme() is not LIGHT or not qapp.styleSheet():
        qapp.setStyle("fusion")
        load_fonts()
        apply_theme(qapp, "light")


@pytest.fixture(autouse=True, scope="session")
def _imported_modules_are_no_garbage() -> None:
    """Looking through all of them after each test would take most of its time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _garbage_stays_on_the_gui_thread() -> Iterator[None]:
    """As ui.bridge.garbage does it for the program: widgets of an earlier test must not die on a worker."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture
def clock() -> HandClock:
    """Seven thirty on the event's first morning, until a test moves it."""
    return HandClock()


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    """Five delegates, three documents, one session."""
    opened = open_station(make_event(tmp_path / "event"), clock=clock)
    yield opened
    opened.close()
