"""`python -m pulumi_mturk.cli`: the command line where the console script is not on PATH."""

import sys

from pulumi_mturk.cli import main

if __name__ == "__main__":
    sys.exit(main())
