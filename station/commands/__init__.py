"""The headless commands, one module a subject; results on stdout, messages on stderr.

Exit codes: 0 done; 1 refused or not all done; 2 wrong usage, or a scan that could not be recorded.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from station import i18n
from station.commands import (
    cases,
    certificates,
    codes,
    delegations,
    desk,
    diagnostics,
    documents,
    event,
    exchange,
    guide,
    layouts,
    merging,
    pack,
    paper,
    photos,
    preflight,
    roster,
    settings,
    setup,
    sheets,
    stick,
    submissions,
    sync,
)
from station.commands.help import complete
from station.commands.output import Output, speak_utf8
from station.errors import BadInput, EnvironmentFault, StationError
from station.i18n import _

DONE, NOT_DONE, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code."""
    speak_utf8()
    parser = _parser()
    chosen, left_over = parser.parse_known_args(arguments)
    if len(left_over) == 1 and not left_over[0].startswith("-") and getattr(chosen, "code", "") is None:
        chosen.code = left_over[0]  # up to Python 3.12 an optional argument behind options is not found
    elif left_over:
        parser.error(_("This is not understood: {words}").format(words=" ".join(left_over)))
    if chosen.lang:
        i18n.set_language(chosen.lang)
    output = Output(as_json=chosen.json)
    try:
        return int(chosen.run(chosen, output))
    except BadInput as error:
        for problem in error.problems:
            output.message(problem.message)
        return NOT_DONE
    except EnvironmentFault as error:
        output.message(str(error))
        return WRONG_USAGE if chosen.command == "scan" else NOT_DONE
    except StationError as error:
        output.message(str(error))
        return NOT_DONE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has seen enough
        return NOT_DONE
    except KeyboardInterrupt:
        output.message(_("Stopped."))
        return NOT_DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m station", description=_("Offline check-in station."))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help=_("one JSON object a line on standard output"))
    common.add_argument("--lang", choices=i18n.LANGUAGES, help=_("language of messages"))
    for module in (
        event,
        setup,
        roster,
        photos,
        documents,
        submissions,
        codes,
        desk,
        cases,
        delegations,
        paper,
        sheets,
        certificates,
        layouts,
        exchange,
        merging,
        pack,
        stick,
        sync,
        preflight,
        settings,
        guide,
        diagnostics,
    ):
        module.add_commands(commands, common)
    complete(parser)
    return parser
