"""Which spellings of units and categories look like one; decides nothing, a person does."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from station.text import fold, text_key

# What Vietnamese offices shorten, folded. Both sides become the short form, so that upper and lower case, “TƯ” in
# “Bộ Tư pháp” for one, need not be told apart.
_SHORT = {
    "tong lien doan lao dong": "tldld",
    "lien doan lao dong": "ldld",
    "tong ldld": "tldld",
    "tong cong ty": "tct",
    "cong doan": "cd",
    "cong ty": "cty",
    "cao dang": "cdg",
    "truong cd": "truong cdg",  # there CĐ is cao đẳng
    "truong cong doan": "truong cdn",
    "thanh pho": "tp",
    "tphcm": "tp hcm",
    "ho chi minh": "hcm",
    "thi xa": "tx",
    "tinh": "t",
    "huyen": "h",
    "quan": "q",
    "uy ban nhan dan": "ubnd",
    "hoi dong nhan dan": "hdnd",
    "mat tran to quoc": "mttq",
    "ban chap hanh": "bch",
    "ban thuong vu": "btv",
    "trung uong": "tu",
    "tw": "tu",
    "viet nam": "vn",
    "trach nhiem huu han": "tnhh",
    "mot thanh vien": "mtv",
    "co phan": "cp",
    "khu cong nghiep": "kcn",
    "khu che xuat": "kcx",
    "giao duc va dao tao": "gddt",
    "gd va dt": "gddt",
    "&": "va",
}
_WORD = re.compile(r"[^\W_]+|&")
_BETWEEN_FIGURES = re.compile(r"(?<=[0-9]) (?=[0-9])")
_LONG = re.compile(
    "|".join(rf"(?<!\S){re.escape(long)}(?!\S)" for long in sorted(_SHORT, key=len, reverse=True))
)
_ROUNDS = 2  # “GD & ĐT” needs what the first one made


@lru_cache(maxsize=2**14)
def spelling_key(name: str) -> str:
    """What spellings of one unit share: letters and figures without case and marks, long words shortened."""
    text = " ".join(_WORD.findall(fold(name)))
    for _round in range(_ROUNDS):
        text = _LONG.sub(lambda found: _SHORT[found[0]], text)
    return _BETWEEN_FIGURES.sub("-", text).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Names that look like one.

    Attributes:
        spellings: each with how many delegates there are of it; the usual one first.
    """

    spellings: tuple[tuple[str, int], ...]

    @property
    def usual(self) -> str:
        """The name with the most delegates; of equal ones the longest, then the one with fewest capitals."""
        return self.spellings[0][0]


def suggestions(counts: Mapping[str, int], told_apart: Collection[frozenset[str]] = ()) -> list[Suggestion]:
    """Groups of names that look like one, in the order of their usual names.

    Args:
        counts: how many delegates there are of every name.
        told_apart: groups of names that a person said are different.
    """
    groups: dict[str, list[tuple[str, int]]] = {}
    for name, count in counts.items():
        groups.setdefault(spelling_key(name) or name, []).append((name, count))
    found = [
        Suggestion(tuple(sorted(group, key=_usual_first)))
        for group in groups.values()
        if len(group) > 1 and not any({name for name, _count in group} <= apart for apart in told_apart)
    ]
    return sorted(found, key=lambda suggestion: text_key(suggestion.usual))


def _usual_first(spelling: tuple[str, int]) -> tuple[int, int, int, str]:
    name, count = spelling
    return -count, -len(name), sum(map(str.isupper, name)), text_key(name)
