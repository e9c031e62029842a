"""Makes the PDF documents of the sample event from texts/*.txt and notes pages and SHA-256 in event.toml.

A text begins with the lines ``topic:``, ``title:`` and ``lead:``. Then every line is a paragraph of its own:
``## `` a heading, ``- `` and ``1. `` list items, ``> `` a remark, ``| a | b |`` a table row (the first is its head),
``**bold**`` within a line.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from unicodedata import normalize
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "fonts"
RED, BLUE, INK, GREY = HexColor("#B3202A"), HexColor("#12407A"), HexColor("#1E2530"), HexColor("#66707D")
PALE, LINE = HexColor("#EEF3F9"), HexColor("#C9D3DF")
MARGIN = 22 * mm
HEAD_HEIGHT = 66 * mm
ORGANISER = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"
COURSE = "Tập huấn công tác tuyên truyền, vận động năm 2022 · Hà Nội, 27 – 28/10/2022"

BODY = ParagraphStyle(
    "body", fontName="BVP", fontSize=10, leading=15.2, textColor=INK, spaceAfter=5, alignment=TA_LEFT
)
ITEM = ParagraphStyle(
    "item", BODY, leftIndent=15, bulletIndent=2, spaceAfter=3.5, bulletFontName="BVP-SemiBold"
)
HEADING = ParagraphStyle(
    "heading",
    BODY,
    fontName="BVP-Bold",
    fontSize=12.5,
    leading=17,
    textColor=BLUE,
    spaceBefore=11,
    spaceAfter=5,
)
REMARK = ParagraphStyle("remark", BODY, fontName="BVP-Medium", textColor=BLUE, spaceAfter=0)
CELL = ParagraphStyle("cell", BODY, fontSize=9, leading=12.6, spaceAfter=0)
CELL_HEAD = ParagraphStyle("cell head", CELL, fontName="BVP-SemiBold", textColor=white)
TITLE = ParagraphStyle("title", BODY, fontName="BVP-Bold", fontSize=19, leading=26, textColor=white)
LEAD = ParagraphStyle("lead", BODY, fontSize=11, leading=17, textColor=INK, spaceAfter=6)


def register_fonts() -> None:
    """Be Vietnam Pro under the short names used here."""
    for name, weight in (
        ("BVP", "Regular"),
        ("BVP-Medium", "Medium"),
        ("BVP-SemiBold", "SemiBold"),
        ("BVP-Bold", "Bold"),
    ):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"BeVietnamPro-{weight}.ttf")))
    pdfmetrics.registerFontFamily(
        "BVP", normal="BVP", bold="BVP-SemiBold", italic="BVP", boldItalic="BVP-SemiBold"
    )


def markup(text: str) -> str:
    """Reportlab's markup of one line: everything escaped, only ``**bold**`` means something."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))


def kind_of(line: str) -> str:
    """Which sort of paragraph a line begins."""
    for prefix in ("## ", "- ", "> ", "|"):
        if line.startswith(prefix):
            return prefix
    return "1. " if re.match(r"\d+\. ", line) else ""


def table_of(rows: list[str], width: float) -> Table:
    """A table with a coloured head; the width of columns follows the longest words in them."""
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    weights = [max(10.0, sum(len(row[i]) for row in cells) / len(cells)) for i in range(len(cells[0]))]
    widths = [width * weight / sum(weights) for weight in weights]
    content = [
        [Paragraph(markup(cell), CELL if number else CELL_HEAD) for cell in row]
        for number, row in enumerate(cells)
    ]
    table = Table(content, widths, repeatRows=1, spaceBefore=4, spaceAfter=8)
    table.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), "BVP"),  # else a stray Helvetica
            ("BACKGROUND", (0, 0), (-1, 0), BLUE),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, PALE]),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ]
    )
    return table


