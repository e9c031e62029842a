"""A sheet of paper that is written from top to bottom and goes on by itself on the next page."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from station.badges.colours import INK, MUTED
from station.badges.fonts import CAPITAL_HEIGHT, Font, width_em
from station.badges.pdf import PdfPages, Target
from station.badges.qr import dark_runs
from station.badges.typesetting import LEADING, POINTS_PER_MM, Fitted, fit
from station.i18n import _

_NUMBER_PT = 8.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, upright, with its margin, in millimetres."""

    name: str
    width_mm: float
    height_mm: float
    margin_mm: float


A4, A5 = Paper("A4", 210.0, 297.0, 18.0), Paper("A5", 148.0, 210.0, 11.0)


class Align(Enum):
    """Where a line of text stands in its box."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Sheet:
    """Pages in the making; they are drawn when their number is known.

    Attributes:
        y_mm: where the next line begins. heading: draws what every further page begins with.
    """

    def __init__(self, paper: Paper, title: str, author: str) -> None:
        self.paper = paper
        self._title, self._author = title, author
        self._pages: list[list[Callable[[PdfPages], None]]] = [[]]
        self._parts = [(0, "")]  # the first page of each, and its foot
        self.y_mm = paper.margin_mm
        self.heading: Callable[[], None] = lambda: None

    @property
    def left_mm(self) -> float:
        """The left edge of what is written."""
        return self.paper.margin_mm

    @property
    def width_mm(self) -> float:
        """The width of what is written."""
        return self.paper.width_mm - 2 * self.paper.margin_mm

    def make_room(self, height_mm: float) -> None:
        """Begin another page unless so much is free on this one."""
        if self.y_mm + height_mm > self.paper.height_mm - self.paper.margin_mm:
            self.next_page()
            self.heading()

    def next_page(self) -> None:
        """Begin another page."""
        self._pages.append([])
        self.y_mm = self.paper.margin_mm

    def begin_part(self, foot: str) -> None:
        """Count pages anew from this one, or from another where this one has something on it."""
        if self._pages[-1]:
            self.next_page()
        first = len(self._pages) - 1
        self._parts = [*(part for part in self._parts if part[0] < first), (first, foot)]

    def code(self, x_mm: float, y_mm: float, side_mm: float, payload: str) -> None:
        """A QR symbol without its quiet zone, for which there must be room."""
        count, runs = dark_runs(payload)
        self._pages[-1].append(lambda pages: pages.modules(x_mm, y_mm, side_mm, count, runs))

    def rectangle(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float, colour: str) -> None:
        """A filled rectangle on this page."""
        self._pages[-1].append(lambda pages: pages.rectangle(x_mm, y_mm, width_mm, height_mm, colour))

    def write(
        self,
        x_mm: float,
        y_mm: float,
        width_mm: float,
        fitted: Fitted,
        font: Font,
        colour: str = INK,
        align: Align = Align.LEFT,
    ) -> None:
        """Lines of text in a box of this width, capitals in the middle of their lines."""
        line_mm = fitted.size_pt * LEADING / POINTS_PER_MM
        baseline_mm = y_mm + line_mm * (0.5 + CAPITAL_HEIGHT / LEADING / 2)
        for number, line in enumerate(fitted.lines):
            free_mm = width_mm - width_em(line, font) * fitted.size_pt / POINTS_PER_MM
            place = (x_mm + free_mm * align.value, baseline_mm + number * line_mm)
            self._text(self._pages[-1], place, line, font, fitted.size_pt, colour)

    def line(
        self,
        text: str,
        font: Font,
        size_pt: float,
        *,
        colour: str = INK,
        align: Align = Align.LEFT,
        after_mm: float = 0.0,
        most_lines: int = 2,
    ) -> None:
        """A text over the whole width below what was written, and so much room after it."""
        fitted = fit(text, font, size_pt, size_pt * 0.9, self.width_mm, most_lines)
        self.make_room(fitted.height_mm)
        self.write(self.left_mm, self.y_mm, self.width_mm, fitted, font, colour, align)
        self.y_mm += fitted.height_mm + after_mm

    def save(self, target: Target, progress: Callable[[int, int], None] | None = None) -> int:
        """Draw everything; returns the number of pages. Raises EnvironmentFault, and what ``progress`` raises.

        ``progress`` is told (pages, of how many).
        """
        drawn = PdfPages(self.paper.width_mm, self.paper.height_mm, self._title, self._author)
        ends = [first for first, _foot in self._parts[1:]] + [len(self._pages)]
        for (first, foot), end in zip(self._parts, ends, strict=True):
            for number, page in enumerate(self._pages[first:end], 1):
                if foot or end - first > 1:
                    self._number(page, number, end - first)
                if foot:
                    place = (self.left_mm, self.paper.height_mm - self.paper.margin_mm * 0.5)
                    self._text(page, place, foot, Font.REGULAR, _NUMBER_PT, MUTED)
                for draw in page:
                    draw(drawn)
                drawn.next_page()
                if progress is not None:
                    progress(first + number, len(self._pages))
        drawn.save(target)
        return len(self._pages)

    def _number(self, page: list[Callable[[PdfPages], None]], number: int, count: int) -> None:
        said = _("Page {number} of {count}").format(number=number, count=count)
        wide_mm = width_em(said, Font.REGULAR) * _NUMBER_PT / POINTS_PER_MM
        place = (self.left_mm + self.width_mm - wide_mm, self.paper.height_mm - self.paper.margin_mm * 0.5)
        self._text(page, place, said, Font.REGULAR, _NUMBER_PT, MUTED)

    @staticmethod
    def _text(
        page: list[Callable[[PdfPages], None]],
        place: tuple[float, float],
        line: str,
        font: Font,
        size_pt: float,
        colour: str,
    ) -> None:
        page.append(lambda pages: pages.text(*place, line, font, size_pt, colour))
