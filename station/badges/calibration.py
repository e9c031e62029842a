"""The page from which a printer's offset is read: cross hairs at known places, rulers from the edges of the paper."""

from collections.abc import Sequence

from station.badges.colours import INK, MUTED
from station.badges.fonts import Font
from station.badges.layouts.model import BadgeLayout
from station.badges.pdf import PdfPages, Target
from station.badges.profiles import Profile
from station.badges.typesetting import fit
from station.i18n import _
from station.model.event import Event

CROSS_MM = 10.0  # from both edges of the paper
_LINE_MM, _ARM_MM = 0.2, 5.0
_LETTER_PT = 7.0
_SAID_MM = 30.0  # what the words below the ruler may take
_RULER_MM = 18.0  # from the left, beside the crosses


def render_calibration(target: Target, event: Event, profile: Profile, layout: BadgeLayout) -> None:
    """Write one page of the paper of a layout, moved by a profile's offset as a badge would be.

    Raises EnvironmentFault.
    """
    width_mm, height_mm = layout.width_mm, layout.height_mm
    pages = PdfPages(width_mm, height_mm, _("Calibration page"), event.organiser, profile.offset_mm)
    draw_calibration(pages, width_mm, height_mm, _lines(profile))
    pages.next_page()
    pages.save(target)


def draw_calibration(pages: PdfPages, width_mm: float, height_mm: float, lines: Sequence[str]) -> None:
    """Crosses, rulers from the left and the upper edge, and what is to be said of them."""
    for x_mm in (CROSS_MM, width_mm - CROSS_MM):
        for y_mm in (CROSS_MM, height_mm - CROSS_MM):
            _cross(pages, x_mm, y_mm)
    for millimetre in range(int(width_mm) + 1):
        tall_mm = _tick(millimetre)
        pages.rectangle(millimetre - _LINE_MM / 2, height_mm / 2, _LINE_MM, tall_mm, INK)
        if millimetre % 10 == 0 and 0 < millimetre < width_mm - 6:
            pages.text(millimetre + 0.5, height_mm / 2 + 7, str(millimetre), Font.REGULAR, _LETTER_PT, MUTED)
    for millimetre in range(int(height_mm) + 1):
        pages.rectangle(_RULER_MM, millimetre - _LINE_MM / 2, _tick(millimetre), _LINE_MM, INK)
        if millimetre and millimetre % 10 == 0 and abs(millimetre - height_mm / 2) > 10:
            pages.text(_RULER_MM + 5.5, millimetre + 1, str(millimetre), Font.REGULAR, _LETTER_PT, MUTED)
    _say(pages, width_mm, height_mm, lines)


def _lines(profile: Profile) -> tuple[str, ...]:
    offset = _("Offset now: {x:+.1f} mm to the right, {y:+.1f} mm down").format(
        x=profile.offset_x_mm, y=profile.offset_y_mm
    )
    asked = _("Each cross must be {distance:.0f} mm from both edges.").format(distance=CROSS_MM)
    return _("Calibration page"), asked, offset


def _say(pages: PdfPages, width_mm: float, height_mm: float, lines: Sequence[str]) -> None:
    """Below the ruler, wrapped; on low paper clear of the lower crosses."""
    x_mm, y_mm = _RULER_MM + 14, height_mm / 2 + 13
    is_low = height_mm / 2 < _SAID_MM + CROSS_MM + _ARM_MM
    room_mm = width_mm - x_mm - (CROSS_MM + _ARM_MM + 1 if is_low else 3)
    for line in lines:
        fitted = fit(line, Font.MEDIUM, 7.5, 5, room_mm, 4)
        for part in fitted.lines:
            pages.text(x_mm, y_mm, part, Font.MEDIUM, fitted.size_pt, INK)
            y_mm += 3.8


def _cross(pages: PdfPages, x_mm: float, y_mm: float) -> None:
    pages.rectangle(x_mm - _ARM_MM, y_mm - _LINE_MM / 2, 2 * _ARM_MM, _LINE_MM, INK)
    pages.rectangle(x_mm - _LINE_MM / 2, y_mm - _ARM_MM, _LINE_MM, 2 * _ARM_MM, INK)


def _tick(millimetre: int) -> float:
    return 4.5 if millimetre % 10 == 0 else 3.0 if millimetre % 5 == 0 else 1.8
