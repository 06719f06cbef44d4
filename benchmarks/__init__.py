"""What the provider costs, measured against named rivals in the same run."""
