"""The head of an official paper as Vietnamese offices write it: the issuer at the left, state and motto at the right.

Form: Decree 30/2020/NĐ-CP, annex I, 5 and 6.
"""

from station.badges.colours import INK
from station.badges.fonts import Font
from station.badges.typesetting import fit
from station.i18n import _
from station.reports.paper import Align, Sheet

_LEFT, _RIGHT = 0.42, 0.54  # of the width
_RULE_MM = 0.3


def draw_letterhead(sheet: Sheet, organiser: str, size_pt: float) -> None:
    """Draw it over the whole width, and go on below it."""
    top_mm = sheet.y_mm
    left = _block(sheet, sheet.left_mm, sheet.width_mm * _LEFT, [(organiser.upper(), 3)], size_pt, 0.36)
    x_mm = sheet.left_mm + sheet.width_mm * (1 - _RIGHT)
    lines = [(_("SOCIALIST REPUBLIC OF VIET NAM"), 1), (_("Independence – Freedom – Happiness"), 1)]
    sheet.y_mm = top_mm
    right = _block(sheet, x_mm, sheet.width_mm * _RIGHT, lines, size_pt, 0.5)
    sheet.y_mm = max(left, right)


def _block(
    sheet: Sheet, x_mm: float, width_mm: float, lines: list[tuple[str, int]], size_pt: float, rule: float
) -> float:
    """Centred lines with a short rule below them; returns where they end."""
    y_mm = sheet.y_mm
    for text, most_lines in lines:
        fitted = fit(text, Font.SEMI_BOLD, size_pt, size_pt * 0.7, width_mm, most_lines)
        sheet.write(x_mm, y_mm, width_mm, fitted, Font.SEMI_BOLD, align=Align.CENTRE)
        y_mm += fitted.height_mm
    if y_mm == sheet.y_mm:
        return y_mm  # an event without an organiser
    sheet.rectangle(x_mm + width_mm * (1 - rule) / 2, y_mm + 1.1, width_mm * rule, _RULE_MM, INK)
    return y_mm + 1.1 + _RULE_MM
