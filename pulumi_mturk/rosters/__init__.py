"""Lists of workers: read from files, and kept as one text."""
