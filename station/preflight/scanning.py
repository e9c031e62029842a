"""Whether this machine can read codes, and how well."""

from station.capture.engines import missing_engines
from station.i18n import _
from station.preflight.check import Check, Level

NAME = "scanning"
_ENGINES = 2


def check_scanning() -> Check:
    """Fails when no library that reads codes is here, warns when one of the two is missing."""
    missing = missing_engines()
    if not missing:
        return Check(NAME, Level.OK, _("Codes can be read by both libraries."))
    level = Level.FAIL if len(missing) == _ENGINES else Level.WARN
    return Check(NAME, level, " ".join(missing))
