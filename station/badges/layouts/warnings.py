"""What would go wrong on paper with a layout and the people on the roster; looks at values only."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from station.badges.layouts.drawing import Filling, fitted_ticks, made_room, shown_elements
from station.badges.layouts.fitting import fitted_block, is_cut, is_too_high
from station.badges.layouts.model import BadgeLayout, Code, Element, Label, TextBlock, Ticks
from station.badges.layouts.parse import element_said
from station.badges.layouts.words import EXTRA, extra_key, placeholders, values_of
from station.badges.qr import QUIET_ZONE_MODULES, dark_runs
from station.badges.texts import BadgeData
from station.i18n import _
from station.model.event import Event, Session
from station.text import fold

SMALLEST_CODE_MM = 25.0  # with its quiet zone: what cameras of laptops read from 30 cm
SMALLEST_MODULE_MM = 0.6
_PAYLOAD = "1" * 44  # as long as those of this program


@dataclass(frozen=True, slots=True)
class LayoutWarning:
    """One thing to mend.

    Attributes:
        warning: a stable upper-case name for scripts. message: the sentence for a person.
        element: where in the file, None for the layout as a whole.
        code: the readable code of the delegate who is hit, empty for everybody.
    """

    warning: str
    message: str
    element: Label | None = None
    code: str = ""


def warnings_of(
    layout: BadgeLayout,
    event: Event,
    delegates: Sequence[BadgeData],
    *,
    sessions: Sequence[Session] = (),
    with_photo: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> list[LayoutWarning]:
    """Every warning: first those of the layout itself, then those of single delegates, in their order.

    ``with_photo`` holds the identities of those who have a photo. ``progress(done, total)`` may raise Cancelled.
    """
    found = [*_of_places(layout), *_of_codes(layout, delegates), *_of_names(layout, delegates)]
    for number, badge in enumerate(delegates):
        if progress is not None:
            progress(number, len(delegates))
        photo = b"photo" if badge.delegate.id in with_photo else b""
        filling = Filling(badge, values_of(event, badge, sessions), event.logo, photo)
        for side in (layout.front, layout.back):
            found += _of_texts(side, filling)
    return found


def _of_places(layout: BadgeLayout) -> Iterator[LayoutWarning]:
    for side in (layout.front, layout.back):
        codes = [element for element in side if isinstance(element, Code)]
        for element in side:
            if not element.place.lies_within(layout.card):
                text = _("{element} reaches over the edge of the card.")
                yield _warning("OUTSIDE_CARD", text, element)
            for code in codes:
                if code is not element and _covers(element, code, side):
                    text = _("{element} overlaps the code, which scanners then cannot read.")
                    yield _warning("OVER_CODE", text, element)


def _covers(element: Element, code: Code, side: Sequence[Element]) -> bool:
    """Fills may lie wholly behind a code, which brings its own white; whatever cuts into it is told."""
    if isinstance(element, Code) and side.index(element) > side.index(code):
        return False  # told once
    behind = code.place.lies_within(element.place) and not isinstance(element, (TextBlock, Ticks, Code))
    return element.place.overlaps(code.place) and not behind


def _of_codes(layout: BadgeLayout, delegates: Sequence[BadgeData]) -> Iterator[LayoutWarning]:
    codes = [element for element in layout.elements if isinstance(element, Code)]
    if layout.is_badge and not codes:
        text = _("The layout has no code: its badges cannot be scanned.")
        yield LayoutWarning("NO_CODE", text)
    longest = max((badge.payload for badge in delegates), key=len, default="") or _PAYLOAD
    modules = dark_runs(longest)[0] + 2 * QUIET_ZONE_MODULES
    for code in codes:
        side_mm = code.place.width_mm
        if side_mm < SMALLEST_CODE_MM or side_mm / modules < SMALLEST_MODULE_MM:
            text = _(
                "{element} is {side} mm wide: too small to be read from 30 cm. Make it at least {least} mm."
            )
            least = max(SMALLEST_CODE_MM, SMALLEST_MODULE_MM * modules)
            yield _warning("CODE_TOO_SMALL", text, code, side=f"{side_mm:g}", least=f"{least:.0f}")


def _of_names(layout: BadgeLayout, delegates: Sequence[BadgeData]) -> Iterator[LayoutWarning]:
    """Categories and columns that nobody on the roster has."""
    if not delegates:
        return
    categories = {fold(badge.delegate.category) for badge in delegates}
    columns = {extra_key(heading) for badge in delegates for heading, _text in badge.delegate.extra}
    for element in layout.elements:
        for name in (*element.audience.only_for, *element.audience.not_for):
            if fold(name) not in categories:
                text = _("{element} speaks of the category “{name}”, which nobody on the roster has.")
                yield _warning("UNKNOWN_CATEGORY", text, element, name=name)
        for name in _extra_columns(element):
            if extra_key(name) not in columns:
                text = _("{element} names the column “{name}”, which the roster does not have.")
                yield _warning("UNKNOWN_COLUMN", text, element, name=name)


def _extra_columns(element: Element) -> Iterable[str]:
    words = element.words if isinstance(element, TextBlock) else ()
    named = (name for one in words for name in placeholders(one.template))
    return dict.fromkeys(name[len(EXTRA) :].strip() for name in named if name.startswith(EXTRA))


def _of_texts(side: Sequence[Element], filling: Filling) -> Iterator[LayoutWarning]:
    person = filling.badge.delegate
    shown = shown_elements(side, filling)
    for element in shown:
        if isinstance(element, Ticks):
            cut = [text for text, block in fitted_ticks(element) if is_cut(text, block)]
            if cut:
                yield _cut_off(element, filling, cut[0])
        if not isinstance(element, TextBlock):
            continue
        place = made_room(element, shown, filling)
        settings = fitted_block(element, place, filling.values)
        for setting in settings:
            if setting.is_cut:
                yield _cut_off(element, filling, setting.text)
        if is_too_high(settings, place):
            text = _("{element}: the texts of {name} ({code}) are higher than their place.")
            yield _warning("TOO_HIGH", text, element, name=person.name, code=person.code, who=person.code)


def _cut_off(element: Element, filling: Filling, text: str) -> LayoutWarning:
    person = filling.badge.delegate
    said = _("{element}: “{text}” of {name} ({code}) does not fit and is cut off.")
    return _warning(
        "CUT_OFF", said, element, text=text[:80], name=person.name, code=person.code, who=person.code
    )


def _warning(warning: str, said: str, element: Element, /, *, who: str = "", **named: str) -> LayoutWarning:
    place = element_said(element.label)
    message = said.format(element=place[:1].upper() + place[1:], **named)
    return LayoutWarning(warning, message, element.label, who)
