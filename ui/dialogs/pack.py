"""The event pack's dialog: what is in it, its passphrase, and where to; done is only what was opened again."""

import contextlib
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.app import Station
from station.errors import StationError
from station.exchange.pack import Contents, MadePack, contents_of, make_pack
from station.exchange.packed import SUFFIX
from station.i18n import _, ngettext
from station.model.event import mark_of
from ui.dialogs.choose import Choose
from ui.dialogs.work import WorkDialog
from ui.widgets.key_button import KeyButton
from ui.widgets.passphrase import PassphraseField
from ui.widgets.plain_label import PlainLabel

_MEGABYTE = 1_000_000


class PackDialog(WorkDialog):
    """Makes one file for all laptops."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        explanation = _(
            "One file for all laptops: roster, codes, documents, photos and the event's key. Only the passphrase "
            "opens it. A stick is read back before it says done."
        )
        heading = " – ".join(filter(None, (mark_of(station.event), _("Event pack"))))
        super().__init__(parent, heading, explanation, _("Make the pack"))
        self._station = station
        self._contents = PlainLabel(size_px=16, weight=QFont.Weight.DemiBold, wrap=True)
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self.passphrase = PassphraseField(new=True)
        self._file = QLineEdit(str(station.folder / "exports" / _file_name(station)))
        self._browse = KeyButton("folder-open")
        self._browse.set_caption(_("Choose…"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._on_browse_clicked)
        self._page = self._build_page()
        self.content.insertWidget(1, self._page)
        self._show_contents()
        self.passphrase.setFocus()

    def begin(self) -> None:
        """Make the pack with what the fields say."""
        trouble = self.passphrase.trouble()
        self._tell(trouble)
        if trouble:
            return
        to = Path(self._file.text().strip())
        to = to if to.name.lower().endswith(SUFFIX) else to.with_name(to.name + SUFFIX)
        passphrase = self.passphrase.passphrase()
        station = self._station
        with contextlib.suppress(OSError):  # writing says what is wrong with the folder
            to.parent.mkdir(exist_ok=True)
        self._page.hide()
        self.run(
            "pack",
            lambda progress: make_pack(station.files, to, passphrase, station.clock, progress),
            _told,
            _("Packing and reading back…"),
        )

    def trouble(self) -> str:
        """What is wrong with the fields, '' for nothing."""
        return self._trouble.full_text()

    def set_file(self, path: Path) -> None:
        """Where to."""
        self._file.setText(str(path))

    def _build_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(12)
        caption = _("File, on the stick for the laptops")
        label = PlainLabel(caption, 14)
        label.setBuddy(self._file)
        self._file.setAccessibleName(caption)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._file, 1)
        row.addWidget(self._browse)
        where = QVBoxLayout()
        where.setSpacing(4)
        where.addWidget(label)
        where.addLayout(row)
        column.addWidget(self._contents)
        column.addWidget(self.passphrase)
        column.addLayout(where)
        column.addWidget(self._trouble)
        return page

    def _show_contents(self) -> None:
        try:
            self._contents.setText(_said(contents_of(self._station.files)))
        except StationError as error:
            self._tell(str(error))
            self._start.setEnabled(False)

    def _tell(self, trouble: str) -> None:
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        self.fit_content()

    def _on_browse_clicked(self) -> None:
        chosen = Choose.new_pack(self, _("Where should the pack go?"), Path(self._file.text()))
        if chosen is not None:
            self._file.setText(str(chosen))

    def _end(self, icon: str, role: str, headline: str, text: str) -> None:
        super()._end(icon, role, headline, text)
        self._page.setVisible(icon != "circle-check")
        self.fit_content()


def _file_name(station: Station) -> str:
    """Nothing of the event's name: the stick may lie about."""
    return f"{'dien-tap-' if station.event.rehearsal else ''}goi-{station.clock.now():%Y%m%d}{SUFFIX}"


def _said(contents: Contents) -> str:
    delegates = ngettext("{count} delegate", "{count} delegates", contents.delegates)
    documents = ngettext("{count} document", "{count} documents", contents.documents)
    sessions = ngettext("{count} session", "{count} sessions", contents.sessions)
    megabytes = _("{count} MB").format(count=-(-contents.bytes // _MEGABYTE))
    said = [
        delegates.format(count=contents.delegates),
        sessions.format(count=contents.sessions),
        documents.format(count=contents.documents),
        megabytes,
    ]
    line = " · ".join(said)
    if contents.missing:
        missing = _("The files of these documents are not there: {codes}.")
        line += "\n" + missing.format(codes=", ".join(contents.missing))
    return line


def _told(made: MadePack) -> tuple[str, str]:
    said = [_("Pack {number} is in {file}.").format(number=made.number, file=made.file)]
    if made.verified:
        said.append(_("It was opened again as a laptop will."))
    said.append(_("Take the passphrase along another way."))
    return (_("Packed and verified") if made.verified else _("Packed")), " ".join(said)
