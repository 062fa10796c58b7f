"""Texts that were read anew: what is in force, what was, and where cited passages stand in it."""
