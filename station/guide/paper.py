"""A page of the guide as a PDF of A4 sheets: as many as its text needs, some held to a number by smaller type."""

from dataclasses import dataclass

from station.badges.fonts import register_fonts
from station.guide.pages import DESK, SECRETARY, TROUBLE, page_file, read_page
from station.guide.setting import Setting

SHEETS = {
    DESK: 1,
    SECRETARY: 2,
    TROUBLE: 1,
}  # as many as are laminated or handed over; others take what they need
_SIZES_PT = (10.5, 10.25, 10.0, 9.75, 9.5, 9.25, 9.0, 8.75, 8.5, 8.25, 8.0)
_USUAL_PT = 9.75


@dataclass(frozen=True, slots=True)
class Paper:
    """A page of the guide as a PDF."""

    pdf: bytes
    sheets: int


def set_on_paper(name: str, wished: str) -> Paper:
    """A page of the guide in a language. Raises EnvironmentFault when the guide or a font is not whole."""
    register_fonts()
    page, folder = read_page(name, wished), page_file(name, wished).parent
    most = SHEETS.get(name)
    sizes = (_USUAL_PT,) if most is None else _SIZES_PT
    for size in sizes:
        first = Setting(page, folder, size).build((), 0)
        if most is None or first.sheets <= most:
            break
    places = first.places if most is None else ()
    # The second time the number of sheets, and where each part begins, are known; the contents may move them on.
    second = Setting(page, folder, size).build(places, first.sheets)
    last = Setting(page, folder, size).build(second.places if places else (), second.sheets)
    return Paper(last.pdf, last.sheets)
