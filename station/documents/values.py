"""What people may write of a document: cleaned, and refused where it makes no sense."""

import re
from dataclasses import replace

from station.errors import Refusal
from station.i18n import _
from station.model.document import Document, Reserve
from station.text import clean

LANGUAGES = ("vi", "en", "")
LONGEST_TITLE = 500
_LONGEST_WORD = 32
_MOST = 10_000_000
_MOST_PERCENT = 1000
_RESERVE = re.compile(r"([0-9]{1,8}) ?(%?)")


def checked(document: Document) -> Document:
    """The document with its words cleaned. Raises Refusal, for an empty code only where it stands alone."""
    code, title = clean(document.code), clean(document.title)
    version = clean(document.version)
    if not title:
        raise Refusal(_("The document needs a title."))
    for text in (title, document.title_en):
        if len(text) > LONGEST_TITLE:
            sentence = _("The title has {length} characters; at most {most} are possible.")
            raise Refusal(sentence.format(length=len(text), most=LONGEST_TITLE))
    if len(code) > _LONGEST_WORD or " " in code:
        sentence = _("“{code}” is no code: at most {most} characters without blanks, for example TL01.")
        raise Refusal(sentence.format(code=code[:40], most=_LONGEST_WORD))
    if not 0 < len(version) <= _LONGEST_WORD:
        sentence = _("A version is called something short, for example 2 or v1.1; at most {most} characters.")
        raise Refusal(sentence.format(most=_LONGEST_WORD))
    if document.language not in LANGUAGES:
        raise Refusal(_("There is no language “{language}” here.").format(language=document.language[:40]))
    _refuse_figures(document)
    return replace(document, code=code, title=title, title_en=clean(document.title_en), version=version)


def parse_count(text: str) -> int | None:
    """A number people typed, None for nothing. Raises Refusal."""
    typed = clean(text).replace(" ", "").replace(".", "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal()) or int(typed[:12]) > _MOST:
        raise Refusal(_("“{text}” is not a number of copies or pages.").format(text=clean(text)[:40]))
    return int(typed)


def parse_reserve(text: str) -> Reserve:
    """Extra copies as people write them: ``20`` or ``5%``; nothing is none. Raises Refusal."""
    typed = clean(text)
    if not typed:
        return Reserve()
    found = _RESERVE.fullmatch(typed)
    if found is None or (found[2] and int(found[1]) > _MOST_PERCENT) or int(found[1]) > _MOST:
        sentence = _("“{text}” is no reserve. Write a number of copies or a share, for example 20 or 5%.")
        raise Refusal(sentence.format(text=typed[:40]))
    return Reserve(int(found[1]), bool(found[2]))


def _refuse_figures(document: Document) -> None:
    for figure in (document.pages, document.stock or 0, document.reserve.amount):
        if not 0 <= figure <= _MOST:
            raise Refusal(_("“{text}” is not a number of copies or pages.").format(text=figure))
