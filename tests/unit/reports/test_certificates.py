"""Certificates on paper: what stands on them in both languages, and that their code is read back from the page."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest

from station.app import Station
from station.badges.layouts.folder import layout_files, layout_named
from station.badges.layouts.warnings import warnings_of
from station.badges.texts import BadgeData
from station.capture.frame import Frame
from station.capture.stream import StreamDecoder
from station.checkin.verification import CertificateState
from station.errors import Refusal
from station.i18n import set_language
from station.model.certificate import CertificateRule
from station.model.delegate import Delegate
from station.reports.certificate_register import register_table, write_register
from station.reports.certificates import LAYOUT, certificate_values, write_certificates
from station.store import roster as roster_store
from tests.builders import INSTANCE, MORNING, make_event, opened

LONG = Delegate(
    "",
    "DB00002",
    "Công Tằng Tôn Nữ Nguyễn Thị Hoàng Phương Thảo Quỳnh Như",
    position="Phó Trưởng ban Chính sách Pháp luật kiêm Chủ nhiệm Ủy ban Kiểm tra Liên đoàn Lao động tỉnh",
    unit="Công đoàn Tổng công ty Đầu tư và Kinh doanh Hạ tầng Khu công nghiệp và Đô thị Việt Nam",
)
PEOPLE = (Delegate("", "DB00001", "Lê Ẩn", unit="An Giang"), LONG)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """Both delegates came to the one session."""
    with opened(make_event(tmp_path / "e", delegates=PEOPLE)) as station:
        for number in (1, 2):
            station.desk.admit_by_hand(f"{INSTANCE}-{number}")
        station.certificates.set_rule(CertificateRule(number_form="{number}/GCN-TLĐ"))
        yield station


def written(station: Station) -> pypdfium2.PdfDocument:
    issued = station.certificates.issue()
    papers = [(who.delegate, one, station.certificates.payload(one)) for who, one in issued.papers]
    pdf = BytesIO()
    layout = layout_named(LAYOUT, station.folder)
    assert write_certificates(pdf, station.event, papers, layout, station.desk.sessions()) == len(papers)
    return pypdfium2.PdfDocument(pdf.getvalue())


def test_a_page_says_whose_it_is_and_its_code_is_genuine(station: Station) -> None:
    document = written(station)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert "Lê Ẩn" in texts[0] and "001/GCN-TLĐ" in texts[0]
    assert "GIẤY CHỨNG NHẬN" in texts[0] and "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts[0]
    assert "Quỳnh Như" in texts[1].replace("\r\n", " ")
    for number, page in enumerate(document, 1):
        grey = np.array(page.render(scale=150 / 72).to_pil().convert("L"))
        decoder = StreamDecoder(thorough=True)
        (code,) = decoder.decode(Frame(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), 0, 0, 0))
        decoder.close()
        checked = station.certificates.check(code.raw)
        assert checked.state is CertificateState.GENUINE
        assert checked.certificate is not None and checked.certificate.number == number


def test_the_page_is_english_where_that_is_spoken(station: Station) -> None:
    set_language("en")
    try:
        text = written(station)[0].get_textpage().get_text_bounded()
    finally:
        set_language("vi")
    assert "CERTIFICATE OF ATTENDANCE" in text and "27 October 2022" in text


def test_the_longest_texts_are_whole(station: Station) -> None:
    layout = layout_named(LAYOUT, station.folder)
    issued = station.certificates.issue()
    for standing, one in issued.papers:
        badge = BadgeData(standing.delegate, station.certificates.payload(one))
        warnings = warnings_of(layout, station.event, [badge], sessions=station.desk.sessions())
        assert [warning.message for warning in warnings] == []
        assert certificate_values(station.event, one, station.desk.sessions())["attended"]


def test_only_layouts_of_certificates_print_certificates(station: Station) -> None:
    names = {file.name for file in layout_files(station.folder) if file.is_certificate}
    assert names == {LAYOUT}
    issued = station.certificates.issue()
    papers = [(who.delegate, one, station.certificates.payload(one)) for who, one in issued.papers]
    sheet = layout_named("a4-2x4", station.folder)
    with pytest.raises(Refusal):
        write_certificates(BytesIO(), station.event, papers, sheet, ())
    with pytest.raises(Refusal):
        write_certificates(BytesIO(), station.event, [], layout_named(LAYOUT, station.folder), ())


def test_a_rehearsals_certificate_says_so(station: Station) -> None:
    issued = station.certificates.issue()
    papers = [(who.delegate, one, station.certificates.payload(one)) for who, one in issued.papers]
    pdf = BytesIO()
    event = replace(station.event, rehearsal=True)
    write_certificates(pdf, event, papers, layout_named(LAYOUT, station.folder), ())
    text = pypdfium2.PdfDocument(pdf.getvalue())[0].get_textpage().get_text_bounded()
    assert "DIỄN TẬP" in text


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
def test_the_register_names_valid_and_revoked_ones(station: Station, tmp_path: Path, ending: str) -> None:
    station.certificates.issue()
    station.certificates.revoke(station.certificates.register()[:1], "tên sai")
    with station.files.reading() as connection:
        people = {person.id: person for person in roster_store.delegates(connection)}
    register = station.certificates.register()
    table = register_table(station.event, register, people)
    assert [row[0] for row in table.rows] == ["001/GCN-TLĐ", "002/GCN-TLĐ"]
    assert "tên sai" in table.rows[0] and "tên sai" not in table.rows[1]
    to = tmp_path / f"r.{ending}"
    write_register(to, station.event, register, people, MORNING)
    assert to.stat().st_size > 200
    if ending == "pdf":
        text = pypdfium2.PdfDocument(to)[0].get_textpage().get_text_bounded()
        assert "tên sai" in text and "Lê Ẩn" in text


def test_a_register_in_no_known_form_is_refused(station: Station, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        write_register(tmp_path / "r.docx", station.event, [], {}, MORNING)
    write_register(tmp_path / "empty.pdf", station.event, [], {}, MORNING)
