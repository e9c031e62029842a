"""The command on what this machine remembers: the way out of a kiosk whose PIN nobody knows."""

import argparse
from dataclasses import asdict
from typing import Any

from station import settings as settings_store
from station.commands.output import Output
from station.errors import EnvironmentFault
from station.i18n import _

_SHOWN = ("language", "theme", "zoom", "sound", "volume", "idle_minutes", "kiosk")


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    chosen = commands.add_parser("settings", parents=[common], help=_("what this machine remembers"))
    chosen.add_argument("--no-kiosk", action="store_true", help=_("let the window be closed again"))
    chosen.set_defaults(run=_settings)


def _settings(chosen: argparse.Namespace, output: Output) -> int:
    settings = settings_store.load()
    if chosen.no_kiosk:
        settings.kiosk = False
        try:
            settings_store.save(settings)
        except OSError as error:
            text = _("The settings in {path} could not be written: {reason}.")
            path, reason = settings_store.settings_dir(), error.strerror or error
            raise EnvironmentFault(text.format(path=path, reason=reason)) from error
        output.message(_("The kiosk is off. It takes effect when the program is started again."))
    values = asdict(settings)
    result = {name: values[name] for name in _SHOWN} | {"folder": str(settings_store.settings_dir())}
    output.line(result, "\n".join(f"{name}: {value}" for name, value in result.items()))
    return 0
