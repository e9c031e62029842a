"""The states of the documents dialog, for render_screens.py."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station.documents import changes
from station.i18n import _
from station.model.document import BundleState, Document, DocumentKind, Entitlement, Reserve
from station.model.verdict import Outcome
from station.store import documents as store
from ui.dialogs.documents.dialog import LIST, MATRIX, ORDER, DocumentsDialog
from ui.dialogs.documents.form import DocumentForm, VersionForm
from ui.dialogs.documents.holders import HoldersDialog

if TYPE_CHECKING:
    from tests.ui.render_screens import Studio


def document_states(studio: "Studio") -> dict[str, Callable[[], QWidget | None]]:
    """Every state by name."""
    return {
        "documents": lambda: _opened(studio, LIST, "TL03"),
        "documents-changed": lambda: _changed(studio),
        "documents-added": lambda: _added(studio),
        "documents-matrix": lambda: _opened(studio, MATRIX),
        "documents-groups": lambda: _groups(studio),
        "documents-order": lambda: _opened(studio, ORDER),
        "documents-form": lambda: _form(studio),
        "documents-item": lambda: _item(studio),
        "documents-version": lambda: _version(studio),
        "documents-holders": lambda: _holders(studio),
        "documents-desk": lambda: _desk(studio),
    }


def _opened(studio: "Studio", face: int, code: str = "") -> DocumentsDialog:
    _fill(studio)
    dialog = DocumentsDialog(studio.event.station, studio.event.window)
    studio.extra.append(dialog)
    _show(studio, dialog, 1320, 720)
    dialog.reload(code)
    _until(lambda: dialog.contents() is not None)
    dialog.tabs.choose(face)
    _wait(300)
    return dialog


def _fill(studio: "Studio") -> None:
    """Figures as an organiser would have them; once."""
    station = studio.event.station
    with station.files.reading() as connection:
        known = store.documents(connection)
        rules = store.entitlements(connection)
    if any(document.code == "TL09" for document in known):
        return
    for number, document in enumerate(known):
        if document.kind is DocumentKind.FILE:
            changed = replace(document, language="vi", reserve=Reserve(5, is_percent=True))
            changes.edit_document(station.files, document.code, changed)
        else:
            changes.edit_document(
                station.files, document.code, replace(document, stock=6 if number % 2 else 150)
            )
    wish = Document("TL09", 0, "Quy chế làm việc của hội nghị", "Rules of procedure", language="en", stock=20)
    own = [
        Entitlement("", category="Học viên"),
        Entitlement("", category="Khách mời"),
        Entitlement("", unit="", session=station.desk.sessions()[0].id, forbids=False),
        Entitlement("", category="Báo chí", forbids=True),
    ]
    changes.add_document(station.files, wish, own)
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "TL03-ban-moi.pdf"
        other.write_bytes((station.folder / "documents" / known[1].file_name).read_bytes() + b"\n%2\n")
        changes.new_version(station.files, known[3].code, other, station.clock.now(), pages=2, stock=0)
    assert rules
    station.desk.reload()


def _changed(studio: "Studio") -> DocumentsDialog:
    _fill(studio)
    station = studio.event.station
    with station.files.reading() as connection:
        document = store.documents(connection)[2]
    path = station.folder / "documents" / document.file_name
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    dialog = _opened(studio, LIST, document.code)
    _until(lambda: bool(dialog.list.changed_text()))
    path.write_bytes(before)
    return dialog


def _added(studio: "Studio") -> DocumentsDialog:
    dialog = _opened(studio, LIST)
    with tempfile.TemporaryDirectory() as folder:
        names = ("setup.exe", "Bảng tổng hợp.xlsm", "trống.pdf")
        for name, data in zip(names, (b"MZ", b"PK\x03\x04", b""), strict=True):
            (Path(folder) / name).write_bytes(data)
        dialog.add([Path(folder) / name for name in names])
        _until(lambda: not dialog.is_working())
    _wait(300)
    with studio.event.station.files.reading() as connection:
        last = store.documents(connection)[-1]
    if last.file_name.endswith("xlsm"):
        changes.remove_document(studio.event.station.files, last.code)
        studio.desk.reload()
    return dialog


def _groups(studio: "Studio") -> DocumentsDialog:
    dialog = _opened(studio, MATRIX)
    dialog.matrix.grouping.setCurrentIndex(3)
    _wait(100)
    return dialog


def _form(studio: "Studio") -> QWidget:
    dialog = _opened(studio, LIST)
    contents = dialog.contents()
    assert contents is not None
    document = next(d for d in contents.documents if d.code == "TL09")
    form = DocumentForm(contents, document, lambda _wish, _rules: None, dialog)
    studio.extra.append(form)
    _show(studio, form, 1240, 620)
    return form


def _item(studio: "Studio") -> QWidget:
    dialog = _opened(studio, LIST)
    contents = dialog.contents()
    assert contents is not None
    item = Document("", 0, "", kind=DocumentKind.PRINTED)

    def refuse(wish: Document, _rules: object) -> None:
        changes.add_document(studio.event.station.files, wish, [])

    form = DocumentForm(contents, item, refuse, dialog)
    studio.extra.append(form)
    _show(studio, form, 1240, 620)
    form._on_keep_clicked()
    return form


def _version(studio: "Studio") -> QWidget:
    dialog = _opened(studio, LIST)
    document = Document("TL05", 5, "Chuyên đề 5", version="1")
    form = VersionForm(document, "2", "TL05 – Khủng hoảng truyền thông (sửa).pdf", 12, dialog)
    studio.extra.append(form)
    form.show()
    return form


def _holders(studio: "Studio") -> QWidget:
    dialog = _opened(studio, LIST)
    with studio.event.station.files.reading() as connection:
        document = store.documents(connection)[3]
        holders = changes.outdated_holders(connection, document.code)
    shown = HoldersDialog(document, holders, dialog)
    studio.extra.append(shown)
    shown.show()
    return shown


def _desk(studio: "Studio") -> None:
    """A bundle with a new version and an item of which none is left."""
    _fill(studio)
    items = list(studio.desk.card(studio.verdict.delegate.id).bundle)  # type: ignore[union-attr]
    items[1] = replace(
        items[1], state=BundleState.DUE, held_version="1", document=replace(items[1].document, version="2")
    )
    items[-1] = replace(items[-1], state=BundleState.DUE, held_version="", left=0)
    studio.show(Outcome.ADMITTED, None, bundle=tuple(items), entry="20221027-997")
    assert _("none left")


def _show(studio: "Studio", dialog: QWidget, width: int, height: int) -> None:
    """In the size it has on a screen as large as the window; the one without a display is smaller."""
    dialog.show()
    room = studio.event.window.size()
    dialog.resize(min(width, room.width() - 40), min(height, room.height() - 40))


def _until(holds: Callable[[], bool]) -> None:
    for _turn in range(400):
        if holds():
            return
        _wait(20)
    raise TimeoutError


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
