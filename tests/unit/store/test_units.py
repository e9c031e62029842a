"""Units and categories in the store: a new name stands everywhere in one step, a merge loses nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from station.app import Station, open_station
from station.errors import Refusal
from station.i18n import set_language
from station.model.document import Entitlement
from station.model.unit import Kind
from station.store import documents, units
from tests.builders import HandClock, make_event

HA_NAM = "LĐLĐ tỉnh Hà Nam"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    set_language("en")
    opened = open_station(make_event(tmp_path / "event"), clock=HandClock())
    yield opened
    opened.close()


def counted(station: Station, kind: Kind) -> dict[str, int]:
    with station.files.reading() as connection:
        return {division.name: division.delegates for division in units.divisions(connection, kind)}


def meant(station: Station) -> list[Entitlement]:
    with station.files.reading() as connection:
        return documents.entitlements(connection)


def test_a_new_name_stands_on_every_delegate_rule_and_search(station: Station) -> None:
    station.files.write(lambda c: documents.add_documents(c, (), [Entitlement("TUI", unit=HA_NAM)]))
    moved = station.files.write(lambda c: units.rename(c, Kind.UNIT, HA_NAM, "  Công đoàn  Phủ Lý "))
    assert moved == 5
    assert counted(station, Kind.UNIT) == {"Công đoàn Phủ Lý": 5}
    assert Entitlement("TUI", unit="Công đoàn Phủ Lý") in meant(station)
    assert len(station.desk.search("phu ly")) == 5
    assert station.desk.search("ha nam") == ()


def test_a_vanished_delegate_moves_along_and_stays_vanished(station: Station) -> None:
    gone = station.desk.roster()[0].delegate.id
    station.files.write(lambda c: c.execute("UPDATE delegate SET vanished = 1 WHERE id = ?", (gone,)))
    station.files.write(lambda c: units.rename(c, Kind.UNIT, HA_NAM, "Phủ Lý"))
    person = next(line.delegate for line in station.desk.roster() if line.delegate.id == gone)
    assert (person.unit, person.status) == ("Phủ Lý", "vanished")


def test_a_merge_makes_one_rule_of_two_and_the_desk_gives_the_same_bundle(station: Station) -> None:
    station.files.write(lambda c: documents.add_documents(c, (), [Entitlement("TL02", category="Báo chí")]))
    station.desk.reload()
    before = {line.delegate.id: station.desk.card(line.delegate.id).bundle for line in station.desk.roster()}
    station.files.write(lambda c: units.merge(c, Kind.CATEGORY, "Báo chí", "Học viên"))
    station.desk.reload()
    assert counted(station, Kind.CATEGORY) == {"Học viên": 5}
    assert [rule for rule in meant(station) if rule.document == "TL02"] == [
        Entitlement("TL02", category="Học viên")
    ]
    assert {who: station.desk.card(who).bundle for who in before} == before


def test_what_stays_keeps_its_colour_and_takes_over_what_it_lacks(station: Station) -> None:
    def prepare(connection: units.WriteConnection) -> None:
        for name, colour, short in (("A", "#112233", "a"), ("B", "#445566", "")):
            units.add(connection, Kind.UNIT, name)
            units.set_colour(connection, Kind.UNIT, name, colour)
            units.set_short_name(connection, name, short)
        units.merge(connection, Kind.UNIT, "A", "B")

    station.files.write(prepare)
    with station.files.reading() as connection:
        merged = next(each for each in units.divisions(connection, Kind.UNIT) if each.name == "B")
    assert (merged.colour, merged.short_name, merged.spellings) == ("#445566", "a", ("A",))


def test_spellings_follow_their_unit_through_every_merge(station: Station) -> None:
    def change(connection: units.WriteConnection) -> dict[str, str]:
        units.add(connection, Kind.UNIT, "C")
        units.rename(connection, Kind.UNIT, HA_NAM, "B")
        units.merge(connection, Kind.UNIT, "B", "C")
        return units.aliases(connection, Kind.UNIT)

    assert station.files.write(change) == {HA_NAM: "C", "B": "C"}


def test_a_name_given_back_reads_the_other_way_round(station: Station) -> None:
    def change(connection: units.WriteConnection) -> dict[str, str]:
        units.rename(connection, Kind.UNIT, HA_NAM, "B")
        units.rename(connection, Kind.UNIT, "B", HA_NAM)
        return units.aliases(connection, Kind.UNIT)

    assert station.files.write(change) == {"B": HA_NAM}


def test_a_unit_added_by_hand_is_no_longer_another_spelling(station: Station) -> None:
    station.files.write(lambda c: units.rename(c, Kind.UNIT, HA_NAM, "B"))
    station.files.write(lambda c: units.add(c, Kind.UNIT, HA_NAM))
    with station.files.reading() as connection:
        assert units.aliases(connection, Kind.UNIT) == {}
    assert counted(station, Kind.UNIT) == {"B": 5, HA_NAM: 0}


def test_only_what_nobody_uses_can_be_removed(station: Station) -> None:
    with pytest.raises(Refusal, match="5 delegates belong to it"):
        station.files.write(lambda c: units.remove(c, Kind.UNIT, HA_NAM))
    station.files.write(lambda c: units.add(c, Kind.CATEGORY, "Khách"))
    station.files.write(lambda c: documents.add_documents(c, (), [Entitlement("TUI", category="Khách")]))
    with pytest.raises(Refusal, match="documents or sessions are meant for it"):
        station.files.write(lambda c: units.remove(c, Kind.CATEGORY, "Khách"))
    station.files.write(lambda c: units.add(c, Kind.UNIT, "Thừa"))
    station.files.write(lambda c: units.rename(c, Kind.UNIT, "Thừa", "Dư"))
    station.files.write(lambda c: units.remove(c, Kind.UNIT, "Dư"))
    assert counted(station, Kind.UNIT) == {HA_NAM: 5}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: units.rename(c, Kind.UNIT, HA_NAM, " \u200b "), "at least one"),
        (lambda c: units.rename(c, Kind.UNIT, HA_NAM, "x" * 201), "at most 200"),
        (lambda c: units.rename(c, Kind.UNIT, "Nowhere", "B"), "no unit “Nowhere”"),
        (lambda c: units.merge(c, Kind.UNIT, HA_NAM, "Nowhere"), "no unit “Nowhere”"),
        (lambda c: units.merge(c, Kind.CATEGORY, "Nowhere", "Học viên"), "no category “Nowhere”"),
        (lambda c: units.add(c, Kind.CATEGORY, "Học viên"), "there already"),
        (lambda c: units.set_colour(c, Kind.UNIT, HA_NAM, "red"), "“red” is no colour"),
        (lambda c: units.set_colour(c, Kind.UNIT, "Nowhere", "#000000"), "no unit"),
        (lambda c: units.set_short_name(c, HA_NAM, "x" * 41), "at most 40"),
        (lambda c: units.forget_spelling(c, Kind.UNIT, HA_NAM), "not read as anything else"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    station: Station, change: object, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        station.files.write(change)  # type: ignore[arg-type]
    assert counted(station, Kind.UNIT) == {HA_NAM: 5}
    assert counted(station, Kind.CATEGORY) == {"Báo chí": 1, "Học viên": 4}


def test_every_table_that_names_a_unit_or_category_is_renamed(station: Station) -> None:
    """A new table with columns of these names is one more word in ``_RULES``."""
    with station.files.reading() as connection:
        tables = connection.execute(
            "SELECT DISTINCT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c "
            "WHERE m.type = 'table' AND c.name IN ('unit', 'category')"
        ).fetchall()
    corrected = {"correction"}  # holds what the journal says; the spellings are translated when it is read
    of_categories_alone = {"quorum_category"}
    assert {row[0] for row in tables} == {"delegate", *units._RULES} | corrected | of_categories_alone
