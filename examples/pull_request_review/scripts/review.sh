#!/usr/bin/env bash
# Makes report.md and report.html of plan.json and plan.exit: review.sh COMMIT POLICY [ARGUMENT …]. POLICY is the base
# branch's Pulumi.STACK.yaml. Further arguments are those of `pulumi-mturk review`, whose exit status this has.
set -euo pipefail

commit=$1 policy=$2
shift 2
review=(pulumi-mturk review --file plan.json --exit-code "$(cat plan.exit)" --commit "$commit" --policy "$policy")
# 3 is what was found, and no failure to write a report.
"${review[@]}" --format html > report.html || [ $? -eq 3 ]
"${review[@]}" --format markdown "$@" > report.md
