"""What to read first on the stick: what each file is and how to prove that it is whole, in both languages."""

from collections.abc import Iterator, Sequence

from station.i18n import N_, language, translated
from station.reports.facts import Facts
from station.reports.files import ReportFile
from station.reports.report import Format

README_NAME = "README.txt"
_RULE = "=" * 78
_WIDTH = 76
_WHAT, _PROOF = N_("What is here"), N_("How to prove that it is whole")
_MADE = N_("Made on {time} ({zone})")
_JOURNAL = N_("The sealed journal of each station: the record itself. Other stations take it in.")
_LOCKED = N_("It is locked for headquarters: only the laptop with headquarters' key reads it.")
_MANIFEST = N_("Names, sizes and SHA-256 of all these files, and the SHA-256 of the roster.")
_PASSWORD = N_(
    "The workbooks open with the password that was chosen for this export. Nobody can recover it. Tables and papers "
    "that cannot bear a password were left out."
)
_WITH_PROGRAM = N_("With the program of the check-in station, which changes nothing:")
_ON_WINDOWS = N_(
    "Without it: compare the SHA-256 of a file with the one that MANIFEST.json says. On Windows it is told by"
)
_ELSEWHERE = N_("and on Linux or macOS by")
_KINDS = {
    Format.XLSX: N_("Workbook for Excel or LibreOffice, with these sheets:"),
    Format.CSV: N_("Table for other programs (UTF-8, commas):"),
    Format.PDF: N_("Paper to print (A4):"),
}


def readme(facts: Facts, files: Sequence[ReportFile], prefix: str, *, protected: bool, locked: bool) -> bytes:
    """The text as UTF-8 with byte order mark and CRLF, which every Notepad shows rightly."""
    first = language()
    second = "en" if first == "vi" else "vi"
    lines = [
        *_lines(facts, files, prefix, first, protected=protected, locked=locked),
        *("", _RULE, ""),
        *_lines(facts, files, prefix, second, protected=protected, locked=locked),
    ]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _lines(
    facts: Facts, files: Sequence[ReportFile], prefix: str, language: str, *, protected: bool, locked: bool
) -> Iterator[str]:
    yield from _about(facts, language)
    yield ""
    yield translated(_WHAT, language).upper()
    for file in files:
        yield from ("", f"{prefix}{file.name}", f"    {translated(_KINDS[file.format], language)}")
        for report in file.reports:
            said = f"{translated(report.title, language)}: {translated(report.about, language)}"
            yield from _wrapped(said, "      - ")
    yield from ("", f"{prefix}journal-*.segment", *_wrapped(translated(_JOURNAL, language)))
    if locked:
        yield from _wrapped(translated(_LOCKED, language))
    yield from ("", "MANIFEST.json", *_wrapped(translated(_MANIFEST, language)))
    if protected:
        yield from ("", *_wrapped(translated(_PASSWORD, language), ""))
    yield from ("", translated(_PROOF, language).upper(), "")
    yield from (*_wrapped(translated(_WITH_PROGRAM, language), ""), "    python -m station verify FOLDER")
    yield from (*_wrapped(translated(_ON_WINDOWS, language), ""), "    certutil -hashfile FILE SHA256")
    yield from _wrapped(translated(_ELSEWHERE, language), "")
    yield "    sha256sum FILE        (macOS: shasum -a 256 FILE)"


def _about(facts: Facts, language: str) -> Iterator[str]:
    event = facts.event
    mark = translated("REHEARSAL", language) if event.rehearsal else ""
    name = event.name_en or event.name if language == "en" else event.name or event.name_en
    days = dict.fromkeys(f"{day:%d/%m/%Y}" for day in (event.starts_on, event.ends_on))
    yield " – ".join(filter(None, (mark, name)))
    yield from filter(None, (event.organiser, " – ".join(days), event.venue))
    at = f"{facts.now.astimezone(facts.zone):%d/%m/%Y %H:%M:%S}"
    yield translated(_MADE, language).format(time=at, zone=event.zone)


def _wrapped(text: str, indent: str = "    ") -> Iterator[str]:
    """A paragraph in lines that any editor shows whole; further lines stand below the first."""
    line, empty = indent, True
    for word in text.split():
        if not empty and len(line) + 1 + len(word) > _WIDTH:
            yield line
            line, empty = " " * len(indent), True
        line += word if empty else f" {word}"
        empty = False
    yield line
