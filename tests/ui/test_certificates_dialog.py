"""Certificates from the window: the rule and who fulfils it, making, revoking, the register."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.app import Station
from station.model.certificate import Basis, CertificateRule
from tests.builders import DELEGATES, INSTANCE
from ui.dialogs.cases.reason import ReasonDialog
from ui.dialogs.certificates.dialog import DUE, LACKING, CertificatesDialog
from ui.dialogs.choose import Choose


@pytest.fixture
def dialog(qtbot: QtBot, qapp: QApplication, station: Station) -> Iterator[CertificatesDialog]:
    """Three of five came to the one session."""
    for number in (1, 2, 3):
        station.desk.admit_by_hand(f"{INSTANCE}-{number}")
    dialog = CertificatesDialog(station)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.standings() is not None)
    yield dialog
    dialog.done(0)


def mark(dialog: CertificatesDialog, name: str) -> None:
    names = [row[0] for row in dialog.model.rows()]
    dialog.table.selectRow(names.index(name))


def test_it_is_counted_who_fulfils_the_rule_and_said_why_others_do_not(dialog: CertificatesDialog) -> None:
    assert [word for word in dialog.summary().replace("/", " ").split() if word.isdigit()][:2] == ["3", "5"]
    dialog.kind.setCurrentIndex(dialog.kind.findData(LACKING))
    assert len(dialog.model.rows()) == 2
    assert all(row[4] for row in dialog.model.rows())
    dialog.kind.setCurrentIndex(dialog.kind.findData(DUE))
    assert len(dialog.model.rows()) == 3


def test_certificates_are_made_for_all_and_for_the_marked(
    dialog: CertificatesDialog,
    qtbot: QtBot,
    station: Station,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    to = tmp_path / "c.pdf"
    monkeypatch.setattr(Choose, "new_pdf", lambda *_arguments: to)
    dialog.form.form.setText("{number}/GCN")
    mark(dialog, DELEGATES[1].name)
    dialog.make.click()
    qtbot.waitUntil(lambda: str(to) in dialog.said() and not dialog.is_working())
    assert len(pypdfium2.PdfDocument(to)) == 1
    dialog.table.clearSelection()
    qtbot.waitUntil(lambda: dialog.make.isEnabled())
    dialog.make.click()
    qtbot.waitUntil(lambda: len(station.certificates.register()) == 3 and not dialog.is_working())
    assert [one.label for one in station.certificates.register()] == ["001/GCN", "002/GCN", "003/GCN"]
    assert station.certificates.rule() == CertificateRule(number_form="{number}/GCN")
    assert len(pypdfium2.PdfDocument(to)) == 3


def test_a_rule_that_makes_no_sense_is_said_and_nothing_can_be_made(
    dialog: CertificatesDialog, qtbot: QtBot
) -> None:
    dialog.form.form.setText("GCN")
    qtbot.waitUntil(lambda: "{number}" in dialog.summary())
    assert not dialog.make.isEnabled()
    dialog.form.form.setText("{number}")
    qtbot.waitUntil(lambda: dialog.make.isEnabled())
    dialog.form.tick("CHUNG").setChecked(False)
    qtbot.waitUntil(lambda: not dialog.make.isEnabled())
    dialog.form.tick("CHUNG").setChecked(True)
    dialog.form.basis.setCurrentIndex(dialog.form.basis.findData(Basis.HOURS))
    qtbot.waitUntil(lambda: "CHUNG" in dialog.summary())  # it has no hours


def test_one_is_revoked_with_a_reason_and_made_anew_under_another_number(
    dialog: CertificatesDialog,
    qtbot: QtBot,
    station: Station,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    station.certificates.issue()
    dialog._load()
    qtbot.waitUntil(lambda: any(row[3] for row in dialog.model.rows()))
    mark(dialog, DELEGATES[0].name)
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_arguments: "")
    dialog.revoke.click()
    assert all(one.is_valid for one in station.certificates.register())
    monkeypatch.setattr(ReasonDialog, "ask", lambda *_arguments: "tên sai")
    dialog.revoke.click()
    qtbot.waitUntil(lambda: not all(one.is_valid for one in station.certificates.register()))
    monkeypatch.setattr(Choose, "new_pdf", lambda *_arguments: tmp_path / "c.pdf")
    qtbot.waitUntil(lambda: dialog.make.isEnabled())
    dialog.make.click()
    qtbot.waitUntil(lambda: len(station.certificates.register()) == 4 and not dialog.is_working())
    assert [one.is_valid for one in station.certificates.register()].count(False) == 1


@pytest.mark.parametrize("name", ["r.xlsx", "r.csv", "r.pdf"])
def test_the_register_is_saved(
    dialog: CertificatesDialog,
    qtbot: QtBot,
    station: Station,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    station.certificates.issue()
    monkeypatch.setattr(Choose, "new_table", lambda *_arguments: tmp_path / name)
    dialog.register.click()
    qtbot.waitUntil(lambda: name in dialog.said() and not dialog.is_working())
    assert (tmp_path / name).stat().st_size > 100


def test_a_file_that_cannot_be_written_is_said_and_the_numbers_stay(
    dialog: CertificatesDialog,
    qtbot: QtBot,
    station: Station,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Choose, "new_pdf", lambda *_arguments: tmp_path / "none" / "c.pdf")
    dialog.make.click()
    qtbot.waitUntil(lambda: "c.pdf" in dialog.said() and not dialog.is_working())
    assert len(station.certificates.register()) == 3
