"""What the decoder passes read, on pictures with real codes."""

import numpy as np
import pytest
import segno

from station.capture.decoder import decode_image
from station.capture.frame import Code, Frame
from station.capture.opencv import cv2
from station.capture.stream import StreamDecoder
from tests.unit.capture.pictures import (
    GROUND,
    PAYLOAD,
    Picture,
    code_picture,
    empty,
    matrix_picture,
    scene,
    seen_at,
    turned,
)

NAMES = ["Lê", "Nguyễn Thị Ánh", "Đỗ Ổn", "Trần Hữu Sơn", "Huỳnh Phước Đạt"]
PERSPECTIVE = [(420.0, 180.0), (800.0, 240.0), (760.0, 500.0), (400.0, 560.0)]


def raws(codes: list[Code]) -> set[bytes]:
    return {code.raw for code in codes}


def frames(picture: Picture, count: int = 1) -> list[Frame]:
    return [Frame(picture, number, 0.0, number / 30) for number in range(count)]


def centre(code: Code) -> tuple[float, float]:
    x, y = np.mean(code.corners, axis=0)
    return float(x), float(y)


@pytest.mark.parametrize("degrees", [0, 20, 45, 90, 133, 180, 270])
def test_a_code_is_read_at_any_angle(degrees: float) -> None:
    picture = seen_at(code_picture(PAYLOAD), turned(degrees))

    assert raws(StreamDecoder().decode(frames(picture)[0])) == {PAYLOAD.encode()}


def test_a_code_is_read_in_perspective() -> None:
    picture = seen_at(code_picture(PAYLOAD), PERSPECTIVE)

    assert raws(StreamDecoder().decode(frames(picture)[0])) == {PAYLOAD.encode()}


def test_corners_lie_on_the_symbol() -> None:
    picture = seen_at(code_picture(PAYLOAD), PERSPECTIVE)

    (code,) = StreamDecoder().decode(frames(picture)[0])

    quiet_zone = 4 / 33  # of the width: corners are those of the symbol, without it
    for x, y in code.corners:
        nearest = min(np.hypot(x - corner_x, y - corner_y) for corner_x, corner_y in PERSPECTIVE)
        assert nearest < 2 * quiet_zone * 400
    assert centre(code) == pytest.approx(np.mean(PERSPECTIVE, axis=0), abs=30)


def test_an_inverted_code_is_read_in_the_first_frame() -> None:
    picture = seen_at(code_picture(PAYLOAD, inverted=True), turned(12))

    found = StreamDecoder().decode(frames(picture)[0])

    assert {(code.raw, code.pass_name) for code in found} == {(PAYLOAD.encode(), "zxing")}


def test_a_thorough_decoder_reads_an_inverted_code_in_every_frame() -> None:
    picture = seen_at(code_picture(PAYLOAD, inverted=True), turned(12))
    decoder = StreamDecoder(thorough=True)

    assert [raws(decoder.decode(frame)) for frame in frames(picture, 3)] == [{PAYLOAD.encode()}] * 3


def test_a_code_held_close_to_the_camera_out_of_focus_in_bad_light_is_read() -> None:
    close = cv2.GaussianBlur(seen_at(code_picture(PAYLOAD), turned(8, side=620)), (0, 0), 6)
    noise = np.random.default_rng(1).normal(0, 8, (720, 1280, 1))
    picture = np.clip(close * 0.6 + 40 + noise, 0, 255).astype(np.uint8)
    decoder = StreamDecoder()

    found = [code for frame in frames(picture, 4) for code in decoder.decode(frame)]

    assert {code.text for code in found} == {PAYLOAD}
    assert centre(found[0]) == pytest.approx((640, 360), abs=20)


def test_two_codes_in_a_frame_are_both_read_each_at_its_place() -> None:
    picture = scene(code_picture("left"), code_picture("right"))

    codes = StreamDecoder().decode(frames(picture)[0])

    assert {code.text: round(centre(code)[0] / picture.shape[1], 1) for code in codes} == {
        "left": 0.3,
        "right": 0.7,
    }


def test_a_dark_and_a_light_code_side_by_side_are_both_read_within_a_turn() -> None:
    picture = scene(code_picture("light"), code_picture("dark", inverted=True))
    decoder = StreamDecoder()

    found = [code.text for frame in frames(picture, 4) for code in decoder.decode(frame)]

    assert set(found) == {"light", "dark"}


