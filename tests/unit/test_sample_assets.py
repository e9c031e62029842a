"""The sample event's files agree with each other: roster, bundles, documents, video and its ground truth."""

import hashlib
import json
import subprocess
import sys
import tomllib
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import pypdfium2
import pytest
from python_calamine import CalamineWorkbook
from pyzbar import pyzbar

from station.codes.payload import EventKey, PayloadKind, event_tag, make_payload, parse_payload

SAMPLE = Path(__file__).resolve().parents[2] / "assets" / "sample_event"
EVENT = tomllib.loads((SAMPLE / "event.toml").read_text("utf-8"))
TRUTH = json.loads((SAMPLE / "video.json").read_text("utf-8"))
PRESENTATIONS = TRUTH["presentations"]
KEY = EventKey(bytes.fromhex(EVENT["demo"]["key"]), event_tag(EVENT["event"]["id"]))
FILES = [document for document in EVENT["document"] if document["kind"] == "file"]
PROVINCES_OF_2022 = 63


def delegates() -> list[dict[str, str]]:
    """The rows of the roster below its heading row."""
    rows = CalamineWorkbook.from_path(str(SAMPLE / "roster.xlsx")).get_sheet_by_index(0).to_python()
    texts = [[str(cell) for cell in row] for row in rows]
    heading = next(row for row in texts if "Mã đại biểu" in row)
    return [dict(zip(heading, row, strict=True)) for row in texts if row[1].startswith("DB")]


def test_the_roster_holds_148_delegates_with_codes_in_the_order_of_their_serials() -> None:
    assert [row["Mã đại biểu"] for row in delegates()] == [f"DB{serial:05d}" for serial in range(1, 149)]


def test_no_two_delegates_share_a_name_a_seat_a_telephone_or_an_address() -> None:
    rows = delegates()
    for column in ("Họ và tên", "Số ghế", "Điện thoại", "Email"):
        assert len({row[column] for row in rows}) == len(rows), column


def test_the_roster_comes_from_every_province() -> None:
    units = {row["Đơn vị"] for row in delegates()}
    assert len([unit for unit in units if unit.startswith("Liên đoàn Lao động ")]) == PROVINCES_OF_2022


def test_nobody_can_be_rung_or_written_to() -> None:
    for row in delegates():
        assert row["Email"].endswith(".example.org")
        assert "".join(filter(str.isdigit, row["Điện thoại"])).startswith("0900000")


