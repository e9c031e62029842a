"""What one printer gets for one wish: its layout, moved, cut to its content, on as many sides as there are."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from station.app import Station, open_station
from station.badges.batch import boxed, print_batch
from station.badges.calibration import render_calibration
from station.badges.invitations import Order
from station.badges.layouts.folder import copy_layout, layout_named
from station.badges.layouts.model import BadgeLayout
from station.badges.profiles import Profile
from station.badges.rendering import render_badges
from station.badges.single import layout_of
from station.badges.texts import BadgeData
from station.errors import BadInput, Refusal
from station.model.delegate import Delegate
from station.store import badges as badge_store
from tests.builders import EVENT, HandClock, make_event


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opened = open_station(make_event(tmp_path / "event"), clock=HandClock())
    yield opened
    opened.close()


BACK = '\n[[back]]\nkind = "code"\nx = 5\ny = 5\nside = 32\n'
MM_PER_POINT = 25.4 / 72
LONG = Delegate(
    "d1",
    "DB1",
    "Nguyễn Thị Ánh",
    position="Chuyên viên",
    unit="LĐLĐ tỉnh An Giang",
    category="Học viên",
    seat="A1",
)


def heights_mm(pdf: bytes) -> list[float]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [round(page.get_height() * MM_PER_POINT, 1) for page in document]


def ink_from_left_mm(pdf: bytes, page: int = 0) -> float:
    """How far from the left edge the first dark point stands."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = (
            document[page].render(scale=4, grayscale=True).to_pil().point(lambda level: 255 * (level < 100))
        )
    box = picture.getbbox()
    assert box is not None
    return box[0] / 4 * MM_PER_POINT


def drawn(layout: BadgeLayout, *people: Delegate, shift_mm: tuple[float, float] = (0.0, 0.0)) -> bytes:
    pdf = io.BytesIO()
    badges = [BadgeData(person, "1" * 44) for person in people]
    render_badges(pdf, EVENT, badges, layout, shift_mm=shift_mm)
    return pdf.getvalue()


def with_a_back(folder: Path) -> str:
    """The name of a layout of the event's own that shows the code on its back, too."""
    path = copy_layout("card-90x55", "hai mặt", folder)
    path.write_text(path.read_text("utf-8") + BACK, "utf-8")
    return "hai mặt"


def test_a_label_on_a_roll_ends_where_its_content_ends(tmp_path: Path) -> None:
    whole, short = heights_mm(drawn(layout_named("roll-62", tmp_path), LONG, replace(LONG, category="")))
    assert 98 < whole <= 100
    assert 86 < short < 94  # without the band of the category at its foot


def test_the_offset_of_a_printer_moves_front_and_back_the_same_way(tmp_path: Path) -> None:
    layout = layout_named(with_a_back(tmp_path), tmp_path)
    for page in (0, 1):
        usual = ink_from_left_mm(drawn(layout, LONG), page)
        moved = ink_from_left_mm(drawn(layout, LONG, shift_mm=(3, 0)), page)
        assert moved - usual == pytest.approx(3, abs=0.2)


def test_a_printer_gets_the_events_own_layout_also_after_a_change(station: Station) -> None:
    badge = next(iter(station.badges().values()))
    path = copy_layout("card-90x55", "thẻ riêng", station.folder)
    profile = Profile(layout="thẻ riêng", copies=2)
    assert heights_mm(station.badge_pdf(badge, profile)) == [55, 55]
    text = path.read_text("utf-8")
    path.write_text(text.replace("height = 55", "height = 60", 1), "utf-8")
    assert heights_mm(station.badge_pdf(badge, profile)) == [60, 60]


def test_a_layout_that_is_gone_or_broken_is_told(station: Station) -> None:
    with pytest.raises(Refusal, match="no badge layout gone"):
        layout_of(Profile(layout="gone"), station.folder)
    path = copy_layout("card", "hỏng", station.folder)
    path.write_text("title = ", "utf-8")
    with pytest.raises(BadInput, match=r"hỏng\.toml"):
        layout_of(Profile(layout="hỏng"), station.folder)


def test_both_sides_show_the_front_only_where_there_is_no_back(station: Station) -> None:
    badge = next(iter(station.badges().values()))
    assert len(heights_mm(station.badge_pdf(badge, Profile(layout="card", double_sided=True)))) == 2
    name = with_a_back(station.folder)
    assert len(heights_mm(station.badge_pdf(badge, Profile(layout=name, double_sided=True)))) == 2
    assert len(heights_mm(station.badge_pdf(badge, Profile(layout="sheet", copies=3)))) == 1


def test_the_calibration_page_has_the_size_of_the_layouts_paper(tmp_path: Path) -> None:
    pdf = io.BytesIO()
    render_calibration(pdf, EVENT, Profile(offset_x_mm=2), layout_named("card-90x55", tmp_path))
    assert heights_mm(pdf.getvalue()) == [55]


def test_a_roll_with_a_back_is_refused_with_its_line(tmp_path: Path) -> None:
    path = copy_layout("roll-62", "cuộn", tmp_path)
    text = path.read_text("utf-8") + BACK
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput) as refused:
        layout_named("cuộn", tmp_path)
    assert [problem.problem for problem in refused.value.problems] == ["ROLL_OF_SHEETS"]


@pytest.mark.parametrize(
    ("layout", "printed"), [("card-90x55", True), ("table-sign-a4", False), ("seat-card-2x2", False)]
)
def test_a_table_sign_is_not_taken_for_the_badge(
    station: Station, tmp_path: Path, layout: str, printed: bool
) -> None:
    badges = list(station.badges().values())
    boxes = boxed(badges, Order.NAME, 1)
    signs = layout_named(layout, station.folder)
    assert print_batch(
        station.files, station.event, station.clock, boxes, tmp_path / "out.pdf", signs
    ) == len(badges)
    with station.files.reading() as connection:
        assert bool(badge_store.printed_before(connection)) is printed


def test_a_profile_may_leave_out_the_cut_marks(station: Station) -> None:
    badge = next(iter(station.badges().values()))

    def has_stroke(pdf: bytes) -> bool:
        with pypdfium2.PdfDocument(pdf) as document:
            edge = document[0].render(scale=4, grayscale=True).to_pil().crop((1180, 3330, 1200, 3360))
        return edge.getextrema()[0] < 250

    marked, plain = Profile(layout="sheet"), Profile(layout="sheet", cut_marks=False)
    assert has_stroke(station.badge_pdf(badge, marked))
    assert not has_stroke(station.badge_pdf(badge, plain))
