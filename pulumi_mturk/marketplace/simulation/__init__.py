"""Simulation: a crowd of made-up workers takes the tests and does the HITs of a database."""
