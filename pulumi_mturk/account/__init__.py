"""An account as it is, as a program: what `pulumi-mturk adopt` reads and writes.

`reading` looks at the account and changes nothing, `names` names what it finds, `program` writes the Python text, and
`folder` the files.
"""
