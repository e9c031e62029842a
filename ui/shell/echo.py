"""A verdict that comes while a dialog covers the desk: said over the dialog, for the desk shows it behind."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QDialog

from ui.widgets.toast import Toast


class Echo(QObject):
    """Speaks only while a dialog has the window; what it says stands on the desk and among the latest scans too."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._texts: list[str] = []

    @Slot(str, str)
    def tell(self, text: str, icon: str) -> None:
        """Say a verdict over the dialog in front, if there is one."""
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        self._texts.append(text)
        toast = dialog.findChild(_Word)
        if toast is None:
            toast = _Word(dialog, at_top=True)
        toast.tell(text, icon)

    def texts(self) -> list[str]:
        """What was said so far."""
        return self._texts


class _Word(Toast):
    """The toast of an echo, and no other one of the dialog."""
