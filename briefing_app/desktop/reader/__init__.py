"""The reader: a source's stored text, from which passages are taken."""
