#!/usr/bin/env bash
# Applies the plan that was reviewed, and no other: apply.sh REVIEWED_COMMIT REVIEWED_DIGEST POLICY. It previews again,
# and stops if the digest differs. (`pulumi up --plan` would print secrets in the clear when it stops.)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
commit=$1 reviewed=$2 policy=$3
"$here/preview.sh"
"$here/review.sh" "$commit" "$policy" || [ $? -eq 3 ]
now=$(python3 "$here/pull_request.py" digest report.md)
if [ "$now" != "$reviewed" ]; then
  echo "Nothing is applied: the plan is not the one that was reviewed. Reviewed: $reviewed; now: $now." \
    "Something has changed since, in the stack or at the endpoint. report.md says what would happen now; have that" \
    "reviewed in another pull request." >&2
  exit 1
fi
pulumi up --yes --skip-preview --non-interactive
