#!/usr/bin/env bash
# Fails if somebody has changed, outside of the stack, what the stack of $PULUMI_STACK holds. It changes nothing.
set -euo pipefail

if ! pulumi preview --refresh --expect-no-changes --diff --non-interactive; then
  echo "The stack is not what its program says, or could not be read: see above. To take over what is there, change" \
    "the program; to undo it, run pulumi up." >&2
  exit 1
fi