def remark_of(line: str, width: float) -> Table:
    """A remark in a pale box with a red edge."""
    box = Table([[Paragraph(markup(line[2:]), REMARK)]], [width], spaceBefore=6, spaceAfter=8)
    box.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), "BVP"),
            ("BACKGROUND", (0, 0), (-1, -1), PALE),
            ("LINEBEFORE", (0, 0), (0, -1), 3, RED),
            ("LEFTPADDING", (0, 0), (-1, -1), 12),
            ("RIGHTPADDING", (0, 0), (-1, -1), 12),
            ("TOPPADDING", (0, 0), (-1, -1), 8),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
        ]
    )
    return box


def flowables(lines: list[str], width: float) -> Iterator[Flowable]:
    """The paragraphs of a text, one after the other."""
    for kind, run in groupby(lines, kind_of):
        if kind == "|":
            yield table_of(list(run), width)
            continue
        for line in run:
            if kind == "## ":
                yield Paragraph(markup(line[3:]), HEADING)
            elif kind == "> ":
                yield remark_of(line, width)
            elif kind == "- ":
                yield Paragraph(markup(line[2:]), ITEM, bulletText="–")
            elif kind == "1. ":
                number, text = line.split(". ", 1)
                yield Paragraph(markup(text), ITEM, bulletText=f"{number}.")
            else:
                yield Paragraph(markup(line), BODY)


