"""The test page for printers: ruler, stacked marks, a code, a frame that shows what is cut off, a specimen badge."""

from station.badges.calibration import CROSS_MM, draw_calibration
from station.badges.colours import INK, LINE, MUTED, NEUTRAL
from station.badges.design import draw_card, draw_qr
from station.badges.fonts import Font
from station.badges.layout import Layout
from station.badges.layouts.drawing import Filling, draw_side
from station.badges.layouts.model import BadgeLayout
from station.badges.layouts.words import values_of
from station.badges.pdf import PdfPages, Target
from station.badges.texts import BadgeData, card_texts
from station.badges.typesetting import LEADING, POINTS_PER_MM, fit
from station.capture.scanner_test import Sample
from station.i18n import _
from station.model.delegate import Delegate
from station.model.event import Event

RULER_MM = 80
_EDGE_MM = 4.0  # of the frame, which most printers can still reach
_LEFT_MM = 9.0
_LINE_MM = 0.2
_LETTERS = ("ĂÂĐÊÔƠƯ ăâđêôơư", "ẤẦẨẪẬ ẮẰẲẴẶ ẾỀỂỄỆ", "ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ", "NGUYỄN THỊ ÁNH NGUYỆT")


def render_test_page(target: Target, event: Event, layout: Layout | BadgeLayout) -> int:
    """Write the page for a layout's paper; returns the number of pages. Raises EnvironmentFault.

    Where a page holds several cards of A6, the first gives its place to the ruler; else the badge is a page of its own.
    """
    if isinstance(layout, BadgeLayout):
        return _render_small(target, event, layout)
    title = _("Test page for printers")
    pages = PdfPages(layout.width_mm, layout.height_mm, title, event.organiser)
    badge = _specimen()
    first, *others = layout.origins_mm
    pages.place(*first)
    _draw_measures(pages, layout, title)
    count = 1
    if not others:
        pages.next_page()
        others, count = [first], 2
    for origin in others:
        pages.place(*origin)
        draw_card(pages, layout.card, card_texts(event, badge), badge.payload, badge.colour)
    pages.next_page()
    pages.save(target)
    return count


def _render_small(target: Target, event: Event, layout: BadgeLayout) -> int:
    """Crosses and rulers on one page, the specimen's front on the next."""
    title, badge = _("Test page for printers"), _specimen()
    pages = PdfPages(layout.width_mm, layout.height_mm, title, event.organiser)
    said = _("Each cross must be {distance:.0f} mm from both edges.").format(distance=CROSS_MM)
    draw_calibration(pages, layout.width_mm, layout.height_mm, (title, said))
    pages.next_page()
    filling = Filling(badge, values_of(event, badge), event.logo, b"", layout.pictures)
    for origin in layout.origins_mm:
        pages.place(*origin)
        draw_side(pages, layout.card, layout.front, filling)
    pages.next_page()
    pages.save(target)
    return 2


def _specimen() -> BadgeData:
    """A delegate who is on no roster; the code is the first one of the scanner test."""
    person = Delegate(
        "",
        "DB00000",
        "Nguyễn Thị Ánh Nguyệt",
        position="Phó Trưởng ban Tuyên giáo",
        unit="Liên đoàn Lao động tỉnh Quảng Ngãi",
        category=_("Specimen"),
        seat="A12",
    )
    return BadgeData(person, Sample.DIGITS.value, NEUTRAL)


def _draw_measures(pages: PdfPages, layout: Layout, title: str) -> None:
    card = layout.card
    width_mm = card.width_mm - 2 * _LEFT_MM
    _draw_frame(pages, card.width_mm, card.height_mm)
    _write(pages, 9, width_mm, title, Font.BOLD, 17, INK)
    size = _("Paper {width} × {height} mm").format(
        width=round(layout.width_mm), height=round(layout.height_mm)
    )
    _write(pages, 18, width_mm, size, Font.MEDIUM, 10, MUTED)
    _draw_ruler(pages, _LEFT_MM, 27)
    asked = _("The ruler must be {length} mm long, and the frame whole on all four sides.").format(
        length=RULER_MM
    )
    _write(pages, 38, width_mm, asked, Font.REGULAR, 9.5, INK)
    for number, letters in enumerate(_LETTERS):
        _write(pages, 51 + 9 * number, width_mm, letters, Font.SEMI_BOLD, 17, INK)
    marks = _("No mark above or below a letter may be missing.")
    _write(pages, 88, width_mm, marks, Font.REGULAR, 9.5, INK)
    draw_qr(pages, _LEFT_MM - 3.9, 98, 36, Sample.DIGITS.value)
    scanned = _("Scan this code with the scanner and the camera of the desk.")
    _write(pages, 104, card.width_mm - 44 - _LEFT_MM, scanned, Font.REGULAR, 9.5, INK, 44)
    for number, share in enumerate(("#14202b", "#56626e", "#9aa5b0", "#cdd5dc", "#eef1f4")):
        pages.rectangle(44 + 10 * number, 122, 10, 8, share)


def _draw_frame(pages: PdfPages, width_mm: float, height_mm: float) -> None:
    across, down = width_mm - 2 * _EDGE_MM, height_mm - 2 * _EDGE_MM
    for y_mm in (_EDGE_MM, height_mm - _EDGE_MM - _LINE_MM):
        pages.rectangle(_EDGE_MM, y_mm, across, _LINE_MM, INK)
    for x_mm in (_EDGE_MM, width_mm - _EDGE_MM - _LINE_MM):
        pages.rectangle(x_mm, _EDGE_MM, _LINE_MM, down, INK)


def _draw_ruler(pages: PdfPages, x_mm: float, y_mm: float) -> None:
    pages.rectangle(x_mm, y_mm, RULER_MM + _LINE_MM, 0.3, INK)
    for millimetre in range(RULER_MM + 1):
        height_mm = 5.0 if millimetre % 10 == 0 else 3.6 if millimetre % 5 == 0 else 2.2
        pages.rectangle(x_mm + millimetre, y_mm, _LINE_MM, height_mm, INK if millimetre % 5 == 0 else MUTED)
        if millimetre % 10 == 0:
            pages.text(x_mm + millimetre - 0.8, y_mm + 8.4, str(millimetre), Font.REGULAR, 7, INK)
    pages.rectangle(x_mm, y_mm + 10, RULER_MM + _LINE_MM, _LINE_MM, LINE)


def _write(
    pages: PdfPages,
    y_mm: float,
    width_mm: float,
    text: str,
    font: Font,
    size_pt: float,
    colour: str,
    x_mm: float = _LEFT_MM,
) -> None:
    """Lines of text below ``y_mm``."""
    fitted = fit(text, font, size_pt, 7, width_mm, 3)
    for number, line in enumerate(fitted.lines, 1):
        baseline_mm = y_mm + number * fitted.size_pt * LEADING / POINTS_PER_MM
        pages.text(x_mm, baseline_mm, line, font, fitted.size_pt, colour)
