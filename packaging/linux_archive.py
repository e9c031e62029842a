"""Makes the archive for any Linux: the folder with a script that installs it for one person."""

import platform
import shutil
import subprocess
from pathlib import Path

from debian import HERE, NAME, share


def archive(folder: Path, out: Path, version: str) -> Path:
    """Write the archive. Raises OSError, CalledProcessError."""
    name = f"{NAME}-{version}-linux-{platform.machine()}"
    tree = out / name
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / NAME, symlinks=True)
    share(tree / "share")
    for file in ("install.sh", f"{NAME}.desktop"):
        shutil.copy2(HERE / "linux" / file, tree / file)
    made = out / f"{name}.tar.xz"
    owner = ["--owner=0", "--group=0", "--sort=name"]
    subprocess.run(["tar", "-C", out, *owner, "-I", "xz -4 -T0", "-cf", made, name], check=True)
    shutil.rmtree(tree)
    return made
