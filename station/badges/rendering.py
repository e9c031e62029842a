"""Badges as a PDF."""

from collections.abc import Callable, Sequence

from station.badges.colours import LINE
from station.badges.design import draw_card
from station.badges.layout import Layout
from station.badges.layouts.drawing import Filling, draw_side
from station.badges.layouts.extent import drawn_height_mm
from station.badges.layouts.model import BadgeLayout, Photo
from station.badges.layouts.words import values_of
from station.badges.logo import Size
from station.badges.pdf import PdfPages, Target
from station.badges.photo_files import NO_PHOTOS, PhotoFiles
from station.badges.texts import BadgeData, card_texts
from station.errors import Refusal
from station.i18n import _, pick
from station.model.event import Event, Session

Progress = Callable[[int, int], None]
_MARK_MM = 5.0
_MARK_WIDTH_MM = 0.2


def render_badges(
    target: Target,
    event: Event,
    badges: Sequence[BadgeData],
    layout: Layout | BadgeLayout,
    progress: Progress | None = None,
    *,
    photos: PhotoFiles = NO_PHOTOS,
    sessions: Sequence[Session] = (),
    shift_mm: tuple[float, float] = (0.0, 0.0),
) -> int:
    """Write the badges as one PDF to a path (atomically) or a stream; returns the number of pages.

    ``shift_mm``: everything stands so much further right and down, as a printer's profile wants it.

    ``progress(done, total)`` may raise Cancelled: then nothing is written.
    Raises Refusal when there are none, EnvironmentFault when the file cannot be written.
    """
    if not badges:
        raise Refusal(_("There are no badges to print."))
    title = f"{_('Badges')} – {pick(event.name, event.name_en)}"
    pages = PdfPages(layout.width_mm, layout.height_mm, title, event.organiser, shift_mm)
    per_page = len(layout.origins_mm)
    count = 0
    for start in range(0, len(badges), per_page):
        batch = badges[start : start + per_page]
        if isinstance(layout, BadgeLayout):
            fillings = [_filling(event, badge, layout, photos, sessions) for badge in batch]
            count += _draw_sheets(pages, layout, fillings)
        else:
            count += _draw_cards(pages, layout, event, batch)
        if progress is not None:
            progress(min(start + per_page, len(badges)), len(badges))
    pages.save(target)
    return count


def draw_cut_marks(pages: PdfPages, layout: Layout | BadgeLayout) -> None:
    """Marks at the edges of a page that show where the knife goes."""
    for x_mm in layout.cuts_mm[0]:
        for y_mm in (0.0, layout.height_mm - _MARK_MM):
            pages.rectangle(x_mm - _MARK_WIDTH_MM / 2, y_mm, _MARK_WIDTH_MM, _MARK_MM, LINE)
    for y_mm in layout.cuts_mm[1]:
        for x_mm in (0.0, layout.width_mm - _MARK_MM):
            pages.rectangle(x_mm, y_mm - _MARK_WIDTH_MM / 2, _MARK_MM, _MARK_WIDTH_MM, LINE)


def _draw_cards(pages: PdfPages, layout: Layout, event: Event, badges: Sequence[BadgeData]) -> int:
    for origin, badge in zip(layout.origins_mm, badges, strict=False):
        pages.place(*origin)
        draw_card(pages, layout.card, card_texts(event, badge), badge.payload, badge.colour, event.logo)
    _finish(pages, layout)
    return 1


def _filling(
    event: Event, badge: BadgeData, layout: BadgeLayout, photos: PhotoFiles, sessions: Sequence[Session]
) -> Filling:
    places = [element.place for element in layout.elements if isinstance(element, Photo)]
    photo = b""
    if places:
        largest = max(places, key=lambda place: place.width_mm * place.height_mm)
        photo = photos.scaled(badge.delegate.id, Size(largest.width_mm, largest.height_mm))
    return Filling(badge, values_of(event, badge, sessions), event.logo, photo, layout.pictures)


def _draw_sheets(pages: PdfPages, layout: BadgeLayout, fillings: Sequence[Filling]) -> int:
    """The front sides of a page; their back sides turned below them, or on a page of their own. Returns the pages."""
    if layout.is_roll:
        pages.cut_at(drawn_height_mm(layout, fillings[0]))
    for (x_mm, y_mm), filling in zip(layout.origins_mm, fillings, strict=False):
        pages.place(x_mm, y_mm)
        draw_side(pages, layout.card, layout.front, filling)
        if layout.folds:
            below_mm = y_mm + layout.card_height_mm
            with pages.turned(x_mm, below_mm, layout.card_width_mm, layout.card_height_mm):
                draw_side(pages, layout.card, layout.back, filling)
    _finish(pages, layout)
    if layout.folds or not layout.back:
        return 1
    for (x_mm, y_mm), filling in zip(layout.origins_mm, fillings, strict=False):
        # The paper is turned over its long edge: what was on the left is on the right.
        pages.place(layout.width_mm - x_mm - layout.card_width_mm, y_mm)
        draw_side(pages, layout.card, layout.back, filling)
    pages.place(0, 0)
    pages.next_page()
    return 2


def _finish(pages: PdfPages, layout: Layout | BadgeLayout) -> None:
    pages.place(0, 0)
    draw_cut_marks(pages, layout)
    if isinstance(layout, BadgeLayout):
        _draw_fold_marks(pages, layout)
    pages.next_page()


def _draw_fold_marks(pages: PdfPages, layout: BadgeLayout) -> None:
    """Short dashes at the page's edges, unlike the strokes of a cut."""
    for y_mm in layout.folds_mm:
        for edge_mm in (0.0, layout.width_mm - _MARK_MM):
            for dash_mm in (0.0, 2.0, 4.0):
                pages.rectangle(edge_mm + dash_mm, y_mm - _MARK_WIDTH_MM / 2, 1.0, _MARK_WIDTH_MM, LINE)
