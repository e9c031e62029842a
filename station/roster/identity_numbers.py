"""Notices columns that look like numbers of identity cards though their headings do not say so."""

import re
from collections.abc import Iterator

from station.errors import Problem
from station.i18n import _
from station.roster.cells import Row
from station.roster.heading_names import EXTRA
from station.roster.headings import Headings

# Circular 59/2021/TT-BCA: province 001–096, century and sex, two digits of the year of birth, six more.
_CARD_NUMBER = re.compile(r"0[0-9]{2}[0-9][0-9]{2}[0-9]{6}")
_SHARE, _FEWEST = 0.8, 3
_SUSPECTED_FIELDS = ("note", "code", "seat", "external_payload", EXTRA)


def identity_columns(headings: Headings, rows: list[Row]) -> Iterator[Problem]:
    """One notice for every column that is taken in as something else and holds such numbers almost only."""
    for field in _SUSPECTED_FIELDS:
        for column in headings.columns.get(field, ()):
            texts = [text for row in rows if (text := row.cell(column).strip())]
            alike = sum(len(text) == 12 and bool(_CARD_NUMBER.fullmatch(text)) for text in texts)
            if alike >= max(_FEWEST, _SHARE * len(texts)):
                message = _(
                    "“{column}” looks like numbers of identity cards, which are personal data under protection. "
                    "Leave the column out, or say that it holds them."
                )
                title = headings.titles.get(column, "")
                yield Problem(headings.row, title, "IDENTITY_NUMBERS", message.format(column=title))
