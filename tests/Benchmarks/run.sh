#!/usr/bin/env bash
# Measures the published programs on this machine and prints a table. The broker is a process of its own on loopback.
#   bash tests/Benchmarks/run.sh [certificate|clone [CLONES]|growth [ENTRIES…]|hook|krl [LOGINS]|policy [RESOURCES…]|requests [SECONDS]|revocation [HOSTS [REVOCATIONS]]|soak [MINUTES]|start [STARTS]|verify [ENTRIES]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# growth [ENTRIES…]: one store that grows from size to size; the picture is kept when the sizes are the usual ones.
growth() {
  local work picture=.artifacts/growth.svg usual=(1000 10000 100000 1000000 10000000)
  (($#)) || set -- "${usual[@]}"
  [[ "$*" != "${usual[*]}" ]] || picture=tests/Benchmarks/Growth/growth.svg
  bash infra/publish.sh >&2
  dotnet build tests/Benchmarks/Benchmarks.csproj -c Release -v quiet --nologo --tl:off >&2
  work="$(mktemp -d "${TMPDIR:-/tmp}/sshfn-bench.XXXXXX")"
  trap 'rm -rf "$work"' EXIT
  SSHFN_BROKER_BIN="$PWD/.artifacts/publish/broker/sshfn-broker" .artifacts/bin/Benchmarks/release/Benchmarks growth "$work" "$picture" "$@"
}

# certificate, krl [LOGINS]: the library's own work in one process, beside openssl and ssh-keygen, or read by stock sshds (as root).
library() {
  dotnet build tests/Benchmarks/Benchmarks.csproj -c Release -v quiet --nologo --tl:off >&2
  printf 'load average %s before\n\n' "$(cut -d ' ' -f 1 /proc/loadavg)"
  .artifacts/bin/Benchmarks/release/Benchmarks "$@"
}

# policy [RESOURCES…]: a tree with ten grants for each resource, filled by one process and asked by the next.
policy() {
  local program=.artifacts/bin/Benchmarks/release/Benchmarks work count
  dotnet build tests/Benchmarks/Benchmarks.csproj -c Release -v quiet --nologo --tl:off >&2
  work="$(mktemp -d "${TMPDIR:-/tmp}/sshfn-bench.XXXXXX")"
  trap 'rm -rf "$work"' EXIT
  echo '| resources | grants | decision, median ms | rounds, ms | p99 ms, worst round | peak memory MiB | file MiB |'
  echo '|---|---|---|---|---|---|---|'
  for count in "$@"; do
    "$program" policy-fill "$work/$count.db" "$count"
    "$program" policy "$work/$count.db" "$count"
    rm -f "$work/$count.db"*
  done
}

# clone [CLONES], revocation [HOSTS [REVOCATIONS]]: both programs with stock sshds on this machine; revocation needs root.
whole() {
  bash infra/publish.sh >&2
  dotnet build tests/Benchmarks/Benchmarks.csproj -c Release -v quiet --nologo --tl:off >&2
  SSHFN_BROKER_BIN="$PWD/.artifacts/publish/broker/sshfn-broker" SSHFN_BIN="$PWD/.artifacts/publish/sshfn/sshfn" \
    .artifacts/bin/Benchmarks/release/Benchmarks "$@"
}

# requests [SECONDS], soak [MINUTES]: the broker on the first core, whoever asks on the second. step-ca too, where STEP_CA names its executable.
pinned() {
  bash infra/publish.sh >&2
  dotnet build tests/Benchmarks/Benchmarks.csproj -c Release -v quiet --nologo --tl:off >&2
  openssl speed -seconds 3 ecdsap256 2>/dev/null | awk '/ecdsa/ && /nistp256/ { printf "openssl speed ecdsap256, one thread: %s signs, %s verifications a second\n\n", $(NF - 1), $NF }'
  SSHFN_BROKER_BIN="$PWD/.artifacts/publish/broker/sshfn-broker" taskset -c 1 .artifacts/bin/Benchmarks/release/Benchmarks "$@"
}

# start [STARTS]: from exec to the first certificate; also the size of the function app.
start() {
  bash infra/publish.sh >&2
  bash infra/package.sh >&2
  dotnet build tests/Benchmarks/Benchmarks.csproj -c Release -v quiet --nologo --tl:off >&2
  SSHFN_BROKER_BIN="$PWD/.artifacts/package/functionapp/sshfn-broker" .artifacts/bin/Benchmarks/release/Benchmarks start "${1-20}"
}

# verify [ENTRIES]: an export of a journal, checked offline; one process writes it, then the published sshfn reads it.
verify() {
  local program=.artifacts/bin/Benchmarks/release/Benchmarks work
  bash infra/publish.sh >&2
  dotnet build tests/Benchmarks/Benchmarks.csproj -c Release -v quiet --nologo --tl:off >&2
  work="$(mktemp -d "${TMPDIR:-/tmp}/sshfn-bench.XXXXXX")"
  trap 'rm -rf "$work"' EXIT
  "$program" verify-fill "$work" "$1"
  echo '| entries | checkpoints | export MiB | median s | min | max |'
  echo '|---|---|---|---|---|---|'
  SSHFN_BIN="$PWD/.artifacts/publish/sshfn/sshfn" "$program" verify "$work" "$1"
}

case "${1-hook}" in
  growth)
    shift
    growth "$@"
    exit
    ;;
  hook) ;;
  certificate | krl)
    [[ "$*" != krl ]] || set -- krl 10
    library "$@"
    exit
    ;;
  policy)
    shift
    (($#)) || set -- 1000 10000 100000
    policy "$@"
    exit
    ;;
  clone)
    whole clone "${2-30}"
    exit
    ;;
  revocation)
    whole revocation "${2-20}" "${3-200}"
    exit
    ;;
  requests)
    pinned requests "${2-10}"
    exit
    ;;
  soak)
    pinned soak "${2-60}"
    exit
    ;;
  start)
    shift
    start "$@"
    exit
    ;;
  verify)
    verify "${2-1000000}"
    exit
    ;;
  *)
    echo 'usage: bash tests/Benchmarks/run.sh [certificate|clone [CLONES]|growth [ENTRIES…]|hook|krl [LOGINS]|policy [RESOURCES…]|requests [SECONDS]|revocation [HOSTS [REVOCATIONS]]|soak [MINUTES]|start [STARTS]|verify [ENTRIES]]' >&2
    exit 2
    ;;
