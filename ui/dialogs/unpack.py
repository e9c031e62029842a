"""Opening an event pack: file and passphrase first, then what is in it and what this laptop becomes by it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QFont, QIntValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.app import glance
from station.clock import SystemClock
from station.errors import StationError
from station.exchange.packed import Header, Manifest, read_header
from station.exchange.unpack import Unpacked, clock_warnings, local_text, look_into, unpack
from station.i18n import _, ngettext, pick
from station.media.names import safe_name
from ui.bridge.operation import Operation
from ui.dialogs.choose import Choose
from ui.dialogs.work import WorkDialog
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.key_button import KeyButton
from ui.widgets.passphrase import PassphraseField
from ui.widgets.plain_label import PlainLabel

_NEW = ""


class UnpackDialog(WorkDialog):
    """Makes this laptop a desk, or brings one of its desks up to date.

    Attributes:
        desk: the folder to open once the dialog is closed; None when nothing was taken in.

    Args:
        home: where a new desk's folder is put unless another one is chosen.
        recent: event folders of this laptop: those of the same event can be brought up to date.
        desk: what this laptop is called already, '' for nothing.
    """

    def __init__(
        self, home: Path, recent: Sequence[Path], parent: QWidget | None = None, desk: str = ""
    ) -> None:
        explanation = _("The office made the pack and set its passphrase. Both are needed here.")
        super().__init__(parent, _("Open a pack"), explanation, _("Continue"))
        self._home, self._recent = home, recent
        self._looking: Operation | None = None
        self._manifest: Manifest | None = None
        self.desk: Path | None = None
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self._pages = (self._file_page(), self._desk_page())
        for place, widget in enumerate((*self._pages, self._trouble), 1):
            self.content.insertWidget(place, widget)
        self._pages[1].hide()
        if desk:
            self._name.setText(desk)
        self._file.setFocus()

    def begin(self) -> None:
        """Look into the pack, then take it in."""
        self._tell("")
        if self._manifest is None:
            self._look()
        else:
            self._unpack()

    def set_file(self, path: Path) -> None:
        """Which pack; what everybody can read of it is shown."""
        self._file.setText(str(path))

    def trouble(self) -> str:
        """What is wrong, '' for nothing."""
        return self._trouble.full_text()

    def is_asking_for_desk(self) -> bool:
        """Whether the pack was opened and the desk is to be named."""
        return self._manifest is not None

    def is_looking(self) -> bool:
        """Whether the passphrase is being tried."""
        return self._looking is not None

    def reject(self) -> None:
        if self._looking is None:
            super().reject()

    def _file_page(self) -> QWidget:
        self._file = QLineEdit()
        self._told = PlainLabel(size_px=13, role="muted")
        self._file.textChanged.connect(self._on_file_changed)
        self.passphrase = PassphraseField(new=False)
        browse = KeyButton("folder-open")
        browse.set_caption(_("Choose…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._on_browse_clicked)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._file, 1)
        row.addWidget(browse)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(_label(_("Pack, on the stick from the office"), self._file))
        column.addLayout(row)
        column.addWidget(self._told)
        column.addSpacing(6)
        column.addWidget(self.passphrase)
        return page

    def _desk_page(self) -> QWidget:
        self._event = PlainLabel(size_px=17, weight=QFont.Weight.Bold, wrap=True)
        self._holds = PlainLabel(size_px=14, role="muted", wrap=True)
        self._warning = PlainLabel(size_px=14, weight=QFont.Weight.DemiBold, role="warning", wrap=True)
        self._which = Choice()
        self._which.currentIndexChanged.connect(lambda _place: self._show_wish())
        self._name, self._number = QLineEdit(_("Desk {number}").format(number=2)), QLineEdit("2")
        self._number.setValidator(QIntValidator(1, 999, self))
        self._number.textEdited.connect(self._on_number_edited)
        self._folder = QLineEdit()
        self._new = QWidget()
        grid = QGridLayout(self._new)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for column, (caption, field) in enumerate(
            ((_("Number of the desk"), self._number), (_("This station is called"), self._name))
        ):
            grid.addWidget(_label(caption, field), 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1 + column)
        grid.setRowMinimumHeight(2, 8)
        grid.addWidget(_label(_("Folder of the desk"), self._folder), 3, 0, 1, 2)
        grid.addWidget(self._folder, 4, 0, 1, 2)
        page = QWidget()
        column_layout = QVBoxLayout(page)
        column_layout.setContentsMargins(0, 4, 0, 0)
        column_layout.setSpacing(8)
        for widget in (self._event, self._holds, self._warning, self._which, self._new):
            column_layout.addWidget(widget)
        return page

    def _look(self) -> None:
        path, passphrase = Path(self._file.text().strip()), self.passphrase.passphrase()
        if not self._file.text().strip():
            self._file.setFocus()
            self._tell(_("Choose the pack first."))
            return
        trouble = self.passphrase.trouble()
        if trouble:
            self._tell(trouble)
            return
        self._start.setEnabled(False)
        looking = Operation("look into the pack", lambda _progress: look_into(path, passphrase), self)
        looking.succeeded.connect(self._on_looked)
        looking.failed.connect(lambda error: self._tell(str(error)))
        looking.finished.connect(self._on_look_finished)
        self._looking = looking
        looking.start()

    def _on_look_finished(self) -> None:
        self._looking = None
        self._start.setEnabled(True)
        if self._manifest is None:
            self.passphrase.setFocus()

    def _on_looked(self, found: tuple[Header, Manifest]) -> None:
        header, manifest = found
        self._manifest = manifest
        event = manifest.event
        name = pick(str(event.get("name")), str(event.get("name_en")))
        self._event.setText(f"{_('REHEARSAL')} – {name}" if manifest.is_rehearsal else name)
        self._holds.setText(_holds(header, manifest))
        warnings = clock_warnings(header, manifest, SystemClock().now())
        self._warning.setText("\n".join(warnings))
        self._warning.setVisible(bool(warnings))
        desks = [folder for folder in self._recent if _is_of(folder, manifest)]
        update = _("Update this desk: {folder}")
        choices = [(str(folder), update.format(folder=folder)) for folder in desks]
        fill_choice(self._which, [*choices, (_NEW, _("Make a new desk"))], choices[0][0] if choices else _NEW)
        self._which.setVisible(bool(choices))
        self._folder.setText(str(_free_folder(self._home, manifest)))
        self._folder.setCursorPosition(0)
        self._text.hide()
        self._pages[0].hide()
        self._pages[1].show()
        self._show_wish()
        (self._which if choices else self._number).setFocus()

    def _show_wish(self) -> None:
        new = not self._which.currentData()
        self._new.setVisible(new)
        self._start.set_caption(_("Become a desk") if new else _("Update this desk"))
        self.fit_content()

    def _unpack(self) -> None:
        chosen = str(self._which.currentData() or "")
        to = Path(chosen or self._folder.text().strip())
        path, passphrase = Path(self._file.text().strip()), self.passphrase.passphrase()
        name = self._name.text().strip()
        number = int(self._number.text()) if self._number.hasAcceptableInput() else None
        self._pages[1].hide()
        self._text.show()
        self.run(
            "unpack",
            lambda progress: unpack(path, to, passphrase, name, SystemClock(), number, progress),
            self._finished,
            _("Opening and checking every part…"),
        )

    def _finished(self, found: Unpacked) -> tuple[str, str]:
        self.desk = found.folder
        return told(found)

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        super()._end(icon, role, headline, text)
        done = icon == "circle-check"
        self._pages[1].setVisible(not done)
        if done:
            self._close.set_caption(_("Open the desk"))
            self._close.set_primary(True)
        self.fit_content()

    def _tell(self, trouble: str) -> None:
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        self.fit_content()

    def _on_number_edited(self, number: str) -> None:
        """The name follows the number until somebody gives it one of its own."""
        if not self._name.isModified():
            self._name.setText(_("Desk {number}").format(number=number))

    def _on_file_changed(self, text: str) -> None:
        path = Path(text.strip())
        self._told.setText("")
        try:
            if text.strip() and path.is_file():
                header = read_header(path)
                said = _("Pack {number}, made on {made}")
                made = local_text(header.created_at, "Asia/Ho_Chi_Minh")
                self._told.setText(said.format(number=header.number, made=made))
                self._tell("")
        except (StationError, OSError) as error:
            self._tell(str(error))

    def _on_browse_clicked(self) -> None:
        start = Path(self._file.text()) if self._file.text() else self._home
        chosen = Choose.pack(self, _("Which pack?"), start)
        if chosen is not None:
            self.set_file(chosen)
            self.passphrase.setFocus()


def told(found: Unpacked) -> tuple[str, str]:
    """Headline and text of how it went."""
    changes = found.changes
    if found.known:
        headline, text = _("Nothing new"), _("Pack {number} was taken in already: nothing changed.")
    elif found.updated:
        headline = _("{station} is up to date").format(station=found.station)
        text = _(
            "Pack {number}: {added} delegates are new, {changed} changed, {vanished} are no longer on the roster. All "
            "records of this desk are kept."
        )
    else:
        headline = _("{station} is ready").format(station=found.station)
        text = _("{added} delegates and {files} files of pack {number} are on this laptop.")
    said = text.format(
        number=found.number,
        added=changes.added,
        changed=changes.changed,
        vanished=changes.vanished,
        files=found.files,
    )
    return headline, "\n".join([said, *found.warnings])


def _holds(header: Header, manifest: Manifest) -> str:
    counts = manifest.about["counts"]
    delegates, documents = int(counts.get("delegates", 0)), int(counts.get("documents", 0))
    made = local_text(header.created_at, manifest.event.get("zone"))
    return " · ".join(
        (
            _("Pack {number}, made on {made}").format(number=header.number, made=made),
            ngettext("{count} delegate", "{count} delegates", delegates).format(count=delegates),
            ngettext("{count} document", "{count} documents", documents).format(count=documents),
            _("{count} MB").format(count=-(-sum(file.bytes for file in manifest.files) // 1_000_000)),
        )
    )


def _free_folder(home: Path, manifest: Manifest) -> Path:
    """A folder for a new desk that is not there yet, named after the event."""
    ending = "-dien-tap" if manifest.is_rehearsal else ""
    name, number = safe_name(str(manifest.event.get("name")))[:80] + ending, 1
    while (home / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return home / (name if number == 1 else f"{name}-{number}")


def _is_of(folder: Path, manifest: Manifest) -> bool:
    event = glance(folder)
    return event is not None and (event.id, event.rehearsal) == (manifest.event["id"], manifest.is_rehearsal)


def _label(caption: str, field: QLineEdit) -> PlainLabel:
    field.setAccessibleName(caption)
    label = PlainLabel(caption, 14)
    label.setBuddy(field)
    return label
