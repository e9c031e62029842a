"""The test sheet for scanners: the codes of the scanner test on one page of A4."""

from station.badges.colours import INK, LINE, MUTED
from station.badges.fonts import Font
from station.badges.pdf import PdfPages, Target
from station.badges.qr import dark_runs
from station.badges.typesetting import LEADING, POINTS_PER_MM, fit
from station.capture.scanner_test import Sample
from station.i18n import N_, _

_PAGE_MM = (210.0, 297.0)
_MARGIN_MM = 18.0
_GAP_MM = 10.0
_COLUMN_MM = (_PAGE_MM[0] - 2 * _MARGIN_MM - _GAP_MM) / 2
_FIRST_ROW_MM = 62.0
_ROW_MM = 112.0
_SIDE_MM = 58.0

CAPTIONS: dict[Sample, tuple[str, str]] = {
    Sample.DIGITS: (N_("Digits"), N_("As the codes of this program: all that a desk needs.")),
    Sample.LETTERS: (N_("Letters and signs"), N_("As codes of other programs and addresses hold them.")),
    Sample.NAMES: (N_("Vietnamese names"), N_("Whether marks and the letter Đ arrive.")),
    Sample.LONG: (N_("A long code"), N_("Whether characters are lost at the scanner's speed.")),
}


def render_scanner_sheet(target: Target) -> None:
    """Write the sheet in the language in force. Raises EnvironmentFault when the file cannot be written."""
    title = _("Test sheet for scanners")
    pages = PdfPages(*_PAGE_MM, title, "")
    _write(pages, _MARGIN_MM, 18, _PAGE_MM[0] - 2 * _MARGIN_MM, title, Font.BOLD, 24, INK)
    instruction = _(
        "Choose “Test a scanner…” in the settings and scan the four codes: the program says what the scanner does."
    )
    _write(pages, _MARGIN_MM, 33, _PAGE_MM[0] - 2 * _MARGIN_MM, instruction, Font.REGULAR, 12, MUTED)
    for number, sample in enumerate(Sample):
        x_mm = _MARGIN_MM + number % 2 * (_COLUMN_MM + _GAP_MM)
        _draw_sample(pages, x_mm, _FIRST_ROW_MM + number // 2 * _ROW_MM, number + 1, sample)
    pages.next_page()
    pages.save(target)


def _draw_sample(pages: PdfPages, x_mm: float, y_mm: float, number: int, sample: Sample) -> None:
    caption, explanation = CAPTIONS[sample]
    pages.rectangle(x_mm, y_mm - 4, _COLUMN_MM, 0.3, LINE)
    _write(pages, x_mm, y_mm, _COLUMN_MM, f"{number}. {_(caption)}", Font.SEMI_BOLD, 15, INK)
    _write(pages, x_mm, y_mm + 8, _COLUMN_MM, _(explanation), Font.REGULAR, 10.5, MUTED)
    count, runs = dark_runs(sample.value)
    pages.modules(x_mm, y_mm + 26, _SIDE_MM, count, runs)


def _write(
    pages: PdfPages,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    text: str,
    font: Font,
    size_pt: float,
    colour: str,
) -> None:
    """Lines of text below ``y_mm``."""
    fitted = fit(text, font, size_pt, size_pt, width_mm, 3)
    for line_number, line in enumerate(fitted.lines, 1):
        baseline_mm = y_mm + line_number * fitted.size_pt * LEADING / POINTS_PER_MM
        pages.text(x_mm, baseline_mm, line, font, fitted.size_pt, colour)
