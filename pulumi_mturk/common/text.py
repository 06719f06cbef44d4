"""Numbers and nouns in messages."""


def count(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun: `count(1, "worker")` is "1 worker", `count(1200, "worker")` "1,200 workers"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
