"""A mailing is there as a whole and remembered, or neither."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from station.app import Station
from station.badges.addressees import Addressee, InvitationState, addressees
from station.badges.invitation_cards import PAGE, SHEET
from station.badges.invitations import Order
from station.capture.files import codes_of_image
from station.errors import Cancelled, EnvironmentFault, Refusal
from station.reports.mailing import Kinds, Mailing, Progress, make_mailing
from tests.builders import make_event, opened

EVERYTHING = Kinds()


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with opened(make_event(tmp_path / "event")) as station:
        yield station


def people(station: Station) -> list[Addressee]:
    with station.files.reading() as connection:
        return addressees(connection, station.key)


def mail(
    station: Station,
    to: Path,
    kinds: Kinds = EVERYTHING,
    progress: Progress | None = None,
    *,
    dated: bool = False,
) -> Mailing:
    return make_mailing(
        station.files, station.event, people(station), kinds, to, station.clock, progress, dated=dated
    )


def untouched(station: Station, to: Path) -> bool:
    """Nothing is there and nothing remembered."""
    there = list(to.iterdir()) if to.exists() else []
    return not there and all(a.state is InvitationState.NOT_MADE for a in people(station))


def test_everything_is_in_one_folder_and_every_picture_holds_its_code(
    station: Station, tmp_path: Path
) -> None:
    mailing = mail(station, tmp_path / "out" / "giay-moi")
    assert mailing.folder == tmp_path / "out" / "giay-moi"
    assert (mailing.written, mailing.skipped) == (5, ())
    assert sorted(path.name for path in mailing.folder.iterdir()) == [
        "invitations.pdf",
        "mail-merge.xlsx",
        "png",
    ]
    assert mailing.pictures is not None
    for addressee in people(station):
        (picture,) = mailing.pictures.glob(f"{addressee.badge.delegate.code.lower()}-*.png")
        (code,) = codes_of_image(picture)
        assert code.text == addressee.badge.payload
    assert {a.state for a in people(station)} == {InvitationState.MADE}


def test_what_was_not_wished_for_is_not_there(station: Station, tmp_path: Path) -> None:
    mailing = mail(station, tmp_path / "o", Kinds(SHEET, pictures=False, mail_merge=False, order=Order.NAME))
    assert [path.name for path in mailing.folder.iterdir()] == ["invitations.pdf"]
    assert (mailing.pictures, mailing.sheet) == (None, None)
    made = people(station)[0].made
    assert made is not None
    assert made.ways == ("sheet",)
    with pypdfium2.PdfDocument(mailing.folder / "invitations.pdf") as document:
        assert len(document) == 2


def test_an_older_mailing_is_never_overwritten(station: Station, tmp_path: Path) -> None:
    folders = [mail(station, tmp_path / "o", Kinds(PAGE, pictures=False)).folder for _time in range(3)]
    assert folders == [
        tmp_path / "o",
        tmp_path / "o" / "giay-moi-2022-10-27-0730",
        tmp_path / "o" / "giay-moi-2022-10-27-0730-2",
    ]
    dated = mail(station, tmp_path / "new", Kinds(PAGE, pictures=False), dated=True)
    assert dated.folder.parent == tmp_path / "new"


@pytest.mark.parametrize("stop_at", [0, 3, 7, 11])
def test_a_cancelled_mailing_leaves_nothing(station: Station, tmp_path: Path, stop_at: int) -> None:
    def progress(done: int, total: int) -> None:
        assert total == 11
        if done >= stop_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        mail(station, tmp_path / "o" / "x", progress=progress)
    assert untouched(station, tmp_path / "o")


def test_progress_goes_up_to_its_total(station: Station, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    mail(station, tmp_path / "o", progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 11)
    assert seen[-1] == (11, 11)
    assert seen == sorted(seen)


def test_a_place_that_cannot_be_written_is_told(station: Station, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(EnvironmentFault, match="file"):
            mail(station, place)
    assert untouched(station, tmp_path / "none")


def test_a_full_disk_leaves_nothing(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(EnvironmentFault):
        mail(station, tmp_path / "o" / "x")
    monkeypatch.undo()
    assert untouched(station, tmp_path / "o")


def test_nobody_and_nothing_are_refused(station: Station, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        make_mailing(station.files, station.event, [], Kinds(), tmp_path / "o", station.clock)
    with pytest.raises(Refusal):
        mail(station, tmp_path / "o", Kinds(None, pictures=False, mail_merge=False))
    assert not (tmp_path / "o").exists()


def test_the_mail_merge_sheet_holds_what_a_mailer_needs(station: Station, tmp_path: Path) -> None:
    mailing = mail(station, tmp_path / "o")
    assert mailing.sheet is not None
    with zipfile.ZipFile(io.BytesIO(mailing.sheet.read_bytes())) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    person = people(station)[0].badge
    for expected in (
        person.delegate.name,
        person.delegate.unit,
        person.delegate.phone,
        person.payload,
        "png/db0",
    ):
        assert expected in words
    assert "Trân trọng kính mời" in words
