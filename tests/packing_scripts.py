"""The modules of the folder `packaging`, which is no package: they run by themselves and import one another by name."""

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

sys.path.insert(0, str(ROOT / "packaging"))
try:
    build, debian, hollow, licences = map(import_module, ("build", "debian", "hollow", "licences"))
    linux_archive, trimming, wheels, windows = map(
        import_module, ("linux_archive", "trimming", "wheels", "windows")
    )
finally:
    sys.path.remove(str(ROOT / "packaging"))
