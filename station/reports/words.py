"""Whole numbers in words, as minutes state them beside the figures."""

from station.i18n import language

_VI = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGEST = 999_999_999


def in_words(number: int) -> str:
    """A number from 0 to 999,999,999 in words of the language in force; any other in figures."""
    if not 0 <= number <= _LARGEST:
        return str(number)
    return _vietnamese(number) if language() == "vi" else _english(number)


def _vietnamese(number: int) -> str:
    if number == 0:
        return _VI[0]
    words: list[str] = []
    for size, name in ((1_000_000, "triệu"), (1_000, "nghìn"), (1, "")):
        group, number = divmod(number, size)
        if group:
            words += [*_vietnamese_group(group, is_first=not words), *([name] if name else [])]
    return " ".join(words)


def _vietnamese_group(group: int, *, is_first: bool) -> list[str]:
    """Three digits; further groups name their hundreds also where there are none (một nghìn không trăm linh hai)."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [_VI[hundreds], "trăm"] if hundreds or not is_first else []
    if tens == 0 and ones:
        return [*words, *(["linh"] if words else []), _VI[ones]]
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_VI[tens], "mươi"]
    if ones:
        special = {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}
        words.append(special.get(ones, _VI[ones]))
    return words


def _english(number: int) -> str:
    if number < 20:
        return _EN[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _EN_TENS[tens] + (f"-{_EN[ones]}" if ones else "")
    for size, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= size:
            group, rest = divmod(number, size)
            between = " and " if size == 100 else " "
            return f"{_english(group)} {name}" + (between + _english(rest) if rest else "")
    return str(number)


def roman(number: int) -> str:
    """A number from 1 to 3999 in Roman figures, as lists number their parts; any other as it is."""
    if not 1 <= number <= 3_999:
        return str(number)
    said = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        said += sign * (number // value)
        number %= value
    return said
