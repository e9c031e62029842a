"""Whether the settings of this machine are kept, and a verdict can be heard."""

import secrets
from contextlib import suppress

from station.i18n import _
from station.preflight.check import Check, Level
from station.preflight.subject import Subject
from station.settings import settings_dir

NAME = "settings"
_LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def check_settings(subject: Subject) -> Check:
    """Warns when sound is off or cannot be heard, and when choices would be lost."""
    language = _("Language: {language}.").format(language=_LANGUAGES.get(subject.settings.language, "?"))
    if not _is_kept():
        text = _("{path} may not be written: choices are lost when the program ends.")
        return Check(NAME, Level.WARN, text.format(path=settings_dir()))
    if not subject.settings.sound:
        return Check(NAME, Level.WARN, f"{language} " + _("Sound is off."), _("Turn it on in the settings."))
    plays = subject.machine.plays_sound
    if plays is not None and not plays():
        text = _("This laptop has nothing to play sounds with.")
        return Check(NAME, Level.WARN, f"{language} {text}", _("Plug in a loudspeaker, or watch the screen."))
    return Check(NAME, Level.OK, f"{language} " + _("Sound is on: turn the volume up."))


def _is_kept() -> bool:
    probe = settings_dir() / f"probe-{secrets.token_hex(4)}"
    try:
        settings_dir().mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return True
