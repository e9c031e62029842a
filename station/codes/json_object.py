"""Recognises a code inside a JSON object or list: any text or whole number in it."""

import json
from collections.abc import Iterator
from typing import Any

from station.codes.trimming import trimmed
from station.model.clue import Clue, Field, Recogniser, distinct

_MOST_VALUES = 64


def json_clue(text: str) -> Clue | None:
    """The texts and whole numbers in a JSON object or list; None for anything else."""
    text = trimmed(text)
    if not text.startswith(("{", "[")):
        return None
    try:
        values = distinct(list(_values(json.loads(text))), _MOST_VALUES)
    except (ValueError, RecursionError):
        return None
    return Clue(Recogniser.JSON, Field.EXTERNAL, values) if values else None


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list):
        for item in value:
            yield from _values(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _values(item)
