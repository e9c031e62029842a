"""Movements of several stations: whatever order their entries arrive in, all end with the same attendance."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from station.checkin.rules import Facts, Passing, decide
from station.codes.payload import PayloadKind
from station.model.delegate import Delegate
from station.model.entry import FIRST_PREVIOUS, Entry, EntryContent, EntryKind
from station.model.event import Repeats, Session
from station.store import checkin, journal, projections
from station.store.migration import migrate

DESKS = ("11111111", "22222222")
WHO, WHERE = "11111111-1", "CD1"
START_MS = 1_666_830_600_000  # 07:30 on the first morning
ACTS = st.lists(
    st.tuples(st.sampled_from(DESKS), st.sampled_from(["in", "out", "refused", "void"]), st.integers(0, 20)),
    max_size=14,
)


def chains(acts: list[tuple[str, str, int]]) -> list[Entry]:
    """What desks that have not met wrote, each with a clock of its own that now and then stands still."""
    written: list[Entry] = []
    for desk, act, minutes in acts:
        own = [entry for entry in written if entry.instance == desk]
        movements = [entry for entry in written if entry.content.kind != EntryKind.VOID]
        if act == "void" and not movements:
            continue
        kind = {
            "in": EntryKind.SCAN,
            "refused": EntryKind.SCAN,
            "out": EntryKind.LEFT,
            "void": EntryKind.VOID,
        }[act]
        latest = own[-1].content if own else None
        at_ms = START_MS + minutes * 60_000
        hlc = (at_ms, 0)
        if latest is not None and at_ms <= latest.hlc_ms:
            hlc = (latest.hlc_ms, latest.hlc_counter + 1)
        content = EntryContent(
            desk,
            len(own) + 1,
            str(kind),
            at_ms,
            420,
            *hlc,
            None if act == "void" else WHO,
            None if act == "void" else WHERE,
            None,
            movements[minutes % len(movements)].id if act == "void" else None,
            {"in": "admitted", "refused": "refused"}.get(act),
            '{"source":"camera"}',
        )
        written.append(Entry.from_content(content, own[-1].hash if own else FIRST_PREVIOUS))
    return written


def store() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    migrate(connection)
    for desk in DESKS:
        connection.execute(
            "INSERT INTO instance (id, station, public_key, started_at_ms) VALUES (?, ?, ?, 0)",
            (desk, f"Bàn {desk[0]}", bytes(32)),
        )
    return connection


def told(entries: list[Entry]) -> tuple[object, ...]:
    """Everything that a station makes of entries in the order in which they arrive, some of them twice."""
    with closing(store()) as connection:
        for entry in entries:
            journal.insert(connection, entry)
            projections.apply(connection, entry)
        for entry in entries[::2]:
            projections.apply(connection, entry)
        tables = {
            name: [tuple(row) for row in connection.execute(f"SELECT * FROM {name}")]
            for name in ("attendance", "departure")
        }
        assert projections.rebuild(connection) == []
        moved = checkin.movements_of(connection, WHO, WHERE, DESKS[0])
        return tables, moved, checkin.attendance(connection), checkin.counts(connection, WHERE)


@given(acts=ACTS, data=st.data())
def test_the_order_of_arrival_makes_no_difference(
    acts: list[tuple[str, str, int]], data: st.DataObject
) -> None:
    written = chains(acts)
    queues = [[entry for entry in written if entry.instance == desk] for desk in DESKS]
    arrived = []
    while any(queues):
        queue = data.draw(st.sampled_from([queue for queue in queues if queue]))
        arrived.append(queue.pop(0))
    assert told(arrived) == told(written)


@given(acts=ACTS)
def test_present_is_who_the_rules_would_let_out(acts: list[tuple[str, str, int]]) -> None:
    _tables, moved, attendance, counts = told(chains(acts))
    session = Session(WHERE, 1, "Phiên", exits=True, repeats=Repeats.ONCE, re_entry=True)
    facts = Facts(PayloadKind.GENUINE, (Delegate(WHO, "DB1", "An"),), movements=moved)  # type: ignore[arg-type]
    passing = Passing(session, datetime(2022, 10, 27, 9, tzinfo=UTC), ZoneInfo("Asia/Ho_Chi_Minh"))
    is_in = decide(facts, passing).reason is not None
    present = [seen.present for seen in attendance]  # type: ignore[attr-defined]
    assert (present == [True]) == is_in == (counts.present == 1)  # type: ignore[attr-defined]
