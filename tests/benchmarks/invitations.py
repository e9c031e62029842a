"""A thousand invitations beside a naive way: reportlab's own QR widget, every text as a paragraph."""

import io
import time
from collections.abc import Callable
from datetime import date

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from station.badges.fonts import Font, register_fonts
from station.badges.invitation_cards import PAGE, SHEET
from station.badges.invitations import Order, invitation_png, ordered, render_invitations
from station.badges.qr import dark_runs
from station.badges.texts import BadgeData, card_texts
from station.model.delegate import Delegate
from station.model.event import Event

COUNT = 1000
FEW = 50
EVENT = Event(
    "id",
    "Nâng cao năng lực triển khai công tác tuyên truyền",
    "",
    date(2022, 10, 27),
    date(2022, 10, 28),
    "Hội trường Sông Hồng, Hà Nội",
    "Tổng Liên đoàn Lao động Việt Nam",
)
BADGES = [
    BadgeData(
        Delegate(
            f"20221027-{n}",
            f"DB{n:05d}",
            f"Nguyễn Thị Hoàng Oanh {n}",
            "Phó Trưởng ban",
            f"Liên đoàn Lao động tỉnh {n % 63}",
            "Học viên",
            seat=f"A-{n}",
        ),
        f"1{n:043d}",
        "#9b1c1f",
    )
    for n in range(1, COUNT + 1)
]


def run() -> list[tuple[str, ...]]:
    """Rows: what, how many, seconds, ms each, and how many times that the naive way takes."""
    register_fonts()
    naive_ms = _ms_each(lambda: _naive(BADGES[:FEW]), FEW)
    rows = [_row("the naive way", FEW, naive_ms, 1.0)]
    for what, layout in (("a page each", PAGE), ("four on a sheet", SHEET)):
        dark_runs.cache_clear()
        each = _ms_each(
            lambda layout=layout: render_invitations(
                io.BytesIO(), EVENT, ordered(BADGES, Order.UNIT), layout
            ),
            COUNT,
        )
        rows.append(_row(what, COUNT, each, naive_ms / each))
    dark_runs.cache_clear()
    each = _ms_each(lambda: [invitation_png(EVENT, badge) for badge in BADGES[:FEW]], FEW)
    rows.append((f"a picture each ({FEW} made)", str(FEW), f"{each * FEW / 1000:.1f}", f"{each:.1f}", ""))
    return rows


def _row(what: str, count: int, each_ms: float, ratio: float) -> tuple[str, ...]:
    return what, str(count), f"{each_ms * count / 1000:.1f}", f"{each_ms:.1f}", f"{ratio:.1f}"


def _ms_each(work: Callable[[], object], count: int) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000 / count


def _naive(badges: list[BadgeData]) -> None:
    canvas = Canvas(io.BytesIO(), pagesize=A5)
    style = ParagraphStyle("plain", fontName=str(Font.REGULAR), fontSize=12, leading=16)
    for badge in badges:
        y = A5[1] - 40
        for text in filter(None, card_texts(EVENT, badge).values()):
            paragraph = Paragraph(text, style)
            _width, height = paragraph.wrap(A5[0] - 80, y)
            paragraph.drawOn(canvas, 40, y - height)
            y -= height + 4
        drawing = Drawing(113, 113)
        drawing.add(QrCodeWidget(badge.payload, barLevel="Q", barWidth=113, barHeight=113))
        renderPDF.draw(drawing, canvas, A5[0] - 150, 20)
        canvas.showPage()
    canvas.save()
