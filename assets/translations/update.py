"""Brings the catalogues up to date with the texts in the program: extracts, merges, reports, compiles.

python assets/translations/update.py          extract, merge into the .po, compile the .mo
python assets/translations/update.py --check  only say what is missing or out of date; exit 1 if anything is
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
LANGUAGE = "vi"
PO = HERE / LANGUAGE / "LC_MESSAGES" / "station.po"
MO = PO.with_suffix(".mo")


def extracted() -> Catalog:
    """Every text that the program may show, with the files that hold it."""
    catalogue = Catalog(project="checkin-station", charset="utf-8", fuzzy=False)
    for package in ("station", "ui"):
        found = extract_from_dir(
            ROOT / package, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("TRANSLATORS:",)
        )
        for name, _line, message, comments, context in sorted(found, key=lambda item: (item[0], item[1])):
            place = f"{package}/{name}".replace("\\", "/")
            catalogue.add(message, locations=[(place, None)], auto_comments=comments, context=context)
    return catalogue


def stored() -> Catalog:
    """The catalogue with its translations."""
    if PO.exists():
        with PO.open("rb") as file:
            catalogue = read_po(file, locale=LANGUAGE)
    else:
        catalogue = Catalog(locale=LANGUAGE)
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "checkin-station", "0"
    catalogue.header_comment = "# Vietnamese texts of the check-in station; the English texts are the keys."
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = ""
    # A date of its own would make every run another file.
    catalogue.creation_date = catalogue.revision_date = datetime(2022, 10, 27, tzinfo=UTC)
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as text; sorted and without dates, so that it changes only when a text does."""
    out = io.BytesIO()
    write_po(out, catalogue, sort_output=True, omit_header=False, width=110, ignore_obsolete=True)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if "-Date:" not in line and "Generated-By" not in line).encode()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled catalogue."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def untranslated(catalogue: Catalog) -> list[Message]:
    """Texts without a translation, or with one that nobody has checked."""
    return [
        message
        for message in catalogue
        if message.id and (message.fuzzy or not message.string or message.string == ("",))
    ]


def update() -> int:
    """Merge, compile and report; returns how many texts still want a translation."""
    catalogue = stored()
    catalogue.update(extracted(), no_fuzzy_matching=True)
    PO.write_bytes(po_bytes(catalogue))
    MO.write_bytes(mo_bytes(stored()))
    missing = untranslated(stored())
    for message in missing:
        print("missing:", message.id)
    return len(missing)


def check() -> int:
    """How many texts of the program the catalogue does not translate."""
    known = stored()
    missing = [message.id for message in extracted() if message.id and known.get(message.id) is None]
    for text in missing:
        print("not extracted:", text)
    return len(missing) + len(untranslated(known))


if __name__ == "__main__":
    sys.exit(1 if (check() if "--check" in sys.argv else update()) else 0)
