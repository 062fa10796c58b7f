"""Pure values: source, excerpt, inline, block, briefing, edit, template, grading, marking.

No input or output, no clock, no randomness, no Qt.
"""
