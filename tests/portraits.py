"""Draws simple faces, so that no test needs the photo of a real person."""

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw


def avatar(size: tuple[int, int] = (600, 800), colour: str = "#7a9cc6") -> Image.Image:
    """Head and shoulders before a plain wall; the head in the upper half."""
    width, height = size
    picture = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(picture)
    middle, head = width / 2, min(width, height) * 0.2
    draw.ellipse((middle - 2.2 * head, height * 0.62, middle + 2.2 * head, height * 1.6), "#2f3e55")
    draw.ellipse(
        (middle - head, height * 0.38 - 1.25 * head, middle + head, height * 0.38 + 1.25 * head), "#e8b98f"
    )
    draw.pieslice(
        (middle - 1.1 * head, height * 0.38 - 1.4 * head, middle + 1.1 * head, height * 0.38 + head),
        180,
        360,
        "#2b2320",
    )
    return picture


def encoded(picture: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    """The picture as a file's content."""
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def photo(path: Path, colour: str = "#7a9cc6", **more: Any) -> Path:
    """A JPEG of an avatar at a path; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(avatar(colour=colour), **more))
    return path
