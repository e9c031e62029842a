"""What holds for every test: no display, no personal settings, one language, no thread left behind."""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# Before anything imports Qt or reads the environment.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
for choice in ("LANGUAGE", "STATION_LANGUAGE"):
    os.environ.pop(choice, None)
os.environ["STATION_SETTINGS_DIR"] = tempfile.mkdtemp(prefix="station-settings-")

# A busy machine is no failure, and CI tries the same examples every time.
hypothesis.settings.register_profile("station", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("station")

GRACE_S = 2.0


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["STATION_SETTINGS_DIR"], ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees what another one set, nor what the person at this computer set."""
    folder = tmp_path_factory.mktemp("settings")
    monkeypatch.setenv("STATION_SETTINGS_DIR", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _vietnamese() -> None:
    """Every test starts in the language of the desk, whatever the one before it chose."""
    from station.i18n import set_language

    set_language("vi")


@pytest.fixture(autouse=True)
def _no_thread_left_behind() -> Iterator[None]:
    """A thread that outlives its test would keep the program from closing, so the test fails and names it."""
    before = set(threading.enumerate())
    yield
    left = _waited_for({thread for thread in threading.enumerate() if not thread.daemon} - before)
    if left:
        names = ", ".join(sorted(thread.name for thread in left))
        pytest.fail(f"These threads were still running {GRACE_S:g} s after the test: {names}", pytrace=False)


def _waited_for(threads: set[threading.Thread]) -> set[threading.Thread]:
    """Those that have not ended within the grace."""
    end_at = time.monotonic() + GRACE_S
    for thread in threads:
        thread.join(max(0.0, end_at - time.monotonic()))
    return {thread for thread in threads if thread.is_alive()}
