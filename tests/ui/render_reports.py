"""The states of the choice of reports, for render_screens.py."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.dialogs.reports.dialog import ReportsDialog


def states(studio: Any) -> dict[str, Callable[[], QWidget | None]]:
    """Every state by name."""
    return {
        "reports": lambda: _reports(studio, 0),
        "reports-list": lambda: _reports(studio, -3),
        "reports-locked": lambda: _locked(studio),
    }


def _locked(studio: Any) -> QWidget:
    dialog = _reports(studio, 0)
    dialog.journal.setCurrentIndex(1)  # type: ignore[attr-defined]
    return dialog


def _reports(studio: Any, row: int) -> QWidget:
    dialog = ReportsDialog(studio.event.station, studio.event.window)
    table = dialog.reports.reports
    table.setCurrentIndex(table.model().index(row % table.model().rowCount(), 0))
    shown: QWidget = studio._dialog(dialog)
    return shown
