"""How much can go wrong without anything being lost: figures, measured, for docs/reliability.md.

A module measures one figure or a few that share their means, and names them in `FIGURES`. `make reliability` runs the
long form of all; `make test` a short form of each.
"""
