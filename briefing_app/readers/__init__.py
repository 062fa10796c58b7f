"""From a file's bytes to text, blocks, fields and a map of positions; one file per format."""
