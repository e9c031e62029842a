"""The commands that show windows: ``run`` for daily use, ``demo`` for the sample event."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from station.i18n import LANGUAGES, _


def parser() -> argparse.ArgumentParser:
    """The command line."""
    root = argparse.ArgumentParser(prog="python -m ui", description=_("The check-in station"))
    commands = root.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help=_("open the station for daily use"))
    run.add_argument("folder", metavar="EVENT_FOLDER", type=Path, nargs="?")
    run.add_argument("--camera", metavar="SOURCE", help=_("index, file or network address of the camera"))
    run.add_argument("--lang", choices=LANGUAGES)
    run.add_argument("--theme", choices=("light", "dark", "system"))
    demo = commands.add_parser("demo", help=_("the sample event, scanned from its sample video"))
    demo.add_argument("--out", metavar="DIR", type=Path)
    demo.add_argument("--video", metavar="FILE", type=Path)
    demo.add_argument("--json", action="store_true")
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    from station.commands.output import speak_utf8

    speak_utf8()
    wish = parser().parse_args(arguments)
    if wish.command == "demo":
        from ui.demo import demo

        return demo(wish.out, wish.video, as_json=wish.json)
    from ui.run import run

    return run(wish.folder, wish.camera, wish.lang, wish.theme)


if __name__ == "__main__":
    if sys.argv[1:] == [
        "read-workbook"
    ]:  # the packaged program is its own reader; see station/roster/separate.py
        from station.roster.reader import main as read_workbook

        read_workbook()
    sys.exit(main())
