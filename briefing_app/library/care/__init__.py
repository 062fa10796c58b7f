"""Looking after a library: checks, backups, packs, figures."""
