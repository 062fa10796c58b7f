"""Comparing two briefings: sections, blocks, words, evidence. Pure: no files, no clock, no window."""
