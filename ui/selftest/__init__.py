"""The self-test: proves on this very machine that everything the program brings along works, in both languages."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from station.app import open_station
from station.commands.output import Output
from station.errors import StationError
from station.i18n import _, language, ngettext
from station.preflight.check import Check, Level, worst
from station.sample_event import create_sample_event, first_morning
from station.settings import Settings
from ui.app import OpenEvent, make_application
from ui.selftest.steps import STEPS, Step, Trial

_PLACE = "Máy thử – Đại hội Ễ "  # blanks, marks and a dash: every step works below such a path


def selftest(out: Path | None, *, as_json: bool) -> int:
    """Try everything once in a folder of its own; returns 0 when nothing failed, else 1.

    Args:
        out: where pictures of the window, the badge and the export are left; None for nowhere.
    """
    shown = map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not any(shown):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # everything but the screen itself can still be tried
    output = Output(as_json=as_json)
    checks = []
    with tempfile.TemporaryDirectory(prefix=_PLACE, ignore_cleanup_errors=True) as scratch:
        place = out if out is not None else Path(scratch)
        for check, took_s in _checks(place, Path(scratch)):
            checks.append(check)
            line = {
                "check": check.name,
                "level": check.level,
                "message": check.text,
                "ms": round(took_s * 1000),
            }
            output.line(line, f"[{check.level:<4}] {check.name:<10} {check.text}")
    output.message(_outcome(checks))
    return 1 if worst(checks) is Level.FAIL else 0


def _outcome(checks: Sequence[Check]) -> str:
    failed = sum(check.level is Level.FAIL for check in checks)
    if failed:
        text = ngettext("{count} part of the program does not work.", "{count} parts do not work.", failed)
        return text.format(count=failed)
    if worst(checks) is Level.WARN:
        return _("The program works here, but not all of it: see the line marked “warn”.")
    return _("The program is complete and works here.")


def _checks(out: Path, scratch: Path) -> Iterator[tuple[Check, float]]:
    """One check after the other, each with the seconds it took."""
    began_at = time.perf_counter()
    try:
        out.mkdir(parents=True, exist_ok=True)
        clock = first_morning()
        create_sample_event(scratch / "sự kiện", clock)
        station = open_station(scratch / "sự kiện", clock=clock)
    except (StationError, OSError) as error:
        yield Check("event", Level.FAIL, str(error)), time.perf_counter() - began_at
        return
    yield (
        Check("event", Level.OK, _("The sample event was made from its workbook.")),
        time.perf_counter() - began_at,
    )
    wished = language()
    settings = Settings(language=wished, theme="light", sound=False)
    application = make_application(settings)
    with closing(OpenEvent(application, station, settings, keep=lambda _settings: None)) as event:
        trial = Trial(application, event, out, scratch, wished)
        for name, step in STEPS.items():
            began_at = time.perf_counter()
            yield _tried(name, step, trial), time.perf_counter() - began_at


def _tried(name: str, step: Step, trial: Trial) -> Check:
    try:
        found = step(trial)
    except StationError as error:
        return Check(name, Level.FAIL, str(error))
    except Exception as error:  # edge: a step that breaks is what the self-test is there to find
        return Check(name, Level.FAIL, f"{type(error).__name__}: {error}")
    return Check(name, *found) if isinstance(found, tuple) else Check(name, Level.OK, found)
