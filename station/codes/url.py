"""Recognises a code inside an address: as a part of its path, the value of a query, or its fragment."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from station.codes.trimming import trimmed
from station.model.clue import Clue, Field, Recogniser, distinct

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://|www\.", re.IGNORECASE)
_MOST_VALUES = 32


def url_clue(text: str) -> Clue | None:
    """The parts of an address that may be an external payload; None for a text that is no address."""
    text = trimmed(text)
    if not _ADDRESS.match(text):
        return None
    try:
        address = urlsplit(text)
        pairs = parse_qsl(address.query, max_num_fields=_MOST_VALUES)
        pairs += parse_qsl(address.fragment, max_num_fields=_MOST_VALUES)
    except ValueError:  # brackets that close nothing, too many fields
        return None
    segments = [unquote(segment) for segment in address.path.split("/")]
    values = [value.strip() for _name, value in pairs] + [unquote(address.fragment), *reversed(segments)]
    found = distinct(values, _MOST_VALUES)
    return Clue(Recogniser.URL, Field.EXTERNAL, found) if found else None
