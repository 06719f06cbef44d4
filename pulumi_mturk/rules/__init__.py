"""The catalogue of rules: each thing that a plan can find, under a code that is for ever.

Codes go by hundreds:

- MT0xx: the form of any input (missing, unknown, of another kind, too long)
- MT1xx: one qualification requirement
- MT2xx: lists of requirements, HIT types, and the qualification types that they require
- MT3xx: qualification types, their tests and answer keys
- MT4xx: grants, rosters, blocks, and the files that workers come from
- MT5xx: the risks of a change, which a review of its plan names
- MT6xx: the stack's configuration, and the place that it is pinned to
- MT7xx: privacy; none of these can be accepted

A rule's label says what it rests on: `documented` by the source, `observed` (in the service's answers, in clients or
files of its time), or `guessed`. A code is never used again: one that goes stands in `RETIRED` with the reason.

The whole of it is in `catalogue`; whoever finds something needs the module of that rule alone.
"""
