"""What delegates hold up: phones with a ticket on the screen, invitation cards, a stranger's badge, a flyer."""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from rendering.drawing import DRAWN_PER_MM, Colour, Sheet

PIXELS_PER_MM = 5  # of every texture
RED, BLUE, INK, GREY = "#B3202A", "#12407A", "#1E2530", "#66707D"
PHONE_WIDTH, PHONE_HEIGHT = 73.0, 154.0
COURSE = (
    "Nâng cao năng lực triển khai công tác tuyên truyền, vận động của tổ chức Công đoàn Việt Nam năm 2022"
)


class Person(NamedTuple):
    """What a ticket says about its holder."""

    code: str
    name: str
    position: str
    unit: str
    seat: str


@dataclass(frozen=True)
class Surface:
    """A flat thing that carries a code.

    Attributes:
        image: height × width × BGRA at PIXELS_PER_MM, alpha multiplied in, as in full daylight.
        shining: height × width, 1.0 where the surface gives its own light.
        glass: height × width, 1.0 where it mirrors lamps.
        code_box: left, top, right, bottom of the symbol in mm from the centre of the thing.
        hold: ``phone`` or ``card``: how a hand takes it.
    """

    image: NDArray[np.float32]
    shining: NDArray[np.float32]
    glass: NDArray[np.float32]
    code_box: tuple[float, float, float, float]
    hold: str

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height in mm."""
        return self.image.shape[1] / PIXELS_PER_MM, self.image.shape[0] / PIXELS_PER_MM


def _shrunk(drawn: NDArray[np.generic]) -> NDArray[np.float32]:
    factor = PIXELS_PER_MM / DRAWN_PER_MM
    return np.asarray(
        cv2.resize(np.asarray(drawn, np.float32), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA),
        np.float32,
    )


def _premultiplied(sheet: Sheet) -> NDArray[np.float32]:
    image = np.asarray(sheet.array(), np.float32)
    image[:, :, :3] *= image[:, :, 3:] / 255
    return _shrunk(image)


def _mask(
    width: float, height: float, box: tuple[float, float, float, float], radius: float
) -> NDArray[np.float32]:
    sheet = Sheet(width, height)
    left, top, right, bottom = box
    sheet.box(left, top, right - left, bottom - top, "#FFFFFF", radius)
    return _shrunk(np.asarray(sheet.array()[:, :, 3], np.float32) / 255)


def _centred(sheet: Sheet, x: float, y: float, size: float) -> tuple[float, float, float, float]:
    left, top = x - sheet.width_mm / 2, y - sheet.height_mm / 2
    return left, top, left + size, top + size


class Look(NamedTuple):
    """Colours of a phone's screen."""

    back: str
    panel: str
    ink: str
    soft: str
    code_dark: str
    code_light: str


LIGHT = Look("#EEF2F7", "#FFFFFF", "#172033", "#69758A", "#000000", "#FFFFFF")
DARK = Look("#07090C", "#12161C", "#F2F5F9", "#98A4B5", "#F4F6F8", "#12161C")


def _status_bar(sheet: Sheet, colour: Colour, clock: str) -> None:
    sheet.text(9, 7.2, clock, 3.2, colour, "SemiBold", "lm")
    for bar in range(4):
        height = 0.9 + bar * 0.5
        sheet.box(53 + bar * 1.0, 8.4 - height, 0.7, height, colour, 0.2)
    sheet.box(58.6, 6.0, 5.0, 2.5, colour, 0.7)
    sheet.box(63.8, 6.8, 0.5, 0.9, colour, 0.2)


def _body(body: str) -> Sheet:
    sheet = Sheet(PHONE_WIDTH, PHONE_HEIGHT)
    sheet.box(0, 0, PHONE_WIDTH, PHONE_HEIGHT, body, 10.5)
    sheet.box(0.5, 0.5, PHONE_WIDTH - 1, PHONE_HEIGHT - 1, "#2A2D31", 10.0)
    sheet.box(1.1, 1.1, PHONE_WIDTH - 2.2, PHONE_HEIGHT - 2.2, "#050506", 9.5)
    return sheet


SCREEN = (2.9, 2.9, PHONE_WIDTH - 2.9, PHONE_HEIGHT - 2.9)


