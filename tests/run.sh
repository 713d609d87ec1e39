#!/usr/bin/env bash
# Builds everything, publishes the two programs, runs the tests, and ends with "N passed, N failed, N skipped".
#   tests/run.sh [Project…]      e.g. tests/run.sh Ssh.Tests Store.Tests; without one, all of them
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

configuration=Release
results=.artifacts/test-results
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

say() { printf 'tests: %s\n' "$*" >&2; }

# The attribute $2 of the <Counters> element of the report $1.
counter() { sed -n "s/.*<Counters .*\b$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

# Names of tests in report $1 that were skipped and say nothing about why.
skipped_without_reason() {
  awk 'BEGIN { RS = "<UnitTestResult " }
       NR > 1 && /outcome="NotExecuted"/ && !/<StdOut>[^<]*[^<[:space:]]/ && !/<Message>[^<]*[^<[:space:]]/ {
         match($0, /testName="[^"]*"/); print substr($0, RSTART + 10, RLENGTH - 11) }' "$1"
}

projects=("$@")
if ((${#projects[@]} == 0)); then
  for folder in tests/*.Tests; do projects+=("$(basename "$folder")"); done
fi
for project in "${projects[@]}"; do
  [[ -f "tests/$project/$project.csproj" ]] || { say "there is no test project tests/$project"; exit 2; }
done

bash infra/install.sh
say "building"
mkdir -p .artifacts
if ! dotnet build SshFunctions.sln -c "$configuration" -warnaserror --tl:off -v quiet >.artifacts/build.log 2>&1; then
  grep -E 'error|warning' .artifacts/build.log | sort -u >&2 || cat .artifacts/build.log >&2
  say "the build failed"
  exit 1
fi
bash infra/publish.sh
# Tests of whole programs run what users run, also when something newer was built for debugging.
export SSHFN_BROKER_BIN="$PWD/.artifacts/publish/broker/sshfn-broker" SSHFN_BIN="$PWD/.artifacts/publish/sshfn/sshfn"

rm -rf "$results"
passed=0 failed=0 skipped=0 broken=0
for project in "${projects[@]}"; do
  say "$project"
  dotnet test "tests/$project/$project.csproj" -c "$configuration" --no-build --nologo --tl:off \
    --blame-hang-timeout 5m --blame-hang-dump-type none \
    --logger "trx;LogFileName=$project.trx" --results-directory "$results" >&2 </dev/null || broken=1
  report="$results/$project.trx"
  if [[ ! -f "$report" ]]; then
    say "$project left no report: it has no test, or its process died"
    broken=1
    continue
  fi
  total="$(counter "$report" total)" ok="$(counter "$report" passed)" bad="$(counter "$report" failed)"
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - ok - bad))
  if ((total == 0)); then
    say "$project ran no test"
    broken=1
  fi
  if silent="$(skipped_without_reason "$report")" && [[ -n "$silent" ]]; then
    say "skipped without a reason: $silent"
    broken=1
  fi
done

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((broken == 0 && failed == 0 && passed > 0))
