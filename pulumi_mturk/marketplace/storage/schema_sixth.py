"""What schema version 6 adds."""

from __future__ import annotations

from typing import Final

PASSKEYS: Final = (
    # What a worker signs in with in the place of a passphrase, several of one worker.
    """CREATE TABLE passkeys (
        credential_id TEXT PRIMARY KEY,
        worker_id TEXT NOT NULL,
        public_key TEXT NOT NULL,
        sign_count INTEGER NOT NULL,
        name TEXT NOT NULL,
        created REAL NOT NULL,
        last_used REAL
    ) WITHOUT ROWID""",  # credential_id, public_key (COSE): base64url; name: the worker's own, to tell them apart
    "CREATE INDEX passkeys_of_worker ON passkeys (worker_id, created)",
)


def _cut(into: str, source: str, size: int) -> str:
    """Pieces cut into smaller ones, each with the two characters that come after its `size`."""
    first, rest = f"substr({{0}}, 1, {size + 2})", f"substr({{0}}, {size + 1})"
    return f"""{into} (part, sequence, piece, more) AS (
        SELECT part, sequence, {first.format("piece")}, {rest.format("piece")} FROM {source}
        UNION ALL SELECT part, sequence, {first.format("more")}, {rest.format("more")} FROM {into} WHERE more <> '')"""  # noqa: S608


def _pieces(texts: str, columns: str) -> str:
    """The pieces of three characters of each text, and of its end.

    Those of a long text are cut from shorter parts of it: to cut them from the whole one by one takes a time that grows
    with the square of its length.
    """
    steps = (_cut("long", "texts", 10_000), _cut("short", "long", 100), _cut("trigrams", "short", 1))
    return f"""WITH RECURSIVE texts (part, sequence, piece) AS ({texts}), {", ".join(steps)}
    SELECT {columns} FROM trigrams WHERE piece <> '' GROUP BY piece, sequence"""  # noqa: S608


def pieces_of_types(where: str = "") -> str:
    """The rows of `type_trigrams` of these types, as a SELECT; a piece of the description alone has part 1."""
    texts = " UNION ALL ".join(
        f"SELECT {part}, sequence, {column} FROM type_texts {where}"  # noqa: S608 - ours, as above and below
        for part, column in ((0, "name"), (0, "keywords"), (1, "description"))
    )
    return _pieces(texts, "min(part) AS part, piece AS trigram, sequence")


def pieces_of_hit_types(where: str = "") -> str:
    """The rows of `hit_type_trigrams` of these HIT types, as a SELECT."""
    texts = f"SELECT 0, sequence, folded_words FROM hit_types {where}"  # noqa: S608
    return _pieces(texts, "piece AS trigram, sequence")


WORDS: Final = (
    # What is searched of qualification types, in one case, apart from their tests, which are long.
    """CREATE TABLE type_texts (
        sequence INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        keywords TEXT NOT NULL
    )""",
    """INSERT INTO type_texts (sequence, name, description, keywords)
        SELECT sequence, sort_name, folded_description, folded_keywords FROM qualification_types""",
    "ALTER TABLE qualification_types DROP COLUMN folded_description",
    "ALTER TABLE qualification_types DROP COLUMN folded_keywords",
    """CREATE TABLE type_trigrams (
        part INTEGER NOT NULL,
        trigram TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (part, trigram, sequence)
    ) WITHOUT ROWID""",
    f"INSERT INTO type_trigrams (part, trigram, sequence) {pieces_of_types()}",
    """CREATE TABLE hit_type_trigrams (
        trigram TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (trigram, sequence)
    ) WITHOUT ROWID""",
    f"INSERT INTO hit_type_trigrams (trigram, sequence) {pieces_of_hit_types()}",
)

REFUSALS: Final = (
    # Names that somebody has tried, nobody's too: as many as are kept, those that were tried last, by their sequence.
    "ALTER TABLE sign_in_attempts RENAME TO sign_in_attempts_of_all",
    "DROP INDEX sign_in_attempts_by_age",
    """CREATE TABLE sign_in_attempts (
        sequence INTEGER PRIMARY KEY,
        name_hash TEXT NOT NULL UNIQUE,
        failures INTEGER NOT NULL,
        latest REAL NOT NULL
    )""",
    """INSERT INTO sign_in_attempts (name_hash, failures, latest)
        SELECT name_hash, failures, latest FROM sign_in_attempts_of_all ORDER BY latest""",
    "DROP TABLE sign_in_attempts_of_all",
    "CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (latest)",
    # Refused sign-ins of a day with the names of one bucket are one row: strangers add no more.
    "ALTER TABLE audit ADD COLUMN times INTEGER NOT NULL DEFAULT 1",
    "CREATE INDEX audit_refusals ON audit (actor, time) WHERE action = 'sign-in refused'",
)
