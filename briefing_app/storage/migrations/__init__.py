"""Migrations of the ``.briefing`` file: one function for each version of the schema that was left behind."""
