"""Every text of the program exists in Vietnamese, and no screen says anything past the catalogue."""

import ast
import importlib.util
import re
import string
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parents[2]
UPDATE = ROOT / "assets" / "translations" / "update.py"


def _loaded(path: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location("update_translations", path)
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


update = _loaded(UPDATE)


def _texts(message: Message) -> tuple[list[str], list[str]]:
    """Sources and translations of a message; a Vietnamese noun has no plural form."""
    sources = list(message.id) if isinstance(message.id, tuple) else [message.id]
    shown = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return [str(text) for text in sources], [str(text) for text in shown]


def test_every_text_of_the_program_is_translated() -> None:
    known = update.stored()
    missing = [m.id for m in update.extracted() if m.id and known.get(m.id) is None]
    assert missing == [], "run assets/translations/update.py, then translate"
    assert [m.id for m in update.untranslated(known)] == []


def test_no_text_is_kept_that_the_program_lost() -> None:
    program = {str(m.id) for m in update.extracted()}
    assert [m.id for m in update.stored() if m.id and str(m.id) not in program] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    def placeholders(text: str) -> set[str | None]:
        return {name for _before, name, _spec, _conversion in string.Formatter().parse(text) if name}

    for message in update.stored():
        if message.id:
            sources, shown = _texts(message)
            wanted = set().union(*map(placeholders, sources))
            assert all(placeholders(text) == wanted for text in shown), message.id


def test_keys_that_a_text_names_are_the_same_in_both_languages() -> None:
    keys = re.compile(r"\bF\d\b|Ctrl\+\w|Alt\+\d|\bEsc\b|\bEnter\b")
    for message in update.stored():
        if message.id:
            sources, shown = _texts(message)
            assert sorted(keys.findall(sources[0])) == sorted(keys.findall(shown[0])), message.id


def test_the_compiled_catalogue_is_the_readable_one() -> None:
    assert update.mo_bytes(update.stored()) == update.MO.read_bytes(), "run assets/translations/update.py"


# Calls whose texts a person sees. A literal with two letters in a row is a text, unless it stands below.
SHOWING = {
    "setText", "set_text", "setWindowTitle", "setPlaceholderText", "setAccessibleName", "setToolTip",
    "set_caption", "set_heading", "addItem", "addItems", "addAction", "tell", "confirm", "add_button",
    "PlainLabel", "QLabel", "QPushButton", "QCheckBox", "show_figure", "show_trouble", "show_failure",
}  # fmt: skip
NOT_WORDS = {"EN", "VI", "Tiếng Việt", "English"}  # languages are named in themselves


def _literals(call: ast.Call) -> list[str]:
    """Texts that stand directly in a call: not in ``_(…)``, not the name of an icon or a role."""
    parts = [call.args[0]] if call.args else []
    if isinstance(call.func, ast.Attribute) and call.func.attr in {"addItems"}:
        parts = [element for part in parts if isinstance(part, ast.List) for element in part.elts]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    for part in parts:
        if isinstance(part, ast.JoinedStr):
            texts += [str(piece.value) for piece in part.values if isinstance(piece, ast.Constant)]
    return [text for text in texts if re.search(r"[^\W\d_]{2}", text) and text not in NOT_WORDS]


@pytest.mark.parametrize("path", sorted((ROOT / "ui").rglob("*.py")), ids=lambda path: path.stem)
def test_no_screen_shows_a_text_past_the_catalogue(path: Path) -> None:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in SHOWING:
                found += [(node.lineno, text) for text in _literals(node)]
    assert found == []
