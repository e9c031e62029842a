"""Calls commands in this process, as scripts do."""

import json
from typing import Any

import pytest

from station.__main__ import main

Lines = list[dict[str, Any]]


class Call:
    """Calls a command with ``--json``; gives its exit code and lines.

    Attributes:
        said: what the last one wrote for people.
    """

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.said = ""

    def __call__(self, *arguments: object) -> tuple[int, Lines]:
        code = main([*map(str, arguments), "--json"])
        out, self.said = self._capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()]
