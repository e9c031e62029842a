"""Sign-in sheets on paper: what stands on them, and whether their codes are read from a picture of a page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest

from station.app import Station
from station.capture.aim import Aim, centred
from station.capture.feed import CodeInView
from station.capture.frame import Code, Frame, Grey
from station.capture.stream import StreamDecoder
from station.errors import Cancelled, EnvironmentFault, Refusal
from station.model.delegate import Delegate
from station.model.event import Session
from station.reports.sheet_making import make_sheets
from station.reports.sign_in import SheetLook, SheetOrder, in_order
from station.store.sheets import printed_sheets
from tests.builders import make_event, opened

LONG = "Công Tằng Tôn Nữ Nguyễn Thị Hoàng Phương Thảo Quỳnh Như Ễnh Ương"
CD1 = Session("CD1", 1, "Chuyên đề 1")
CD2 = Session("CD2", 2, "Chuyên đề 2")
PEOPLE = tuple(
    Delegate(
        "",
        f"DB{n:05d}",
        LONG if n % 9 == 0 else f"Nguyễn Văn {n}",
        position="Phó Trưởng ban Chính sách Pháp luật kiêm Chủ nhiệm Ủy ban Kiểm tra",
        unit="" if n == 40 else f"Liên đoàn Lao động tỉnh số {n // 4}",
        phone="0912345678",
    )
    for n in range(1, 41)
)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with opened(make_event(tmp_path / "e", delegates=PEOPLE, sessions=[CD1, CD2])) as station:
        yield station


def made(station: Station, look: SheetLook, *sessions: Session) -> tuple[int, pypdfium2.PdfDocument]:
    pdf = BytesIO()
    sheets = make_sheets(
        station.files, station.event, station.key, station.clock, sessions or (CD1,), look, pdf
    )
    return sheets.pages, pypdfium2.PdfDocument(pdf.getvalue())


def text_of(document: pypdfium2.PdfDocument, page: int) -> str:
    return str(document[page].get_textpage().get_text_bounded())


def grey_of(document: pypdfium2.PdfDocument, page: int, dpi: int) -> Grey:
    return np.array(document[page].render(scale=dpi / 72).to_pil().convert("L"))


def read(grey: Grey) -> list[Code]:
    decoder = StreamDecoder(thorough=True)
    try:
        return decoder.decode(Frame(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), 0, 0, 0))
    finally:
        decoder.close()


def photographed(grey: Grey, dpi: int, x: float, y: float, width_mm: float = 130) -> Grey:
    """What a webcam 12 cm above a point of the page sees: slanted, turned, a little out of focus and noisy."""
    half = width_mm / 25.4 * dpi / 2
    turned = [(-1.0, -0.5), (0.95, -0.62), (1.12, 0.55), (-1.1, 0.66)]
    corners = np.float32([(x + u * half, y + v * half) for u, v in turned])
    frame = np.float32([(0, 0), (1280, 0), (1280, 720), (0, 720)])
    look = cv2.getPerspectiveTransform(corners, frame)
    ((place,),) = cv2.perspectiveTransform(np.float32([[(x, y)]]), look)
    to_middle = np.float32([(1, 0, 640 - place[0]), (0, 1, 360 - place[1])])
    picture = cv2.warpPerspective(cv2.GaussianBlur(grey, (0, 0), 0.8), look, (1280, 720), borderValue=120)
    picture = cv2.warpAffine(picture, to_middle, (1280, 720), borderValue=120)
    noise = np.random.default_rng(7).normal(0, 7, picture.shape)
    return np.clip(cv2.GaussianBlur(picture, (0, 0), 1.0) * 0.75 + 30 + noise, 0, 255).astype(np.uint8)


def in_view(codes: Sequence[Code]) -> list[CodeInView]:
    return [CodeInView(code, 1280, 720, 0) for code in codes]


@pytest.mark.parametrize("dpi", [203, 300])
def test_each_row_before_a_camera_is_that_row_and_no_other(station: Station, dpi: int) -> None:
    _pages, document = made(station, SheetLook())
    grey = np.where(grey_of(document, 1, dpi) < 128, 0, 255).astype(np.uint8)  # dots, as a printer makes them
    rows = read(grey)
    assert len(rows) >= 15
    for row in rows:
        x, y = np.mean(row.corners, axis=0)
        seen = read(photographed(grey, dpi, float(x), float(y)))
        place = centred(in_view(seen))
        assert len(seen) > 1  # neighbours are in the picture too
        assert place is not None and place.code.raw == row.raw


def test_fifteen_rows_stand_on_a_page_and_every_row_has_its_own_code(station: Station) -> None:
    pages, document = made(station, SheetLook(SheetOrder.NAME, phones=True))
    codes = [read(grey_of(document, page, 300)) for page in range(pages)]
    assert len(codes[0]) >= 15
    assert len({code.raw for page in codes for code in page}) == len(PEOPLE)


def test_units_are_headings_or_a_column_and_go_on_over_pages(station: Station) -> None:
    pages, document = made(station, SheetLook())
    text = "\n".join(text_of(document, page) for page in range(pages))
    assert text.count("DB00004\r\n") == 1
    assert "Liên đoàn Lao động tỉnh số 1" in text
    by_name = in_order(PEOPLE, SheetOrder.NAME)
    assert [d.code for d in by_name] != [d.code for d in in_order(PEOPLE, SheetOrder.UNIT)]
    assert in_order(PEOPLE, SheetOrder.UNIT)[-1].unit == ""


def test_each_session_begins_on_a_page_of_its_own_and_its_pages_are_counted(station: Station) -> None:
    pages, document = made(station, SheetLook(), CD1, CD2)
    half = pages // 2
    texts = [text_of(document, page) for page in range(pages)]
    assert f"1/{half}" in texts[0] and f"{half}/{half}" in texts[half - 1] and f"1/{half}" in texts[half]
    assert "CD1" in texts[1] and "CD2" in texts[-1]


def test_the_signature_of_who_kept_the_sheet_never_stands_alone(station: Station) -> None:
    for blank in range(12):
        pages, document = made(station, SheetLook(blank_rows=blank))
        last = text_of(document, pages - 1)
        assert f"{len(PEOPLE) + blank}" in last if blank else "DB000" in last


def test_a_sheet_of_nobody_has_blank_rows_or_is_refused(station: Station) -> None:
    nobody = replace(CD1, id="X9")
    with pytest.raises(Refusal):
        made(station, SheetLook(blank_rows=201))
    assert made(station, SheetLook(blank_rows=3), nobody)[0] >= 1
    assert made(station, SheetLook(blank_rows=30, national_heading=False))[0] > 2


def test_a_sheet_that_was_stopped_or_could_not_be_written_was_never_printed(
    station: Station, tmp_path: Path
) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    parts = (station.files, station.event, station.key, station.clock, [CD1], SheetLook())
    to = tmp_path / "s.pdf"
    with pytest.raises(Cancelled):
        make_sheets(*parts, to, stop)
    with pytest.raises(EnvironmentFault):
        make_sheets(*parts, tmp_path / "nowhere" / "s.pdf")
    with station.files.reading() as connection:
        assert printed_sheets(connection) == []
    assert not to.exists()
    told: list[tuple[int, int]] = []
    make_sheets(*parts, to, lambda done, total: told.append((done, total)))
    assert told[-1] == (40, 40)


def test_only_rows_that_are_held_before_a_camera_are_meant_and_not_those_that_pass_by(
    station: Station,
) -> None:
    """A page that is moved from row to row, frame by frame as the camera's decoder sees it."""
    _pages, document = made(station, SheetLook())
    grey = grey_of(document, 1, 300)
    rows = sorted(read(grey), key=lambda code: float(np.mean(code.corners, axis=0)[1]))[:5]
    middles = [np.mean(row.corners, axis=0) for row in rows]
    path: list[tuple[float, float]] = []
    for before, row in ((0, 0), (0, 1), (1, 4)):
        slide = np.linspace(middles[before], middles[row], 8)
        path += [(float(x), float(y)) for x, y in [*slide, *[middles[row]] * 20]]
    looks = {place: photographed(grey, 300, *place) for place in dict.fromkeys(path)}
    decoder, aim, told = StreamDecoder(), Aim(), []
    places: dict[bytes, tuple[Code, float]] = {}
    for number, place in enumerate(path):
        at_s = number / 20
        picture = cv2.cvtColor(looks[place], cv2.COLOR_GRAY2BGR)
        places |= {code.raw: (code, at_s) for code in decoder.decode(Frame(picture, number, at_s, at_s))}
        code = aim.update([CodeInView(c, 1280, 720, at_s - read_s) for c, read_s in places.values()], at_s)
        told += [code.raw] if code else []
    decoder.close()
    assert told == [rows[row].raw for row in (0, 1, 4)]
