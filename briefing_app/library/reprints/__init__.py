"""Reprints: sources that carry the same story, found by runs of words that their texts share."""
