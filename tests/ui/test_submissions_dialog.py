"""Submissions as the organiser defines them and looks who still owes."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station
from station.checkin.submissions import receive_without_file
from station.documents.submissions import add_submission
from station.errors import Refusal
from station.model.document import Entitlement
from station.model.submission import How, Submission
from tests.builders import INSTANCE
from ui.dialogs.choose import Choose
from ui.dialogs.submissions.dialog import OWING, SubmissionsDialog
from ui.dialogs.submissions.form import SubmissionForm, parse_due
from ui.dialogs.submissions.pages import ALL


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication, station: Station) -> Iterator[SubmissionsDialog]:
    station.files.write(
        lambda c: add_submission(
            c, Submission("", 0, "Bài trình bày"), [Entitlement("", category="Học viên")]
        )
    )
    receive_without_file(station.files, station.clock, f"{INSTANCE}-1", "SP01", How.PAPER)
    dialog = SubmissionsDialog(station)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.contents() is not None)
    yield dialog
    dialog.reject()


def test_it_is_told_how_many_owe(dialog: SubmissionsDialog) -> None:
    (row,) = dialog.list.model.rows()
    assert (row[0], row[1], row[4], row[5], row[6]) == ("SP01", "Bài trình bày", "Học viên", "4", "3")


def test_who_owes_is_listed_and_saved(
    dialog: SubmissionsDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.tabs.choose(OWING)
    assert len(dialog.owing.model.rows()) == 3
    dialog.owing.filter(state=ALL)
    assert sorted(row[5] for row in dialog.owing.model.rows()) == ["bản giấy", "còn nợ", "còn nợ", "còn nợ"]
    monkeypatch.setattr(Choose, "new_workbook", lambda *_arguments: tmp_path / "no.xlsx")
    dialog.owing.export_wanted.emit()
    qtbot.waitUntil(lambda: "no.xlsx" in dialog.said())
    assert (tmp_path / "no.xlsx").is_file()


def test_a_form_stores_what_was_typed_and_keeps_what_makes_no_sense(
    dialog: SubmissionsDialog, qtbot: QtBot, station: Station
) -> None:
    shown = dialog.contents()
    assert shown is not None
    kept: list[Submission] = []

    def keep(wish: Submission, rules: object) -> None:
        kept.append(station.files.write(lambda c: add_submission(c, wish, [Entitlement("")])))

    form = SubmissionForm(shown.contents, Submission("", 0, ""), (), keep, dialog)
    qtbot.addWidget(form)
    form.show()
    form._on_keep_clicked()
    assert "cần có tên" in form.trouble()
    form.title.setText("Áp phích")
    form.due.setText("32/13/2022 7:00")
    form._on_keep_clicked()
    assert "32/13/2022" in form.trouble()
    form.due.setText("27/10/2022 09:30")
    form._on_keep_clicked()
    assert [(each.code, each.title) for each in kept] == [("SP02", "Áp phích")]
    assert kept[0].due_at is not None
    assert kept[0].due_at.isoformat() == "2022-10-27T09:30:00+07:00"


def test_what_somebody_brought_cannot_be_removed(
    dialog: SubmissionsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.dialogs.submissions.dialog.MessageDialog.confirm", lambda *_a, **_k: True)
    dialog.list.remove.click()
    assert "SP01" in dialog.said()


@pytest.mark.parametrize("text", ["mai", "27/10", "2022-99-01 07:00"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_due(text, ZoneInfo("Asia/Ho_Chi_Minh"))
