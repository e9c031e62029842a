"""The diagnostics hold how the machine is, and not one word about anybody."""

import json
import logging
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station import settings as settings_store
from station.app import open_station
from station.commands import main
from station.diagnostics.file import write_diagnostics
from station.diagnostics.log import keep_log
from station.diagnostics.scrubbing import Scrubber
from station.model.delegate import Delegate
from station.settings import Settings
from tests.builders import HandClock, make_event

PEOPLE = [
    Delegate("x-1", "DB90001", "Trịnh Thị Bí Mật", "Trưởng ban Cơ mật", "Đơn vị Kín Đáo", phone="0912 345 678",
             email="bi.mat@example.org", seat="Z-77", note="dị ứng tôm", citizen_id="012345678901"),
    Delegate("x-2", "DB90002", "Lò Văn Kín", phone="+84 987 654 321", external_payload="NGOAI-4711"),
]  # fmt: skip
NOW = datetime(2026, 11, 26, 1, 2, 3, tzinfo=UTC)


def texts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_no_personal_word_is_in_the_file(tmp_path: Path) -> None:
    keep_log()
    station = open_station(make_event(tmp_path / "event", delegates=PEOPLE), clock=HandClock())
    payloads = list(station.payloads().values())
    secret = station.key.secret
    log = logging.getLogger("station.test")
    log.warning("the desk stumbled over %s", PEOPLE[0].name)
    log.warning(f"Qt says: could not open {PEOPLE[1].name}.jpg of {PEOPLE[0].phone}, {payloads[0]}")
    try:
        raise ValueError(PEOPLE[0].name)
    except ValueError:
        log.exception("a bug")
    crashes = settings_store.settings_dir() / "crashes"
    crashes.mkdir(parents=True)
    (crashes / "crash-1.txt").write_text(f"ValueError {PEOPLE[0].email}", "utf-8")
    settings = Settings(
        station_name="Bàn của Lan", camera="http://user:secret99@10.0.0.9/video", second_copy_label="USB Lan",
        second_copy_drive="uuid:1234", recent_events=[str(tmp_path / "Trịnh Thị Bí Mật")],
        roster_headings={"ho ten": "name"}, printing={"printer": "socket:10.0.0.7"},
    )  # fmt: skip
    made = write_diagnostics(
        tmp_path / "d.zip", settings, NOW, station.files, printers=["HP của Trịnh Thị Bí Mật", "Brother QL"]
    )
    station.close()

    whole = "\n".join(texts(made.path).values()) + made.path.read_bytes().decode("latin-1")
    personal = [value for person in PEOPLE for value in (
        person.name, person.code, person.position, person.unit, person.phone, person.email, person.seat, person.note,
        person.citizen_id, person.external_payload,
    ) if value]  # fmt: skip
    personal += [
        *payloads,
        "Bàn của Lan",
        "secret99",
        "USB Lan",
        "uuid:1234",
        "10.0.0.7",
        "10.0.0.9",
        "ho ten",
    ]
    personal += [str(tmp_path), secret.hex()]
    assert [word for word in personal if word.casefold() in whole.casefold()] == []
    assert "Brother QL" in whole


def test_it_tells_what_whoever_helps_wants_to_know(tmp_path: Path) -> None:
    keep_log()
    logging.getLogger("station.test").error("the spool stumbled over %s", "x")
    station = open_station(make_event(tmp_path / "event", delegates=PEOPLE), clock=HandClock())
    made = write_diagnostics(tmp_path / "d.zip", Settings(zoom=120), NOW, station.files, window={"qt": "6"})
    station.close()

    found = texts(made.path)
    facts = json.loads(found["facts.json"])
    assert facts["event"]["delegates"] == len(PEOPLE)
    assert [chain["problems"] for chain in facts["event"]["chains"].values()] == [0]
    assert facts["versions"]["PySide6"] != "?"
    assert facts["versions"]["program"] and facts["versions"]["sqlite"]
    assert facts["settings"]["zoom"] == 120
    assert facts["timings"]["durable_write_ms"] > 0
    assert facts["window"] == {"qt": "6"}
    assert "ERROR station.test: the spool stumbled over %s" in found["log.txt"]
    assert found["README.txt"].strip()


def test_the_command_writes_it_with_and_without_an_event(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_event(tmp_path / "event", delegates=PEOPLE)
    for number, more in enumerate(([], [str(folder)])):
        out = tmp_path / f"{number}.zip"
        assert main(["diagnostics", *more, "--out", str(out), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["file"] == str(out)
        assert "facts.json" in told["names"]
        assert told["bytes"] == out.stat().st_size


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnostics", "--out", str(tmp_path / "none" / "d.zip")]) == 1
    assert capsys.readouterr().err.strip()


def test_what_looks_personal_goes_without_an_event_too() -> None:
    scrub = Scrubber().scrubbed
    assert "0912" not in scrub("call 0912 345 678 now")
    assert "example" not in scrub("to a.b@example.org")
    assert "secret" not in scrub("rtsp://u:secret@host/stream")
    assert str(Path.home()) not in scrub(f"{Path.home()}/event")
    assert scrub("2026-11-26T01:02:03.456+00:00 INFO ok") == "2026-11-26T01:02:03.456+00:00 INFO ok"


def test_words_are_found_however_they_are_composed_and_written() -> None:
    scrub = Scrubber(["Nguyễn Văn Ổn"]).scrubbed
    assert "Ổn" not in scrub("NGUYỄN VĂN ỔN ở đây".replace("NGUYỄN VĂN ỔN", "Nguyễn Văn Ổn"))
    assert "văn" not in scrub("nguyễn văn ổn")
