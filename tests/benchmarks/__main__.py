"""Runs every benchmark and prints one table each, for docs/measurements.md: ``python -m tests.benchmarks [NAME …]``.

``python -m tests.benchmarks scanning [--corpus DIR] [--only TABLE] [--quick]`` prints those of docs/scanning.md.
"""

import importlib
import os
import platform
import sys
from datetime import date

from tests.benchmarks import scanning

NAMES = {
    "desk": ("The desk at work: sample video, real window", ("figure", "measured", "limit")),
    "redeem": ("Redeeming beside a bare commit, taken in turns", ("what", "median", "ratio")),
    "busy": (
        "Redeeming while the program is busy with something long",
        ("beside", "p50, ms", "p95, ms", "ratio"),
    ),
    "decoding": (
        "Decoding 1280 × 720 frames beside the naive way (pyzbar on the whole grey frame)",
        ("scene", "frames", "naive", "read so", "ours", "read so", "naive : ours"),
    ),
    "roster": ("Taking in a roster", ("what", "rows", "seconds", "ratio", "memory, MB")),
    "search": (
        "Finding people by name, typed without marks, beside SQLite LIKE",
        ("way", "delegates", "first, no marks", "first, one slip", "keystroke p95, ms", "index made, s"),
    ),
    "invitations": ("A thousand invitations", ("what", "how many", "seconds", "ms each", "ratio")),
    "photos": ("Taking in photos", ("what", "how many", "seconds", "of processor time", "memory, MB")),
    "documents": ("Who gets what", ("what", "delegates × documents", "seconds", "beside the naive way")),
    "pack": (
        "The event pack: 500 delegates, 200 MB of documents",
        ("what", "MB", "seconds", "ratio", "memory, MB"),
    ),
    "sticks": ("Exports and the second copy", ("what", "delegates", "seconds", "limit")),
    "merge": (
        "Bringing twenty desks together (--large as a program of its own: a million entries)",
        ("what", "entries", "seconds", "ratio"),
    ),
    "drain": (
        "Emptying the outbox: a thousand segments that wait, beside the target's own pace",
        ("what", "files", "a second", "ratio"),
    ),
    "badge_layouts": (
        "A thousand badges with code, photo and logo",
        ("what", "how many", "ms each", "kB each", "memory, MB"),
    ),
    "printing": ("From an admission to the printer's queue", ("figure", "measured", "limit")),
    "reports": (
        "Workbook and tables of a large event beside XlsxWriter and csv",
        ("what", "delegates / entries", "rows", "seconds", "ratio", "memory, MB"),
    ),
    "badges": ("Paper and reports", ("what", "how many", "ms each")),
}


def main(wanted: list[str]) -> int:
    """Print the tables wanted, all of them by default."""
    if wanted[:1] == ["scanning"]:
        scanning.main(wanted[1:])
        return 0
    print(f"{date.today()}, {platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    for name in wanted or NAMES:
        title, columns = NAMES[name]
        rows = importlib.import_module(f"tests.benchmarks.{name}").run()
        print(f"\n### {title}\n")
        print("| " + " | ".join(columns) + " |")
        print("|" + "---|" * len(columns))
        for row in rows:
            print("| " + " | ".join(row) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
