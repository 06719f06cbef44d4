"""The SQLite file: its schema, and transactions on it."""
