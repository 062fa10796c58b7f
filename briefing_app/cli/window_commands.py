"""Opening the window, and the demo."""

from __future__ import annotations

import argparse

from briefing_app.cli.output import complain, follow, print_json


def window(arguments: argparse.Namespace) -> int:
    from briefing_app.app.display import require_display

    require_display()
    from briefing_app.desktop.start import run

    return run(arguments.files, arguments.library)


def demo(arguments: argparse.Namespace) -> int:
    from briefing_app.app.demo import run_demo

    done = follow(run_demo(arguments.out))
    if arguments.json:
        print_json(done.to_json())
    else:
        print(done.in_words())
    if arguments.no_window:
        return 0
    from briefing_app.app.display import has_display

    if not has_display():
        complain("There is no display here, so the window stays closed.")
        return 0
    from briefing_app.desktop.start import run

    return run([done.briefing], done.library)
