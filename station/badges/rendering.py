"""Badges as a PDF."""

from collections.abc import Callable, Sequence

from station.badges.colours import LINE
from station.badges.design import draw_card
from station.badges.layout import Layout
from station.badges.pdf import PdfPages, Target
from station.badges.texts import BadgeData, card_texts
from station.errors import Refusal
from station.i18n import _, pick
from station.model.event import Event

Progress = Callable[[int, int], None]
_MARK_MM = 5.0
_MARK_WIDTH_MM = 0.2


def render_badges(
    target: Target,
    event: Event,
    badges: Sequence[BadgeData],
    layout: Layout,
    progress: Progress | None = None,
) -> int:
    """Write the badges as one PDF to a path (atomically) or a stream; returns the number of pages.

    ``progress(done, total)`` may raise Cancelled: then nothing is written.
    Raises Refusal when there are none, EnvironmentFault when the file cannot be written.
    """
    if not badges:
        raise Refusal(_("There are no badges to print."))
    title = f"{_('Badges')} – {pick(event.name, event.name_en)}"
    pages = PdfPages(layout.width_mm, layout.height_mm, title, event.organiser)
    per_page = len(layout.origins_mm)
    starts = range(0, len(badges), per_page)
    for start in starts:
        for origin, badge in zip(layout.origins_mm, badges[start : start + per_page], strict=False):
            pages.place(*origin)
            draw_card(pages, layout.card, card_texts(event, badge), badge.payload, badge.colour, event.logo)
        pages.place(0, 0)
        draw_cut_marks(pages, layout)
        pages.next_page()
        if progress is not None:
            progress(min(start + per_page, len(badges)), len(badges))
    pages.save(target)
    return len(starts)


def draw_cut_marks(pages: PdfPages, layout: Layout) -> None:
    """Marks at the edges of a page that show where the knife goes."""
    for x_mm in layout.cuts_mm[0]:
        for y_mm in (0.0, layout.height_mm - _MARK_MM):
            pages.rectangle(x_mm - _MARK_WIDTH_MM / 2, y_mm, _MARK_WIDTH_MM, _MARK_MM, LINE)
    for y_mm in layout.cuts_mm[1]:
        for x_mm in (0.0, layout.width_mm - _MARK_MM):
            pages.rectangle(x_mm, y_mm - _MARK_WIDTH_MM / 2, _MARK_MM, _MARK_WIDTH_MM, LINE)
