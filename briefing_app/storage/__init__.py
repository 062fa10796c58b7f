"""The .briefing file: codec, atomic write, recovery journal, migrations; and template files."""
