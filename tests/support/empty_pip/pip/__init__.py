"""In the place of pip in CLI tests: with each command the language host lists packages, to find plugins to download."""
