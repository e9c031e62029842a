"""The command that sets the guide on paper."""

import argparse
from pathlib import Path
from typing import Any

from station.commands.output import Output
from station.guide.pages import PAGES
from station.guide.paper import set_on_paper
from station.i18n import LANGUAGES, _, language, ngettext, set_language
from station.media.atomic import write_file
from station.media.faults import write_fault


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    guide = commands.add_parser("guide", parents=[common], help=_("the guide as PDF files, to be printed"))
    guide.add_argument("--out", metavar="DIR", required=True, help=_("folder for the PDF files"))
    guide.add_argument("--language", choices=LANGUAGES, help=_("language of the guide; without it both"))
    guide.set_defaults(run=_guide)


def _guide(chosen: argparse.Namespace, output: Output) -> int:
    folder, spoken = Path(chosen.out), language()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_fault(error, folder) from error
    try:
        for wished in [chosen.language] if chosen.language else LANGUAGES:
            set_language(wished)  # the foot of each sheet is in the language of the guide
            for name in PAGES:
                _write(folder / f"guide-{name}-{wished}.pdf", name, wished, spoken, output)
    finally:
        set_language(spoken)
    return 0


def _write(path: Path, name: str, wished: str, spoken: str, output: Output) -> None:
    paper = set_on_paper(name, wished)
    write_file(path, paper.pdf)
    set_language(spoken)
    text = ngettext("{file}: {count} page", "{file}: {count} pages", paper.sheets)
    output.line(
        {"file": str(path), "page": name, "language": wished, "pages": paper.sheets},
        text.format(file=path, count=paper.sheets),
    )
    set_language(wished)
