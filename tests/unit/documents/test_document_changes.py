"""What the organiser does to documents on a real event folder: each thing is one step, or nothing happened."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from station.app import Station
from station.documents import changes
from station.documents.catalogue import copies_left, read_catalogue
from station.documents.files import FileState, state_of
from station.documents.recipients import Named, rules_of
from station.documents.values import parse_count, parse_reserve
from station.errors import BadInput, EnvironmentFault, Refusal
from station.model.document import BundleState, Document, DocumentKind, Entitlement, Reserve
from station.store import documents as store
from station.store import journal, projections
from station.store.migration import migrate, steps
from tests.builders import INSTANCE, MORNING, HandClock, make_event, opened

EVERYBODY = [Entitlement("")]
ANH = f"{INSTANCE}-1"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with opened(make_event(tmp_path / "e"), HandClock()) as station:
        yield station


def pdf(path: Path, text: str = "một") -> Path:
    path.write_bytes(b"%PDF-1.7 " + text.encode())
    return path


def codes(station: Station) -> list[str]:
    with station.files.reading() as connection:
        return [document.code for document in store.documents(connection)]


def document(station: Station, code: str) -> Document:
    with station.files.reading() as connection:
        found = store.document_of(connection, code)
    assert found is not None
    return found


def stored_names(station: Station) -> list[str]:
    return sorted(path.name for path in (station.folder / "documents").iterdir())


def states(station: Station, person: str = ANH) -> dict[str, tuple[BundleState, str, int | None]]:
    station.desk.reload()
    return {
        item.document.code: (item.state, item.held_version, item.left)
        for item in station.desk.card(person).bundle
    }


def test_a_document_is_added_behind_the_others_under_the_next_code(station: Station, tmp_path: Path) -> None:
    wish = Document(
        "", 0, "  Báo cáo\n tổng kết ", language="vi", stock=5, reserve=Reserve(5, is_percent=True)
    )
    taken = changes.add_document(station.files, wish, EVERYBODY, pdf(tmp_path / "Báo cáo.pdf"))
    added = document(station, "TL03")
    assert taken.document == added
    assert (added.number, added.title, added.version, added.language) == (4, "Báo cáo tổng kết", "1", "vi")
    assert (added.stock, str(added.reserve), added.kind) == (5, "5%", DocumentKind.FILE)
    assert added.sha256 == hashlib.sha256(pdf(tmp_path / "x").read_bytes()).hexdigest()
    assert codes(station) == ["TL01", "TL02", "TUI", "TL03"]
    assert "TL03" not in {
        item.document.code for item in station.desk.card(ANH).bundle
    }  # it has not looked again
    assert states(station)["TL03"] == (BundleState.DUE, "", 5)


def test_an_item_that_exists_only_in_print_has_no_file(station: Station) -> None:
    changes.add_document(station.files, Document("MU", 0, "Mũ"), [Entitlement("", delegate=ANH)])
    assert document(station, "mu").kind is DocumentKind.PRINTED
    assert "MU" in states(station)
    assert "MU" not in states(station, f"{INSTANCE}-2")


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (Document("", 0, " \u200b "), "needs a title"),
        (Document("", 0, "x" * 501), "501 characters"),
        (Document("tl01", 0, "x"), "TL01 is the code of “Chuyên đề 1” already"),
        (Document("A B", 0, "x"), "is no code"),
        (Document("x" * 33, 0, "x"), "is no code"),
        (Document("", 0, "x", version=" "), "A version is called"),
        (Document("", 0, "x", version="v" * 33), "A version is called"),
        (Document("", 0, "x", language="fr"), "no language “fr”"),
        (Document("", 0, "x", stock=-1), "not a number"),
        (Document("", 0, "x", pages=10**30), "not a number"),
    ],
)
def test_senseless_data_is_refused_and_leaves_no_file(
    station: Station, tmp_path: Path, wish: Document, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        changes.add_document(station.files, wish, EVERYBODY, pdf(tmp_path / "a.pdf"))
    assert (codes(station), stored_names(station)) == (["TL01", "TL02", "TUI"], [])


def test_a_failed_record_takes_the_copied_file_back(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "add_documents", full)
    with pytest.raises((EnvironmentFault, sqlite3.Error)):
        changes.add_document(station.files, Document("", 0, "x"), EVERYBODY, pdf(tmp_path / "a.pdf"))
    assert stored_names(station) == []


def test_the_same_content_twice_is_told(station: Station, tmp_path: Path) -> None:
    changes.add_document(station.files, Document("", 0, "a"), EVERYBODY, pdf(tmp_path / "a.pdf"))
    again = changes.add_document(station.files, Document("", 0, "b"), EVERYBODY, pdf(tmp_path / "b.pdf"))
    assert (again.same_as, again.document.code) == ("TL03", "TL04")


def test_a_new_version_is_due_again_and_the_old_one_stays_known(station: Station, tmp_path: Path) -> None:
    add = changes.add_document(
        station.files, Document("", 0, "a", stock=9), EVERYBODY, pdf(tmp_path / "a.pdf")
    )
    code, old = add.document.code, add.document
    station.desk.reload()
    station.desk.hand_out(ANH)
    with station.files.reading() as connection:
        bodies = [e.body for e in journal.entries(connection, INSTANCE) if e.content.document == code]
    assert [body["version"] for body in bodies] == ["1"]
    assert states(station)[code] == (BundleState.HANDED_OUT, "1", 8)
    changes.new_version(station.files, code, pdf(tmp_path / "b.pdf", "hai"), MORNING, pages=3)
    new = document(station, code)
    assert (new.version, new.pages, new.stock) == ("2", 3, None)
    with station.files.reading() as connection:
        (earlier,) = store.earlier_versions(connection)
        holders = changes.outdated_holders(connection, code)
        counts = store.outdated_counts(connection)
    assert (earlier.version, earlier.sha256, earlier.replaced_at) == ("1", old.sha256, MORNING)
    assert [(holder.delegate.id, holder.version) for holder in holders] == [(ANH, "1")]
    assert counts == {code: 1}
    assert states(station)[code] == (BundleState.DUE, "1", None)
    station.desk.hand_out(ANH, [code])
    assert states(station)[code] == (BundleState.HANDED_OUT, "2", None)
    with station.files.reading() as connection:
        assert changes.outdated_holders(connection, code) == []
    assert station.files.write(projections.rebuild) == []
    station.desk.take_back(ANH, code)
    assert states(station)[code][:2] == (BundleState.DUE, "")


def test_an_old_version_can_be_taken_back(station: Station) -> None:
    station.desk.hand_out(ANH, ["TUI"])
    station.files.write(
        lambda c: store.update_document(c, "TUI", replace(document(station, "TUI"), version="xanh"))
    )
    assert states(station)["TUI"][:2] == (BundleState.DUE, "1")
    station.desk.take_back(ANH, "TUI")
    assert states(station)["TUI"][:2] == (BundleState.DUE, "")


def test_versions_are_named_by_themselves_and_never_twice(station: Station, tmp_path: Path) -> None:
    assert [changes.next_version(v) for v in ("1", "v1.1", "v9", "09", "bản cuối", "2 (sửa)")] == [
        "2", "v1.2", "v10", "10", "bản cuối 2", "3 (sửa)",
    ]  # fmt: skip
    code = changes.add_document(
        station.files, Document("", 0, "a"), EVERYBODY, pdf(tmp_path / "a.pdf")
    ).document.code
    changes.new_version(station.files, code, pdf(tmp_path / "b.pdf", "b"), MORNING, version="v1.1")
    with pytest.raises(Refusal, match=r"had a version v1\.1 already"):
        changes.new_version(station.files, code, pdf(tmp_path / "c.pdf", "c"), MORNING, version="v1.1")
    with pytest.raises(Refusal, match="had a version 1 already"):
        changes.new_version(station.files, code, pdf(tmp_path / "c.pdf", "c"), MORNING, version="1")
    with pytest.raises(Refusal, match="the same file as version"):
        changes.new_version(station.files, code, pdf(tmp_path / "d.pdf", "b"), MORNING)
    with pytest.raises(Refusal, match="has a file"):
        changes.new_version(station.files, code, None, MORNING)
    with pytest.raises(Refusal, match="no document XX"):
        changes.new_version(station.files, "XX", None, MORNING)
    assert stored_names(station) == ["a.pdf", "b.pdf"]


def test_a_file_changed_on_the_disk_is_taken_as_a_version_or_put_back(
    station: Station, tmp_path: Path
) -> None:
    source = pdf(tmp_path / "a.pdf")
    added = changes.add_document(station.files, Document("", 0, "a"), EVERYBODY, source).document
    inside = station.folder / "documents" / added.file_name
    inside.write_bytes(b"%PDF-1.7 other")
    assert state_of(station.folder, added) is FileState.CHANGED
    with pytest.raises(Refusal, match="is not the file that was added"):
        changes.put_back(station.files, added.code, pdf(tmp_path / "x.pdf", "x"))
    changes.put_back(station.files, added.code, source)
    assert state_of(station.folder, added) is FileState.OK
    inside.write_bytes(b"%PDF-1.7 other")
    taken = changes.take_changed(station.files, added.code, MORNING)
    assert (taken.document.version, taken.document.bytes) == ("2", 14)
    assert state_of(station.folder, taken.document) is FileState.OK
    inside.unlink()
    with pytest.raises(Refusal, match="is missing"):
        changes.take_changed(station.files, added.code, MORNING)
    with pytest.raises(Refusal, match="nothing is new"):
        inside.write_bytes(b"%PDF-1.7 other")
        changes.take_changed(station.files, added.code, MORNING)
    inside.write_bytes(b"MZ program")
    with pytest.raises(Refusal, match="program or a script"):
        changes.take_changed(station.files, added.code, MORNING)


def test_a_file_name_that_leads_out_of_the_folder_is_replaced_when_the_file_is_put_back(
    station: Station, tmp_path: Path
) -> None:
    source = pdf(tmp_path / "a.pdf")
    added = changes.add_document(station.files, Document("", 0, "a"), EVERYBODY, source).document
    odd = replace(added, file_name="../../odd.pdf")
    station.files.write(lambda c: store.update_document(c, added.code, odd))
    assert state_of(station.folder, odd) is FileState.MISSING
    changes.put_back(station.files, added.code, source)
    mended = document(station, added.code)
    assert state_of(station.folder, mended) is FileState.OK
    assert not (tmp_path / "odd.pdf").exists()


def test_what_was_handed_out_is_withdrawn_and_not_removed(station: Station, tmp_path: Path) -> None:
    station.desk.hand_out(ANH, ["TL01"])
    with pytest.raises(Refusal, match="Withdraw it instead"):
        changes.remove_document(station.files, "TL01")
    with pytest.raises(Refusal, match="its code stays"):
        changes.edit_document(station.files, "TL01", replace(document(station, "TL01"), code="NEU"))
    changes.withdraw_document(station.files, "TL01")
    assert states(station)["TL01"][0] is BundleState.HANDED_OUT
    assert "TL01" not in states(station, f"{INSTANCE}-2")
    changes.withdraw_document(station.files, "TL01", withdrawn=False)
    assert "TL01" in states(station, f"{INSTANCE}-2")


def test_removing_takes_the_files_of_every_version_along(station: Station, tmp_path: Path) -> None:
    code = changes.add_document(
        station.files, Document("", 0, "a"), EVERYBODY, pdf(tmp_path / "a.pdf")
    ).document.code
    changes.new_version(station.files, code, pdf(tmp_path / "b.pdf", "b"), MORNING)
    changes.remove_document(station.files, code)
    assert (codes(station), stored_names(station)) == (["TL01", "TL02", "TUI"], [])
    with station.files.reading() as connection:
        assert store.earlier_versions(connection) == []
        assert {rule.document for rule in store.entitlements(connection)} == {"TL01", "TL02", "TUI"}


def test_a_code_that_the_journal_knows_goes_to_no_other_document(station: Station) -> None:
    note = journal.Note(kind=journal.EntryKind.HANDED_OUT, at=MORNING, delegate=ANH, document="TL03")
    station.files.write(lambda c: journal.append(c, INSTANCE, note))
    with pytest.raises(Refusal, match="was the code of another document"):
        changes.add_document(station.files, Document("TL03", 0, "x"), EVERYBODY)
    assert changes.add_document(station.files, Document("", 0, "x"), EVERYBODY).document.code == "TL04"


def test_editing_changes_words_and_recipients_but_no_file(station: Station) -> None:
    before = document(station, "TL01")
    changed = replace(before, code="CD1", title="Một", title_en="One", stock=3, file_name="../x", version="9")
    rules = [Entitlement("", category="Báo chí"), Entitlement("", delegate=ANH, forbids=True)]
    changes.edit_document(station.files, "TL01", changed, rules)
    after = document(station, "CD1")
    assert (after.title, after.stock, after.file_name, after.version) == ("Một", 3, before.file_name, "1")
    with station.files.reading() as connection:
        own = [rule for rule in store.entitlements(connection) if rule.document == "CD1"]
    assert [(rule.category, rule.delegate, rule.forbids) for rule in own] == [
        ("Báo chí", "", False),
        ("", ANH, True),
    ]
    with pytest.raises(Refusal, match="is the code of"):
        changes.edit_document(station.files, "CD1", replace(after, code="tui"))


@pytest.mark.parametrize(
    ("by", "order"),
    [(-1, ["TL02", "TL01", "TUI"]), (1, ["TL01", "TUI", "TL02"]), (-9, ["TL02", "TL01", "TUI"]), (0, None)],
)
def test_documents_move_in_the_order(station: Station, by: int, order: list[str] | None) -> None:
    changes.move_document(station.files, "TL02", by)
    assert codes(station) == (order or ["TL01", "TL02", "TUI"])


def test_stock_falls_with_what_is_handed_out_and_rises_with_what_comes_back(station: Station) -> None:
    changes.edit_document(station.files, "TUI", replace(document(station, "TUI"), stock=2))
    for number in (1, 2):
        station.desk.reload()
        station.desk.hand_out(f"{INSTANCE}-{number}")
    (bag,) = (i for i in station.desk.card(f"{INSTANCE}-3").bundle if i.document.code == "TUI")
    assert (bag.left, bag.is_out_of_stock) == (0, True)
    station.desk.hand_out(f"{INSTANCE}-3", ["TUI"])  # a miscount does not stop the desk
    station.desk.take_back(ANH, "TUI")
    with station.files.reading() as connection:
        assert copies_left(connection, read_catalogue(connection).documents()) == {"TUI": 0}
    station.desk.take_back(f"{INSTANCE}-2", "TUI")
    assert states(station)["TUI"][2] == 1


def test_only_copies_of_the_present_version_are_taken_from_the_stock(
    station: Station, tmp_path: Path
) -> None:
    wish = Document("BC", 0, "a", stock=9)
    changes.add_document(station.files, wish, EVERYBODY, pdf(tmp_path / "a.pdf"))
    station.desk.reload()
    for number in (1, 2):
        station.desk.hand_out(f"{INSTANCE}-{number}", ["BC"])
    changes.new_version(station.files, "BC", pdf(tmp_path / "b.pdf", "b"), MORNING, stock=5)
    assert states(station)["BC"] == (BundleState.DUE, "1", 5)
    station.desk.hand_out(ANH, ["BC"])
    assert states(station)["BC"] == (BundleState.HANDED_OUT, "2", 4)


def test_recipients_are_named_and_unknown_names_are_all_told(station: Station) -> None:
    named = Named(
        categories=["Học viên", "Hoc vien"], units=["X"], sessions=["CHUNG", "CD9"], delegates=["db00001", "DB9"],
        without_categories=["Báo chí"], without_delegates=["DB8"], classes=[("Báo chí", "LĐLĐ tỉnh Hà Nam")],
    )  # fmt: skip
    with station.files.reading() as connection, pytest.raises(BadInput) as caught:
        rules_of(connection, named)
    assert [problem.problem for problem in caught.value.problems] == [
        "UNKNOWN_CATEGORY", "UNKNOWN_UNIT", "UNKNOWN_SESSION", "UNKNOWN_DELEGATE", "UNKNOWN_DELEGATE",
    ]  # fmt: skip
    assert "Báo chí, Học viên" in caught.value.problems[0].message
    with station.files.reading() as connection:
        assert rules_of(connection, Named()) == [Entitlement("")]
        assert rules_of(connection, Named(without_units=["LĐLĐ tỉnh Hà Nam"])) == [
            Entitlement(""),
            Entitlement("", unit="LĐLĐ tỉnh Hà Nam", forbids=True),
        ]
        assert rules_of(connection, Named(delegates=["db00001"])) == [Entitlement("", delegate=ANH)]


def test_figures_are_read_as_people_write_them() -> None:
    assert [parse_count(text) for text in ("", " 12 ", "1.200", "1 200")] == [None, 12, 1200, 1200]
    assert [str(parse_reserve(text)) for text in ("", "20", "5 %", "5%")] == ["0", "20", "5%", "5%"]
    assert [Reserve(5, is_percent=True).copies(n) for n in (0, 1, 20, 21)] == [0, 1, 1, 2]
    refused: Sequence[str] = ("-1", "x", "1e3", "٣", "9" * 30)
    for text in refused:
        with pytest.raises(Refusal):
            parse_count(text)
        with pytest.raises(Refusal):
            parse_reserve(text)
    with pytest.raises(Refusal):
        parse_reserve("1001%")


def test_an_event_of_before_keeps_its_rules_and_hand_outs(tmp_path: Path) -> None:
    """Documents had neither versions nor exceptions up to the third schema."""
    before = max(number for number, _path in steps() if number < 7)
    with closing(sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection, last=before)
        connection.execute("INSERT INTO document VALUES ('TL01', 1, 'Một', '', 'file', 'a.pdf', 'ab', 2)")
        connection.execute("INSERT INTO entitlement VALUES ('TL01', 'Học viên', '')")
        connection.execute("INSERT INTO hand_out VALUES ('1-1', 'TL01', '20221027', 3, 5)")
        migrate(connection)
        assert store.documents(connection) == [
            Document("TL01", 1, "Một", file_name="a.pdf", sha256="ab", pages=2)
        ]
        assert store.entitlements(connection) == [Entitlement("TL01", "Học viên")]
        assert store.handed_out_to(connection, "1-1") == {"TL01": "1"}
        connection.execute("DELETE FROM document")
        assert store.entitlements(connection) == []  # rules still go with their document
