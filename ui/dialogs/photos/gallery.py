"""The photos that are here: to be looked at, and removed."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.i18n import _
from station.roster.photos.plan import PhotoState
from ui.dialogs.message import MessageDialog
from ui.dialogs.photos.chooser import DelegateChooser
from ui.widgets.key_button import KeyButton


class GalleryPage(QWidget):
    """Delegates with a photo.

    Signals:
        remove_wanted: (list of identities) a person has confirmed it.
    """

    remove_wanted = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._state = PhotoState((), {})
        self.chooser = DelegateChooser(72, one_click=False)
        self.remove = KeyButton("image-minus", "Alt+X")
        self.remove.set_caption(_("Remove this photo"))
        self.remove_all = KeyButton("images", "")
        self.remove_all.set_caption(_("Remove all photos…"))
        self.remove.clicked.connect(self._on_remove_clicked)
        self.remove_all.clicked.connect(self._on_remove_all_clicked)
        box = QWidget()
        box.setObjectName("surface")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.addWidget(self.chooser)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self.remove, self.remove_all):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(box, 1)
        layout.addLayout(row)

    def show_state(self, state: PhotoState, thumbnails: Mapping[str, QImage]) -> None:
        """Show who has a photo. ``thumbnails`` by delegate."""
        self._state = state
        self.chooser.show_people([d for d in state.delegates if d.id in state.photos], thumbnails)
        self.remove.setEnabled(bool(state.photos))
        self.remove_all.setEnabled(bool(state.photos))

    def _on_remove_clicked(self) -> None:
        selected = self.chooser.list.selected()
        name = next((d.name for d in self._state.delegates if d.id == selected), "")
        if name:
            self._ask(_("Remove the photo of {name}?").format(name=name), [selected])

    def _on_remove_all_clicked(self) -> None:
        everybody = list(self._state.photos)
        self._ask(_("Remove all {count} photos?").format(count=len(everybody)), everybody)

    def _ask(self, question: str, delegates: list[str]) -> None:
        text = _("The files are deleted from this event. They can be taken in again from where they came.")
        if MessageDialog.confirm(self, question, text, yes=_("Remove"), no=_("Keep it")):
            self.remove_wanted.emit(delegates)