def _ticket(sheet: Sheet, person: Person, payload: str, look: Look, clock: str) -> tuple[float, float, float]:
    """The organiser's ticket screen; returns left, top and size of the symbol."""
    left, top, right, bottom = SCREEN
    sheet.box(left, top, right - left, bottom - top, look.back, 7.8)
    dark = look is DARK
    if not dark:
        sheet.box(left, top, right - left, 30, BLUE, 7.8)
        sheet.box(left, top + 15, right - left, 20, BLUE)
    _status_bar(sheet, "#FFFFFF", clock)
    sheet.text(PHONE_WIDTH / 2, 15.2, "THẺ ĐẠI BIỂU", 4.1, "#FFFFFF", "Bold", "mm")
    sheet.text(PHONE_WIDTH / 2, 20.6, "Tập huấn tuyên truyền, vận động 2022", 2.6, "#C9D6E8", "Regular", "mm")
    sheet.box(7, 26, PHONE_WIDTH - 14, 113, look.panel, 4)
    if dark:
        sheet.box(7, 26, PHONE_WIDTH - 14, 1.1, RED, 0.5)
    size = 45.0
    x, y = (PHONE_WIDTH - size) / 2, 35.0
    sheet.qr(x, y, size, payload, look.code_dark, look.code_light)
    centre = PHONE_WIDTH / 2
    y_text = sheet.lines(centre, 87.5, 53, person.name, 5.0, look.ink, "Bold", "ma", 3)
    y_text = sheet.lines(centre, y_text + 1.2, 52, person.unit, 2.9, look.soft, "Medium", "ma", 3)
    sheet.box(13, 119, PHONE_WIDTH - 26, 0.25, look.soft)
    for column, (label, value) in enumerate((("Mã đại biểu", person.code), ("Ghế", person.seat))):
        place = 13 if column == 0 else PHONE_WIDTH - 13
        anchor = "l" if column == 0 else "r"
        sheet.text(place, 123.0, label, 2.6, look.soft, "Regular", f"{anchor}m")
        sheet.text(place, 128.6, value, 4.6, look.ink, "SemiBold", f"{anchor}m")
    sheet.text(centre, 143.2, "Đưa mã này vào trước máy quay", 2.5, look.soft, "Regular", "mm")
    sheet.box(centre - 11, 148.4, 22, 0.9, look.soft, 0.45)
    return x, y, size


def _picture_viewer(
    sheet: Sheet, person: Person, payload: str, look: Look, clock: str
) -> tuple[float, float, float]:
    """A picture of the invitation, opened from a chat; returns left, top and size of the symbol."""
    left, top, right, bottom = SCREEN
    sheet.box(left, top, right - left, bottom - top, "#000000", 7.8)
    _status_bar(sheet, "#FFFFFF", clock)
    sheet.text(10, 16.5, "‹", 7.5, "#FFFFFF", "Medium", "lm")
    sheet.text(16, 15.4, "Ban tổ chức lớp", 3.2, "#FFFFFF", "SemiBold", "lm")
    sheet.text(16, 19.4, "Hôm qua, 16:42", 2.4, "#9AA3AE", "Regular", "lm")
    sheet.box(left, 28, right - left, 96, "#FFFFFF")
    sheet.box(left, 28, right - left, 9.5, RED)
    sheet.text(PHONE_WIDTH / 2, 32.8, "GIẤY MỜI TẬP HUẤN", 4.0, "#FFFFFF", "Bold", "mm")
    size = 47.0
    x, y = (PHONE_WIDTH - size) / 2, 46.0
    sheet.qr(x, y, size, payload, look.code_dark, look.code_light)
    y_text = sheet.lines(PHONE_WIDTH / 2, 99.5, 60, person.name, 5.0, INK, "Bold", "ma", 2)
    y_text = sheet.lines(PHONE_WIDTH / 2, y_text + 0.6, 58, person.unit, 2.8, GREY, "Medium", "ma", 2)
    sheet.text(
        PHONE_WIDTH / 2,
        max(y_text + 2.4, 117.5),
        f"{person.code} · Ghế {person.seat}",
        3.4,
        BLUE,
        "SemiBold",
        "mm",
    )
    for place in range(4):
        sheet.disc(14 + place * 15, 138, 2.4, "#2B3036")
    sheet.box(PHONE_WIDTH / 2 - 11, 148.4, 22, 0.9, "#9AA3AE", 0.45)
    return x, y, size


