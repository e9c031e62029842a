"""The rehearsal's word on everything that is printed: there, large, and never over the code."""

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from station.badges.invitations import invitation_png, render_invitations
from station.badges.layout import CARD, SHEET
from station.badges.rendering import render_badges
from station.badges.texts import BadgeData
from station.capture.files import codes_of_image
from station.model.event import mark_of
from tests.builders import DELEGATES, EVENT

PAYLOAD = "12345678" * 5
BADGE = BadgeData(replace(DELEGATES[0], id="1"), PAYLOAD, "#1f5fa8")
REHEARSAL = replace(EVENT, rehearsal=True)


def page(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=2).to_pil().convert("RGB")
    finally:
        document.close()


def drawn(kind: str, rehearsal: bool) -> Image.Image:
    event = REHEARSAL if rehearsal else EVENT
    if kind == "picture":
        return Image.open(io.BytesIO(invitation_png(event, BADGE))).convert("RGB")
    file = io.BytesIO()
    if kind == "invitation":
        render_invitations(file, event, [BADGE])
    else:
        render_badges(file, event, [BADGE], CARD if kind == "card" else SHEET)
    return page(file.getvalue())


@pytest.mark.parametrize("kind", ["card", "sheet", "invitation", "picture"])
def test_the_word_is_there_and_the_code_reads_as_ever(kind: str, tmp_path: Path) -> None:
    with_word, without = drawn(kind, True), drawn(kind, False)
    changed = ImageChops.difference(with_word, without).getbbox()
    assert changed is not None
    width = changed[2] - changed[0]
    assert width > with_word.width * (0.3 if kind == "sheet" else 0.6)
    path = tmp_path / "seen.png"
    with_word.save(path)
    assert [code.text for code in codes_of_image(path)] == [PAYLOAD]


def test_the_word_is_text_in_a_pdf() -> None:
    file = io.BytesIO()
    render_badges(file, REHEARSAL, [BADGE], CARD)
    document = pypdfium2.PdfDocument(file.getvalue())
    try:
        text = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    assert mark_of(REHEARSAL) in text
