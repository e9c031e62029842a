"""What the bundle at the desk says of documents that are special: another version in hand, none left."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from station.app import Station
from station.documents.changes import edit_document, new_version
from station.i18n import set_language
from station.model.document import BundleItem, BundleState, Document, DocumentKind
from station.store import documents as store
from tests.builders import INSTANCE, MORNING
from ui.screens.desk.bundle import BundlePanel, BundleRow

ONE = Document("TL01", 1, "Chuyên đề 1", version="2")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("vi")


def picture(row: BundleRow, item: BundleItem) -> QImage:
    row.show_item(item)
    return row.grab().toImage()


def test_a_row_says_what_the_delegate_has_and_what_is_due(qtbot: QtBot) -> None:
    row = BundleRow(1)
    qtbot.addWidget(row)
    row.resize(360, 32)
    plain = picture(row, BundleItem(ONE, BundleState.DUE))
    outdated = picture(row, BundleItem(ONE, BundleState.DUE, "1"))
    assert row.accessibleName() == "1. Chuyên đề 1: has version 1, version 2 is due"
    gone = picture(row, BundleItem(ONE, BundleState.DUE, "", 0))
    assert row.accessibleName() == "1. Chuyên đề 1: still to hand out, none left"
    some = picture(row, BundleItem(ONE, BundleState.DUE, "", 3))
    assert some == plain
    assert len({bytes(image.constBits()) for image in (plain, outdated, gone)}) == 3
    row.show_item(BundleItem(ONE, BundleState.HANDED_OUT, "2", 0))
    assert row.accessibleName() == "1. Chuyên đề 1: handed out"


def test_an_outdated_document_is_due_again_in_the_panel(qtbot: QtBot, station: Station) -> None:
    panel = BundlePanel()
    qtbot.addWidget(panel)
    person = f"{INSTANCE}-1"

    def make_printed(connection: object) -> None:
        found = store.document_of(connection, "TUI")  # type: ignore[arg-type]
        assert found is not None
        printed = replace(found, kind=DocumentKind.PRINTED)
        store.update_document(connection, "TUI", printed)  # type: ignore[arg-type]

    station.files.write(make_printed)
    panel.show_items(station.desk.hand_out(person))
    assert panel._summary.full_text() == "All handed out."
    new_version(station.files, "TUI", None, MORNING, version="xanh", stock=0)
    station.desk.reload()
    panel.show_items(station.desk.card(person).bundle)
    assert panel._summary.full_text() == "2 of 3 handed out"
    assert panel._rows[2].accessibleName() == "3. Túi: has version 1, version xanh is due, none left"
    with station.files.reading() as connection:
        bag = store.document_of(connection, "TUI")
    assert bag is not None
    edit_document(station.files, "TUI", replace(bag, stock=None))
    station.desk.reload()
    panel.show_items(station.desk.hand_out(person))
    assert panel._summary.full_text() == "All handed out."
