"""States of the roster window while it works, for tests/ui/render_screens.py."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station.i18n import _
from ui.dialogs.roster.dialog import COLUMNS, RosterDialog

Open = Callable[[], RosterDialog]


def roster_work_states(opened: Open, with_columns: Open, folder: Path) -> dict[str, Callable[[], QWidget]]:
    """Reading with a bar, stopped, and refused."""

    def reading() -> QWidget:
        dialog = opened()
        dialog._work(_halfway, lambda _done: None, _("Reading the file…"))
        _wait(800)
        return dialog

    def stopped() -> QWidget:
        dialog = with_columns()
        assert dialog.page() == COLUMNS
        dialog._work(_halfway, lambda _done: None)
        _wait(200)
        dialog.reject()
        while dialog.is_working():
            _wait(20)
        return dialog

    def refused() -> QWidget:
        dialog = opened()
        page = folder / "bảng xuất.xls"
        page.write_text("<html><frameset><frame src='x.htm'></frameset></html>", "utf-8")
        dialog.read(page)
        while dialog.is_working():
            _wait(20)
        return dialog

    return {"roster-reading": reading, "roster-stopped": stopped, "roster-refused": refused}


def _halfway(progress: Callable[[int, int], None]) -> None:
    """Work that has come to its half and goes on until it is stopped."""
    for _moment in range(100):
        progress(48_000_000, 100_000_000)
        time.sleep(0.05)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
