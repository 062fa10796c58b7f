"""The library's panel: searching, filtering, importing, the list of sources."""
