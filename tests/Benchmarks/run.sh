#!/usr/bin/env bash
# Measures the published programs on this machine and prints a table; builds what changed first. The broker is a process of its own on loopback.
#   bash tests/Benchmarks/run.sh [NAME [NUMBER…]]
#     certificate                              one certificate in process, beside openssl and ssh-keygen
#     clone [CLONES=30]                        the hook's share of a git clone, as root
#     growth [ENTRIES…=1000 … 10000000]        one store that grows, to 9 GB; draws the picture when the sizes are those
#     hook                                     `sshfn cert`, warm and cold; also without a name
#     krl [LOGINS=10]                          lists of a million serials, and logins at sshd with them, as root
#     policy [RESOURCES…=1000 10000 100000]    decisions in a tree with ten grants for each resource
#     requests [SECONDS=10]                    a busy broker, beside step-ca where STEP_CA names its executable, two cores
#     revocation [HOSTS=20 [REVOCATIONS=200]]  from a revocation to the last host that refuses, as root
#     soak [MINUTES=60]                        half of what the broker can take, two cores
#     start [STARTS=20]                        from exec to the first certificate
#     verify [ENTRIES=1000000]                 an export of a journal, checked offline
# Needs what infra/install.sh installs. Files are made under TMPDIR (or /tmp), which should be a disk: on a file system in memory nothing durable
# costs anything. They are removed at the end; after Ctrl-C some may be left there. The README of each folder says how it measures and what it found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

benchmarks=.artifacts/bin/Benchmarks/release/Benchmarks
broker=.artifacts/publish/broker/sshfn-broker
sshfn=.artifacts/publish/sshfn/sshfn

