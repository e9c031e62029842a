"""The commands of the outbox, as scripts call them."""

from pathlib import Path

import pytest

from station.model.verdict import Source
from tests.builders import make_event, opened, payload
from tests.e2e.calling import Call


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    return Call(capsys)


@pytest.fixture
def event(tmp_path: Path) -> Path:
    folder = make_event(tmp_path / "event")
    with opened(folder) as station:
        station.desk.redeem(payload(1), Source.CAMERA)
    (tmp_path / "nas").mkdir()
    return folder


def test_a_folder_is_added_tested_sent_to_and_forgotten(call: Call, event: Path, tmp_path: Path) -> None:
    code, (added,) = call("targets", event, "add", "folder", tmp_path / "nas", "--name", "NAS")
    assert (code, added["name"], added["mode"], added["secret"]) == (0, "NAS", "automatic", "none")
    assert call("targets", event, "test", "nas")[1] == [{"name": "NAS", "ok": True, "problem": ""}]
    code, (sent,) = call("sync", event)
    there = len(list((tmp_path / "nas").iterdir()))
    assert (code, sent) == (
        0, {"target": "NAS", "sent": there, "confirmed": there, "refused": 0, "waiting": 0, "error": ""}
    )  # fmt: skip
    _code, rows = call("outbox", event)
    assert {row["state"] for row in rows} == {"confirmed"}
    assert call("targets", event)[1][0]["confirmed"] == len(rows)
    assert call("targets", event, "mode", "NAS", "manual")[1][0]["mode"] == "manual"
    assert call("targets", event, "remove", "NAS")[0] == 0
    assert call("targets", event)[1] == []


def test_what_cannot_be_a_target_is_said_and_nothing_is_added(
    call: Call, event: Path, tmp_path: Path
) -> None:
    for kind, url in (
        ("folder", "nas"),
        ("folder", tmp_path / "không có"),
        ("webdav", "cloud.example.org"),
        ("https", "https://hoa:mật@example.org/"),
        ("https", "https://[::1"),
    ):
        assert call("targets", event, "add", kind, url)[0] == 1
        assert call.said
    call("targets", event, "add", "folder", tmp_path / "nas", "--name", "NAS")
    assert call("targets", event, "add", "folder", tmp_path / "nas", "--name", "nas")[0] == 1
    assert len(call("targets", event)[1]) == 1


def test_a_target_that_is_gone_keeps_everything_waiting(call: Call, event: Path, tmp_path: Path) -> None:
    call("targets", event, "add", "folder", tmp_path / "nas", "--name", "NAS")
    (tmp_path / "nas").rmdir()
    assert call("targets", event, "test", "NAS")[0] == 1
    code, (sent,) = call("sync", event, "--once")
    assert (code, sent["sent"]) == (1, 0)
    assert sent["waiting"] > 0
    assert "nas" in sent["error"]
    assert {row["state"] for row in call("outbox", event)[1]} == {"pending"}
    (tmp_path / "nas").mkdir()
    assert call("sync", event)[0] == 0
    assert {row["state"] for row in call("outbox", event)[1]} == {"confirmed"}


def test_an_unknown_target_is_named_with_the_known_ones(call: Call, event: Path, tmp_path: Path) -> None:
    call("targets", event, "add", "folder", tmp_path / "nas", "--name", "NAS")
    assert call("sync", event, "--target", "Mây")[0] == 1
    assert "NAS" in call.said
