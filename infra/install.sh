#!/usr/bin/env bash
# Installs what building, testing and trying this project needs beyond the .NET SDK, and only what is missing.
#   infra/install.sh [--without-tests]    with it, nothing that only the tests need (a browser, node, other readers of what is written here)
# Starts no system service. Safe to run again; a second run touches nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

without_tests="${1-}"
case "$without_tests" in
  '') programs=(ssh:openssh-client ssh-keygen:openssh-client git:git gcc:gcc pkill:procps curl:curl
    rsync:rsync strace:strace ip:iproute2 node:nodejs npm:npm python3:python3 chromium:chromium) ;;
  --without-tests) programs=(ssh:openssh-client ssh-keygen:openssh-client git:git gcc:gcc pkill:procps curl:curl) ;;
  *) printf 'usage: bash infra/install.sh [--without-tests]\n' >&2; exit 2 ;;
esac

say() { printf 'install: %s\n' "$*" >&2; }

# What a missing program means in packages. libsqlite3-0 is a library: only dpkg knows whether it is there. asyncssh is the second reader of
# certificates and signatures beside ssh-keygen.
missing_packages() {
  [[ -x /usr/sbin/sshd ]] || echo openssh-server
  for program in "${programs[@]}"; do
    command -v "${program%%:*}" >/dev/null || echo "${program##*:}"
  done
  [[ -n "$without_tests" ]] || /usr/bin/python3 -c 'import asyncssh' 2>/dev/null || echo python3-asyncssh
  dpkg -s libsqlite3-0 >/dev/null 2>&1 || ldconfig -p 2>/dev/null | grep -q 'libsqlite3\.so\.0' || echo libsqlite3-0
}

require_sdk() {
  command -v dotnet >/dev/null || { say "the .NET 10 SDK is missing: install it first, see the README"; exit 1; }
  [[ "$(dotnet --version)" == 10.* ]] || { say "the .NET 10 SDK is needed; dotnet --version says $(dotnet --version)"; exit 1; }
}

# Debian's maintainer scripts ask this file before they start a service; 101 means no.
forbid_services() {
  [[ -e /usr/sbin/policy-rc.d ]] && return
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
}

install_packages() {
  say "installing $*"
  export DEBIAN_FRONTEND=noninteractive
  forbid_services
  apt-get -o DPkg::Lock::Timeout=500 -q update >&2
  apt-get -o DPkg::Lock::Timeout=500 -q install -y --no-install-recommends "$@" >&2
}

require_sdk
mapfile -t packages < <(missing_packages | sort -u)
if ((${#packages[@]} > 0)); then
  if ! command -v apt-get >/dev/null; then
    say "this is not Debian or Ubuntu: install what these packages hold with your own package manager: ${packages[*]}"
    exit 1
  fi
  if ((EUID != 0)); then
    say "needs root for: apt-get install -y ${packages[*]}"
    exit 1
  fi
  install_packages "${packages[@]}"
fi

# A root sshd refuses to start without its privilege separation folder, which only a booted system makes.
((EUID != 0)) || mkdir -p -m 0755 /run/sshd

[[ -z "$without_tests" ]] || exit 0

# The OpenID Connect provider, the storage emulator, the parsers and the accessibility rules of the tests. npm writes its own record of what it installed; older than the lock
# file means stale.
for folder in tests/Support/OpenId/provider tests/Support/Azurite tests/Support/Recipes/parser tests/Portal.Tests/axe; do
  [[ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]] || continue
  say "installing the packages of $folder"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error >&2
done
