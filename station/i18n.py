"""The language of every text a user reads: English texts are the keys, Vietnamese is the first language."""

import gettext as _gettext
import os
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("vi", "en")
_CATALOGUES = Path(__file__).resolve().parent.parent / "assets" / "translations"
_state: dict[str, object] = {}


def set_language(language: str) -> None:
    """Choose the language of all texts from now on; ``vi`` or ``en``."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    _state["language"] = language
    _state["catalogue"] = _gettext.translation("station", _CATALOGUES, [language], fallback=True)


def language() -> str:
    """The language in force: ``vi`` or ``en``."""
    if "language" not in _state:
        wish = os.environ.get("STATION_LANGUAGE", "vi")
        set_language(wish if wish in LANGUAGES else "vi")
    return str(_state["language"])


def _catalogue() -> _gettext.NullTranslations:
    language()
    catalogue = _state["catalogue"]
    assert isinstance(catalogue, _gettext.NullTranslations)
    return catalogue


def _(message: str) -> str:
    """The text in the language in force. Fill placeholders with ``.format(name=value)`` afterwards."""
    return _catalogue().gettext(message)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue_of(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("station", _CATALOGUES, [language], fallback=True)


def translated(message: str, language: str) -> str:
    """A text marked with ``N_`` in a language of one's own, whichever is in force: for papers in both."""
    return _catalogue_of(language).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The text for a count in the language in force."""
    return _catalogue().ngettext(singular, plural, count)


def N_(message: str) -> str:
    """Marks a text for the catalogue where it is translated only later, when shown."""
    return message


def pick(vietnamese: str, english: str) -> str:
    """Of a name that data holds in both languages, the one in force; the other where that is empty."""
    return (english or vietnamese) if language() == "en" else (vietnamese or english)
