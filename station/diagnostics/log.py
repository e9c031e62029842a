"""What the program logged lately, kept in memory as it was written in the source, never with the data it spoke of."""

import logging
import traceback
from collections import deque
from datetime import UTC, datetime

_KEPT = 400
_lines: deque[str] = deque(maxlen=_KEPT)


class KeptLog(logging.Handler):
    """Keeps time, level, logger, the sentence without what was put into it, and where an exception was raised."""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        _lines.append(f"{at} {record.levelname} {record.name}: {record.msg}")
        if record.exc_info and record.exc_info[0] is not None:
            _lines.append(f"  {record.exc_info[0].__name__}")
            _lines.extend(f"  {line.rstrip()}" for line in traceback.format_tb(record.exc_info[2]))


def keep_log() -> None:
    """Keep from now on what is logged; once a process."""
    root = logging.getLogger()
    if not any(isinstance(handler, KeptLog) for handler in root.handlers):
        root.addHandler(KeptLog())


def kept_lines() -> list[str]:
    """The latest lines, the oldest first."""
    return list(_lines)
