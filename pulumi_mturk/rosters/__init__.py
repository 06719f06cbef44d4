"""Lists of workers: read from files and programs, and kept as one text or as the list that the schema says."""
