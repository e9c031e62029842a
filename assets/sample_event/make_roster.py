"""Makes roster.xlsx, the sample event's list of delegates as an office would type it, from delegates.txt."""

from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import combining, normalize

import xlsxwriter

HERE = Path(__file__).resolve().parent
HEADINGS = (
    ("STT", 5), ("Mã đại biểu", 12), ("Họ và tên", 38), ("Chức vụ", 42), ("Đơn vị", 56), ("Thành phần", 14),
    ("Điện thoại", 15), ("Email", 40), ("Số ghế", 9), ("Ghi chú", 28),
)  # fmt: skip
TITLES = (
    ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", 12),
    ("DANH SÁCH ĐẠI BIỂU THAM DỰ TẬP HUẤN", 16),
    (
        "Nâng cao năng lực triển khai công tác tuyên truyền, vận động của tổ chức Công đoàn Việt Nam năm 2022"
        " (Hà Nội, ngày 27 - 28/10/2022)",
        12,
    ),
)
HEADING_ROW = 4  # 0-based; the row above stays empty
SEATS_IN_ROW = 12


class Line(NamedTuple):
    """One delegate of delegates.txt."""

    name: str
    position: str
    unit: str
    category: str
    note: str


def read_parts(path: Path) -> list[list[Line]]:
    """The parts of the list, each a run of delegates; blank lines stand between them."""
    parts: list[list[Line]] = [[]]
    for text in normalize("NFC", path.read_text("utf-8")).splitlines():
        if text.startswith("#"):
            continue
        if not text.strip():
            parts.append([])
            continue
        parts[-1].append(Line(*(cell.strip() for cell in text.split("|"))))
    return [part for part in parts if part]


def ascii_word(text: str) -> str:
    """Lower-case ASCII letters of a word."""
    plain = normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if c.isascii() and c.isalnum() and not combining(c))


def email(number: int, name: str) -> str:
    """An address that cannot receive mail: example.org is reserved (RFC 2606)."""
    words = [ascii_word(word) for word in name.split()]
    initials = "".join(word[0] for word in words[:-1])
    return f"{words[-1]}.{initials}{number:03d}@daibieu.example.org"


def phone(number: int) -> str:
    """An invented number, written in the three ways an office mixes."""
    digits = f"0900000{number:03d}"
    if number % 7 == 0:
        return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    return digits if number % 5 == 0 else f"{digits[:4]} {digits[4:7]} {digits[7:]}"


def seat(number: int) -> str:
    """The seats in order of the list: A-01 … A-12, B-01 …"""
    row, place = divmod(number - 1, SEATS_IN_ROW)
    return f"{chr(ord('A') + row)}-{place + 1:02d}"


def cells(number: int, line: Line) -> list[str]:
    """The cells of one delegate, in the order of the headings."""
    return [
        str(number), f"DB{number:05d}", line.name, line.position, line.unit, line.category,
        phone(number), email(number, line.name), seat(number), line.note,
    ]  # fmt: skip


def write_head(sheet: Any, book: Any) -> None:
    """The title rows, merged over all columns, and the heading row."""
    last = len(HEADINGS) - 1
    for row, (title, size) in enumerate(TITLES):
        style = {
            "bold": row < 2,
            "italic": row == 2,
            "font_size": size,
            "align": "center",
            "valign": "vcenter",
        }
        sheet.merge_range(row, 0, row, last, title, book.add_format(style | {"font_name": "Times New Roman"}))
        sheet.set_row(row, size * 1.8)
    heading = book.add_format(
        {
            "bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True,
            "bg_color": "#DCE6F1", "font_name": "Times New Roman", "font_size": 12,
        }
    )  # fmt: skip
    for column, (text, width) in enumerate(HEADINGS):
        sheet.write_string(HEADING_ROW, column, text, heading)
        sheet.set_column(column, column, width)
    sheet.set_row(HEADING_ROW, 30)


def write_body(sheet: Any, book: Any, parts: list[list[Line]]) -> int:
    """The delegates; one or two blank rows between parts, numbers running on; returns the next free row."""
    plain = {"border": 1, "valign": "vcenter", "font_name": "Times New Roman", "font_size": 12}
    left, centre = book.add_format(plain), book.add_format(plain | {"align": "center"})
    row, number = HEADING_ROW + 1, 0
    for index, part in enumerate(parts):
        row += min(index, 1 + index % 2)
        for line in part:
            number += 1
            for column, text in enumerate(cells(number, line)):
                style = centre if column in (0, 1, 5, 8) else left
                if column == 0:
                    sheet.write_number(row, column, number, style)
                else:
                    sheet.write_string(row, column, text, style)
            row += 1
    return row


def write_foot(sheet: Any, book: Any, row: int, count: int) -> None:
    """What offices put under a list: the total and who made it."""
    plain = {"font_name": "Times New Roman", "font_size": 12, "align": "center"}
    total = book.add_format(plain | {"bold": True, "align": "left"})
    sheet.write_string(row, 0, f"Tổng cộng: {count} đại biểu", total)
    sheet.write_string(row + 2, 2, "Người lập biểu", book.add_format(plain | {"bold": True}))


def make(target: Path) -> None:
    """Write the workbook; the same bytes each time."""
    with xlsxwriter.Workbook(str(target)) as book:
        book.set_properties({"title": TITLES[1][0], "created": datetime(2022, 10, 20, 8, 0)})
        sheet = book.add_worksheet("Danh sách")
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADING_ROW)
        sheet.freeze_panes(HEADING_ROW + 1, 3)
        write_head(sheet, book)
        parts = read_parts(HERE / "delegates.txt")
        end = write_body(sheet, book, parts)
        write_foot(sheet, book, end + 1, sum(len(part) for part in parts))


if __name__ == "__main__":
    make(HERE / "roster.xlsx")
