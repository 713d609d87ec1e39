#!/usr/bin/env bash
# The long form of every proof by repetition, on what tests/run.sh built: at most an hour, a table at its end.
#   tests/prove.sh [AREA…]      e.g. tests/prove.sh fuzzing faults; without one, all areas
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

minutes=60
areas=(conformance fuzzing faults abuse concurrency client)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en SSHFN_LONG_RUNS=1

say() { printf 'prove: %s\n' "$*" >&2; }

for area in "$@"; do
  [[ " ${areas[*]} " == *" $area "* ]] || { say "there is no area $area: ${areas[*]}"; exit 2; }
done
(($# == 0)) || areas=("$@")

bash infra/install.sh
say "building"
mkdir -p .artifacts
dotnet build SshFunctions.sln -c Release --tl:off -v quiet --nologo >.artifacts/build.log 2>&1 || { grep -E 'error|warning' .artifacts/build.log | sort -u >&2; exit 1; }
bash infra/publish.sh
export SSHFN_BROKER_BIN="$PWD/.artifacts/publish/broker/sshfn-broker" SSHFN_BIN="$PWD/.artifacts/publish/sshfn/sshfn"
export SSHFN_PROOF_FIGURES="$PWD/.artifacts/proof-figures.tsv"
: >"$SSHFN_PROOF_FIGURES"

deadline=$((SECONDS + minutes * 60)) failed=()
for area in "${areas[@]}"; do
  for project in $(grep -rl --include='*.cs' "\"Proof\", \"$area\"" tests | cut -d/ -f2 | LC_ALL=C sort -u); do
    if ((SECONDS >= deadline)); then
      failed+=("$area in $project: no time left")
      continue
    fi
    say "$area: $project"
    timeout --foreground "$((deadline - SECONDS))" dotnet test "tests/$project/$project.csproj" -c Release --no-build --nologo -v quiet --tl:off \
      --filter "Proof=$area" >&2 </dev/null || failed+=("$area in $project")
  done
done

echo '| area | what | tries | wrong answers | lost |'
echo '|---|---|---|---|---|'
LC_ALL=C sort -s -t $'\t' -k1,1 "$SSHFN_PROOF_FIGURES" | awk -F '\t' '{ printf "| %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5; tries += $3; wrong += $4; lost += $5 }
  END { printf "| all | | %d | %d | %d |\n", tries, wrong, lost; exit wrong + lost > 0 }' || failed+=('an answer was wrong, or something was lost')
for failure in ${failed[@]+"${failed[@]}"}; do say "failed: $failure"; done
((${#failed[@]} == 0))