def test_all_texts_of_the_event_are_in_normal_form() -> None:
    for path in [SAMPLE / "event.toml", SAMPLE / "delegates.txt", *sorted((SAMPLE / "texts").glob("*.txt"))]:
        text = path.read_text("utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name


def test_every_audience_names_a_category_and_a_unit_that_delegates_have() -> None:
    pairs = {(row["Thành phần"], row["Đơn vị"]) for row in delegates()}
    known = (
        pairs | {(category, None) for category, _unit in pairs} | {(None, unit) for _category, unit in pairs}
    )
    for document in EVENT["document"]:
        for rule in document["audience"]:
            assert (rule.get("category"), rule.get("unit")) in known, (document["code"], rule)


def test_the_categories_described_are_those_of_the_roster() -> None:
    assert {category["name"] for category in EVENT["category"]} == {row["Thành phần"] for row in delegates()}


def bundle(category: str, unit: str) -> list[str]:
    """The codes of what such a delegate receives."""
    return [
        document["code"]
        for document in EVENT["document"]
        if not document["audience"]
        or any(
            rule.get("category", category) == category and rule.get("unit", unit) == unit
            for rule in document["audience"]
        )
    ]


def test_bundles_differ_by_category_and_by_unit() -> None:
    province, sector = "Liên đoàn Lao động tỉnh Sơn La", "Công đoàn Y tế Việt Nam"
    topics = [f"TL{number:02d}" for number in range(1, 8)]
    assert bundle("Học viên", province) == ["TL00", *topics, "IN01", "IN02", "IN03"]
    assert bundle("Học viên", sector) == ["TL00", *topics, "IN01", "IN02", "IN03", "IN06"]
    assert [code for code in bundle("Báo chí", "Báo Lao Động") if code in topics] == ["TL01", "TL02"]
    assert not set(topics) & set(bundle("Báo cáo viên", "Trường Đại học Công đoàn"))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of a #rrggbb colour."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("category", EVENT["category"], ids=lambda category: category["name_en"])
def test_white_text_is_readable_on_a_category(category: dict[str, str]) -> None:
    assert 1.05 / (luminance(category["colour"]) + 0.05) >= 4.5


def test_the_demo_starts_in_the_first_topic_and_no_windows_overlap() -> None:
    windows = [(s["opens_at"], s["closes_at"]) for s in EVENT["session"] if "opens_at" in s]
    assert windows[0][0] <= EVENT["demo"]["clock"].replace(tzinfo=None) < windows[0][1]
    assert all(before[1] <= after[0] for before, after in pairwise(windows))
    assert [s["id"] for s in EVENT["session"]] == ["CHUNG", *(f"CD{number}" for number in range(1, 8))]


@pytest.mark.parametrize("document", FILES, ids=lambda document: document["code"])
def test_a_document_is_the_file_that_the_event_describes(document: dict[str, Any]) -> None:
    data = (SAMPLE / "documents" / document["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == document["sha256"]
    assert len(data) < 200_000
    with pypdfium2.PdfDocument(data) as pdf:
        assert len(pdf) == document["pages"]
        assert document["code"] in pdf[0].get_textpage().get_text_range()


@pytest.mark.parametrize("document", FILES, ids=lambda document: document["code"])
def test_a_document_is_set_in_our_fonts_only(document: dict[str, Any]) -> None:
    assert b"Helvetica" not in (SAMPLE / "documents" / document["file"]).read_bytes()


def test_the_video_has_the_size_pace_and_length_that_the_truth_states() -> None:
    video = cv2.VideoCapture(str(SAMPLE / "camera.mp4"), cv2.CAP_FFMPEG)
    try:
        assert video.isOpened()
        size = [video.get(cv2.CAP_PROP_FRAME_WIDTH), video.get(cv2.CAP_PROP_FRAME_HEIGHT)]
        assert size == TRUTH["size"] == [1280, 720]
        assert video.get(cv2.CAP_PROP_FPS) == TRUTH["frames_per_second"] == 30
        assert video.get(cv2.CAP_PROP_FRAME_COUNT) == TRUTH["frames"]
        assert video.read()[0]
    finally:
        video.release()
    assert (SAMPLE / "camera.mp4").stat().st_size <= 15_000_000


@pytest.mark.parametrize("shown", PRESENTATIONS, ids=lambda shown: f"{shown['kind']}-{shown['code']}")
def test_a_payload_in_the_video_is_what_its_kind_says(shown: dict[str, Any]) -> None:
    kind = parse_payload(shown["payload"].encode(), KEY).kind
    if shown["code"]:
        serial = int(shown["code"][2:])
        assert shown["payload"] == make_payload(KEY, EVENT["demo"]["instance"], serial)
        assert (serial in EVENT["demo"]["revoked"]) == (shown["kind"] == "revoked")
    else:
        wanted = {"other_event": "OTHER_EVENT", "forged": "FORGED", "foreign": "FOREIGN"}
        assert kind is PayloadKind[wanted[shown["kind"]]]


def test_the_video_shows_every_kind_and_enough_delegates() -> None:
    admitted = [shown["code"] for shown in PRESENTATIONS if shown["kind"] == "delegate"]
    assert len(set(admitted)) == len(admitted) >= 18
    assert {shown["kind"] for shown in PRESENTATIONS} == {
        "delegate", "repeated", "revoked", "other_event", "foreign", "forged",
    }  # fmt: skip
    assert len([shown for shown in PRESENTATIONS if shown["surface"] == "dark"]) >= 4


def test_a_code_is_gone_for_long_enough_before_it_is_shown_again() -> None:
    for number, shown in enumerate(PRESENTATIONS):
        for later in PRESENTATIONS[number + 1 :]:
            if later["payload"] == shown["payload"]:
                assert later["kind"] == "repeated"
                assert later["starts_s"] - shown["ends_s"] >= 1.5


def test_two_codes_are_in_view_at_once_at_least_one_time() -> None:
    pairs = pairwise(PRESENTATIONS)
    assert any(after["starts_s"] < before["ends_s"] - 1 for before, after in pairs)


def reads_of_every_third_frame() -> Counter[str]:
    """How many of every third frame a plain pyzbar reads a payload in, upright or inverted."""
    reads: Counter[str] = Counter()
    video = cv2.VideoCapture(str(SAMPLE / "camera.mp4"), cv2.CAP_FFMPEG)
    try:
        for number in range(TRUTH["frames"]):
            grabbed, frame = video.read()
            assert grabbed
            if number % 3 == 0:
                grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
                plain = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 41, 7)
                for picture in (plain, 255 - plain):
                    found = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
                    reads.update(symbol.data.decode() for symbol in found)
    finally:
        video.release()
    return reads


@pytest.mark.slow
def test_every_code_can_be_read_several_times_but_often_not() -> None:
    reads = reads_of_every_third_frame()
    assert set(reads) == {shown["payload"] for shown in PRESENTATIONS}
    assert min(reads.values()) >= 4
    in_view = sum(shown["ends_s"] - shown["starts_s"] for shown in PRESENTATIONS) * 10
    assert sum(reads.values()) < 0.75 * in_view


@pytest.mark.slow
def test_the_script_renders_a_short_video_without_a_delegate(tmp_path: Path) -> None:
    out = tmp_path / "short.mp4"
    choices = ["--only", "2", "--without", "DB00001", "--size", "320x180", "--out", str(out)]
    subprocess.run([sys.executable, SAMPLE / "render_video.py", *choices], check=True, capture_output=True)
    truth = json.loads(out.with_suffix(".json").read_text("utf-8"))
    assert [shown["code"] for shown in truth["presentations"]] == [s["code"] for s in PRESENTATIONS[1:3]]
    video = cv2.VideoCapture(str(out), cv2.CAP_FFMPEG)
    try:
        assert video.get(cv2.CAP_PROP_FRAME_COUNT) == truth["frames"]
    finally:
        video.release()
