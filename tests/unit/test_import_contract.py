"""The direction of imports, as pyproject.toml states it under [tool.importlinter]."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINT = "import sys, importlinter.cli as cli; sys.exit(cli.lint_imports(no_logo=True, no_cache=True))"


def test_imports_run_one_way() -> None:
    lint = subprocess.run(
        [sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )

    assert lint.returncode == 0, lint.stdout + lint.stderr
