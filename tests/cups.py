"""A printing system of a test's own: cupsd with one queue that hands PDF on to a raw port."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.printers import wait_until

QUEUE = "Badges"
_PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "BADGES.PPD"
*Manufacturer: "Test"
*Product: "(Badges)"
*ModelName: "Badges"
*ShortNickName: "Badges"
*NickName: "Badges"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *PageSize/Page Size: PickOne
*DefaultPageSize: A6
*PageSize A6/A6: "<</PageSize[298 420]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Page Region: PickOne
*DefaultPageRegion: A6
*PageRegion A6/A6: "<</PageSize[298 420]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A6
*ImageableArea A6/A6: "0 0 298 420"
*DefaultPaperDimension: A6
*PaperDimension A6/A6: "298 420"
*VariablePaperSize: True
*NonUIOrderDependency: 100 AnySetup *CustomPageSize True
*CustomPageSize True: "pop pop pop <</PageSize[5 -2 roll]>>setpagedevice"
*ParamCustomPageSize Width: 1 points 36 1000
*ParamCustomPageSize Height: 2 points 36 1500
*ParamCustomPageSize WidthOffset/Width Margin: 3 points 0 0
*ParamCustomPageSize HeightOffset/Height Margin: 4 points 0 0
*ParamCustomPageSize Orientation: 5 int 0 3
*LeadingEdge Short: ""
*HWMargins: 0 0 0 0
*MaxMediaWidth: "1000"
*MaxMediaHeight: "1500"
"""


def lead_here(server: str | None) -> None:
    """Make the CUPS client of this thread ask ``server`` (a socket's path), the usual one again with None.

    The client reads CUPS_SERVER once in a thread's life: whoever asked for printers before would
    go on asking the old server.
    """
    library = ctypes.util.find_library("cups")
    if library is not None:
        ctypes.CDLL(library).cupsSetServer(None if server is None else server.encode())


def why_not() -> str:
    """Why there can be no printing system of our own here, '' where there can."""
    if os.name != "posix" or not hasattr(os, "geteuid"):
        return "CUPS is of Linux and macOS"
    missing = [name for name in ("cupsd", "lpadmin", "lpstat") if _found(name) is None]
    if missing:
        return f"{', '.join(missing)} not installed (packages cups, cups-client)"
    return "" if os.geteuid() == 0 else "cupsd starts its backends as root only"


@contextmanager
def printing_system(device: str) -> Iterator[dict[str, str]]:
    """Run cupsd with the queue until the end; yields the variables that lead its clients to it."""
    home = Path(tempfile.mkdtemp(prefix="cups-"))
    home.chmod(0o755)
    for part in ("spool", "cache", "state", "log", "tmp", "ppd"):
        (home / part).mkdir()
    socket = home / "cups.sock"
    (home / "cupsd.conf").write_text(
        f"Listen {socket}\nLogLevel debug\nBrowsing Off\nWebInterface No\nPreserveJobHistory Yes\n"
        "DefaultAuthType None\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Policy default>\nJobPrivateAccess all\nJobPrivateValues none\n<Limit All>\n"
        "Order deny,allow\n</Limit>\n</Policy>\n"
    )
    (home / "cups-files.conf").write_text(
        f"ServerRoot {home}\nRequestRoot {home}/spool\nCacheDir {home}/cache\nStateDir {home}/state\n"
        f"TempDir {home}/tmp\n"
        f"ErrorLog {home}/log/error\nAccessLog {home}/log/access\nPageLog {home}/log/page\nFileDevice Yes\n"
    )
    (home / "badges.ppd").write_text(_PPD)
    environment = {**os.environ, "CUPS_SERVER": str(socket)}
    server = subprocess.Popen(
        [str(_found("cupsd")), "-f", "-c", str(home / "cupsd.conf"), "-s", str(home / "cups-files.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(socket.exists)
        command = [str(_found("lpadmin")), "-p", QUEUE, "-E", "-v", device, "-P", str(home / "badges.ppd")]
        subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)
        yield {"CUPS_SERVER": str(socket)}
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(home, ignore_errors=True)


def _found(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
