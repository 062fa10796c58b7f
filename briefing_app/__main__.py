import sys

from briefing_app.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
