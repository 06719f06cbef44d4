"""`python -m pulumi_mturk.marketplace`: the marketplace as an HTTP server."""

import argparse
import sys

from pulumi_mturk.marketplace import command


def main() -> int:
    """Parse the command line and serve."""
    parser = argparse.ArgumentParser(
        prog="python -m pulumi_mturk.marketplace",
        description=command.DESCRIPTION,
        epilog=command.epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(parser)
    return command.run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
