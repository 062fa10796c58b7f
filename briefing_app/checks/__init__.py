"""Tradecraft rules, one file per rule, each finding exact to its position in the briefing."""
