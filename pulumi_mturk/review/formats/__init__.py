"""A report for people: as markdown for a pull request, on a terminal, and as a page; `write` of each module."""
