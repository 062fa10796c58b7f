"""The writers: a LayoutDocument in, a document file out, and nothing else."""
