"""What all other packages use: unknown values, diagnostics, errors, the form of ids and integers."""
