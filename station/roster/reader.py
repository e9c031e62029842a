"""The process that reads a workbook: takes its bytes from standard input and sends its rows to standard output.

It imports as little as it can, because every roster waits for its start.
"""

import gc
import os
import signal
import struct
from typing import IO

from station.errors import BadInput
from station.i18n import set_language
from station.roster import frames
from station.roster.cells import Fault, Range
from station.roster.process_limits import limit_this_process
from station.roster.workbook import Workbook

WORKBOOK, OTHER_WORKBOOK = "workbook", "other"  # .xlsx; .xls and .ods
REQUEST = struct.Struct(">IQ8s8s")  # seconds, bytes of memory, language, which of the two; the file follows
_BATCH_CHARACTERS = 2**18


class SheetSender:
    """Sends what is put into it as frames; rows go in batches."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._lines: list[str] = []
        self._characters = 0
        frames.send(stream, frames.SHEET, name)

    def put_row(self, number: int, cells: list[str]) -> None:
        """As SheetBuilder."""
        line = f"{number}{frames.BETWEEN_CELLS}{frames.joined(cells)}"
        self._lines.append(line)
        self._characters += len(line)
        if self._characters > _BATCH_CHARACTERS:
            self.flush()

    def put_fault(self, row: int, column: int, fault: Fault) -> None:
        """As SheetBuilder."""
        frames.send(
            self._stream,
            frames.FAULT,
            frames.joined([str(row), str(column), fault.problem, fault.shown[:1000]]),
        )

    def merge(self, area: Range) -> None:
        """As SheetBuilder."""
        frames.send(self._stream, frames.MERGED, " ".join(map(str, area)))

    def cut(self, row: int, count: int = 1) -> None:
        """As SheetBuilder."""
        frames.send(self._stream, frames.CUT, f"{row} {count}")

    def flush(self) -> None:
        """Send the rows that wait."""
        frames.send(self._stream, frames.ROWS, frames.BETWEEN_ROWS.join(self._lines))
        self._stream.flush()
        self._lines, self._characters = [], 0


def main() -> None:
    """Read the one workbook that is asked for."""
    gc.disable()  # nothing here goes round in circles, and the process does not live long
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that waits for this one
    stream = os.fdopen(os.dup(1), "wb")
    source = os.fdopen(os.dup(0), "rb")
    processor_s, memory_bytes, language, kind = REQUEST.unpack(source.read(REQUEST.size))
    limit_this_process(memory_bytes, processor_s)
    set_language(language.rstrip(b"\0").decode())
    try:
        if kind.rstrip(b"\0").decode() == WORKBOOK:
            _send_workbook(stream, source.read())
        else:
            from station.roster.other_workbooks import send_other_workbook

            send_other_workbook(stream, source.read())
        frames.send(stream, frames.END)
    except BadInput as error:
        problem = error.problems[0]
        frames.send(
            stream, frames.REFUSED, frames.joined([problem.problem, str(problem.row or ""), problem.message])
        )
    stream.flush()
    os._exit(0)  # nothing is left to tidy up, and taking a large table apart takes time


def _send_workbook(stream: IO[bytes], content: bytes) -> None:
    def progress(done: int, total: int) -> None:
        frames.send(stream, frames.PROGRESS, f"{done} {total}")
        stream.flush()

    workbook = Workbook(content, progress)
    for name, part in workbook.sheets:
        sender = SheetSender(stream, name)
        workbook.read_sheet(part, sender)
        sender.flush()
