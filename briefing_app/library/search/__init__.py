"""The index derived from the sources, and everything that is asked of it."""
