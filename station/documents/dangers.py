"""What a file must not be to be handed out: programs and scripts, by name and by content; macros are told."""

from station.errors import Refusal
from station.i18n import _
from station.media.names import safe_name
from station.text import clean

# What Windows, macOS or Linux run, install or obey when it is opened.
_PROGRAMS = (
    *(
        ".apk",
        ".app",
        ".appimage",
        ".application",
        ".bat",
        ".cmd",
        ".com",
        ".command",
        ".cpl",
        ".deb",
        ".desktop",
    ),
    *(
        ".dll",
        ".elf",
        ".exe",
        ".gadget",
        ".hta",
        ".inf",
        ".ins",
        ".jar",
        ".js",
        ".jse",
        ".lnk",
        ".msc",
        ".msi",
    ),
    *(
        ".msix",
        ".msp",
        ".mst",
        ".pif",
        ".pl",
        ".ps1",
        ".ps1xml",
        ".psd1",
        ".psm1",
        ".py",
        ".pyc",
        ".pyw",
        ".rb",
    ),
    *(
        ".reg",
        ".rpm",
        ".scf",
        ".scr",
        ".sh",
        ".so",
        ".sys",
        ".url",
        ".vb",
        ".vbe",
        ".vbs",
        ".ws",
        ".wsc",
        ".wsf",
    ),
    *(".wsh", ".xll"),
)
_WITH_MACROS = (".docm", ".dotm", ".pptm", ".potm", ".ppam", ".ppsm", ".xlsm", ".xltm", ".xlam", ".xlsb")
_MAGICS = (
    b"MZ",  # Windows and DOS programs, libraries, screen savers
    b"\x7fELF",
    b"#!",
    b"\xef\xbb\xbf#!",
    b"\xfe\xed\xfa\xce",  # Mach-O, four ways round
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Java classes, Mach-O for several processors
    b"L\x00\x00\x00\x01\x14\x02\x00",  # Windows shortcuts
    b"!<arch>\ndebian",
    b"\xed\xab\xee\xdb",  # RPM
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# The root's class in an installer package (.msi), as it lies in the file: {000C1084-0000-0000-C000-000000000046}.
_INSTALLER = bytes.fromhex("84100c0000000000c000000000000046")
_MACRO_PARTS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))
_OVERLAP = 64


def refuse_programs_by_name(name: str) -> None:
    """Raises Refusal for the name of a program or script, also behind dots, blanks and odd letters."""
    if _trimmed(name).endswith(_PROGRAMS) or safe_name(name).endswith(_PROGRAMS):
        raise _refusal(name)


def refuse_programs_by_content(name: str, head: bytes) -> None:
    """Raises Refusal when a file begins as programs and scripts do."""
    if head.startswith(_MAGICS) or (head.startswith(_OLE) and _INSTALLER in head):
        raise _refusal(name)


class MacroSearch:
    """Looks for macros in a file while it is read."""

    def __init__(self, name: str) -> None:
        self.found = _trimmed(name).endswith(_WITH_MACROS)
        self._looks = False
        self._before: bytes | None = None

    def take(self, chunk: bytes) -> None:
        """The next part of the file."""
        if self._before is None:
            self._looks = chunk.startswith((_ZIP, _OLE))
        joined = (self._before or b"") + chunk if self._looks else b""
        self.found = self.found or any(part in joined for part in _MACRO_PARTS)
        self._before = chunk[-_OVERLAP:]


def macro_notice(name: str) -> str:
    """What to tell of a file with macros."""
    return _(
        "{file} holds macros: programs inside a document. It is taken in and never opened here, but many offices "
        "block such files. Better hand out a PDF of it."
    ).format(file=clean(name))


def _trimmed(name: str) -> str:
    return clean(name).lower().rstrip(" .")  # Windows drops these from the end of a name


def _refusal(name: str) -> Refusal:
    return Refusal(
        _(
            "{file} is a program or a script, and those are never handed out. Choose the document itself, for "
            "example a PDF."
        ).format(file=clean(name))
    )
