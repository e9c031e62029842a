"""The rules of the house that no linter knows, each with its reason."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[2]
Node = TypeVar("Node", bound=ast.AST)
LINES = 400
LONG_BY_RIGHT: dict[str, str] = {}  # module: why it is easier to read in one piece
NAMES_THAT_SAY_NOTHING = {"utils", "util", "common", "helpers", "helper", "misc", "core", "manager"}
SPEAKING = ("station/__main__.py", "station/commands/")  # these print for a living
LABELS = "ui/widgets/plain_label.py"


@dataclass(frozen=True)
class Module:
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def walk(self, kind: type[Node]) -> Iterator[Node]:
        return (node for node in ast.walk(self.tree) if isinstance(node, kind))


def modules() -> list[Module]:
    found = [path for folder in ("station", "ui") for path in sorted((ROOT / folder).rglob("*.py"))]
    return [Module(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in found]


def name_of(node: ast.expr | None) -> str:
    """The last word of a dotted name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def too_long(module: Module) -> Iterator[int]:
    if len(module.lines) > LINES and module.path not in LONG_BY_RIGHT:
        yield len(module.lines)


def without_a_purpose(module: Module) -> Iterator[int]:
    if not ast.get_docstring(module.tree):
        yield 1


def in_a_folder_that_says_nothing(module: Module) -> Iterator[int]:
    if NAMES_THAT_SAY_NOTHING & set(Path(module.path).with_suffix("").parts):
        yield 1


def printing(module: Module) -> Iterator[int]:
    if module.path.startswith("station/") and not module.path.startswith(SPEAKING):
        yield from (call.lineno for call in module.walk(ast.Call) if name_of(call.func) == "print")


def swallowing_everything(module: Module) -> Iterator[int]:
    for handler in module.walk(ast.ExceptHandler):
        caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        broad = any(kind is None or name_of(kind) in ("Exception", "BaseException") for kind in caught)
        last = handler.body[-1]
        passed_on = isinstance(last, ast.Raise) and last.exc is None
        if broad and not passed_on and "# edge: " not in module.lines[handler.lineno - 1]:
            yield handler.lineno


def showing_rich_text(module: Module) -> Iterator[int]:
    if module.path.startswith("ui/") and module.path != LABELS:
        yield from (call.lineno for call in module.walk(ast.Call) if name_of(call.func) == "QLabel")
        for subclass in module.walk(ast.ClassDef):
            if any(name_of(base) in ("QLabel", "QMessageBox") for base in subclass.bases):
                yield subclass.lineno
        for node in (*module.walk(ast.Attribute), *module.walk(ast.Name)):
            if name_of(node) == "QMessageBox":
                yield node.lineno


RULES: dict[Callable[[Module], Iterator[int]], str] = {
    too_long: (
        f"A module should fit a head: divide what is longer than {LINES} lines, or enter it in LONG_BY_RIGHT "
        "with the reason."
    ),
    without_a_purpose: "A module opens with one sentence that says what belongs in it, or everything ends up there.",
    in_a_folder_that_says_nothing: "Such a name says nothing, so everything ends up there: name what it does.",
    printing: (
        "The station works under a screen too, where nobody reads stdout, and the commands own its JSON lines: "
        "return values, raise errors; only station.commands prints."
    ),
    swallowing_everything: (
        "Whoever catches everything hides our own mistakes. Name the errors, end with a bare `raise`, or, at one "
        "of the three edges (task runner, thread loop, exception hook), write `# edge: ` and the reason."
    ),
    showing_rich_text: (
        "Qt renders markup in QLabel and QMessageBox and loads local files from it, so text from a code or a "
        "roster must never reach one: use ui.widgets.plain_label.PlainLabel and ui.dialogs."
    ),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_module_is(rule: Callable[[Module], Iterator[int]]) -> None:
    broken = [f"{module.path}:{line}" for module in modules() for line in sorted(set(rule(module)))]

    assert not broken, "\n".join([RULES[rule], *broken])


BREACHES: dict[Callable[[Module], Iterator[int]], tuple[str, str]] = {
    too_long: ("station/a.py", "\n" * (LINES + 1)),
    without_a_purpose: ("ui/a.py", "import os"),
    in_a_folder_that_says_nothing: ("station/utils/a.py", ""),
    printing: ("station/a.py", "print(1)"),
    swallowing_everything: ("station/a.py", "try: f()\nexcept (OSError, Exception): pass"),
    showing_rich_text: ("ui/a.py", "QtWidgets.QMessageBox.warning(None, name, name)"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_breach_is_seen(rule: Callable[[Module], Iterator[int]]) -> None:
    assert list(rule(Module(*BREACHES[rule])))


def test_what_cleans_up_and_passes_the_error_on_is_no_breach() -> None:
    careful = "try: f()\nexcept BaseException:\n    undo()\n    raise"

    assert not list(swallowing_everything(Module("station/a.py", careful)))


def test_an_edge_with_its_reason_is_no_breach() -> None:
    edge = "try: f()\nexcept Exception:  # edge: the thread loop goes on\n    note()"

    assert not list(swallowing_everything(Module("station/a.py", edge)))


def test_no_exception_to_the_length_is_out_of_date() -> None:
    lengths = {module.path: len(module.lines) for module in modules()}

    assert not [path for path in LONG_BY_RIGHT if lengths.get(path, 0) <= LINES]
