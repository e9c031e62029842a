"""What a person tried on this machine, remembered in its settings: with what, when, and how it went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from station.settings import Settings

CAMERA, SCANNER, PRINTER = "camera", "scanner", "printer"
HOLDS_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Trial:
    """One try.

    Attributes:
        what: the camera's address or the printer's name, '' where there is only one thing to try.
        at: when, aware UTC.
    """

    what: str
    at: datetime
    passed: bool


def remember(settings: Settings, name: str, trial: Trial) -> None:
    """Put a try into the settings, in place of the one before."""
    settings.trials[name] = {
        "what": trial.what,
        "at": trial.at.isoformat(timespec="seconds"),
        "result": "passed" if trial.passed else "failed",
    }


def latest(settings: Settings, name: str) -> Trial | None:
    """The try of a name; None where there is none that can be read."""
    stored = settings.trials.get(name, {})
    try:
        at = datetime.fromisoformat(stored["at"])
        trial = Trial(stored["what"], at, stored["result"] == "passed")
    except (KeyError, ValueError):
        return None
    return trial if at.tzinfo is not None else None


def holds(trial: Trial | None, now: datetime) -> bool:
    """Whether something was tried with success, and not too long ago."""
    return trial is not None and trial.passed and abs(now - trial.at) <= HOLDS_FOR
