"""The headless commands: ``python -m station COMMAND EVENT_FOLDER …``."""

import sys

from station.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
