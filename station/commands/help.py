"""Completes what ``--help`` says: a sentence for every command and argument, in the language of the messages."""

import argparse
from collections.abc import Iterable

from station.i18n import N_, _

# What an argument is where its command does not say it, by its name; some by command and name.
_MEANINGS = {
    "folder": N_("the event folder"),
    "file": N_("the file"),
    "code": N_("code of the delegate, as on the badge"),
    "codes": N_("codes of the delegates, as on the badge"),
    "session": N_("ID of the session; without it the one that is on now"),
    "name": N_("full name"),
    "name_en": N_("name in English"),
    "starts_on": N_("first day"),
    "ends_on": N_("last day"),
    "venue": N_("where it is held"),
    "organiser": N_("who holds it"),
    "zone": N_("IANA time zone, e.g. Asia/Ho_Chi_Minh"),
    "position": N_("position"),
    "unit": N_("unit"),
    "category": N_("category"),
    "phone": N_("telephone number"),
    "email": N_("e-mail"),
    "seat": N_("seat"),
    "reason": N_("the reason, which is recorded"),
    "note": N_("why, which is recorded"),
    "entry": N_("number of the entry, as given when it was recorded"),
    "entries": N_("numbers of the entries, as given when they were recorded"),
    "add": N_("add one"),
    "into": N_("the name into which the other one is merged"),
    "to": N_("the new name"),
    "out": N_("the file to write"),
    "title": N_("title"),
    "title_en": N_("title in English"),
    "doc_version": N_("name of the version"),
    "language": N_("language of the document"),
    "pages": N_("number of pages, for the printing order"),
    "stock": N_("how many copies there are"),
    "reserve": N_("copies printed in reserve, a number or a percentage"),
    "lang": N_("language of messages"),
    "json": N_("one JSON object a line on standard output"),
    "payload": N_("what the code holds"),
    "image": N_("a picture in which the code is looked for"),
    "video": N_("a video in which codes are looked for"),
    "files": N_("pictures and videos"),
    "path": N_("an event folder, an export, or a file of one"),
    "text": N_("part of a name, a unit, a code or a telephone number"),
    "limit": N_("how many are listed at most"),
    "layout": N_("design of the badge"),
    "document": N_("only the document of this code; may be repeated"),
    "decline": N_("decline instead"),
    "delegate": N_("only these delegates"),
    "except_category": N_("these categories never receive it"),
    "except_unit": N_("these units never receive it"),
    "except_session": N_("who may enter these sessions never receives it"),
    "except_delegate": N_("these delegates never receive it"),
    "category_of_unit": N_("who has both receives it"),
    ("event", "name"): N_("name of the event in Vietnamese"),
    ("sessions", "source"): N_("take the programme from this TOML file"),
    ("sessions", "target"): N_("write the programme into this TOML file"),
    ("import-roster", "file"): N_("the office's list: .xlsx, .xls, .ods, .csv, .tsv"),
    ("import-roster", "map"): N_(
        "what a column means: name, position, unit, category, phone, email, seat, note, code, external_payload or "
        "citizen_id = its heading or its letter"
    ),
    ("photos", "source"): N_("take photos from a folder or a ZIP archive"),
    ("rehearse", "to"): N_("folder of the rehearsal; without it beside the event"),
    ("export", "to"): N_("folder or stick in which the export's folder is made"),
    ("seal", "to"): N_("folder or stick in which the segments are written"),
    ("export", "reports"): N_(
        "only these reports, as the command reports names them; name.csv means one format"
    ),
    ("export", "without"): N_("leave these fields out of every report, e.g. phone"),
    ("export", "with_fields"): N_("show these fields in every report that has them, e.g. phone"),
    ("export", "passphrase_file"): N_(
        "a text file that holds a password for the workbooks; tables and papers that cannot bear one are left out"
    ),
    ("unpack", "to"): N_("folder of the desk"),
    ("unpack", "number"): N_("number of the desk"),
    ("unpack", "file"): N_("the event pack"),
    ("matrix", "out"): N_("write it into this .xlsx file"),
    ("order", "out"): N_("write it into this .xlsx or .pdf file"),
    ("add", "category"): N_("these categories receive it"),
    ("add", "unit"): N_("these units receive it"),
    ("add", "session"): N_("who may enter these sessions receives it"),
    ("add", "delegate"): N_("these delegates receive it"),
}
_OF_DOCUMENTS = ("add", "version", "put-back", "remove", "withdraw", "outdated")


class _Formatter(argparse.HelpFormatter):
    """Says “usage” in the language of the messages."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("How to call it: ") if prefix is None else prefix)


def complete(parser: argparse.ArgumentParser, command: str = "") -> None:
    """Give a parser and all its commands headings, sentences and meanings where they have none."""
    parser.formatter_class = _Formatter
    parser._positionals.title, parser._optionals.title = _("What is given"), _("Options")
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction):
            action.help = _("show this text and do nothing else")
        elif isinstance(action, argparse._SubParsersAction):
            said = {choice.dest: choice.help for choice in action._choices_actions}
            for name, sub_parser in action.choices.items():
                sub_parser.description = sub_parser.description or said.get(name)
                complete(sub_parser, name)
        elif action.help is None:
            action.help = _meaning(command, action.dest)


def _meaning(command: str, name: str) -> str | None:
    if name == "code" and command in _OF_DOCUMENTS:
        return _("code of the document")
    text = _MEANINGS.get((command, name)) or _MEANINGS.get(name)
    return _(text) if text else None
