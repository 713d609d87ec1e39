#!/usr/bin/env bash
# Publishes the broker and sshfn for Linux into OUT/broker and OUT/sshfn (default .artifacts/publish).
#   infra/publish.sh [--quick] [OUT]
# Any warning fails it. Does nothing when no input changed since the last time.
#   --quick    unless OUT/broker is up to date, compiles OUT/quick-broker in its place: the same program, compiled while it runs.
#              Half a minute instead of two; for a first look, not for a server. Prints the broker to take.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

quick=''
if [[ "${1-}" == --quick ]]; then quick=1; shift; fi
case "$#:${1-}" in
  0: | 1:[!-]*) out="${1:-.artifacts/publish}" ;;
  *) printf 'usage: bash infra/publish.sh [--quick] [OUT]\n' >&2; exit 2 ;;
esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

say() { printf 'publish: %s\n' "$*" >&2; }

# One hash over the SDK's version and everything that is compiled; a deleted file changes it by being absent.
inputs_hash() {
  {
    dotnet --version
    printf '%s\n' "$@"
    find functions hooks infra/build infra/publish.sh .editorconfig -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -d' ' -f1
}

# Restores an empty Native AOT program for framework $1 outside the solution, so that no lock file of ours can change.
restores_aot() {
  local folder=".artifacts/probe/$1"
  mkdir -p "$folder"
  cat >"$folder/probe.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>$1</TargetFramework>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
    <OutputType>Exe</OutputType>
    <PublishAot>true</PublishAot>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
</Project>
XML
  dotnet restore "$folder/probe.csproj" >"$folder/restore.log" 2>&1
}

# net10.0, net9.0 or none; asked of the registry once per SDK version. infra/decisions/0005 says why this order.
aot_framework() {
  local answer
  answer=".artifacts/probe/aot-framework-$(dotnet --version)"
  if [[ ! -s "$answer" ]]; then
    mkdir -p .artifacts/probe
    if restores_aot net10.0; then echo net10.0 >"$answer"
    elif restores_aot net9.0; then echo net9.0 >"$answer"
    else
      say "no Native AOT package restores, see .artifacts/probe/*/restore.log; falling back to a trimmed sshfn"
      echo none # not remembered: the registry may only be out of reach just now
      return
    fi
  fi
  cat "$answer"
}

# The analyzers run in every build (tests/run.sh); here the linkers' own warnings count, and the time of a first try.
# publish PROJECT FOLDER [option…]: into a fresh folder, moved into place only when it is complete and came without a warning.
publish() {
  local project="$1" folder="$2"
  shift 2
  local staging="$folder.new" log="$folder.log"
  rm -rf "$staging"
  mkdir -p "$(dirname "$folder")"
  if ! dotnet publish "$project" -c Release -o "$staging" -warnaserror --tl:off -p:RunAnalyzers=false "$@" >"$log" 2>&1 ||
    grep -qE '(: |^)warning ' "$log"; then
    grep -E 'error|warning' "$log" | sort -u >&2 || tail -n 20 "$log" >&2
    say "$project failed; the whole output is in $log"
    exit 1
  fi
  rm -rf "$folder"
  mv "$staging" "$folder"
}

# is_current NAME [option…]: nothing changed since NAME was published with these options.
is_current() { [[ -x "$(program "$1")" && "$(cat "$out/.$1.inputs" 2>/dev/null)" == "$(inputs_hash "$@")" ]]; }

# publish_changed NAME PROJECT [option…]
publish_changed() {
  local name="$1" project="$2"
  shift 2
  if is_current "$name" "$@"; then
    say "$name is up to date"
    return
  fi
  local mark="$out/.$name.inputs" hash
  hash="$(inputs_hash "$name" "$@")"
  rm -f "$mark"
  publish "$project" "$out/$name" "$@"
  echo "$hash" >"$mark"
  say "$name: $(program "$name"), $(du -h "$(program "$name")" | cut -f1)"
}

program() {
  case "$1" in
    *broker) echo "$out/$1/sshfn-broker" ;;
    sshfn) echo "$out/sshfn/sshfn" ;;
  esac
}

framework="$(aot_framework)"
broker=broker options=(--self-contained)
[[ "$framework" != net10.0 ]] || options+=("-p:AotFramework=$framework")
if [[ -n "$quick" ]] && ! is_current broker "${options[@]}"; then
  broker=quick-broker options=(--self-contained -p:PublishTrimmed=false -p:PublishReadyToRun=false)
  say "broker: net10.0, compiled while it runs"
elif [[ "$framework" == net10.0 ]]; then
  say "broker: net10.0, Native AOT"
else
  say "broker: net10.0, trimmed, ReadyToRun, single file"
fi
publish_changed "$broker" functions/App/App.csproj "${options[@]}"

case "$framework" in
  none)
    say "sshfn: net10.0, trimmed, ReadyToRun, single file"
    publish_changed sshfn hooks/sshfn.csproj -f net10.0 --self-contained -p:AotFramework=none \
      -p:PublishTrimmed=true -p:PublishReadyToRun=true -p:PublishSingleFile=true
    ;;
  *)
    say "sshfn: $framework, Native AOT"
    publish_changed sshfn hooks/sshfn.csproj -f "$framework" --self-contained "-p:AotFramework=$framework"
    ;;
esac

[[ -z "$quick" ]] || program "$broker"
