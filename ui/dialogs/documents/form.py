"""One document on a form: its words and figures at the left, who receives it at the right."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from station.documents.values import LONGEST_TITLE, parse_count, parse_reserve
from station.errors import StationError
from station.i18n import N_, _
from station.model.document import Document, Entitlement
from ui.dialogs.documents.contents import Contents
from ui.dialogs.documents.recipients import RecipientsPage
from ui.dialogs.frame import DialogFrame, screen_room
from ui.widgets.choice import Choice, fill_choice
from ui.widgets.plain_label import PlainLabel

_NARROWEST_PX, _SIZE_PX, _EDGE_PX = 760, (1240, 620), 40
_LEFT_SHARE = 0.42
_LANGUAGES = (("vi", N_("Vietnamese")), ("en", N_("English")), ("", N_("another, or none")))

Keep = Callable[[Document, Sequence[Entitlement]], None]


class DocumentForm(DialogFrame):
    """Edits a document, or describes a new printed-only item.

    Args:
        document: as it stands; one without a code is new.
        keep: stores what was typed; what it raises is said, and the form stays.
    """

    def __init__(
        self,
        contents: Contents,
        document: Document,
        keep: Keep,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, _NARROWEST_PX)
        self._document = document
        self._keep = keep
        new = not document.code
        self.set_heading(_("Printed-only item") if new else f"{document.code} – {document.title}")
        self._make_fields(document)
        self.recipients = RecipientsPage()
        rules = [Entitlement("")] if new else contents.rules_of(document.code)
        self.recipients.show_rules(contents, rules)
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        self._build()
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Add") if new else _("Save"), primary=True).clicked.connect(self._on_keep_clicked)
        self.title.setFocus()

    def trouble(self) -> str:
        """What is wrong, '' for nothing."""
        return self._trouble.full_text()

    def showEvent(self, event: QShowEvent) -> None:
        """The list of recipients wants room."""
        super().showEvent(event)
        room = screen_room(self)
        self.resize(min(_SIZE_PX[0], room.width() - _EDGE_PX), min(_SIZE_PX[1], room.height() - _EDGE_PX))

    def _make_fields(self, document: Document) -> None:
        stock = "" if document.stock is None else str(document.stock)
        reserve = str(document.reserve) if document.reserve.amount else ""
        self.title, self.title_en = QLineEdit(document.title), QLineEdit(document.title_en)
        self.code, self.version = QLineEdit(document.code), QLineEdit(document.version)
        self.pages, self.stock = QLineEdit(str(document.pages or "")), QLineEdit(stock)
        self.reserve = QLineEdit(reserve)
        self.language = Choice()
        fill_choice(self.language, [(key, _(name)) for key, name in _LANGUAGES], document.language)
        for narrow in (self.code, self.version, self.pages, self.stock, self.reserve):
            narrow.setMinimumWidth(40)
        self.language.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for field in (self.title, self.title_en):
            field.setMaxLength(LONGEST_TITLE)
            field.setCursorPosition(0)
        self.code.setPlaceholderText(_("auto"))
        self.stock.setPlaceholderText(_("not counted"))
        self.reserve.setPlaceholderText(_("20 or 5%"))
        self.version.setEnabled(not document.code)  # another version is another step

    def _build(self) -> None:
        left = QWidget()
        grid = QGridLayout(left)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        fields: list[tuple[str, QWidget, int, int, int]] = [  # caption, field, line, column, columns
            (_("Title"), self.title, 0, 0, 12),
            (_("Title in English, for guests from abroad"), self.title_en, 1, 0, 12),
            (_("Short code"), self.code, 2, 0, 3),
            (_("Version"), self.version, 2, 3, 3),
            (_("Language"), self.language, 2, 6, 6),
            (_("Pages"), self.pages, 3, 0, 3),
            (_("Printed copies"), self.stock, 3, 3, 5),
            (_("Reserve"), self.reserve, 3, 8, 4),
        ]
        for caption, field, line, column, columns in fields:
            label = PlainLabel(caption, 14, QFont.Weight.Medium)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            grid.addWidget(label, 3 * line, column, 1, columns)
            grid.addWidget(field, 3 * line + 1, column, 1, columns)
            grid.setRowMinimumHeight(3 * line + 2, 6)
        for column in range(12):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(13, 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(PlainLabel(_("Who receives it"), 14, QFont.Weight.Medium))
        right.addWidget(self.recipients, 1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(left, round(100 * _LEFT_SHARE))
        row.addLayout(right, round(100 * (1 - _LEFT_SHARE)))
        self.content.addWidget(self._trouble)
        self.content.addLayout(row, 1)

    def _on_keep_clicked(self) -> None:
        try:
            self._keep(self._wish(), self.recipients.rules())
        except StationError as error:
            self._trouble.setText(str(error))
            self._trouble.show()
        else:
            self.accept()

    def _wish(self) -> Document:
        """The document of the fields. Raises Refusal."""
        return replace(
            self._document,
            code=self.code.text(),
            title=self.title.text(),
            title_en=self.title_en.text(),
            version=self.version.text(),
            language=str(self.language.currentData()),
            pages=parse_count(self.pages.text()) or 0,
            stock=parse_count(self.stock.text()),
            reserve=parse_reserve(self.reserve.text()),
        )


class VersionForm(DialogFrame):
    """How the new version of a document is called, and how many copies of it are printed already.

    Args:
        known: what is told above, for example the file. pages: counted, 0 if unknown.
    """

    def __init__(
        self, document: Document, version: str, known: str, pages: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, 520)
        self.set_heading(_("New version of {code}").format(code=document.code))
        self.version, self.pages = QLineEdit(version), QLineEdit(str(pages or ""))
        self.stock = QLineEdit()
        self.stock.setPlaceholderText(_("not counted"))
        self._trouble = PlainLabel(size_px=15, role="negative", wrap=True)
        self._trouble.hide()
        said = _("Whoever has version {version} is due the new one; the desk shows it.")
        self.content.addWidget(PlainLabel(known, 15, QFont.Weight.DemiBold, wrap=True))
        self.content.addWidget(PlainLabel(said.format(version=document.version), 14, role="muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        fields = ((_("Version"), self.version), (_("Pages"), self.pages), (_("Printed copies"), self.stock))
        for column, (caption, field) in enumerate(fields):
            label = PlainLabel(caption, 14, QFont.Weight.Medium)
            label.setBuddy(field)
            field.setAccessibleName(caption)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
        self.content.addLayout(grid)
        self.content.addWidget(self._trouble)
        self.add_button(_("Cancel")).clicked.connect(self.reject)
        self.add_button(_("Take the new version"), primary=True).clicked.connect(self._on_taken)
        self.version.selectAll()

    def figures(self) -> tuple[str, int, int | None]:
        """Version, pages, printed copies. Raises Refusal."""
        return self.version.text(), parse_count(self.pages.text()) or 0, parse_count(self.stock.text())

    def _on_taken(self) -> None:
        try:
            self.figures()
        except StationError as error:
            self._trouble.setText(str(error))
            self._trouble.show()
        else:
            self.accept()
