"""The outline: the briefing's sections as a tree."""
