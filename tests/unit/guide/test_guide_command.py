"""The command that sets the guide on paper."""

import json
from pathlib import Path

import pypdfium2
import pytest

from station.commands import main
from station.i18n import language


def test_every_page_becomes_a_pdf_in_the_language_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["guide", "--out", str(tmp_path / "new"), "--language", "en", "--json"]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["page"]: line["pages"] for line in lines if line["page"] != "organiser"} == {
        "desk": 1,
        "secretary": 2,
        "trouble": 1,
    }
    for line in lines:
        document = pypdfium2.PdfDocument(line["file"])
        assert len(document) == line["pages"]
        text = document[0].get_textpage().get_text_range()
        assert f"Page 1 of {line['pages']}" in text
        document.close()
    assert language() == "vi"


def test_the_clerks_page_holds_its_vietnamese_words(tmp_path: Path) -> None:
    assert main(["guide", "--out", str(tmp_path), "--language", "vi"]) == 0
    document = pypdfium2.PdfDocument(tmp_path / "guide-desk-vi.pdf")
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "MỜI VÀO" in text
    assert "Quên mã, hết pin điện thoại" in text


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["guide", "--out", str(tmp_path / "file" / "below")]) == 1
    assert capsys.readouterr().err.strip()
