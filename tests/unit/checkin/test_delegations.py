"""What the head of a delegation receives for others: one step, in the journal, on the card, and taken back."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from station.app import Station, open_station
from station.checkin.cases import Person
from station.checkin.delegations import Receiver
from station.errors import Refusal
from station.exchange.verify import verify
from station.model.document import BADGE
from station.model.entry import EntryKind
from station.store import journal, projections
from tests.builders import INSTANCE, HandClock, make_event
from tests.report_rows import grid_of

UNIT = "LĐLĐ tỉnh Hà Nam"
HEAD, SECOND, THIRD, PRESS = (f"{INSTANCE}-{n}" for n in (1, 2, 3, 5))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    opened = open_station(make_event(tmp_path / "e"), clock=clock)
    yield opened
    opened.close()


def received(station: Station, delegate: str) -> dict[str, str]:
    """Of what is handed out: who received it."""
    bundle = station.desk.card(delegate).bundle
    return {item.document.code: item.received_by for item in bundle if item.state == "handed_out"}


def test_one_receives_what_is_due_for_several_and_each_card_says_so(station: Station) -> None:
    station.desk.hand_out(SECOND, ["TL01"])
    receipt = station.delegations.hand_out(Receiver(HEAD), [HEAD, SECOND, PRESS])
    assert (receipt.unit, receipt.receiver, receipt.station) == (UNIT, "Nguyễn Thị Ánh", "Bàn 1")
    assert receipt.totals() == {"TL01": 2, "TL02": 2, "TUI": 3}
    assert [line.delegate.name for line in receipt.lines] == [
        "Nguyễn Thị Ánh",
        "Đỗ Ngọc Dũng",
        "Trần Văn Đức",
    ]
    assert received(station, SECOND) == {"TL01": "", "TL02": "Nguyễn Thị Ánh", "TUI": "Nguyễn Thị Ánh"}
    assert received(station, HEAD) == {"TL01": "", "TL02": "", "TUI": ""}
    assert received(station, PRESS) == {"TL01": "Nguyễn Thị Ánh", "TUI": "Nguyễn Thị Ánh"}


def test_a_typed_name_is_kept_apart_from_the_entry(station: Station) -> None:
    station.delegations.hand_out(Receiver(name="  Anh   lái xe Bình "), [SECOND], ["TUI"])
    assert received(station, SECOND) == {"TUI": "Anh lái xe Bình"}
    with station.files.reading() as connection:
        last = journal.last_entry(connection, INSTANCE)
        assert last is not None
        assert (last.content.kind, "Bình" in last.content.body) == (EntryKind.HANDED_OUT, False)
        assert journal.particulars_of(connection, last)["received_by_name"][1] == "Anh lái xe Bình"


def test_nothing_is_recorded_where_something_is_wrong(station: Station) -> None:
    station.cases.substitute(THIRD, Person("Lý Thị Thay"), "bận")
    for receiver, delegates, documents in (
        (Receiver(), [SECOND], None),
        (Receiver(name=" "), [SECOND], None),
        (Receiver("nobody"), [SECOND], None),
        (Receiver(HEAD), [SECOND, "nobody"], None),
        (Receiver(HEAD), [SECOND, THIRD], None),
        (Receiver(HEAD), [SECOND], ["XYZ"]),
        (Receiver(HEAD), [PRESS], ["TL02"]),
        (Receiver(HEAD), [], None),
    ):
        with pytest.raises(Refusal):
            station.delegations.hand_out(receiver, delegates, documents)
    assert station.desk.counts().handed_out == 0


def test_it_is_taken_back_as_ever(station: Station) -> None:
    station.delegations.hand_out(Receiver(HEAD), [SECOND])
    station.desk.take_back(SECOND, "TUI")
    assert set(received(station, SECOND)) == {"TL01", "TL02"}
    station.desk.hand_out(SECOND)
    assert received(station, SECOND)["TUI"] == ""


def test_a_badge_is_received_once_it_is_printed_or_waits(station: Station, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        station.delegations.hand_out(Receiver(HEAD), [SECOND], [BADGE.code])
    station.desk.wish_badge(SECOND)
    assert {due.line.delegate.id: BADGE.code in due.documents for due in station.delegations.due(UNIT)} == {
        f"{INSTANCE}-{n}": n == 2 for n in range(1, 6)
    }
    station.print_badges(tmp_path / "badges.pdf")
    receipt = station.delegations.hand_out(Receiver(HEAD), [HEAD, SECOND], [BADGE.code])
    assert receipt.totals() == {BADGE.code: 1}
    assert received(station, SECOND) == {BADGE.code: "Nguyễn Thị Ánh"}
    assert station.desk.counts().handed_out == 0
    station.desk.take_back(SECOND, BADGE.code)
    assert received(station, SECOND) == {}


def test_receipts_are_made_again_from_the_journal(station: Station, clock: HandClock) -> None:
    first = station.delegations.hand_out(Receiver(HEAD), [HEAD, SECOND])
    clock.forward(minutes=5)
    second = station.delegations.hand_out(Receiver(name="Anh Bình"), [PRESS])
    assert station.delegations.receipts(UNIT) == (first, second)
    station.desk.take_back(PRESS, "TL01")
    assert station.delegations.receipts(UNIT)[1].totals() == {"TUI": 1}
    assert station.delegations.receipts("another unit") == ()


def test_the_table_of_hand_outs_names_who_received(station: Station, clock: HandClock) -> None:
    station.desk.wish_badge(SECOND)
    station.delegations.hand_out(Receiver(HEAD), [HEAD, SECOND], ["TUI", BADGE.code])
    with station.files.reading() as connection:
        table = grid_of(connection, "hand-outs", clock)
        rows = list(table.rows())
    place = table.headings.index("Người nhận thay")
    assert {type(row[place + 1]) for row in rows} == {datetime}
    assert [(row[2], row[7], row[place]) for row in rows] == [
        ("Nguyễn Thị Ánh", "Túi", ""),
        ("Trần Văn Đức", "Túi", "Nguyễn Thị Ánh"),
        ("Trần Văn Đức", "Thẻ đại biểu", "Nguyễn Thị Ánh"),
    ]


def test_the_projections_come_out_the_same_again_and_the_folder_verifies(tmp_path: Path) -> None:
    folder = make_event(tmp_path / "f")
    with closing(open_station(folder, clock=HandClock())) as station:
        station.delegations.hand_out(Receiver(HEAD), [HEAD, SECOND])
        station.delegations.hand_out(Receiver(name="Anh Bình"), [PRESS])
        station.desk.take_back(SECOND, "TL01")
        assert station.files.write(projections.rebuild) == []
    assert verify(folder).problems == []
