#!/usr/bin/env bash
# Installs the Pulumi CLI $PULUMI_VERSION for this job, if its archive has the SHA-256 $PULUMI_SHA256.
set -euo pipefail

if [ -z "${PULUMI_SHA256:-}" ]; then
  echo "Set the repository's variable PULUMI_SHA256: the line of pulumi-v$PULUMI_VERSION-linux-x64.tar.gz in" \
    "pulumi-$PULUMI_VERSION-checksums.txt, which is among the files of that release on GitHub." >&2
  exit 1
fi
archive=$(mktemp)
curl --proto '=https' --fail --silent --show-error --location --output "$archive" \
  "https://get.pulumi.com/releases/sdk/pulumi-v$PULUMI_VERSION-linux-x64.tar.gz"
echo "$PULUMI_SHA256  $archive" | sha256sum --check --quiet
mkdir -p "$RUNNER_TEMP/pulumi"
tar --extract --gzip --file "$archive" --directory "$RUNNER_TEMP/pulumi" --strip-components 1
echo "$RUNNER_TEMP/pulumi" >> "$GITHUB_PATH"
