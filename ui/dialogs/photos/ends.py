"""The first face, where the photos are, and the last one, what has become of them."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.i18n import _, ngettext
from station.roster.photos.plan import PhotoState
from ui.dialogs.choose import Choose
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.wording import photo_standing

_MARGINS_PX = (28, 24, 28, 24)


class SourcePage(QWidget):
    """Takes a folder, a ZIP or a picture; says how many have a photo.

    Signals:
        chosen: (list of Path). gallery_wanted: the photos that are here are to be looked at.
    """

    chosen = Signal(list)
    gallery_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._standing = PlainLabel(size_px=14, role="muted", wrap=True)
        self._broken = PlainLabel(size_px=14, role="warning", wrap=True)
        self.gallery = _button("images", "", _("See and remove…"))
        self.gallery.clicked.connect(self.gallery_wanted)
        box, inside = surface(self)
        inside.setSpacing(14)
        said = _(
            "Name the pictures after the delegate's code or name, for example DB00012.jpg or Nguyễn Văn A.jpg; "
            "for namesakes add the unit. Subfolders are looked through."
        )
        then = _(
            "You will see whose photo each one is before anything changes. Photos are turned upright, cropped to 3:4 "
            "and kept small; place and time of the picture are not kept."
        )
        inside.addStretch(1)
        inside.addWidget(PlainLabel(said, 15, wrap=True, parent=box))
        inside.addWidget(PlainLabel(then, 15, role="muted", wrap=True, parent=box))
        inside.addSpacing(8)
        inside.addLayout(self._ways())
        inside.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._standing)
        texts.addWidget(self._broken)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        foot.addLayout(texts, 1)
        foot.addWidget(self.gallery)
        inside.addLayout(foot)

    def show_state(self, state: PhotoState) -> None:
        """Say how many delegates have a photo, and how many of the files are gone."""
        self._standing.setText(photo_standing(state.count(), len(state.delegates)))
        text = ngettext(
            "{count} photo is missing on the disk or was changed; take it in again.",
            "{count} photos are missing on the disk or were changed; take them in again.",
            len(state.broken),
        )
        self._broken.setText(text.format(count=len(state.broken)))
        self._broken.setVisible(bool(state.broken))
        self.gallery.setVisible(bool(state.photos))

    def standing(self) -> str:
        """What is said of the photos that are here."""
        return self._standing.full_text()

    def _ways(self) -> QHBoxLayout:
        folder = _button("folder-open", "Ctrl+O", _("Choose a folder…"), primary=True)
        self.setFocusProxy(folder)
        folder.clicked.connect(self._on_folder_clicked)
        archive = _button("file-down", "Ctrl+I", _("Choose a ZIP or picture…"))
        archive.clicked.connect(self._on_file_clicked)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(folder)
        row.addWidget(archive)
        row.addWidget(PlainLabel(_("or drop them here"), 14, role="muted"))
        row.addStretch(1)
        return row

    def _on_folder_clicked(self) -> None:
        self._choose(Choose.folder(self, _("Choose the folder with the photos"), Path.home()))

    def _on_file_clicked(self) -> None:
        self._choose(Choose.photos(self, _("Choose a ZIP or a picture"), Path.home()))

    def _choose(self, path: Path | None) -> None:
        if path is not None:
            self.chosen.emit([path])


class DonePage(QWidget):
    """Says what has become of the photos."""

    def __init__(self) -> None:
        super().__init__()
        self._outcome = PlainLabel(size_px=17, wrap=True)
        box = QWidget()
        box.setObjectName("surface")
        row = QHBoxLayout(box)
        row.setContentsMargins(*_MARGINS_PX)
        row.setSpacing(18)
        mark = IconMark(48)
        mark.set_icon("circle-check", "positive")
        row.addWidget(mark)
        row.addWidget(self._outcome, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box)
        layout.addStretch(1)

    def tell(self, outcome: str) -> None:
        """Say it."""
        self._outcome.setText(outcome)

    def outcome(self) -> str:
        """What is said."""
        return self._outcome.full_text()


def surface(page: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """A surface that fills a page, and the layout inside."""
    box = QWidget()
    box.setObjectName("surface")
    inside = QVBoxLayout(box)
    inside.setContentsMargins(*_MARGINS_PX)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(box)
    return box, inside


def _button(icon: str, key: str, caption: str, *, primary: bool = False) -> KeyButton:
    button = KeyButton(icon, key, primary=primary)
    button.set_caption(caption)
    button.setAutoDefault(False)
    return button
