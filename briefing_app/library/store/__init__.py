"""Sources at rest: the database, original bytes, and the rows of sources."""
