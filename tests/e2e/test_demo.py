"""The demo as a stranger starts it: whatever the video shows is what the journal, the files and the summary say."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
import segno

from station.capture.opencv import cv2
from station.codes.payload import EventKey, event_tag, make_payload
from station.exchange.verify import verify
from station.sample_event import description
from station.store import documents, journal
from station.store.connection import reading
from station.store.folder import database_of
from tests.builders import make_event

pytestmark = pytest.mark.slow
FRAMES_PER_SECOND = 30


def sample_payload(serial: int) -> str:
    """The payload that the sample event issues to the delegate of a row."""
    text = description()
    key = EventKey(bytes.fromhex(text["demo"]["key"]), event_tag(text["event"]["id"]))
    return make_payload(key, text["demo"]["instance"], serial)


def clip(path: Path, payloads: Sequence[str], shown_s: float = 0.7, gap_s: float = 0.5) -> Path:
    """A video in which payloads are shown upright for a moment, one after the other; ``|`` parts two at once."""
    writer = cv2.VideoWriter(
        str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"mp4v"), FRAMES_PER_SECOND, (640, 360)
    )
    empty = np.full((360, 640, 3), 190, np.uint8)
    for payload in payloads:
        for _frame in range(round(gap_s * FRAMES_PER_SECOND)):
            writer.write(empty)
        picture = empty.copy()
        for left, text in enumerate(payload.split("|")):
            modules = np.array(list(segno.make(text, micro=False).matrix_iter(scale=7, border=4)), np.uint8)
            symbol = np.repeat(np.where(modules[..., None], 20, 245).astype(np.uint8), 3, axis=2)
            height, width = symbol.shape[:2]
            picture[40 : 40 + height, 40 + 300 * left : 40 + 300 * left + width] = symbol
        for _frame in range(round(shown_s * FRAMES_PER_SECOND)):
            writer.write(picture)
    for _frame in range(FRAMES_PER_SECOND // 2):
        writer.write(empty)
    writer.release()
    return path


def command(out: Path, *more: object) -> list[str]:
    return [sys.executable, "-m", "ui", "demo", "--json", "--out", str(out), *map(str, more)]


def environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "STATION_LANGUAGE": "vi"}


def play(out: Path, *more: object) -> tuple[int, list[dict[str, Any]], dict[str, Any], str]:
    """Run the demo to its end: exit code, verdict lines, summary line, messages."""
    done = subprocess.run(
        command(out, *more), capture_output=True, text=True, check=False, env=environment(), timeout=280
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    verdicts = [line for line in lines if "entry" in line]
    return done.returncode, verdicts, lines[-1] if lines else {}, done.stderr


def recorded(event: Path) -> dict[str, tuple[str | None, str | None]]:
    """Delegate and outcome of every scan in the journal, by entry."""
    with reading(database_of(event)) as connection:
        return {
            entry.id: (entry.content.delegate, entry.content.outcome)
            for instance in journal.instances_with_entries(connection)
            for entry in journal.entries(connection, instance)
            if entry.content.kind == "scan"
        }


def test_what_the_video_shows_is_what_is_recorded_and_nothing_else(tmp_path: Path) -> None:
    shown = [sample_payload(5), "https://example.org/", sample_payload(9), sample_payload(47)]
    video = clip(tmp_path / "clip.mp4", shown)
    code, verdicts, figures, messages = play(tmp_path / "out", "--video", video)
    assert code == 0, messages
    assert [line["verdict"] for line in verdicts] == ["admitted", "refused", "admitted", "refused"]
    scans = recorded(tmp_path / "out" / "event")
    assert [scans[line["entry"]][0] for line in verdicts] == ["20221027-5", None, "20221027-9", "20221027-47"]
    assert (figures["scans"], figures["admitted"], figures["refused"], figures["attention"]) == (4, 2, 2, 0)
    assert figures["export_verified"] is True
    assert figures["badges"] == 2
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8")) == figures
    with pypdfium2.PdfDocument(tmp_path / "out" / "badges.pdf") as badges:
        assert len(badges) == 2
    (export,) = (tmp_path / "out" / "export").iterdir()
    assert verify(export).ok
    assert "DB00005" in (export / "attendance.csv").read_text("utf-8-sig")
    assert len(list((tmp_path / "out" / "screens").glob("*.png"))) >= 4
    assert len(list((tmp_path / "out" / "event" / "backups").iterdir())) == 1

    less = clip(tmp_path / "less.mp4", [payload for payload in shown if payload != sample_payload(9)])
    code, _verdicts, figures, _messages = play(tmp_path / "out", "--video", less)
    assert (code, figures["admitted"]) == (0, 1)
    delegates = {delegate for delegate, _outcome in recorded(tmp_path / "out" / "event").values()}
    assert delegates == {"20221027-5", None, "20221027-47"}


@pytest.mark.parametrize("verdicts_before", [1, 2, 4])
def test_killed_at_any_moment_it_leaves_every_verdict_that_was_shown(
    tmp_path: Path, verdicts_before: int
) -> None:
    video = clip(tmp_path / "clip.mp4", [sample_payload(n) for n in range(1, 7)], shown_s=0.35, gap_s=0.25)
    process = subprocess.Popen(
        command(tmp_path / "out", "--video", video),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(),
    )
    assert process.stdout is not None
    shown = [json.loads(process.stdout.readline())["entry"] for _verdict in range(verdicts_before)]
    process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    process.wait()
    shown += [json.loads(line)["entry"] for line in process.stdout if line.endswith("}\n")]
    process.stdout.close()
    event = tmp_path / "out" / "event"
    report = verify(event)
    assert report.problems == []
    assert set(shown) <= set(recorded(event))


@pytest.mark.parametrize("content", [b"", b"not a video" * 1000, None])
def test_a_video_that_cannot_be_played_is_said_in_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    video = tmp_path / "broken.mp4"
    if content is not None:
        video.write_bytes(content)
    code, verdicts, _figures, messages = play(tmp_path / "out", "--video", video)
    assert (code, verdicts) == (1, [])
    assert "broken.mp4" in messages
    assert "Traceback" not in messages


def test_two_codes_in_one_picture_are_two_scans_each_with_its_bundle(tmp_path: Path) -> None:
    video = clip(tmp_path / "clip.mp4", [sample_payload(5) + "|" + sample_payload(9)])
    code, verdicts, figures, messages = play(tmp_path / "out", "--video", video)
    assert code == 0, messages
    assert (figures["admitted"], len(verdicts)) == (2, 2)
    with reading(database_of(tmp_path / "out" / "event")) as connection:
        receivers = {item.delegate for item in documents.handed_out(connection)}
    assert receivers == {"20221027-5", "20221027-9"}


def test_a_real_event_called_event_is_never_removed(tmp_path: Path) -> None:
    make_event(tmp_path / "event")
    code, _verdicts, _figures, _messages = play(tmp_path)
    assert code == 1
    assert verify(tmp_path / "event").ok


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    code, _verdicts, _figures, messages = play(tmp_path)
    assert code == 1
    assert "thesis.docx" in messages
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]
