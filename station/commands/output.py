"""Writes what a command found: JSON lines for scripts, plain lines for people."""

import io
import json
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from station.app import Station, open_station

HEADLESS_WAIT_S = 10.0  # another command may be finishing; a window stays open for hours


class Output:
    """Standard output and error of one command."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def line(self, value: dict[str, Any], text: str | None = None) -> None:
        """One result: the object as JSON, or ``text`` (the values, if None) for people."""
        if self._as_json:  # one write: a script never reads half a line of a command that was killed
            sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
            sys.stdout.flush()
        else:
            shown = (
                text if text is not None else "  ".join("" if v is None else str(v) for v in value.values())
            )
            print(_plain(shown), flush=True)

    def message(self, text: str) -> None:
        """A sentence for the person, on standard error."""
        print(_plain(text), file=sys.stderr, flush=True)

    def progress(self, done: int, total: int) -> None:
        """A progress bar on standard error, where that is a terminal."""
        if sys.stderr.isatty() and total > 0:
            filled = 30 * done // total
            end = "\n" if done >= total else ""
            print(
                f"\r[{'█' * filled}{' ' * (30 - filled)}] {done}/{total}",
                end=end,
                file=sys.stderr,
                flush=True,
            )


def _plain(text: str) -> str:
    """Without control and direction characters, but for ends of lines: data from outside must not steer a terminal."""
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )


def speak_utf8() -> None:
    """Write UTF-8 whatever the console is set to: Windows' own choice knows no Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextmanager
def opened(folder: str, *, also_archived: bool = False) -> Iterator[Station]:
    """The event folder of a command, open until the command ends; an archived one only for those that just look."""
    station = open_station(Path(folder), wait_s=HEADLESS_WAIT_S, also_archived=also_archived)
    try:
        yield station
    finally:
        station.close()


def local_time(station: Station, instant: datetime | None) -> str | None:
    """ISO 8601 in the event's own zone."""
    if instant is None:
        return None
    return instant.astimezone(ZoneInfo(station.event.zone)).isoformat(timespec="seconds")
