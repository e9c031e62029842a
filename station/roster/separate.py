"""Reads a workbook in a process of its own: a hostile file can take no more than that process.

The process is a plain one that this program starts, with nothing of a screen in it; it ends with the reading, however
that ends.
"""

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path

from station.errors import BadInput, EnvironmentFault
from station.i18n import _, language
from station.media.faults import reason
from station.roster import frames
from station.roster.cells import Fault, Progress, Sheet, SheetBuilder, refusal_of_file, unheard
from station.roster.reader import REQUEST, WORKBOOK

READER_COMMAND = "read-workbook"  # what makes the packaged program the reader; see ui/__main__.py
CONSOLE_PROGRAM = (
    "checkin-station-console.exe"  # beside the packaged program on Windows; see build_installer.spec
)
DEADLINE_S = 120.0
# Of addresses. A hundred thousand rows of .xlsx take a tenth; python-calamine lays out whole sheets.
MOST_MEMORY_BYTES = 700_000_000
MOST_MEMORY_OF_OTHERS_BYTES = 1_500_000_000
MOST_TEXT_BYTES = 2**28  # of all cells of a file
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would show a console
_LOOK_UP_S = 0.1  # how often to ask whether somebody wants to stop

_Frame = tuple[bytes, bytes]


def read_separately(
    content: bytes, kind: str, progress: Progress = unheard, deadline_s: float = DEADLINE_S
) -> Generator[Sheet, None, None]:
    """The visible sheets in the order of the workbook, each as soon as it is read.

    Args:
        kind: WORKBOOK for .xlsx, OTHER_WORKBOOK for .xls and .ods.

    Raises BadInput: PASSWORD_PROTECTED, DAMAGED_FILE, NOT_A_WORKBOOK, SUSPICIOUS_FILE, TOO_MANY_ROWS, TOO_MANY_CELLS;
    EnvironmentFault when the process cannot be started; whatever ``progress`` raises, within a tenth of a second.
    """
    reader = _Reader(content, kind)
    try:
        yield from _sheets(reader.frames(progress, deadline_s))
    finally:
        reader.end()


def _sheets(coming: Iterator[_Frame]) -> Iterator[Sheet]:
    builder: SheetBuilder | None = None
    for kind, payload in coming:
        text = frames.text_of(payload)
        if kind in (frames.SHEET, frames.END) and builder is not None:
            yield builder.sheet()
        if kind == frames.SHEET:
            builder = SheetBuilder(text)
        elif kind == frames.REFUSED:
            problem, row, message = text.split(frames.BETWEEN_CELLS)
            raise refusal_of_file(problem, message, int(row) if row else None)
        elif builder is not None:
            _put(builder, kind, text)


def _put(builder: SheetBuilder, kind: bytes, text: str) -> None:
    if kind == frames.ROWS:
        for line in text.split(frames.BETWEEN_ROWS) if text else ():
            number, *cells = line.split(frames.BETWEEN_CELLS)
            builder.put_row(int(number), cells)
    elif kind == frames.FAULT:
        number, column, problem, shown = text.split(frames.BETWEEN_CELLS)
        builder.put_fault(int(number), int(column), Fault(problem, shown))
    elif kind == frames.MERGED:
        top, left, bottom, right = map(int, text.split())
        builder.merge((top, left, bottom, right))
    elif kind == frames.CUT:
        number, count = text.split()
        builder.cut(int(number), int(count))


class _Reader:
    """The process, and the thread that gives it the file and takes its frames."""

    def __init__(self, content: bytes, kind: str) -> None:
        try:
            self._process = subprocess.Popen(
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=_NO_WINDOW,
            )
        except OSError as error:
            message = _("The process that reads workbooks cannot be started: {reason}. Close other programs.")
            raise EnvironmentFault(message.format(reason=reason(error))) from error
        memory = MOST_MEMORY_BYTES if kind == WORKBOOK else MOST_MEMORY_OF_OTHERS_BYTES
        self._request = REQUEST.pack(int(DEADLINE_S), memory, language().encode(), kind.encode())
        self._content = content
        self._coming: queue.SimpleQueue[_Frame | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._exchange, name="roster reader", daemon=True)
        self._thread.start()

    def frames(self, progress: Progress, deadline_s: float) -> Iterator[_Frame]:
        """Every frame up to the last; in between, ``progress`` is called often, whether anything comes or not."""
        ends_at = time.monotonic() + deadline_s
        done, total = 0, 0
        text_bytes = 0
        while True:
            progress(min(done, total - 1) if total else 0, total)  # all is done when the caller says so
            if time.monotonic() > ends_at:
                raise _suspicious()
            try:
                frame = self._coming.get(timeout=_LOOK_UP_S)
            except queue.Empty:
                continue
            if frame is None or text_bytes > MOST_TEXT_BYTES:
                raise _suspicious()  # the system ended it, for its memory or a fault in a library
            kind, payload = frame
            if kind == frames.PROGRESS:
                done, total = map(int, payload.split())
                continue
            text_bytes += len(payload)
            yield frame
            if kind == frames.END:
                return

    def end(self) -> None:
        """Nothing of it is left afterwards."""
        self._process.kill()
        self._process.wait()
        self._thread.join()

    def _exchange(self) -> None:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        with stdout:
            with suppress(OSError), stdin:  # it may end before it has taken the whole file
                stdin.write(self._request)
                stdin.write(self._content)
            for frame in frames.received(stdout):
                self._coming.put(frame)
        self._coming.put(None)


def _command() -> list[str]:
    """This Python without its site packages' start-up, finding what this program finds; or the packaged program."""
    if getattr(sys, "frozen", False):
        with_streams = Path(sys.executable).with_name(CONSOLE_PROGRAM)  # the windowed one has none on Windows
        return [str(with_streams) if with_streams.exists() else sys.executable, READER_COMMAND]
    paths = [path or str(Path.cwd()) for path in sys.path]
    code = f"import sys; sys.path[:] = {paths!r}; from station.roster.reader import main; main()"
    return [sys.executable, "-I", "-S", "-c", code]


def _suspicious() -> BadInput:
    message = _(
        "The workbook takes more time or memory than a roster can need. "
        "Copy the table of delegates into a new workbook and use that."
    )
    return refusal_of_file("SUSPICIOUS_FILE", message)
