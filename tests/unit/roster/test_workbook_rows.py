"""Rows read by pattern are what the XML parser makes of them, whatever program wrote them and however strangely."""

import io
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from station.errors import BadInput
from station.roster.cell_formats import NumberFormat
from station.roster.cells import Sheet, SheetBuilder
from station.roster.workbook_cells import CellsReader, Meaning, StringsReader, parser_for
from station.roster.workbook_rows import RowsScan, StringsScan, read_part

MEANING = Meaning(
    ["không", "một  ", "hai"], [NumberFormat(), NumberFormat(digits=5), NumberFormat(is_date=True)], False
)
DAMAGE = (ValueError, LookupError, BadInput)


def by_pattern(xml: str) -> Sheet | str:
    builder = SheetBuilder("S")
    scan = RowsScan(MEANING, builder)
    try:
        read_part(io.BytesIO(xml.encode()), scan, lambda _count: None)
        scan.reader.flush()
    except Exception as error:  # whatever: it must be the same
        return type(error).__name__
    return builder.sheet()


def by_parser(xml: str) -> Sheet | str:
    builder = SheetBuilder("S")
    reader = CellsReader(MEANING, builder)
    parser = parser_for(reader)
    try:
        parser.Parse(xml.encode(), True)
        reader.flush()
    except Exception as error:
        return type(error).__name__
    return builder.sheet()


texts = st.text(st.sampled_from(list("aĐễ <&>\"'\n\r\t_x0041;😀\u202e")), max_size=8)
numbers = st.sampled_from(
    ["0", "7", "912345678", "007", "-3", "1.50", "1E+3", "44861", "12345678901234567890", " "]
)
columns = ["A", "B", "C", "D", "Z", "CV"]


def ordinary(reference: str, style: str, text: str, number: str) -> list[str]:
    """Cells as the spreadsheet programs write them."""
    return [
        f"<c{reference}{style}/>",
        f"<c{reference}{style}></c>",
        f"<c{reference}{style}><v>{number}</v></c>",
        f'<c{reference}{style} t="n"><v>{number}</v></c>',
        f'<c{reference}{style} t="s"><v>1</v></c>',
        f'<c{reference}{style} t="inlineStr"><is><t>{text}</t></is></c>',
        f'<c{reference}{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',
        f'<c{reference}{style} t="str"><f>A1&amp;"x"</f><v>x{text}</v></c>',
        f'<c{reference}{style}><f t="shared" si="0"/><v>{number}</v></c>',
        f'<c{reference}{style} t="e"><v>#N/A</v></c>',
        f'<c{reference}{style} t="b"><v>1</v></c>',
        f'<c{reference}{style} t="d"><v>2022-10-27T08:30:00</v></c>',
    ]


def strange(row: int, text: str) -> list[str]:
    """What is allowed, too, or is not."""
    return [
        f"<c><v>{row}</v></c>",
        f'<c r="A{row + 1}"><v>1</v></c>',
        f'<c r="A{row}"><v>1</v></c>',
        f'<c r="CW{row}" t="str"><v>too far</v></c>',
        f'<c r="XFD{row}"/>',
        f'<c r="B{row}" t="s"><v>9</v></c>',
        f"<c r='C{row}'><v>5</v></c>",
        f'<c t="str" r="D{row}"><v>{text}</v></c>',
        f'<c r="D{row}"><f>NOW()</f></c>',
        f'<c r="D{row}" t="inlineStr"><is><r><t>{text}</t></r><r><t>b</t></r></is></c>',
        f'<c r="D{row}" t="inlineStr"><is><t><![CDATA[<c]]></t></is></c>',
        f'<!-- <c r="D{row}"><v>1</v></c> -->',
        "</row><row>",
    ]


@st.composite
def sheets(draw: st.DrawFn, with_strange: bool = True) -> str:
    parts = []
    for number in sorted(draw(st.lists(st.integers(1, 60), min_size=1, max_size=6, unique=not with_strange))):
        styles = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"'])
        row = [
            draw(
                st.sampled_from(
                    ordinary(f' r="{column}{number}"', draw(styles), escape(draw(texts)), draw(numbers))
                )
            )
            for column in sorted(draw(st.sets(st.sampled_from(columns))), key=lambda name: (len(name), name))
        ]
        if with_strange and draw(st.integers(0, 3)) == 0:
            place = draw(st.integers(0, len(row)))
            row.insert(place, draw(st.sampled_from(strange(number, escape(draw(texts))))))
        more = draw(st.sampled_from(["", ' spans="1:3" ht="15.5" x14ac:dyDescent="0.2"']))
        parts.append(f'<row r="{number}"{more}>{"".join(row)}</row>')
        if draw(st.booleans()):
            parts.append('<row r="61" s="1" customFormat="1"/>')
    body = draw(st.sampled_from(["", "\n"])).join(parts)
    tail = draw(st.sampled_from(["", '<mergeCells><mergeCell ref="A1:B3"/></mergeCells><rowBreaks/>']))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns:x14ac="y">'
        f"<sheetData>{body}</sheetData>{tail}</worksheet>"
    )


class Counting(RowsScan):
    """Tells whether the pattern took a block."""

    took = False

    def take(self, block: str) -> bool:
        self.took = super().take(block)
        return self.took


@given(sheets(with_strange=False))
def test_ordinary_rows_need_no_parser(xml: str) -> None:
    builder = SheetBuilder("S")
    scan = Counting(MEANING, builder)
    read_part(io.BytesIO(xml.encode()), scan, lambda _count: None)
    scan.reader.flush()
    assert scan.took
    assert builder.sheet() == by_parser(xml)


@given(sheets())
def test_both_ways_agree(xml: str) -> None:
    assert by_pattern(xml) == by_parser(xml)


@given(
    sheets(), st.integers(0, 10_000), st.sampled_from(["", "<", ">", '"', "&", "</row>", "<row>", "<c>", "/"])
)
def test_both_ways_agree_on_what_is_damaged(xml: str, place: int, sign: str) -> None:
    place %= len(xml)
    damaged = xml[:place] + sign + xml[place + 1 :]
    expected, found = by_parser(damaged), by_pattern(damaged)
    if isinstance(
        expected, Sheet
    ):  # what is well-formed is read alike; what is not, may be read where no cell is hurt
        assert found == expected


@given(st.lists(texts, max_size=20), st.booleans())
def test_shared_texts_agree(several: list[str], rich: bool) -> None:
    items = [f"<si><t>{escape(text)}</t></si>" for text in several]
    if rich:
        items.insert(len(items) // 2, "<si><r><t>a</t></r><rPh><t>hint</t></rPh><r><t>b</t></r></si><si/>")
    xml = f"<sst>{''.join(items)}</sst>".encode()
    quick, slow = StringsReader(), StringsReader()
    read_part(io.BytesIO(xml), StringsScan(quick), lambda _count: None)
    parser_for(slow).Parse(xml, True)
    assert quick.strings == slow.strings