def phone(person: Person, payload: str, screen: str, clock: str, body: str) -> Surface:
    """A phone whose screen shows ``light``, ``dark`` (an inverted symbol) or ``picture``."""
    sheet = _body(body)
    look = DARK if screen == "dark" else LIGHT
    draw = _picture_viewer if screen == "picture" else _ticket
    x, y, size = draw(sheet, person, payload, look, clock)
    sheet.disc(PHONE_WIDTH / 2, 7.2, 1.9, "#050506")
    glass = _mask(PHONE_WIDTH, PHONE_HEIGHT, SCREEN, 7.8)
    return Surface(_premultiplied(sheet), glass, glass, _centred(sheet, x, y, size), "phone")


def _paper(sheet: Sheet, code_box: tuple[float, float, float, float]) -> Surface:
    image = _premultiplied(sheet)
    nothing = np.zeros(image.shape[:2], np.float32)
    return Surface(image, nothing, np.asarray(image[:, :, 3] / 255, np.float32), code_box, "card")


def invitation(person: Person, payload: str, accent: str, paper: str) -> Surface:
    """The A5 invitation card, lying on its long side; the code on the right."""
    sheet = Sheet(210, 148)
    sheet.box(0, 0, 210, 148, paper, 1.2)
    sheet.box(0, 0, 210, 25, accent, 1.2)
    sheet.box(0, 25, 210, 1.6, BLUE if accent == RED else RED)
    sheet.text(12, 9.6, "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", 5.0, "#FFFFFF", "Bold", "lm")
    sheet.text(
        12,
        17.6,
        "Tập huấn cán bộ tuyên giáo công đoàn · Hà Nội, 27 – 28/10/2022",
        3.7,
        "#F1E7E8",
        "Medium",
        "lm",
    )
    sheet.text(12, 41, "GIẤY MỜI", 12.5, accent, "ExtraBold", "lm")
    sheet.text(12, 53, "Trân trọng kính mời", 4.2, GREY, "Regular", "lm")
    if not person.name:
        sheet.text(12, 66, "." * 58, 5.0, GREY, "Regular", "lm")
        sheet.text(12, 78, "." * 58, 5.0, GREY, "Regular", "lm")
    y = sheet.lines(12, 57.5, 118, person.name, 8.6, INK, "Bold", "la", 2)
    y = sheet.lines(12, y + 1.5, 116, person.position, 4.3, INK, "Medium", "la", 2)
    y = sheet.lines(12, y + 0.5, 116, person.unit, 4.3, INK, "Medium", "la", 2)
    sheet.lines(12, max(y + 4, 97), 118, f"dự lớp tập huấn “{COURSE}”", 3.9, GREY, "Regular", "la", 3)
    sheet.text(40, 124, "Hội trường Sông Hồng · 07:00, thứ Năm 27/10/2022", 4.0, accent, "SemiBold", "lm")
    size = 46.0
    x, y = 148.0, 46.0
    sheet.qr(x, y, size, payload, INK, paper)
    centre = x + size / 2
    if person.code:
        sheet.text(centre, 101.5, person.code, 7.2, INK, "Bold", "mm")
        sheet.text(centre, 109.5, f"Ghế {person.seat}", 5.0, GREY, "Medium", "mm")
    sheet.text(centre, 38.2, "MÃ ĐIỂM DANH", 3.4, accent, "SemiBold", "mm")
    return _paper(sheet, _centred(sheet, x, y, size))


def slip(person: Person, payload: str, accent: str) -> Surface:
    """A small portrait slip, 105 × 148 mm, as printed at the last minute."""
    sheet = Sheet(105, 148)
    sheet.box(0, 0, 105, 148, "#FBFAF6", 1.2)
    sheet.box(0, 0, 105, 21, accent, 1.2)
    sheet.text(52.5, 8.2, "CÔNG ĐOÀN VIỆT NAM", 4.6, "#FFFFFF", "Bold", "mm")
    sheet.text(52.5, 15.2, "PHIẾU ĐIỂM DANH TẬP HUẤN 2022", 3.5, "#F3E9EA", "SemiBold", "mm")
    size = 50.0
    x, y = (105 - size) / 2, 30.0
    sheet.qr(x, y, size, payload, INK, "#FBFAF6")
    y_text = sheet.lines(52.5, 86, 92, person.name, 7.4, INK, "Bold", "ma", 2)
    sheet.lines(52.5, y_text + 1.5, 88, person.unit, 4.0, GREY, "Medium", "ma", 2)
    sheet.text(52.5, 115.5, f"{person.code}  ·  Ghế {person.seat}", 5.4, accent, "SemiBold", "mm")
    return _paper(sheet, _centred(sheet, x, y, size))


