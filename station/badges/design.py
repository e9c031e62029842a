"""Draws a card of a layout, filled with its texts, on any surface."""

from collections.abc import Mapping

from station.badges.colours import Palette, palette
from station.badges.fonts import CAPITAL_HEIGHT, width_em
from station.badges.layout import Card, Column, Text
from station.badges.qr import QUIET_ZONE_MODULES, dark_runs
from station.badges.surface import Surface
from station.badges.typesetting import LEADING, POINTS_PER_MM, Fitted, fit


def draw_card(surface: Surface, card: Card, texts: Mapping[str, str], payload: str, accent: str) -> None:
    """Draw everything of one card; ``accent`` is the category's colour."""
    colours = palette(accent)
    for box in card.boxes:
        surface.rectangle(
            box.x_mm, box.y_mm, box.width_mm, box.height_mm, getattr(colours, box.colour), box.radius_mm
        )
    for column in card.columns:
        draw_column(surface, column, texts, colours)
    if texts.get("mark"):
        top_mm, height_mm = _beside_code(card)
        surface.watermark(texts["mark"], top_mm, card.width_mm, height_mm)
    draw_qr(surface, card.qr_x_mm, card.qr_y_mm, card.qr_side_mm, payload)


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
