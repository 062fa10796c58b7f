"""The command line: the second front end, which keeps the core honest."""

import argparse
from collections.abc import Sequence

from briefing_app import __version__


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="briefing", description="Compose sourced briefings.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.parse_args(argv)
    return 0