class NoteLines(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Ruled lines for notes on what remains of the last page, if that is more than a little."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, height if height > 40 * mm else 0
        return width, self.height

    def draw(self) -> None:
        if not self.height:
            return
        self.canv.setFillColor(GREY)
        self.canv.setFont("BVP-SemiBold", 9)
        self.canv.drawString(0, self.height - 10 * mm, "GHI CHÉP")
        self.canv.setStrokeColor(LINE)
        self.canv.setLineWidth(0.5)
        y = self.height - 20 * mm
        while y > 4 * mm:
            self.canv.line(0, y, self.width, y)
            y -= 9 * mm


def headings_kept(story: list[Flowable]) -> Iterator[Flowable]:
    """The same paragraphs, with each heading held together with what follows it."""
    pending: list[Flowable] = []
    for flowable in story:
        pending.append(flowable)
        if not (isinstance(flowable, Paragraph) and flowable.style is HEADING):
            yield KeepTogether(pending) if len(pending) > 1 else flowable
            pending = []


class Text:
    """One document's text: its head fields and its paragraphs."""

    def __init__(self, path: Path) -> None:
        lines = [
            line.strip() for line in normalize("NFC", path.read_text("utf-8")).splitlines() if line.strip()
        ]
        fields = dict(line.split(": ", 1) for line in lines[:3])
        self.code = path.stem
        self.topic, self.title, self.lead = fields["topic"], fields["title"], fields["lead"]
        self.lines = lines[3:]


class NumberedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Draws the foot of each page when the number of pages is known."""

    text: Text

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **(options | {"initialFontName": "BVP"}))  # else a stray Helvetica
        self._pages: list[dict[str, object]] = []

    def showPage(self) -> None:
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for page in self._pages:
            self.__dict__.update(page)
            self._draw_foot(len(self._pages))
            super().showPage()
        super().save()

    def _draw_foot(self, pages: int) -> None:
        self.setStrokeColor(LINE)
        self.line(MARGIN, 15 * mm, A4[0] - MARGIN, 15 * mm)
        self.setFillColor(GREY)
        self.setFont("BVP", 7.8)
        self.drawString(MARGIN, 10.5 * mm, f"{self.text.code} · {COURSE}")
        self.drawRightString(A4[0] - MARGIN, 10.5 * mm, f"Trang {self._pageNumber}/{pages}")


def draw_head(canvas: Canvas, text: Text) -> None:
    """The coloured head of the first page: organiser, topic, title."""
    width, height = A4
    bottom = height - HEAD_HEIGHT
    canvas.saveState()
    canvas.setFillColor(BLUE)
    canvas.rect(0, bottom, width, HEAD_HEIGHT, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#1B4F92"))
    clip = canvas.beginPath()
    clip.rect(0, bottom, width, HEAD_HEIGHT)
    canvas.saveState()
    canvas.clipPath(clip, stroke=0, fill=0)
    for radius in (64, 46, 28):
        canvas.setFillAlpha(0.55)
        canvas.circle(width - 12 * mm, bottom + 10 * mm, radius * mm, stroke=0, fill=1)
    canvas.restoreState()
    canvas.setFillColor(RED)
    canvas.rect(0, bottom - 1.6 * mm, width, 1.6 * mm, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont("BVP-SemiBold", 9)
    canvas.drawString(MARGIN, height - 15 * mm, ORGANISER)
    canvas.setFont("BVP", 8.6)
    canvas.setFillColor(HexColor("#D5E1F0"))
    canvas.drawString(MARGIN, height - 20.5 * mm, COURSE)
    label = f"{text.code}  ·  {text.topic}"
    canvas.setFillColor(RED)
    canvas.roundRect(
        MARGIN, height - 34.6 * mm, pdfmetrics.stringWidth(label, "BVP-SemiBold", 9.5) + 16, 18, 4, 0, 1
    )
    canvas.setFillColor(white)
    canvas.setFont("BVP-SemiBold", 9.5)
    canvas.drawString(MARGIN + 8, height - 32.7 * mm, label)
    title = Paragraph(markup(text.title), TITLE)
    _, title_height = title.wrap(width - 2 * MARGIN, HEAD_HEIGHT)
    title.drawOn(canvas, MARGIN, height - 39 * mm - title_height)
    canvas.restoreState()


def make_document(text: Text, target: Path) -> int:
    """Write one PDF; returns its number of pages. The same bytes each time with the same reportlab."""
    width, height = A4
    body = width - 2 * MARGIN
    foot = 21 * mm
    pages = 0

    def first(canvas: Canvas, _template: BaseDocTemplate) -> None:
        draw_head(canvas, text)

    def count(_canvas: Canvas, template: BaseDocTemplate) -> None:
        nonlocal pages
        pages = template.page

    canvas_class = type("Canvas", (NumberedCanvas,), {"text": text})
    document = BaseDocTemplate(
        str(target), pagesize=A4, title=text.title, author="Tổng Liên đoàn Lao động Việt Nam", lang="vi",
        invariant=1,
    )  # fmt: skip
    frame = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
    document.addPageTemplates(
        [
            PageTemplate(
                "first",
                [Frame(MARGIN, foot, body, height - HEAD_HEIGHT - 9 * mm - foot, **frame)],
                onPage=first,
                onPageEnd=count,
                autoNextPageTemplate="later",
            ),
            PageTemplate(
                "later", [Frame(MARGIN, foot, body, height - 20 * mm - foot, **frame)], onPageEnd=count
            ),
        ]
    )
    story = [
        Paragraph(markup(text.lead), LEAD),
        Spacer(1, 2),
        *headings_kept(list(flowables(text.lines, body))),
        NoteLines(),
    ]
    document.build(story, canvasmaker=canvas_class)
    return pages


def note(toml: str, file: str, pages: int, digest: str) -> str:
    """event.toml with the number of pages and the SHA-256 of one document put in."""
    pattern = rf'(file = "{re.escape(file)}"\n)pages = \d+\nsha256 = "[0-9a-f]*"'
    return re.sub(pattern, rf'\g<1>pages = {pages}\nsha256 = "{digest}"', toml)


def main() -> None:
    """Make every document of kind file and note it in event.toml."""
    register_fonts()
    path = HERE / "event.toml"
    toml = path.read_text("utf-8")
    (HERE / "documents").mkdir(exist_ok=True)
    for document in tomllib.loads(toml)["document"]:
        if document["kind"] != "file":
            continue
        target = HERE / "documents" / document["file"]
        pages = make_document(Text(HERE / "texts" / f"{document['code']}.txt"), target)
        data = target.read_bytes()
        toml = note(toml, document["file"], pages, hashlib.sha256(data).hexdigest())
        print(f"{document['file']}: {pages} pages, {len(data) // 1000} kB")
    path.write_bytes(toml.encode())


if __name__ == "__main__":
    main()