die() { printf 'benchmarks: %s\n' "$*" >&2; exit 2; }
# need PROGRAM PACKAGE: Debian's name of what to install.
need() { command -v "$1" >/dev/null || die "$1 is missing: apt-get install $2"; }
as_root() { ((EUID == 0)) || die "$1 starts sshd for logins of throwaway accounts: run it as root"; }
# numbers NAME [VALUE…]
numbers() {
  local name="$1" value
  shift
  for value in "$@"; do [[ "$value" =~ ^[1-9][0-9]{0,8}$ ]] || die "$name must be a whole number from 1, and is '$value'"; done
}
at_most() { (($# - 2 <= $2)) || die "$1 takes at most $2 numbers, and got $(($# - 2)); see --help"; }

build() {
  ! [[ " $* " == *' publish '* ]] || bash infra/publish.sh >&2
  ! [[ " $* " == *' package '* ]] || bash infra/package.sh >&2
  dotnet build tests/Benchmarks/Benchmarks.csproj -c Release -v quiet --nologo --tl:off >&2
  printf 'load average %s before\n\n' "$(cut -d ' ' -f 1 /proc/loadavg)"
}

make_folder() {
  work="$(mktemp -d "${TMPDIR:-/tmp}/sshfn-bench.XXXXXX")"
  trap 'rm -rf "$work"' EXIT
}

# The library's own work in one process.
certificate() {
  need openssl openssl
  need ssh-keygen openssh-client
  build
  "$benchmarks" certificate
}

krl() {
  as_root krl
  build
  "$benchmarks" krl "${1-10}"
}

clone() {
  as_root clone
  need git git
  build publish
  SSHFN_BROKER_BIN="$PWD/$broker" SSHFN_BIN="$PWD/$sshfn" "$benchmarks" clone "${1-30}"
}

revocation() {
  as_root revocation
  build publish
  SSHFN_BROKER_BIN="$PWD/$broker" SSHFN_BIN="$PWD/$sshfn" "$benchmarks" revocation "${1-20}" "${2-200}"
}

growth() {
  local picture=.artifacts/growth.svg usual=(1000 10000 100000 1000000 10000000)
  (($#)) || set -- "${usual[@]}"
  [[ "$*" != "${usual[*]}" ]] || picture=tests/Benchmarks/Growth/growth.svg
  build publish
  make_folder
  SSHFN_BROKER_BIN="$PWD/$broker" "$benchmarks" growth "$work" "$picture" "$@"
}

# A tree filled by one process and asked by the next.
policy() {
  local count
  (($#)) || set -- 1000 10000 100000
  build
  make_folder
  echo '| resources | grants | decision, median ms | rounds, ms | p99 ms, worst round | peak memory MiB | file MiB |'
  echo '|---|---|---|---|---|---|---|'
  for count in "$@"; do
    "$benchmarks" policy-fill "$work/$count.db" "$count"
    "$benchmarks" policy "$work/$count.db" "$count"
    rm -f "$work/$count.db"*
  done
}

# pinned NAME NUMBER: the broker on the first core, whoever asks on the second.
pinned() {
  need openssl openssl
  need taskset util-linux
  (($(nproc) > 1)) || die "$1 needs two cores: one for the broker, one for whoever asks"
  taskset -c 0,1 true 2>/dev/null || die "$1 pins to the cores 0 and 1, and may not use both here"
  [[ -z "${STEP_CA-}" || (-f "$STEP_CA" && -x "$STEP_CA") ]] || die "STEP_CA names $STEP_CA, which is no executable"
  build publish
  openssl speed -seconds 3 ecdsap256 2>/dev/null | awk '/ecdsa/ && /nistp256/ { printf "openssl speed ecdsap256, one thread: %s signs, %s verifications a second\n\n", $(NF - 1), $NF }'
  SSHFN_BROKER_BIN="$PWD/$broker" taskset -c 1 "$benchmarks" "$@"
}

# Also prints the size of the function app.
start() {
  build publish package
  SSHFN_BROKER_BIN="$PWD/.artifacts/package/functionapp/sshfn-broker" "$benchmarks" start "${1-20}"
}

# One process writes the export, then the published sshfn reads it.
verify() {
  local count="${1-1000000}"
  build publish
  make_folder
  "$benchmarks" verify-fill "$work" "$count"
  echo '| entries | checkpoints | export MiB | median s | min | max |'
  echo '|---|---|---|---|---|---|'
  SSHFN_BIN="$PWD/$sshfn" "$benchmarks" verify "$work" "$count"
}

hook() {
  local url='' tries hook="$PWD/$sshfn"
  need hyperfine hyperfine
  bash infra/publish.sh >&2
  make_folder
  "$broker" serve --data "$work/data" --listen http://127.0.0.1:0 \
    --requests-per-minute-per-caller 1000000 --requests-per-minute-per-address 1000000 >"$work/broker.log" 2>/dev/null &
  broker_process=$! # global: the trap runs when this function is over
  trap 'kill "$broker_process" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
  for ((tries = 0; tries < 200; tries++)); do
    url="$(sed -n 's/.*"event":"Listening".*"url":"\([^"]*\)".*/\1/p' "$work/broker.log" | head -n 1)"
    [[ -z "$url" ]] || break
    sleep 0.05
  done
  [[ -n "$url" ]] || die 'the broker did not start'

  export SSHFN_HOME="$work/home"
  {
    "$hook" login --broker "$url" --token-file "$work/data/bootstrap-token"
    "$hook" project put acme
    "$hook" environment put acme/production
    "$hook" resource put acme/production/git --host git.example.com --login git
    "$hook" cert git.example.com 22 git
  } >"$work/setup.log" 2>&1 || { cat "$work/setup.log" >&2; die 'the hook could not be set up'; }

  printf '%s, %s cores, %s\n\n' "$(uname -sm)" "$(nproc)" "$("$hook" --version)"
  echo '| hook | median ms | min | max | runs |'
  echo '|---|---|---|---|---|'
  measure_hook warm 100
  measure_hook cold 50 --prepare "rm -rf $work/home/state"
}

# measure_hook NAME RUNS [option…]: one `sshfn cert` from exec to exit.
measure_hook() {
  hyperfine -N --warmup 5 --runs "$2" "${@:3}" "$PWD/$sshfn cert git.example.com 22 git" --export-csv "$work/$1.csv" >/dev/null 2>&1
  awk -F, -v name="$1" -v runs="$2" 'NR == 2 { printf "| %s | %.1f | %.1f | %.1f | %d |\n", name, $4 * 1000, $7 * 1000, $8 * 1000, runs }' "$work/$1.csv"
}

name="${1-hook}"
(($# == 0)) || shift
case "$name" in
  -h | --help) sed -n '2,/^set /{ /^#/s/^# \{0,1\}//p; }' tests/Benchmarks/run.sh; exit 0 ;;
  growth)
    numbers ENTRIES "$@"
    for entries in "$@"; do ((entries >= 100)) || die "ENTRIES must be at least 100, and is $entries"; done
    ;;
  policy) numbers 'RESOURCES' "$@" ;;
  revocation) at_most "$name" 2 "$@"; numbers 'HOSTS and REVOCATIONS' "$@" ;;
  certificate | hook) at_most "$name" 0 "$@" ;;
  clone) at_most "$name" 1 "$@"; numbers CLONES "$@" ;;
  krl) at_most "$name" 1 "$@"; numbers LOGINS "$@" ;;
  start) at_most "$name" 1 "$@"; numbers STARTS "$@" ;;
  requests) at_most "$name" 1 "$@"; numbers SECONDS "$@"; set -- requests "${1-10}"; name=pinned ;;
  soak) at_most "$name" 1 "$@"; numbers MINUTES "$@"; set -- soak "${1-60}"; name=pinned ;;
  verify) at_most "$name" 1 "$@"; numbers ENTRIES "$@" ;;
  *) die "there is no benchmark '$name'; see --help" ;;
esac
"$name" "$@"
