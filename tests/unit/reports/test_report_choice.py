"""What an export holds is chosen for the event; papers, hours and words in detail."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.checkin.cases import Person
from station.clock import to_ms
from station.errors import Refusal
from station.i18n import _, set_language
from station.model.delegate import Delegate
from station.model.event import Session
from station.model.quorum import TWO_THIRDS, QuorumRule
from station.model.verdict import Source
from station.reports.arrivals import arrivals
from station.reports.catalogue import all_reports, report_of
from station.reports.choice import Choice, as_text, keep_choice, parsed, read_choice
from station.reports.hours import inside
from station.reports.letterhead import Letterhead
from station.reports.report import Format
from station.reports.words import in_words, roman
from station.store.reports import Passage
from tests.builders import INSTANCE, MORNING, HandClock, make_event, opened, payload
from tests.report_rows import rows_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_every_report_names_itself_once_and_can_be_written() -> None:
    reports = all_reports()
    for wanted in ("name", "number"):
        assert len({getattr(report, wanted) for report in reports}) == len(reports)
    for report in reports:
        assert report.by_default <= set(report.formats)
        assert (report.draw is not None) == (Format.PDF in report.formats)
        assert report.name.isascii()
        assert report.title
        assert report.about.endswith(".")


def test_a_choice_is_kept_with_the_event(tmp_path: Path) -> None:
    attendance = report_of("attendance")
    choice = replace(
        Choice().with_formats(attendance, {Format.CSV}).with_fields(attendance, {"name", "phone"}),
        letterhead=Letterhead("Trên", "Dưới", "12/DS", "Huế", True),
    )
    with opened(make_event(tmp_path / "e")) as station:
        station.files.write(lambda connection: keep_choice(connection, choice))
    with opened(tmp_path / "e") as station:
        with station.files.reading() as connection:
            assert read_choice(connection) == choice
        exported = station.export(tmp_path / "stick")
    heading = (exported.to / "attendance.csv").read_text("utf-8-sig").splitlines()[0]
    assert heading == "STT,Họ và tên,Điện thoại"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"formats": 7, "fields": {"attendance": 3}}',
        '{"formats": {"x": ["doc", 1]}}',
        "[" * 9_000,
    ],
)
def test_a_choice_that_nobody_can_read_is_none(text: str) -> None:
    choice = parsed(text)
    assert choice.formats_of(report_of("attendance")) == report_of("attendance").by_default
    assert parsed(as_text(choice)) == choice


def test_names_of_reports_and_fields_are_known_or_refused() -> None:
    chosen = Choice().only(["attendance.csv", "minutes-annex"]).without(["phone", "code"])
    assert chosen.formats_of(report_of("attendance")) == {Format.CSV}
    assert chosen.formats_of(report_of("minutes-annex")) == {Format.PDF}
    assert not chosen.formats_of(report_of("refusals"))
    assert "code" not in chosen.fields_of(report_of("attendance"))
    assert Choice().only(["delegations"]).formats_of(report_of("delegations")) == {Format.XLSX}
    for wrong in (["nonsense"], ["attendance.pdf"], ["attendance.doc"]):
        with pytest.raises(Refusal):
            Choice().only(wrong)
    with pytest.raises(Refusal):
        Choice().without(["telephone"])


def test_no_phone_is_anywhere_when_it_was_left_out(tmp_path: Path) -> None:
    people = [Delegate("", "DB00001", "Nguyễn Ánh", unit="U", phone="0912345678", seat="A1")]
    with opened(make_event(tmp_path / "e", delegates=people)) as station:
        with_it = station.export(tmp_path / "a", choice=Choice().with_shown(["phone", "seat"]))
        without = station.export(
            tmp_path / "b", choice=Choice().with_shown(["phone", "seat"]).without(["phone"])
        )
    texts = [_text(result.to / "attendance-list.pdf") for result in (with_it, without)]
    assert ["0912345678" in text for text in texts] == [True, False]
    assert all("A1" in text for text in texts)
    assert "0912345678" in (with_it.to / "attendance.csv").read_text("utf-8-sig")
    assert "0912345678" not in (without.to / "attendance.csv").read_text("utf-8-sig")


def _text(path: Path) -> str:
    return " ".join(
        " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)).split()
    )


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [
        (
            "vi",
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Huế, ngày 27 tháng 10 năm 2022", "TM. BAN TỔ CHỨC"),
            "October",
        ),
        ("en", ("Huế, 27 October 2022", "FOR THE ORGANISING COMMITTEE", "Page 1 of"), "SOCIALIST REPUBLIC"),
    ],
)
def test_papers_have_the_form_of_their_language(
    tmp_path: Path, language: str, said: tuple[str, ...], unsaid: str
) -> None:
    people = [Delegate("", f"DB{n:05d}", f"Nguyễn {n}", unit=f"Đơn vị {n % 9}") for n in range(1, 80)]
    set_language(language)
    head = Choice(letterhead=Letterhead("Tổng Liên đoàn", "Ban Tổ chức", "12/DS", "Huế"))
    with opened(make_event(tmp_path / "e", delegates=people)) as station:
        exported = station.export(tmp_path / "stick", choice=head)
    text = _text(exported.to / "attendance-list.pdf")
    assert [part for part in said if part not in text] == []
    assert unsaid not in text
    assert "TỔNG LIÊN ĐOÀN" in text.upper()


def test_the_signatures_never_stand_alone_on_a_page(tmp_path: Path) -> None:
    for count in (20, 21, 22, 23, 24):
        people = [Delegate("", f"DB{n:05d}", f"Nguyễn {n}", unit="Đơn vị") for n in range(1, count + 1)]
        with opened(make_event(tmp_path / f"e{count}", delegates=people)) as station:
            exported = station.export(tmp_path / f"s{count}", choice=Choice().only(["attendance-list"]))
        pages = [
            p.get_textpage().get_text_range()
            for p in pypdfium2.PdfDocument(exported.to / "attendance-list.pdf")
        ]
        assert "NGƯỜI LẬP BIỂU" in pages[-1]
        assert all("Ký tên" in page for page in pages)


def test_both_languages_say_what_is_on_the_stick_and_how_to_prove_it(tmp_path: Path) -> None:
    with opened(make_event(tmp_path / "e")) as station:
        exported = station.export(tmp_path / "stick")
    raw = (exported.to / "README.txt").read_bytes()
    text = raw.decode("utf-8-sig")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == text.count("\n")
    assert text.index("CÁCH KIỂM TRA TÍNH TOÀN VẸN") < text.index("HOW TO PROVE THAT IT IS WHOLE")
    for name in exported.names:
        assert name in text or name.endswith(".segment") or name == "README.txt", name
    assert max(map(len, text.splitlines())) <= 100


@dataclass
class At:
    """Hours on the first day, for passages."""

    out: bool
    hour: float


def hours(*passages: At, until: float | None = None) -> float | None:
    known = [Passage("S", "d", each.out, to_ms(MORNING + timedelta(hours=each.hour))) for each in passages]
    ends = {} if until is None else {"S": to_ms(MORNING + timedelta(hours=until))}
    return inside(known, ends, ZONE)["S", "d"]


def test_hours_are_told_where_they_are_known() -> None:
    assert hours(At(False, 0), At(True, 2.5)) == 2.5
    assert hours(At(False, 0), At(True, 1), At(False, 2), At(True, 4)) == 3.0
    assert hours(At(False, 0), until=3) == 3.0
    assert hours(At(False, 0)) is None
    assert hours(At(False, 5), until=3) is None
    assert (
        hours(At(False, 0), At(False, 24), At(True, 26)) == 2.0
    )  # when they left the day before nobody knows
    assert hours(At(False, 2), At(True, 1)) == 0.0  # the clock ran backwards


@pytest.mark.parametrize(
    ("number", "vietnamese", "english"),
    [
        (0, "không", "zero"),
        (15, "mười lăm", "fifteen"),
        (21, "hai mươi mốt", "twenty-one"),
        (24, "hai mươi tư", "twenty-four"),
        (105, "một trăm linh năm", "one hundred and five"),
        (1_002, "một nghìn không trăm linh hai", "one thousand two"),
        (10_055, "mười nghìn không trăm năm mươi lăm", "ten thousand fifty-five"),
        (2_000_000, "hai triệu", "two million"),
    ],
)
def test_numbers_in_words(number: int, vietnamese: str, english: str) -> None:
    assert in_words(number) == vietnamese
    set_language("en")
    assert in_words(number) == english


def test_parts_of_a_list_are_counted_in_roman_figures() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 63, 1999)] == [
        "I",
        "IV",
        "IX",
        "XIV",
        "XL",
        "LXIII",
        "MCMXCIX",
    ]


@given(st.lists(st.integers(0, 60 * 60 * 24 * 30), max_size=40))
def test_every_arrival_is_in_one_span(seconds: list[int]) -> None:
    @dataclass
    class Came:
        first_in: object

    stays = [Came((MORNING + timedelta(seconds=each)).astimezone(ZONE)) for each in seconds]
    spans = arrivals(Session("S", 1, "S"), stays)  # type: ignore[arg-type]
    assert sum(span.came for span in spans) == len(seconds)
    assert len(spans) <= 49
    assert not spans or spans[-1].total == len(seconds)


def test_rows_tell_why_somebody_was_refused_and_who_was_let_in_all_the_same(tmp_path: Path) -> None:
    clock = HandClock()
    late = Session(
        "CD1", 1, "Một", closes_at=MORNING - timedelta(hours=1), opens_at=MORNING - timedelta(hours=2)
    )
    with opened(make_event(tmp_path / "e", sessions=[late]), clock) as station:
        refused = station.desk.redeem(payload(1), Source.CAMERA)
        assert refused.delegate is not None
        station.cases.override(refused.delegate.id, "xe hỏng")
        refusals = rows_of(station.files, "refusals", clock)
        exceptions = rows_of(station.files, "exceptions", clock)
    assert [(row["code"], row["reason"]) for row in refusals] == [("DB00001", _("Closed"))]
    assert [(row["code"], row["reason"]) for row in exceptions] == [("DB00001", "xe hỏng")]


def test_the_annex_says_who_was_absent_why_who_left_and_whether_the_quorum_was_there(tmp_path: Path) -> None:
    clock = HandClock()
    door = Session("CD1", 1, "Một", exits=True)
    people = [
        Delegate("", f"DB{n:05d}", f"Nguyễn Số {n}", unit="Đơn vị A" if n < 4 else "") for n in range(1, 6)
    ]
    with opened(make_event(tmp_path / "e", delegates=people, sessions=[door]), clock) as station:
        station.delegations.set_quorum(QuorumRule(TWO_THIRDS))
        for serial in (1, 2, 5):
            station.desk.redeem(payload(serial), Source.CAMERA)
        comes = station.cases.substitute(f"{INSTANCE}-3", Person("Vũ Đi Thay"), "đi công tác")
        station.desk.admit_by_hand(comes.id)
        clock.forward(hours=1)
        station.desk.check_out_code(payload(2), Source.CAMERA)
        wrong = station.desk.redeem(payload(4), Source.CAMERA)
        station.desk.void(wrong.entry, "nhầm")
        substitutions = rows_of(station.files, "substitutions", clock)
        cancelled = rows_of(station.files, "cancelled", clock)
        exported = station.export(tmp_path / "stick", choice=Choice().only(["minutes-annex"]))
    text = _text(exported.to / "minutes-annex.pdf")
    for said in (
        "I. Đơn vị A: có mặt 3/4",
        "có mặt 07:30–08:30",
        "vắng; Vũ Đi Thay đi thay",
        "đi thay Nguyễn Số 3",
        "Có mặt: 4 đại biểu (bốn) trên tổng số 6; vắng mặt: 2; có người đi thay: 1.",
        "Túc số: 4 trên 5 đại biểu được tính đã đến, cần có 4: đủ.",
    ):
        assert said in text, said
    assert [(row["name"], row["reason"]) for row in substitutions] == [("Nguyễn Số 3", "đi công tác")]
    assert [(row["name"], row["kind"], row["reason"]) for row in cancelled] == [
        ("Nguyễn Số 4", "lượt vào", "nhầm")
    ]


def test_the_door_list_goes_by_given_names_and_leaves_phones_out(tmp_path: Path) -> None:
    names = ("Nguyễn Thị Yến", "Trần Văn Ánh", "Lê Đào", "Phạm Anh Dũng", "Vũ Bình")
    people = [
        Delegate("", f"DB{n:05d}", name, unit=f"Đơn vị {9 - n}", phone="0912345678")
        for n, name in enumerate(names)
    ]
    with opened(make_event(tmp_path / "e", delegates=people)) as station:
        exported = station.export(tmp_path / "s", choice=Choice().only(["door-list"]))
    text = _text(exported.to / "door-list.pdf")
    wanted = ("Trần Văn Ánh", "Vũ Bình", "Phạm Anh Dũng", "Lê Đào", "Nguyễn Thị Yến")
    places = [text.index(name) for name in wanted]
    assert places == sorted(places)
    assert "0912345678" not in text
