"""Files on their way in: met, read in workers, kept in batches."""
