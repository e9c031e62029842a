"""The first step, which file, and the last one, what has become of the roster."""

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.app import Station
from station.i18n import _, ngettext
from station.roster.apply import Undone
from station.roster.diff import RosterDiff
from ui.dialogs.choose import Choose
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel

_MARGINS_PX = (28, 24, 28, 24)


class SourcePage(QWidget):
    """Takes a file or what is on the clipboard; offers to take back what was taken in last.

    Signals:
        file_chosen: (Path).
        pasted: (text) of the clipboard.
        undo_wanted: the latest roster is to be taken back.
    """

    file_chosen = Signal(object)
    pasted = Signal(str)
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._latest = PlainLabel(size_px=14, role="muted", wrap=True)
        self.undo = _undo_button()
        self.undo.clicked.connect(self.undo_wanted)
        self._build()
        QShortcut(QKeySequence.StandardKey.Paste, self).activated.connect(self._on_paste_wanted)

    def show_latest(self, station: Station) -> None:
        """What can be taken back: the latest file, as long as no other came after it."""
        latest = station.latest_roster()
        self.undo.setVisible(latest is not None)
        self._latest.setVisible(latest is not None)
        if latest is not None:
            at = latest.at.astimezone(ZoneInfo(station.event.zone))
            said = _("The latest roster was “{file}”, taken in on {day} at {time}.")
            self._latest.setText(said.format(file=latest.file_name, day=f"{at:%d/%m/%Y}", time=f"{at:%H:%M}"))

    def latest(self) -> str:
        """What is said of the latest roster."""
        return self._latest.full_text()

    def _build(self) -> None:
        box, inside = _surface_column(self)
        inside.setSpacing(14)
        said = _(
            "Take the file as it is: .xlsx, .xls, .ods, .csv or .tsv, with titles above and sums below. "
            "You will see what its columns mean and everything that would change, before anything does."
        )
        again = _(
            "A roster that comes again is compared with the one that is here: codes, attendance and hand-outs stay."
        )
        inside.addStretch(1)
        inside.addWidget(PlainLabel(said, 15, wrap=True, parent=box))
        inside.addWidget(PlainLabel(again, 15, role="muted", wrap=True, parent=box))
        inside.addSpacing(8)
        inside.addLayout(self._ways())
        inside.addStretch(1)
        latest = QHBoxLayout()
        latest.setSpacing(14)
        latest.addWidget(self._latest, 1)
        latest.addWidget(self.undo)
        inside.addLayout(latest)

    def _ways(self) -> QHBoxLayout:
        choose = KeyButton("folder-open", "Ctrl+O", primary=True)
        choose.set_caption(_("Choose a file…"))
        choose.clicked.connect(self._on_choose_clicked)
        self.setFocusProxy(choose)
        paste = KeyButton("file-down", "Ctrl+V", bound=False)
        paste.set_caption(_("Paste from Excel"))
        paste.clicked.connect(self._on_paste_wanted)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (choose, paste):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addWidget(PlainLabel(_("or drop the file here"), 14, role="muted"))
        row.addStretch(1)
        return row

    def _on_choose_clicked(self) -> None:
        chosen = Choose.roster(self, _("Choose a roster"), Path.home())
        if chosen is not None:
            self.file_chosen.emit(chosen)

    def _on_paste_wanted(self) -> None:
        self.pasted.emit(QGuiApplication.clipboard().text())


class DonePage(QWidget):
    """Says what has become of the roster, and takes it back again.

    Signals:
        undo_wanted: the roster is to be taken back.
    """

    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._outcome = PlainLabel(size_px=17, wrap=True)
        self.undo = _undo_button()
        self.undo.clicked.connect(self.undo_wanted)
        box = QWidget()
        box.setObjectName("surface")
        row = QHBoxLayout(box)
        row.setContentsMargins(*_MARGINS_PX)
        row.setSpacing(18)
        mark = IconMark(48)
        mark.set_icon("circle-check", "positive")
        row.addWidget(mark)
        row.addWidget(self._outcome, 1)
        row.addWidget(self.undo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(box)
        layout.addStretch(1)

    def tell(self, outcome: str, *, undoable: bool) -> None:
        """Say what was done; ``undoable`` offers to take it back."""
        self._outcome.setText(outcome)
        self.undo.setVisible(undoable)

    def outcome(self) -> str:
        """What is said."""
        return self._outcome.full_text()


def _undo_button() -> KeyButton:
    button = KeyButton("undo-2")
    button.set_caption(_("Take back"))
    button.setAutoDefault(False)
    return button


def _surface_column(page: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """A surface that fills a page, and the layout inside."""
    box = QWidget()
    box.setObjectName("surface")
    inside = QVBoxLayout(box)
    inside.setContentsMargins(*_MARGINS_PX)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(box)
    return box, inside


def taken_text(difference: RosterDiff, problems: int) -> str:
    """What a roster that was taken in has changed, and how many rows were left out."""
    new = len(difference.added)
    sentences = [
        ngettext("{count} delegate is new.", "{count} delegates are new.", new).format(count=new),
        _("{changed} changed, {unchanged} unchanged, {vanished} no longer in the file.").format(
            changed=len(difference.changed),
            unchanged=len(difference.unchanged),
            vanished=len(difference.vanished),
        ),
    ]
    if problems:
        sentences.append(_("Rows with problems were left out: {count}.").format(count=problems))
    return "\n".join(sentences)


def undone_text(undone: Undone) -> str:
    """What a roster that was taken back has changed."""
    sentences = [_("“{file}” was taken back. The roster is as it was before.").format(file=undone.file_name)]
    if undone.kept:
        text = ngettext(
            "{count} delegate of it stays, because something was recorded of them.",
            "{count} delegates of it stay, because something was recorded of them.",
            undone.kept,
        )
        sentences.append(text.format(count=undone.kept))
    return "\n".join(sentences)
