"""The commands that show windows: ``run`` for daily use, ``demo`` for the sample event, ``selftest``.

The packaged program has no other door, so there the headless commands come in here too.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from station.i18n import LANGUAGES, _, set_language

SHOWING = ("run", "demo", "selftest")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    root = argparse.ArgumentParser(prog="python -m ui", description=_("The check-in station"))
    commands = root.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help=_("open the station for daily use"))
    run.add_argument(
        "folder",
        metavar="EVENT_FOLDER",
        type=Path,
        nargs="?",
        help=_("the event folder, or an event pack to be opened"),
    )
    run.add_argument("--camera", metavar="SOURCE", help=_("index, file or network address of the camera"))
    run.add_argument("--lang", choices=LANGUAGES)
    run.add_argument("--theme", choices=("light", "dark", "system"))
    demo = commands.add_parser("demo", help=_("the sample event, scanned from its sample video"))
    demo.add_argument("--out", metavar="DIR", type=Path)
    demo.add_argument("--video", metavar="FILE", type=Path)
    demo.add_argument("--json", action="store_true")
    trial = commands.add_parser("selftest", help=_("prove that the program is complete and works here"))
    trial.add_argument("--out", metavar="DIR", type=Path, help=_("leave pictures and files there"))
    trial.add_argument("--lang", choices=LANGUAGES, help=_("language of messages"))
    trial.add_argument("--json", action="store_true", help=_("one JSON object a line on standard output"))
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    from station.commands.output import speak_utf8

    speak_utf8()
    wish = parser().parse_args(arguments)
    if wish.command == "demo":
        from ui.demo import demo

        return demo(wish.out, wish.video, as_json=wish.json)
    if wish.command == "selftest":
        if wish.lang:
            set_language(wish.lang)
        from ui.selftest import selftest

        return selftest(wish.out, as_json=wish.json)
    from ui.run import run

    return run(wish.folder, wish.camera, wish.lang, wish.theme)


def packaged(arguments: Sequence[str]) -> int:
    """Run one command of the packaged program, of these or of the headless ones; without one it opens.

    A path alone is opened: that is what a file manager gives, whole.
    """
    if not arguments or Path(arguments[0]).is_absolute():
        arguments = ["run", *arguments]
    if arguments[0] in (*SHOWING, "-h", "--help"):
        return main(arguments)
    from station.commands import main as headless

    return headless(arguments)


if __name__ == "__main__":
    if sys.argv[1:] == [
        "read-workbook"
    ]:  # the packaged program is its own reader; see station/roster/separate.py
        from station.roster.reader import main as read_workbook

        read_workbook()
    if getattr(sys, "frozen", False):
        sys.exit(packaged(sys.argv[1:]))
    sys.exit(main())
