"""Going on from a stick, when another laptop failed: which second copy, what this desk is called, where it goes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.clock import SystemClock
from station.exchange.continuing import Continued, FoundCopy, continue_event, copies_in
from station.i18n import _, ngettext
from station.media.drives import removable_drives
from station.media.names import safe_name
from ui.bridge.tasks import Tasks
from ui.dialogs.choose import Choose
from ui.dialogs.work import WorkDialog
from ui.style.fonts import scaled
from ui.widgets.key_button import KeyButton
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import Row, RowList, framed
from ui.wording import moment_text

_LOOK_MS = 1500
_ZONE = "Asia/Ho_Chi_Minh"


def found_copies() -> list[FoundCopy]:
    """The second copies on all sticks, for a worker."""
    return [copy for drive in removable_drives() for copy in copies_in(drive.path)]


class ContinueDialog(WorkDialog):
    """Shows second copies as soon as their stick is plugged in.

    Attributes:
        desk: the folder to open once the dialog is closed; None when nothing was made.

    Args:
        home: where the new folder is put. find: finds the copies; called on a worker.
    """

    def __init__(
        self, home: Path, parent: QWidget | None = None, find: Callable[[], list[FoundCopy]] = found_copies
    ) -> None:
        text = _(
            "Put in the stick of the laptop that failed. This laptop goes on with every record that reached the stick, "
            "as a desk of its own; the other one may come back later."
        )
        super().__init__(parent, _("Continue from a stick"), text, _("Continue here"))
        self.desk: Path | None = None
        self._home, self._find = home, find
        self._found: list[FoundCopy] = []
        self._chosen: list[FoundCopy] = []  # in a folder that the person chose
        self._looks = Tasks("second copies", self)
        self._page = self._made()
        self.content.insertWidget(1, self._page)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)
        self._show()
        self.look()

    def look(self) -> None:
        """See which copies are there."""
        self._looks.run(self._find, self._on_found, topic="copies")

    def set_folder(self, path: Path) -> None:
        """Look for copies in a folder besides the sticks."""
        self._chosen = copies_in(path)
        self._show()

    def begin(self) -> None:
        """Make the event folder."""
        copy = self._copy()
        if copy is None:
            return
        to, name = self._free_folder(copy), self._name.text().strip()
        self._timer.stop()
        self._page.hide()
        self.run(
            "continue",
            lambda progress: continue_event(copy, to, SystemClock(), name, progress),
            self._told,
            _("Copying and checking…"),
        )

    def done(self, result: int) -> None:
        self._timer.stop()
        self._looks.close()
        super().done(result)

    def _made(self) -> QWidget:
        self.copies = RowList(52, one_click=False)
        self.copies.setAccessibleName(_("Second copies"))
        self.copies.selectionModel().currentChanged.connect(self._on_current_changed)
        self.copies.chosen.connect(lambda _key: self._start.click())
        self._none = PlainLabel(
            _("No second copy yet. Put the stick in: it appears here by itself."), 14, role="muted"
        )
        browse = KeyButton("folder-open", "Ctrl+O")
        browse.set_caption(_("Another folder…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._on_browse_clicked)
        self._name = QLineEdit()
        self._name.setAccessibleName(_("This station is called"))
        label = PlainLabel(_("This station is called"), 14)
        label.setBuddy(self._name)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        self._card = framed(self.copies)
        column.addWidget(self._card)
        row = QHBoxLayout()
        row.addWidget(self._none, 1)
        row.addStretch(1)
        row.addWidget(browse)
        column.addLayout(row)
        self._naming = QWidget()
        naming = QVBoxLayout(self._naming)
        naming.setContentsMargins(0, 0, 0, 0)
        naming.setSpacing(4)
        naming.addWidget(label)
        naming.addWidget(self._name)
        column.addWidget(self._naming)
        return page

    def _on_found(self, found: list[FoundCopy]) -> None:
        if found != self._found:
            self._found = found
            self._show()
            if self._start.isEnabled():
                self._start.setFocus()

    def _show(self) -> None:
        chosen = self.copies.selected()
        copies = self._all()
        self.copies.show_rows([_copy_row(copy) for copy in copies])
        self._card.setVisible(bool(copies))
        self._naming.setVisible(bool(copies))
        self.copies.setFixedHeight(scaled(52) * max(1, min(3, len(copies))) + 6)
        self._none.setVisible(not copies)
        keys = [str(copy.folder) for copy in copies]
        if copies:
            self.copies.select(keys.index(chosen) if chosen in keys else 0)
        self._on_current_changed()
        self.fit_content()

    def _all(self) -> list[FoundCopy]:
        known = {copy.folder for copy in self._found}
        return [*self._found, *(copy for copy in self._chosen if copy.folder not in known)]

    def _copy(self) -> FoundCopy | None:
        key = self.copies.selected()
        return next((copy for copy in self._all() if str(copy.folder) == key), None)

    def _on_current_changed(self) -> None:
        copy = self._copy()
        self._start.setEnabled(copy is not None and not self.is_working())
        if copy is not None and not self._name.isModified():
            self._name.setText(f"{copy.station.split(' (')[0]} (2)")

    def _free_folder(self, copy: FoundCopy) -> Path:
        name, number = safe_name(copy.event)[:80], 1
        while (to := self._home / (name if number == 1 else f"{name}-{number}")).exists():
            number += 1
        return to

    def _told(self, made: Continued) -> tuple[str, str]:
        self.desk = made.folder
        count = ngettext("{count} record", "{count} records", made.entries).format(count=made.entries)
        lines = [_("{count} are here, in {folder}.").format(count=count, folder=made.folder)]
        if made.recorded_at is not None:
            lines.append(_("The latest is of {time}.").format(time=moment_text(made.recorded_at, _ZONE)))
        if made.missing:
            names = ", ".join(made.missing[:5])
            text = ngettext(
                "{count} file was not whole on the stick: {names}",
                "{count} files were not whole on the stick: {names}",
                len(made.missing),
            )
            lines.append(text.format(count=len(made.missing), names=names))
        headline = _("{station} goes on").format(station=made.station)
        return headline, "\n".join([*lines, *made.warnings])

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        super()._end(icon, role, headline, text)
        done = icon == "circle-check"
        if done:
            self._close.set_caption(_("Open the desk"))
            self._close.set_primary(True)
        else:
            self._page.show()
            self._timer.start()
            self._on_current_changed()
        self.fit_content()

    def _on_browse_clicked(self) -> None:
        chosen = Choose.folder(self, _("Where is the second copy?"), Path.home())
        if chosen is not None:
            self.set_folder(chosen)


def _copy_row(copy: FoundCopy) -> Row:
    when = moment_text(copy.at, _ZONE)
    detail = " · ".join((copy.station, str(copy.folder.parent)))
    return Row(copy.event, detail, note=when, icon="usb", role="accent", key=str(copy.folder))
