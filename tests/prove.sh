#!/usr/bin/env bash
# The long form of every proof by repetition: installs and builds what is missing, then tries for at most an hour, and ends with a table.
#   tests/prove.sh [AREA…]      e.g. tests/prove.sh fuzzing faults; without one, all areas:
#     conformance  what is written here, read by ssh-keygen, sshd and asyncssh      fuzzing      every reader, on input that is almost right
#     faults       killed, full, damaged, cut off, clock set                        abuse        floods, guessing, tricks, every caller at every function
#     concurrency  orders of processes, histories of stores                         client       hostile brokers, names, places, environments
# Columns: tries; wrong answers (taken, allowed or ended in an error that nobody declared); lost (promised, and gone). 0 is what both should be.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

minutes=60
areas=(conformance fuzzing faults abuse concurrency client)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en SSHFN_LONG_RUNS=1

say() { printf 'prove: %s\n' "$*" >&2; }
rows() { cut -f1 "$SSHFN_PROOF_FIGURES" | grep -cx "$1" || true; }

case "${1:-}" in -h | --help) sed -n '2,/^set /{ /^#/s/^# \{0,1\}//p; }' "$0"; exit 0 ;; esac

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
  mapfile -t projects < <(grep -rl --include='*.cs' "\"Proof\", \"$area\"" tests | cut -d/ -f2 | LC_ALL=C sort -u)
  ((${#projects[@]} > 0)) || failed+=("$area: no test is of it")
  for project in ${projects[@]+"${projects[@]}"}; do
    if ((SECONDS >= deadline)); then
      failed+=("$area in $project: no time left")
      continue
    fi
    say "$area: $project"
    before="$(rows "$area")"
    timeout --foreground "$((deadline - SECONDS))" dotnet test "tests/$project/$project.csproj" -c Release --no-build --nologo --tl:off \
      --filter "Proof=$area" >&2 </dev/null || failed+=("$area in $project")
    (($(rows "$area") > before)) || failed+=("$area in $project: not one figure")
  done
done

echo '| area | what | tries | wrong answers | lost |'
echo '|---|---|---|---|---|'
LC_ALL=C sort -s -t $'\t' -k1,1 "$SSHFN_PROOF_FIGURES" | awk -F '\t' '{ printf "| %s | %s | %s | %s | %s |\n", $1, $2, $3, $4, $5; tries += $3; wrong += $4; lost += $5 }
  END { printf "| all | | %d | %d | %d |\n", tries, wrong, lost; exit wrong + lost > 0 }' || failed+=('an answer was wrong, or something was lost')
for failure in ${failed[@]+"${failed[@]}"}; do say "failed: $failure"; done
((${#failed[@]} == 0))