def foreign_badge(payload: str) -> Surface:
    """The badge of another event, in a plastic sleeve."""
    sheet = Sheet(100, 140)
    sheet.box(0, 0, 100, 140, "#E9EEF0", 4)
    sheet.box(2.5, 9, 95, 128.5, "#FFFFFF", 2)
    sheet.box(42, 2.6, 16, 3.4, "#8B969C", 1.7)
    sheet.box(2.5, 9, 95, 34, "#0E6B4F", 2)
    sheet.box(2.5, 32, 95, 11, "#0E6B4F")
    sheet.text(50, 20, "HỘI THẢO", 4.2, "#BFE6D8", "SemiBold", "mm")
    sheet.text(50, 29, "NÔNG NGHIỆP XANH", 7.4, "#FFFFFF", "Bold", "mm")
    sheet.text(50, 37, "Hải Dương, tháng 10/2022", 3.7, "#D9F1E8", "Regular", "mm")
    size = 50.0
    x, y = 25.0, 52.0
    sheet.qr(x, y, size, payload, "#101418", "#FFFFFF")
    sheet.text(50, 115, "KHÁCH MỜI", 8.6, "#0E6B4F", "ExtraBold", "mm")
    sheet.text(50, 127, "Khu B · Bàn 12", 4.4, GREY, "Medium", "mm")
    return _paper(sheet, _centred(sheet, x, y, size))


def flyer(payload: str) -> Surface:
    """A café's flyer whose code holds a web address."""
    sheet = Sheet(105, 148)
    sheet.box(0, 0, 105, 148, "#FFF6E5", 1)
    sheet.box(0, 0, 105, 40, "#5B3A22", 1)
    sheet.disc(22, 20, 11, "#E9B872")
    sheet.disc(22, 20, 8, "#5B3A22")
    sheet.text(38, 16, "Góc Sân", 9.0, "#FFF6E5", "Bold", "lm")
    sheet.text(38, 26.5, "cà phê · trà · bánh mì", 4.2, "#E9D9BF", "Medium", "lm")
    size = 52.0
    x, y = 26.5, 53.0
    sheet.qr(x, y, size, payload, "#2B1A0E", "#FFF6E5")
    sheet.text(52.5, 118, "Xem thực đơn", 7.0, "#5B3A22", "Bold", "mm")
    sheet.text(52.5, 129, "Giảm 10 % cho đại biểu các hội nghị", 3.9, "#8A6A4A", "Medium", "mm")
    return _paper(sheet, _centred(sheet, x, y, size))


def photocopied(surface: Surface) -> Surface:
    """The same thing as a poor grey photocopy."""
    image = surface.image.copy()
    grey = image[:, :, :3] @ np.array([0.114, 0.587, 0.299], np.float32)
    grey = np.clip((grey - 128) * 0.82 + 132, 22, 236)
    image[:, :, :3] = grey[:, :, None] * (image[:, :, 3:] / 255)
    return Surface(image, surface.shining, surface.glass, surface.code_box, surface.hold)


def bent(surface: Surface, curl_mm: float, crumple_mm: float, seed: int) -> Surface:
    """Paper that is not flat: a curl along its width and dents, with the shading that belongs to them."""
    image = surface.image
    height, width = image.shape[:2]
    random = np.random.default_rng(seed)
    dents = np.zeros((height, width), np.float32)
    for cell, share in ((9, 1.0), (22, 0.45)):
        grid = random.standard_normal((height * cell // width + 3, cell)).astype(np.float32)
        dents += share * np.asarray(
            cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC), np.float32
        )
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    relief = crumple_mm * dents + curl_mm * across**2
    slope_x, slope_y = (
        np.gradient(relief * PIXELS_PER_MM, axis=1),
        np.gradient(relief * PIXELS_PER_MM, axis=0),
    )
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    shift = PIXELS_PER_MM * relief
    moved = cv2.remap(
        np.asarray(image, np.float32),
        xs - 0.3 * shift,
        ys - 0.5 * shift,
        cv2.INTER_LINEAR,
        borderValue=(0, 0, 0, 0),
    )
    shade = np.clip(1 - 0.45 * slope_x - 0.35 * slope_y, 0.6, 1.12)
    moved[:, :, :3] = np.minimum(moved[:, :, :3] * shade[:, :, None], moved[:, :, 3:])
    return Surface(
        np.asarray(moved, np.float32), surface.shining, surface.glass, surface.code_box, surface.hold
    )
