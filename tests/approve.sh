#!/usr/bin/env bash
# Approves the public surface of Ssh, Api and Core as it is now: rewrites tests/Architecture.Tests/Approved/*.txt.
# Look at `git diff` afterwards; the diff is what a reviewer judges.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

received=.artifacts/received
rm -rf "$received"
dotnet build tests/Architecture.Tests/Architecture.Tests.csproj -c Release -v quiet --nologo --tl:off >&2
# The test fails where the surface changed and leaves what it saw in $received.
dotnet test tests/Architecture.Tests/Architecture.Tests.csproj -c Release --no-build --nologo -v quiet --tl:off \
  --filter FullyQualifiedName~PublicSurfaceTests >/dev/null 2>&1 || true

shopt -s nullglob
files=("$received"/*.txt)
if ((${#files[@]} == 0)); then
  echo 'approve: nothing changed' >&2
  exit 0
fi
mkdir -p tests/Architecture.Tests/Approved
for file in "${files[@]}"; do
  mv "$file" tests/Architecture.Tests/Approved/
  echo "approve: tests/Architecture.Tests/Approved/$(basename "$file")" >&2
done
