"""Sentences are compared in English here."""

from collections.abc import Iterator

import pytest

from station.i18n import set_language


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("vi")
