"""The check of the decoding libraries says how well this machine reads codes."""

import subprocess
import sys
from pathlib import Path

import pytest

from station.preflight.check import Level
from station.preflight.scanning import check_scanning

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
{hide}
sys.path.insert(0, {root!r})
from station.preflight.scanning import check_scanning
print(check_scanning().level)
"""


def test_with_both_libraries_all_is_well() -> None:
    assert check_scanning().level is Level.OK


@pytest.mark.parametrize(
    ("hidden", "level"),
    [(("zxingcpp",), Level.WARN), (("pyzbar",), Level.WARN), (("zxingcpp", "pyzbar"), Level.FAIL)],
)
def test_a_missing_library_is_a_warning_and_both_are_a_failure(hidden: tuple[str, ...], level: Level) -> None:
    hide = "\n".join(f"sys.modules[{name!r}] = None" for name in hidden)
    program = PROGRAM.format(hide=hide, root=str(ROOT))
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )

    assert told.stdout.strip() == level
