"""Sources at rest: the store, the search index, reprints, importing, the register of briefings."""
