"""Rosters of up to 100,000 workers: how fast they are applied, how they grow, and what a small change of one costs."""
