"""Proves of the folder of a killed or faulted program that nothing it told was lost."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from station.exchange.verify import verify
from station.store import journal
from tests.builders import INSTANCE, opened
from tests.e2e.brood import Line

RESTART_S = 5.0


def prove_nothing_lost(folder: Path, told: Sequence[Line]) -> Mapping[str, str]:
    """Open and verify a folder; returns the hashes of its entries by their identifier.

    ``told``: lines with an ``entry`` and, where the program said it, its ``hash``.
    """
    started = time.monotonic()
    with opened(folder) as station:
        assert time.monotonic() - started < RESTART_S
        assert station.instance == INSTANCE
        with station.files.reading() as connection:
            recorded = {entry.id: entry.hash for entry in journal.entries(connection, INSTANCE)}
    lost = [
        line["entry"]
        for line in told
        if line["entry"] not in recorded or line.get("hash") not in (None, recorded[line["entry"]])
    ]
    assert lost == [], "told and not in the journal"
    assert verify(folder).problems == []  # chain, keys, projections
    return recorded
