"""The marketplace's rules, independent of the wire and of pages."""
