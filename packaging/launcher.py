"""The frozen app's start: the same command line, able to start worker processes of itself."""

import multiprocessing
import sys

from briefing_app.cli.main import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
