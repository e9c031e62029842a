"""Documents still due to delegates who came: looked through by document and session, saved for the office."""

from pathlib import Path

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTableView, QWidget

from station.app import Station
from station.documents.outstanding import Outstanding, of_documents, read_outstanding
from station.i18n import N_, _, ngettext, pick
from station.media.atomic import write_file
from station.media.names import safe_name
from station.reports.owing import outstanding_table
from station.reports.xlsx import workbook
from ui.bridge.tasks import Tasks
from ui.dialogs.choose import Choose
from ui.dialogs.frame import DialogFrame, screen_room
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import TextModel, dress_table, share_width
from ui.wording import session_label

_NARROWEST_PX, _SIZE_PX, _EDGE_PX = 760, (1080, 660), 40
_HEADINGS = (N_("Document"), N_("Full name"), N_("Code"), N_("Unit"), N_("Note"))
_SHARES = (0.3, 0.22, 0.1, 0.24, 0.14)


class OutstandingDialog(DialogFrame):
    """Two filters, the list, and a way to save it."""

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self.set_heading(_("Documents still due"))
        self._station = station
        self._lines: list[Outstanding] = []
        self._looks = Tasks("outstanding", self)
        self._looks.failed.connect(lambda error: self._tell(str(error), "negative"))
        self._session, self._document = Choice(), Choice()
        self._count = PlainLabel(size_px=15, role="muted", wrap=True)
        self.model = TextModel(_HEADINGS, strong=1)
        self._table = QTableView()
        self._build()
        sessions: list[tuple[str | None, str]] = [(None, _("All sessions"))]
        sessions += [(each.id, session_label(each)) for each in station.desk.sessions()]
        fill_choice(self._session, sessions, None)
        self._session.currentIndexChanged.connect(self._read)
        self._document.currentIndexChanged.connect(self._show)
        self._read()

    def shown(self) -> list[Outstanding]:
        """The lines that the filters leave."""
        code = self._document.currentData()
        return of_documents(self._lines, [code] if code else [])

    def choose_document(self, code: str) -> None:
        """Show only one document; '' for all."""
        self._document.setCurrentIndex(max(0, self._document.findData(code)))

    def said(self) -> str:
        """What stands above the list."""
        return self._count.full_text()

    def showEvent(self, event: QShowEvent) -> None:
        """A list wants room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share_width(self._table, self.width() - 80, _SHARES)

    def done(self, result: int) -> None:
        self._looks.close()
        super().done(result)

    def _build(self) -> None:
        self._table.setModel(self.model)
        dress_table(self._table, 36)
        self._table.setMinimumHeight(160)
        filters = QHBoxLayout()
        filters.setSpacing(10)
        for choice, name in ((self._document, _("Document")), (self._session, _("Session"))):
            choice.setAccessibleName(name)
            choice.setSizePolicy(
                QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
            )  # halves, whatever they say
            filters.addWidget(choice, 1)
        self.content.addLayout(filters)
        self.content.addWidget(self._count)
        self.content.addWidget(self._table, 1)
        save = self.add_button(_("Save as .xlsx…"), icon="file-down")
        save.clicked.connect(self._on_save_wanted)
        self.add_button(_("Close"), primary=True).clicked.connect(self.reject)

    def _read(self) -> None:
        session = self._session.currentData()

        def work() -> list[Outstanding]:
            with self._station.files.snapshot() as connection:
                return read_outstanding(connection, session)

        self._looks.run(work, self._on_read, topic="read")

    def _on_read(self, lines: list[Outstanding]) -> None:
        self._lines = lines
        before = self._document.currentData()
        documents = {line.document.code: line.document for line in lines}
        items: list[tuple[str, str]] = [("", _("All documents"))]
        items += [(code, f"{code} · {pick(d.title, d.title_en)}") for code, d in documents.items()]
        self._document.blockSignals(True)
        fill_choice(self._document, items, before)
        self._document.blockSignals(False)
        self._show()

    def _show(self) -> None:
        lines = self.shown()
        self.model.show_rows([_cells(line) for line in lines])
        people = len({line.delegate.id for line in lines})
        text = ngettext(
            "{people} delegate who came still has to receive {lines} documents.",
            "{people} delegates who came still have to receive {lines} documents.",
            people,
        )
        said = (
            text.format(people=people, lines=len(lines))
            if lines
            else _("Nothing is due: all have everything.")
        )
        self._tell(said)

    def _tell(self, text: str, role: str = "muted") -> None:
        self._count.set_role(role)
        self._count.setText(text)

    def _on_save_wanted(self) -> None:
        start = Path.home() / f"{safe_name(_('Documents still due'))}.xlsx"
        path = Choose.new_workbook(self, _("Save the list"), start)
        if path is None:
            return
        lines, event = self.shown(), self._station.event

        def done(_result: None) -> None:
            self._tell(_("Saved: {path}").format(path=path), "positive")

        self._looks.run(lambda: write_file(path, workbook(outstanding_table(event, lines))), done)


def _cells(line: Outstanding) -> tuple[str, ...]:
    document, note = line.document, ""
    if line.held_version:
        note = _("version {held} → {version}").format(held=line.held_version, version=document.version)
    title = f"{document.code} · {pick(document.title, document.title_en)}"
    return title, line.delegate.name, line.delegate.code, line.delegate.unit, note