esac
command -v hyperfine >/dev/null || { echo 'benchmarks: hyperfine is missing: apt-get install hyperfine' >&2; exit 1; }
bash infra/publish.sh

root="$PWD"
sshfn="$root/.artifacts/publish/sshfn/sshfn"
work="$(mktemp -d "${TMPDIR:-/tmp}/sshfn-bench.XXXXXX")"
broker_process=
clean_up() {
  [[ -z "$broker_process" ]] || kill "$broker_process" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap clean_up EXIT

"$root/.artifacts/publish/broker/sshfn-broker" serve --data "$work/data" --listen http://127.0.0.1:0 \
  --requests-per-minute-per-caller 1000000 --requests-per-minute-per-address 1000000 >"$work/broker.log" 2>/dev/null &
broker_process=$!
for ((tries = 0; tries < 200; tries++)); do
  ! grep -q '"Listening"' "$work/broker.log" || break
  sleep 0.05
done
url="$(sed -n 's/.*"event":"Listening".*"url":"\([^"]*\)".*/\1/p' "$work/broker.log" | head -n 1)"
[[ -n "$url" ]] || { echo 'benchmarks: the broker did not start' >&2; exit 1; }

export SSHFN_HOME="$work/home"
{
  "$sshfn" login --broker "$url" --token-file "$work/data/bootstrap-token"
  "$sshfn" project put acme
  "$sshfn" environment put acme/production
  "$sshfn" resource put acme/production/git --host git.example.com --login git
  "$sshfn" cert git.example.com 22 git
} >/dev/null 2>&1

# measure NAME RUNS PREPARE: median and range in ms of one `sshfn cert`, from exec to exit.
measure() {
  hyperfine -N --warmup 5 --runs "$2" ${3:+--prepare "$3"} "$sshfn cert git.example.com 22 git" \
    --export-csv "$work/$1.csv" >/dev/null 2>&1
  awk -F, -v name="$1" -v runs="$2" 'NR == 2 { printf "| %s | %.1f | %.1f | %.1f | %d |\n", name, $4 * 1000, $7 * 1000, $8 * 1000, runs }' "$work/$1.csv"
}

printf '%s, %s cores, sshfn %s\n\n' "$(uname -sm)" "$(nproc)" "$("$sshfn" --version)"
echo '| hook | median ms | min | max | runs |'
echo '|---|---|---|---|---|'
measure warm 100 ''
measure cold 50 "rm -rf $work/home/state"
