"""Badges with code, photo and logo, against the shortest honest reportlab script for the same page."""

import io
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import segno
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from station.badges.fonts import Font, register_fonts
from station.badges.layouts.folder import READY_MADE, read_layout
from station.badges.layouts.parse import parse_layout
from station.badges.logo import logo_of
from station.badges.photo_files import PhotoFiles
from station.badges.rendering import render_badges
from station.badges.texts import BadgeData
from station.model.event import Event
from tests.benchmarks.badges import DELEGATES, EVENT

COUNT = 1000
MM = 72 / 25.4
# The page of the script below, as a layout says it: neither fits anything, both draw the same.
LAYOUT = """
[page]
width = 90
height = 55
[card]
[[front]]
kind = "box"
x = 0
y = 46
width = 90
height = 9
colour = "#9b1c1f"
[[front]]
kind = "logo"
x = 76
y = 2
width = 10
height = 10
plate = false
[[front]]
kind = "photo"
x = 4
y = 16
width = 18
height = 24
[[front]]
kind = "code"
x = 60
y = 14
side = 29
"""
LINES = (("{event}", 3, 5, 7, "medium"), ("{name}", 16, 9, 12, "bold"), ("{position}", 26, 6, 8, "medium"),
         ("{unit}", 33, 6, 8, "regular"), ("{category}", 46, 9, 13, "bold"))  # fmt: skip


def _layout_text() -> str:
    texts = [
        f'[[front]]\nkind = "text"\nx = {25 if 10 < y < 40 else 4}\ny = {y}\nwidth = {34 if 10 < y < 40 else 68}\n'
        f'height = {height}\ntext = "{field}"\nsize = {size}\nsmallest = 4\nweight = "{weight}"\n'
        for field, y, height, size, weight in LINES
    ]
    return LAYOUT + "".join(texts)


def shortest(out: io.BytesIO, event: Event, badges: Sequence[BadgeData], photos: Path, logo: bytes) -> None:
    """What somebody would write in an afternoon: the same page, photos scaled, the code as one path."""
    register_fonts()
    canvas = Canvas(out, pagesize=(90 * MM, 55 * MM), pageCompression=1)
    emblem = ImageReader(Image.open(io.BytesIO(logo)).convert("RGB"))
    for badge in badges:
        person = badge.delegate
        canvas.setFillColor(HexColor("#9b1c1f"))
        canvas.rect(0, 0, 90 * MM, 9 * MM, stroke=0, fill=1)
        canvas.drawImage(emblem, 76 * MM, 43 * MM, 10 * MM, 10 * MM)
        with Image.open(photos / f"{person.id}.jpg") as picture:
            picture.draft("RGB", (213, 283))
            small = io.BytesIO()
            picture.resize((213, 283)).save(small, "JPEG", quality=85)
        small_path = photos / "small.jpg"
        small_path.write_bytes(small.getvalue())
        canvas.drawInlineImage(str(small_path), 4 * MM, 15 * MM, 18 * MM, 24 * MM)
        canvas.setFillGray(0)
        matrix = segno.make_qr(badge.payload, error="q", boost_error=False).matrix
        module = 29 * MM / (len(matrix) + 8)
        path = canvas.beginPath()
        for row, modules in enumerate(matrix):
            for column, dark in enumerate(modules):
                if dark:
                    x, y = 60 * MM + (column + 4) * module, 41 * MM - (row + 5) * module
                    path.rect(x, y, module, module)
        canvas.drawPath(path, stroke=0, fill=1)
        texts = (event.name, person.name, person.position, person.unit, person.category)
        for text, (_field, y, height, size, weight) in zip(texts, LINES, strict=True):
            font = {"medium": Font.MEDIUM, "bold": Font.BOLD, "regular": Font.REGULAR}[weight]
            canvas.setFont(str(font), size)
            canvas.drawString((25 if 10 < y < 40 else 4) * MM, (55 - y - height * 0.7) * MM, text)
        canvas.showPage()
    canvas.save()


def run() -> list[tuple[str, ...]]:
    """Rows: what, how many, ms each, kB each, MB of memory at most."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        people = _people(COUNT)
        logo = _pictures(folder, people)
        event = replace(EVENT, logo=logo)
        files = PhotoFiles(folder, {badge.delegate.id: f"{badge.delegate.id}.jpg" for badge in people})
        layouts = [("the same page as a layout", parse_layout("same", _layout_text().encode()))]
        layouts += [
            (name, read_layout(READY_MADE / f"{name}.toml")) for name in ("card-90x55", "card", "a4-2x5")
        ]
        rows = [_measured("shortest script", lambda out: shortest(out, event, people, folder, logo))]
        for what, layout in layouts:

            def work(out: io.BytesIO, layout: object = layout) -> None:
                render_badges(out, event, people, layout, photos=files)  # type: ignore[arg-type]

            rows.append(_measured(what, work))
    rows += [("memory", str(count), "", "", memory(count)) for count in (1000, 10000)]
    return rows


def _measured(what: str, work: Callable[[io.BytesIO], None]) -> tuple[str, ...]:
    out = io.BytesIO()
    started = time.process_time()
    work(out)
    elapsed_ms = (time.process_time() - started) * 1000
    return what, str(COUNT), f"{elapsed_ms / COUNT:.2f}", f"{len(out.getvalue()) / COUNT / 1000:.1f}", ""


def _people(count: int) -> list[BadgeData]:
    return [
        BadgeData(
            replace(DELEGATES[n % len(DELEGATES)], id=f"1-{n}", name=f"Trần Thị Oanh {n}"),
            f"1{n:043d}",
            "#9b1c1f",
        )
        for n in range(count)
    ]


def _pictures(folder: Path, people: Sequence[BadgeData]) -> bytes:
    """A photo for each, as the album keeps them, and the logo."""
    file = io.BytesIO()
    noise = Image.effect_noise((60, 80), 60).resize((480, 640), Image.Resampling.BICUBIC).convert("RGB")
    for number, badge in enumerate(people):  # each another picture: equal ones would be in the file once
        noise.paste((number % 256, number // 256 % 256, 0), (0, 0, 120, 120))
        noise.save(folder / f"{badge.delegate.id}.jpg", "JPEG", quality=88)
    noise.resize((300, 300)).save(file, "PNG")
    return logo_of(file.getvalue(), "logo")


def memory(count: int) -> str:
    """MB at most that a process of its own needs for so many badges, written to a file."""
    code = f"from tests.benchmarks import badge_layouts as b; b.only_write({count})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def only_write(count: int) -> None:
    """What :func:`memory` measures; prints MB."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        people = _people(count)
        logo = _pictures(folder, people[:1000])
        files = PhotoFiles(folder, {b.delegate.id: f"1-{n % 1000}.jpg" for n, b in enumerate(people)})
        layout = read_layout(READY_MADE / "card-90x55.toml")
        render_badges(folder / "badges.pdf", replace(EVENT, logo=logo), people, layout, photos=files)
    # Not ru_maxrss, which begins with what the parent process held. Linux only.
    peak = next(row for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmHWM"))
    print(f"{int(peak.split()[1]) / 1024:.0f}")
