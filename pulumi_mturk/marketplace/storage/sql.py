"""What a query is run on: a connection in its transaction, and the rows that it answers with."""

from __future__ import annotations

import sqlite3

Connection = sqlite3.Connection
Row = sqlite3.Row
