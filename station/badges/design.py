"""Draws a card of a layout, filled with its texts, on any surface."""

from collections.abc import Mapping
from dataclasses import replace

from station.badges.colours import Palette, palette
from station.badges.fonts import CAPITAL_HEIGHT, width_em
from station.badges.layout import Card, Column, LogoPlace, Text
from station.badges.logo import size_of
from station.badges.qr import QUIET_ZONE_MODULES, dark_runs
from station.badges.surface import Surface
from station.badges.typesetting import LEADING, POINTS_PER_MM, Fitted, fit

_LOGO_EDGE_MM = 1.6  # of its plate
_LOGO_GAP_MM = 4.0  # to the texts beside it


def draw_card(
    surface: Surface, card: Card, texts: Mapping[str, str], payload: str, accent: str, logo: bytes = b""
) -> None:
    """Draw everything of one card; ``accent`` is the category's colour, ``logo`` a PNG or empty.

    Without a payload there is no symbol.
    """
    colours = palette(accent)
    for box in card.boxes:
        surface.rectangle(
            box.x_mm, box.y_mm, box.width_mm, box.height_mm, getattr(colours, box.colour), box.radius_mm
        )
    columns = list(card.columns)
    if logo and card.logo is not None:
        taken_mm = _draw_logo(surface, card.logo, logo)
        columns[card.logo.column] = _beside(columns[card.logo.column], card.logo, taken_mm)
    for column in columns:
        draw_column(surface, column, texts, colours)
    if texts.get("mark"):
        top_mm, height_mm = _beside_code(card)
        surface.watermark(texts["mark"], top_mm, card.width_mm, height_mm)
    if payload:
        draw_qr(surface, card.qr_x_mm, card.qr_y_mm, card.qr_side_mm, payload)


def _draw_logo(surface: Surface, place: LogoPlace, logo: bytes) -> float:
    """The logo on its plate; returns the width in millimetres that it takes from the texts beside it."""
    edges_mm = 2 * _LOGO_EDGE_MM
    size = size_of(logo).within(place.most_width_mm - edges_mm, place.most_height_mm - edges_mm)
    width_mm, height_mm = size.width + edges_mm, size.height + edges_mm
    x_mm = place.x_mm if place.side == "left" else place.x_mm - width_mm
    y_mm = place.y_mm - height_mm / 2
    surface.rectangle(x_mm, y_mm, width_mm, height_mm, "#ffffff", 2)
    surface.logo(x_mm + _LOGO_EDGE_MM, y_mm + _LOGO_EDGE_MM, size.width, size.height, logo)
    return width_mm + _LOGO_GAP_MM


def _beside(column: Column, place: LogoPlace, taken_mm: float) -> Column:
    """A column that makes room; beside a plate texts begin at one edge."""
    moved_mm = taken_mm if place.side == "left" else 0
    return replace(column, x_mm=column.x_mm + moved_mm, width_mm=column.width_mm - taken_mm, across="left")


def _beside_code(card: Card) -> tuple[float, float]:
    """Top and height of the larger band above or below the QR symbol, which must be read as ever and hide no letter."""
    below_mm = card.qr_y_mm + card.qr_side_mm
    above, below = (0.0, card.qr_y_mm), (below_mm, card.height_mm - below_mm)
    return max(above, below, key=lambda band: band[1])


def draw_qr(surface: Surface, x_mm: float, y_mm: float, side_mm: float, payload: str) -> None:
    """A QR symbol upon white; the square includes the quiet zone."""
    count, runs = dark_runs(payload)
    quiet_mm = side_mm * QUIET_ZONE_MODULES / (count + 2 * QUIET_ZONE_MODULES)
    surface.rectangle(x_mm, y_mm, side_mm, side_mm, "#ffffff")
    surface.modules(x_mm + quiet_mm, y_mm + quiet_mm, side_mm - 2 * quiet_mm, count, runs)


def draw_column(surface: Surface, column: Column, texts: Mapping[str, str], colours: Palette) -> None:
    """Set the texts of a column."""
    blocks = fitted_blocks(column, texts)
    spare_mm = column.height_mm - height_of(blocks)
    y_mm = column.y_mm + spare_mm * {"top": 0, "middle": 0.5, "bottom": 1}[column.down]
    for number, (style, block) in enumerate(blocks):
        y_mm += style.gap_mm if number else 0
        _draw_block(surface, column, y_mm, style, block, getattr(colours, style.colour))
        y_mm += block.height_mm


def fitted_blocks(column: Column, texts: Mapping[str, str]) -> list[tuple[Text, Fitted]]:
    """The texts of a column that are not empty, fitted to its width."""
    blocks = []
    for style in column.texts:
        text = texts[style.field].upper() if style.capitals else texts[style.field]
        block = fit(text, style.font, style.size_pt, style.smallest_pt, column.width_mm, style.lines)
        if block.lines:
            blocks.append((style, block))
    return blocks


def height_of(blocks: list[tuple[Text, Fitted]]) -> float:
    """Millimetres that fitted texts take, one below the other."""
    return sum(block.height_mm for _style, block in blocks) + sum(
        style.gap_mm for style, _block in blocks[1:]
    )


def _draw_block(
    surface: Surface, column: Column, y_mm: float, style: Text, block: Fitted, colour: str
) -> None:
    line_mm = block.size_pt * LEADING / POINTS_PER_MM
    # Capitals stand in the middle of their line, so that a lone line looks centred in a band.
    baseline_mm = y_mm + line_mm * (0.5 + CAPITAL_HEIGHT / LEADING / 2)
    for number, line in enumerate(block.lines):
        width_mm = width_em(line, style.font) * block.size_pt / POINTS_PER_MM
        indent_mm = (column.width_mm - width_mm) / 2 if column.across == "centre" else 0
        surface.text(
            column.x_mm + indent_mm, baseline_mm + number * line_mm, line, style.font, block.size_pt, colour
        )
