"""What --help says: every command and argument has a sentence, in both languages."""

import argparse
from collections.abc import Iterator

import pytest

from station.commands import _parser
from station.i18n import LANGUAGES, set_language


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub_parser in action.choices.values():
                yield from parsers(sub_parser)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_argument_says_what_it_is(language: str) -> None:
    set_language(language)
    for parser in parsers(_parser()):
        assert parser.description, parser.prog
        silent = [action.dest for action in parser._actions if not action.help]
        assert [name for name in silent if name not in ("command", "action")] == [], parser.prog


def test_the_frame_of_the_help_is_vietnamese_too() -> None:
    for parser in parsers(_parser()):
        text = parser.format_help()
        assert text.startswith("Cách gọi: ")
        assert not any(word in text for word in ("positional arguments", "options:", "show this help"))
