"""`python -m pulumi_mturk.marketplace`: the marketplace as an HTTP server, as `pulumi-mturk marketplace` has it."""

import sys

from pulumi_mturk.cli import main

if __name__ == "__main__":
    sys.exit(main(["marketplace", *sys.argv[1:]]))