def test_a_busy_background_hides_no_code() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (120, 160, 1), np.uint8)
    picture = cv2.resize(noise, (1280, 720), interpolation=cv2.INTER_NEAREST)[:, :, None].repeat(3, 2)
    code = code_picture(PAYLOAD)
    picture[300 : 300 + code.shape[0], 500 : 500 + code.shape[1]] = code[:, :, None]
    decoder = StreamDecoder()

    found = [raws(decoder.decode(frame)) for frame in frames(picture, 4)]

    assert found.count({PAYLOAD.encode()}) >= 2  # every second frame at least: the passes share the time


@pytest.mark.parametrize(
    "colour", [(0, 255, 255), (60, 60, 255), (0, 140, 255)], ids=["yellow", "red", "orange"]
)
def test_a_code_on_coloured_paper_is_read(colour: tuple[int, int, int]) -> None:
    picture = scene(code_picture(PAYLOAD))
    picture[(picture > 250).all(axis=2)] = colour

    assert raws(StreamDecoder().decode(frames(picture)[0])) == {PAYLOAD.encode()}


def test_a_wall_a_black_and_a_white_picture_hold_no_code() -> None:
    for picture in (empty(), np.zeros((720, 1280, 3), np.uint8), np.full((720, 1280, 3), 255, np.uint8)):
        assert StreamDecoder(thorough=True).decode(frames(picture)[0]) == []
        assert decode_image(picture) == []


@pytest.mark.parametrize("size", [(1, 1), (1, 700), (20, 20), (39, 41), (3, 2000)])
def test_no_size_of_picture_is_too_small_to_ask(size: tuple[int, int]) -> None:
    picture = np.full((*size, 3), GROUND, np.uint8)

    assert decode_image(picture) == []
    assert StreamDecoder(thorough=True).decode(frames(picture)[0]) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("eci", [False, True])
def test_a_vietnamese_name_comes_back_as_it_was_written(name: str, eci: bool) -> None:
    (code,) = decode_image(scene(code_picture(name, eci=eci)))

    assert code.text == name


@pytest.mark.parametrize(
    "payload",
    [b"\x00\x01\x1b\r\n\x07", b"\xff\xfe\x80", "a\u202eb<b>OK</b>".encode(), bytes(range(256))],
    ids=["control", "not-utf-8", "bidi-html", "all-bytes"],
)
def test_bytes_come_back_as_they_were_written(payload: bytes) -> None:
    (code,) = decode_image(scene(code_picture(payload, module=4, mode="byte")))

    assert code.raw == payload
    assert code.text == (payload.decode("utf-8") if payload[0] == ord("a") else payload.decode("latin-1"))


def test_the_largest_code_there_is_comes_back_byte_for_byte() -> None:
    payload = np.random.default_rng(3).bytes(2953)

    codes = decode_image(
        scene(code_picture(payload, module=4, mode="byte", error="l"), width=1280, height=800)
    )

    assert raws(codes) == {payload}


def test_a_part_of_a_structured_append_is_a_code_like_any_other() -> None:
    parts = segno.make_sequence("Nâng cao năng lực tuyên truyền " * 6, symbol_count=3, encoding="utf-8")

    (code,) = decode_image(scene(matrix_picture(parts[0], 5)))

    assert code.text.startswith("Nâng cao năng lực")


def test_a_micro_qr_code_is_none_of_ours() -> None:
    assert decode_image(scene(matrix_picture(segno.make("12345", micro=True), 8))) == []


def test_a_still_picture_is_read_where_the_camera_gives_up() -> None:
    """Modules of 1.4 pixels: the stream needs nearly two, but a still picture is enlarged."""
    small = seen_at(code_picture(PAYLOAD), turned(45, side=33 * 1.4))

    (code,) = decode_image(small)

    assert (code.text, code.pass_name) == (PAYLOAD, "zxing-double")
    assert centre(code) == pytest.approx((640, 360), abs=5)


def test_equal_codes_in_a_picture_are_one_payload() -> None:
    assert len(decode_image(scene(code_picture("same"), code_picture("same")))) == 1
