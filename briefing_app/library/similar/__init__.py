"""Passages like a given one, and passages worth reading for a section that is being written."""
